import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { type Acknowledged, Person, Refused } from '../../scripts/demo/client.ts';
import { Filing, type Sample } from '../../scripts/demo/filing.ts';
import { type People, setUp } from '../../scripts/demo/people.ts';
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
  const node = await startShubbak(config, pino({ level: 'silent' }), (reason) => {
    throw new Error(reason);
  });
  const base = `http://127.0.0.1:${node.port}`;
  const ledger: Acknowledged[] = [];
  const people = await setUp(base, ledger, node.administrator?.secret ?? '', COMMUNES, AGENCIES);
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
