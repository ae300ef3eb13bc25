import { DomainError } from '../../../src/domain/errors.ts';
import { SYSTEM } from '../../../src/domain/party.ts';
import { bpmnCore } from '../../../src/engine/bpmnCore.ts';
import { createHost } from '../../../src/engine/host.ts';
import type { ServiceHandler } from '../../../src/engine/port.ts';
import { PLAIN_TIME } from '../../../src/engine/replay.ts';
import { connectStore } from '../../../src/store/connect.ts';
import { isUnavailable } from '../../../src/store/mongoErrors.ts';
import type { Tx } from '../../../src/store/store.ts';
import { pick, randomFrom } from '../support/random.ts';
import type { Answer, Ask, FromNode, ToNode, View } from './messages.ts';
import { readProcedures } from './procedures.ts';

/**
 * A node of the soak: the product's host on the product's store, with service handlers whose effects can be counted. It does
 * what its parent asks, and the jobs and timers that are due. `OWNER`, `SEED`, `CLOCK_NOW` and MONGODB_URI say how it starts.
 */

/** One job in so many fails at first, as a service that is away for a moment does. */
const FAILING = 400;
/** Longest time that a handler takes, in ms. */
const SLOWEST_MS = 20;

const { OWNER = 'node', SEED = '1', CLOCK_NOW = '0', MONGODB_URI } = process.env;
const random = randomFrom(Number(SEED));
let now = Number(CLOCK_NOW);
const tell = (message: FromNode) => process.send?.(message);
const log = (level: string, message: string, data: Record<string, unknown>) => {
  if (level !== 'info') process.stderr.write(`${OWNER} ${level}: ${message} ${JSON.stringify(data)}\n`);
};

const store = await connectStore({ mongodbUri: MONGODB_URI, dataDir: '', log: () => {} });
const procedures = await readProcedures();
const definitions = new Map(procedures.map(({ version }) => [version.hash, version]));
const brings = new Map(procedures.map(({ version, brings }) => [version.hash, brings]));

/** Counts its effect under the name of its job, in the transaction of the step, as the product's handlers write theirs. */
const handler: ServiceHandler<Tx> = async ({ id, instance, flowNode }) => {
  await new Promise((resolve) => setTimeout(resolve, random() * SLOWEST_MS));
  if (random() < 1 / FAILING) throw new Error('the service is away for a moment');
  const { definition = '' } = (await store.instances.find(instance)) ?? {};
  const variables = pick(random, brings.get(definition)?.get(flowNode) ?? [{}]);
  return {
    variables,
    async write(tx) {
      await store.counters.next(tx, `effect ${id}`);
      return [];
    },
  };
};

const services = procedures.flatMap(({ version }) => Object.values(version.services));
const host = createHost<Tx>({
  interpreter: bpmnCore(),
  store: store.engine,
  async loadDefinition(hash) {
    const found = definitions.get(hash);
    if (found === undefined) throw new Error(`no definition ${hash}`);
    return found;
  },
  handlers: new Map(services.map((service) => [service.handler, handler])),
  dossierFacts: async () => ({ territory: '01.151.01.01', round: 1, number: null, applicant: 'A' }),
  clock: { now: () => now },
  realNow: () => Date.now(),
  ...PLAIN_TIME,
  calendarVersion: null,
  log,
});

async function view(id: string): Promise<View> {
  const instance = await store.instances.find(id);
  return instance && { status: instance.status, openTasks: instance.openTasks };
}

async function act(ask: Ask): Promise<void> {
  if (ask.ask === 'complete') {
    const task = await store.tasks.find(ask.task);
    if (task === null) throw new DomainError('TASK_NOT_FOUND', { task: ask.task });
    await host.complete(task, ask.variables, SYSTEM);
  }
  if (ask.ask !== 'start') return;
  const { instance: id, definition, procedure, variables } = ask;
  await host.start({ id, definition, dossier: id, procedure, territory: '', variables }, SYSTEM);
}

async function answer(ask: Ask): Promise<Answer> {
  try {
    await act(ask);
  } catch (error) {
    if (error instanceof DomainError) return { refused: error.code, details: JSON.stringify(error.details) };
    const refused = isUnavailable(error) ? 'UNAVAILABLE' : 'INTERNAL';
    return { refused, details: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
  // What was done stays done, whether or not it can be looked at.
  return { view: await view(ask.instance).catch(() => null) };
}

process.on('message', async (message: ToNode) => {
  if ('clock' in message) now = message.clock;
  else tell({ id: message.id, ...(await answer(message)) });
});
process.once('disconnect', () => process.exit(0));
host.poll();
tell({ ready: true });
