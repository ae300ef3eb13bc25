import { join } from 'node:path';
import type { Logger } from 'pino';
import { readConfig } from '../../src/config.ts';
import { startShubbak } from '../../src/main.ts';
import type { MongoStore } from '../../src/store/mongoStore.ts';
import { loadTasks } from './loadTasks.ts';

/** Password of every account of the benchmark's throw-away store. */
export const PASSWORD = 'a-password-of-the-benchmark';
const COMMUNE = '01.151.01.01';
const PROCEDURE = 'building-permit-small';

/** A real server with an officer and an applicant. */
export interface Office {
  base: string;
  officer: string;
  applicant: string;
  store: MongoStore;
  /** A new draft of the applicant; answers its identifier. */
  draft(): Promise<string>;
  /** Stops the server, writes this many open tasks that the officer may take, and starts it again. */
  fill(tasks: number): Promise<void>;
  stop(): Promise<void>;
}

/** Starts it on an empty embedded store in a folder. */
export async function openOffice(directory: string, log: Logger): Promise<Office> {
  const config = readConfig({
    PORT: '0',
    HOST: '127.0.0.1',
    DATA_DIR: join(directory, 'data'),
    LOG_LEVEL: 'silent',
    PUBLIC_URL: 'http://shubbak.invalid',
  });
  const start = (port: number) =>
    startShubbak({ ...config, port }, log, (reason) => {
      throw new Error(reason);
    });
  let node = await start(config.port);
  const { port, administrator: first } = node;
  const base = `http://127.0.0.1:${port}`;
  const send = async (path: string, body: object, token = ''): Promise<Record<string, unknown>> => {
    const answer = await fetch(`${base}/api/v1${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'idempotency-key': crypto.randomUUID(),
        ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`);
    return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
  };
  const signIn = async (email: string) =>
    String((await send('/sessions', { email, password: PASSWORD })).accessToken);

  const { email } = await send('/accounts/activation', {
    secret: first?.secret,
    password: PASSWORD,
  });
  const administrator = await signIn(String(email));
  await send('/setup', { office: 'empty' }, administrator);
  const officer = 'registry@shubbak.invalid';
  const opened = await send(
    '/admin/accounts',
    {
      kind: 'person',
      email: officer,
      name: 'Registry office',
      language: 'fr',
      grants: [{ role: 'registryOfficer', territory: COMMUNE, body: null }],
    },
    administrator,
  );
  await send('/accounts/activation', { secret: opened.secret, password: PASSWORD });
  const applicant = 'applicant@shubbak.invalid';
  await send('/accounts', {
    kind: 'person',
    role: 'applicant',
    email: applicant,
    password: PASSWORD,
    name: 'Applicant',
    language: 'fr',
  });

  const begin = async (): Promise<string> =>
    String((await send('/dossiers', { procedure: PROCEDURE, commune: COMMUNE }, await signIn(applicant))).id);

  return {
    base,
    officer,
    applicant,
    get store() {
      return node.store;
    },
    draft: begin,
    async fill(count) {
      const { store } = node;
      const today = new Date().toISOString().slice(0, 10);
      const version = await store.procedures.inForce(PROCEDURE, today);
      if (version === null) throw new Error('no procedure is published');
      const model = await store.dossiers.get(await begin());
      await node.stop();
      await loadTasks(config.storeDir, { model, version, count });
      node = await start(port);
    },
    stop: () => node.stop(),
  };
}
