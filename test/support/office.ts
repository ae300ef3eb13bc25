import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import pino from 'pino';
import { type Acknowledged, Person, Refused } from '../../scripts/demo/client.ts';
import { Filing, type Sample } from '../../scripts/demo/filing.ts';
import { findPeople, type People, setUp } from '../../scripts/demo/people.ts';
import { applicationOf, type Project, piecesOf } from '../../scripts/demo/projects.ts';
import { START } from '../../scripts/demo/run.ts';
import { AGENCIES, COMMUNES } from '../../scripts/demo/scenarios.ts';
import { readConfig } from '../../src/config.ts';
import { type Shubbak, startShubbak } from '../../src/main.ts';

/** A whole node with its offices set up, as stories need it: real HTTP, real store, a clock that the story moves. */
export interface Office {
  node: Shubbak;
  base: string;
  people: People;
  ledger: Acknowledged[];
  /** Files a small house in a commune; the story goes on from there. */
  file(commune: string, options?: { without?: string[]; project?: Partial<Project> }): Promise<Filing>;
  /** A draft with its pieces, signed by the architect, not yet filed. */
  draft(
    commune: string,
    application: unknown,
    options?: { sign?: boolean; without?: string[] },
  ): Promise<Filing>;
  move(duration: { minutes?: number; days?: number }): Promise<void>;
  stranger(email: string): Promise<Person>;
  close(): Promise<void>;
}

/** What a refusal says, with its status and code. */
export async function refusal(
  work: Promise<unknown>,
): Promise<{ status: number; code: string; problem: Record<string, unknown> }> {
  try {
    await work;
  } catch (error) {
    if (error instanceof Refused) {
      return { status: error.status, code: error.code, problem: error.problem as Record<string, unknown> };
    }
    throw error;
  }
  throw new Error('it was accepted');
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Whether an office is as most are: in a store of its own, and with nothing about its setting up that is special. */
const isUsual = (env: Record<string, string>): boolean =>
  process.env.MONGODB_URI === undefined &&
  Object.keys(env).every((name) => ['ENGINE', 'LOG_LEVEL', 'PUBLIC_URL', 'PORT'].includes(name));

/** Where a set-up office of these very sources is kept: anything that could change it changes the address. */
async function templateOf(): Promise<string> {
  const digest = createHash('sha256');
  for (const folder of ['src', 'packages', 'processes', 'forms', 'reference', 'templates', 'scripts/demo']) {
    const entries = await readdir(join(ROOT, folder), { recursive: true, withFileTypes: true });
    const files = entries
      .filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'))
      .map((entry) => join(entry.parentPath, entry.name));
    for (const file of files.sort()) digest.update(relative(ROOT, file)).update(await readFile(file));
  }
  return join(tmpdir(), `shubbak-set-up-${digest.digest('hex').slice(0, 16)}`);
}

/** Keeps a set-up office whole or not at all, whoever else does so now. */
async function keepTemplate(dataDir: string, template: string): Promise<void> {
  const copy = await mkdtemp(`${template}-`);
  await cp(dataDir, copy, { recursive: true });
  await rename(copy, template).catch(() => rm(copy, { recursive: true, force: true }));
}

let variants = 100;

/** Opens an office; `env` as the environment of `npm start`. */
export async function openOffice(env: Record<string, string> = {}): Promise<Office> {
  const directory = await mkdtemp(join(tmpdir(), 'shubbak-office-'));
  const config = readConfig({
    PORT: '0',
    HOST: '127.0.0.1',
    DATA_DIR: join(directory, 'data'),
    CLOCK: 'demo',
    CLOCK_START: new Date(START).toISOString(),
    LOG_LEVEL: 'silent',
    PUBLIC_URL: 'http://shubbak.invalid',
    ...(process.env.MONGODB_URI ? { MONGODB_URI: process.env.MONGODB_URI } : {}),
    ...env,
  });
  const start = () =>
    startShubbak(config, pino({ level: 'silent' }), (reason) => {
      throw new Error(reason);
    });
  const ledger: Acknowledged[] = [];
  // Opening forty accounts takes most of the time: what one office has set up, the next ones begin from.
  const template = isUsual(env) ? await templateOf() : null;
  if (template !== null && existsSync(template)) {
    await cp(template, config.dataDir, { recursive: true });
  }
  let node = await start();
  if (node.administrator !== null) {
    await setUp(`http://127.0.0.1:${node.port}`, ledger, node.administrator.secret, COMMUNES, AGENCIES);
    if (template !== null) {
      await node.stop();
      await keepTemplate(config.dataDir, template);
      node = await start();
    }
  }
  const base = `http://127.0.0.1:${node.port}`;
  const people = findPeople(base, ledger);
  const pieces = join(directory, 'pieces');

  const clock = async (): Promise<number> =>
    Date.parse((await people.operator.get<{ now: string }>('/clock')).now);
  const move: Office['move'] = async ({ minutes = 0, days = 0 }) => {
    const to = (await clock()) + minutes * 60_000 + days * 86_400_000;
    await people.operator.put('/clock', { to: new Date(to).toISOString() });
  };
  const filingIn = (code: string): Filing => {
    const commune = COMMUNES.find((one) => one.code === code);
    if (commune === undefined) throw new Error(`no commune ${code} in this office`);
    return new Filing(people, commune, people.applicant, async () => undefined);
  };
  const projectOf = (more: Partial<Project> = {}): Project => {
    const variant = variants++;
    return { variant, address: `${variant}, rue des Histoires`, at: [-5.4, 35.2], ...more };
  };

  return {
    node,
    base,
    people,
    ledger,
    move,
    async file(commune, { without = [], project = {} } = {}) {
      const what = projectOf(project);
      const filing = filingIn(commune);
      const files = (await piecesOf(pieces, what)).filter((piece) => !without.includes(piece.piece));
      await filing.file(applicationOf(what), files);
      return filing;
    },
    async draft(commune, application, { sign = true, without = [] } = {}) {
      const filing = filingIn(commune);
      const files: Sample[] = (await piecesOf(pieces, projectOf())).filter(
        (one) => !without.includes(one.piece),
      );
      const draft = await people.applicant.post<{ id: string }>('/dossiers', {
        procedure: 'building-permit-small',
        commune,
        architectEmail: people.architect.email,
        application,
      });
      filing.id = draft.id;
      for (const piece of files) await filing.upload(piece);
      if (sign) await people.architect.post(`/dossiers/${filing.id}/architect-signature`);
      return filing;
    },
    async stranger(email) {
      const stranger = new Person(base, ledger, email, 'a-password-of-a-stranger');
      const response = await fetch(`${base}/api/v1/accounts`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          kind: 'person',
          role: 'applicant',
          email,
          password: 'a-password-of-a-stranger',
          name: 'Stranger',
          language: 'fr',
        }),
      });
      if (!response.ok) throw new Error(`could not register ${email}: ${response.status}`);
      return stranger;
    },
    async close() {
      await node.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
