import { join } from 'node:path';
import type { Logger } from 'pino';
import { readConfig } from '../../src/config.ts';
import type { Dossier } from '../../src/domain/dossier.ts';
import type { Task } from '../../src/domain/process.ts';
import { startShubbak } from '../../src/main.ts';
import type { MongoStore } from '../../src/store/mongoStore.ts';

/** Password of every account of the benchmark's throw-away store. */
export const PASSWORD = 'a-password-of-the-benchmark';
const COMMUNE = '01.151.01.01';
const PROCEDURE = 'building-permit-small';
const BATCH = 2_000;
/** Dossiers that the tasks belong to. */
const DOSSIERS = 2_000;

/** A real server with an officer and an applicant. */
export interface Office {
  base: string;
  officer: string;
  applicant: string;
  store: MongoStore;
  /** A new draft of the applicant; answers its identifier. */
  draft(): Promise<string>;
  /** Writes this many open tasks that the officer may take, through the store. */
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
  const node = await startShubbak(config, log, (reason) => {
    throw new Error(reason);
  });
  const base = `http://127.0.0.1:${node.port}`;
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
    secret: node.administrator?.secret,
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
    store: node.store,
    draft: begin,
    async fill(count) {
      const { store } = node;
      const now = Date.now();
      const version = await store.procedures.inForce(PROCEDURE, new Date(now).toISOString().slice(0, 10));
      if (version === null) throw new Error('no procedure is published');
      const model = await store.dossiers.get(await begin());
      const dossier = (index: number): Dossier => ({
        ...model,
        id: `bench-dossier-${index}`,
        number: `${COMMUNE}-PC-2026-${String(index).padStart(5, '0')}`,
        status: 'underStudy',
        definition: version.hash,
        createdAt: now + index,
        version: 1,
      });
      for (let from = 0; from < DOSSIERS; from += 200) {
        await store.transaction(async (tx) => {
          for (let index = from; index < from + 200; index++) await store.dossiers.insert(tx, dossier(index));
        });
      }
      const definition = version.tasks.CheckCompleteness;
      const task = (index: number): Task => ({
        id: `bench-task-${String(index).padStart(6, '0')}`,
        instance: `bench-instance-${index}`,
        dossier: `bench-dossier-${index % DOSSIERS}`,
        dossierNumber: `${COMMUNE}-PC-2026-${String(index % DOSSIERS).padStart(5, '0')}`,
        procedure: PROCEDURE,
        definition: version.hash,
        flowNode: 'CheckCompleteness',
        token: 't',
        roles: ['registryOfficer'],
        body: null,
        territory: COMMUNE,
        form: definition?.form ?? null,
        handler: definition?.handler ?? null,
        status: 'open',
        assignee: null,
        claimedAt: null,
        createdAt: now + index,
        dueAt: now + ((index * 7919) % count) * 60_000,
        article: definition?.article ?? null,
        round: 1,
        endedAt: null,
        completedBy: null,
        variables: {},
        version: 1,
      });
      for (let from = 0; from < count; from += BATCH) {
        const openTasks = Array.from({ length: Math.min(BATCH, count - from) }, (_, offset) =>
          task(from + offset),
        );
        const instance = {
          id: `bench-instance-batch-${from}`,
          dossier: 'bench-dossier-0',
          procedure: PROCEDURE,
          definition: version.hash,
          status: 'completed' as const,
          state: {},
          version: 1,
          startedAt: now,
          endedAt: now,
          endEvent: null,
          openTasks: [],
          parent: null,
        };
        await store.transaction(async (tx) =>
          store.engine.write(tx, {
            instance,
            expectedVersion: null,
            openTasks,
            endTasks: [],
            setTimers: [],
            removeTimers: [],
            addJobs: [],
            removeJobs: [],
            addDeliveries: [],
            removeDeliveries: [],
            wakeMessages: [],
            raiseIncidents: [],
            resolveIncidents: [],
          } as unknown as Parameters<typeof store.engine.write>[1]),
        );
        process.stderr.write(`\r  ${Math.min(count, from + BATCH)}`);
      }
      process.stderr.write('\n');
    },
    stop: () => node.stop(),
  };
}
