import { readFileSync, writeSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { JsonObject } from '../../src/domain/json.ts';
import { SYSTEM } from '../../src/domain/party.ts';
import type { Task } from '../../src/domain/process.ts';
import { bpmnCore } from '../../src/engine/bpmnCore.ts';
import type { RunnableDefinition } from '../../src/engine/definitions.ts';
import { createHost } from '../../src/engine/host.ts';
import { evaluate } from '../../src/engine/timerRules.ts';
import { connectStore } from '../../src/store/connect.ts';
import type { Tx } from '../../src/store/store.ts';
import { diskFolder } from '../support/diskFolder.ts';

// The product's own host on its own store, all features on: each step is one transaction on the disk before the next step of
// its instance, with its tasks in the inboxes' indexes and its events numbered and chained. Several instances are under way.

const { values } = parseArgs({
  options: {
    diagram: { type: 'string', default: 'seq10' },
    /** Seconds of processor time, of both processes. */
    warm: { type: 'string', default: '8' },
    seconds: { type: 'string', default: '12' },
    atOnce: { type: 'string', default: '32' },
    /** Instances that are left waiting at their first task before anything is measured. */
    waiting: { type: 'string', default: '2000' },
    /** Counts what goes to the store, which takes time of its own. */
    count: { type: 'boolean', default: false },
  },
});
const AT_ONCE = Number(values.atOnce);
/** Shares of the checks that find a dossier complete, of the opinions in favour, and of the decisions that grant. */
const COMPLETE = 0.6;
const FAVOURABLE = 0.9;
const GRANTED = 0.85;
const COMMUNE = '01.151.01.01';

const sent = { commands: 0, commits: 0 };
if (values.count) countCommands();

const path = fileURLToPath(new URL(`../diagrams/${values.diagram}.bpmn`, import.meta.url));
const definition = definitionOf(await readFile(path, 'utf8'));
const directory = await diskFolder('bench-durable');
const store = await connectStore({ dataDir: directory, log: () => undefined });
const host = createHost<Tx>({
  interpreter: bpmnCore(),
  store: store.engine,
  loadDefinition: async () => definition,
  handlers: new Map(),
  dossierFacts: async () => ({ territory: COMMUNE, round: 1, number: 'N', applicant: 'A' }),
  clock: { now: () => Date.now() },
  realNow: () => Date.now(),
  dueOf: (_limit, now) => now,
  timerDue: (_timer, now) => now,
  evaluate,
  calendarVersion: null,
  log: (_level, message) => process.stderr.write(`${message}\n`),
});

let begun = 0;
let steps = 0;
let ended = 0;
let draws = 42;

/** Numbers in [0, 1), the same in every run. */
function draw(): number {
  draws = (Math.imul(draws, 1_664_525) + 1_013_904_223) >>> 0;
  return draws / 4_294_967_296;
}

async function start(): Promise<Task[]> {
  begun += 1;
  const id = `instance-${begun}`;
  const { tasksOpened } = await host.start(
    {
      id,
      dossier: `dossier-${begun}`,
      procedure: 'bench',
      definition: definition.hash,
      territory: COMMUNE,
      variables: { dossier: id },
    },
    SYSTEM,
  );
  return tasksOpened;
}

async function runOne(): Promise<void> {
  const open = await start();
  while (open.length > 0) {
    const [task] = open.splice(Math.floor(draw() * open.length), 1) as [Task];
    const { tasksOpened } = await host.complete(task, outcomeOf(task.flowNode), SYSTEM);
    steps += 1;
    open.push(...tasksOpened);
  }
  ended += 1;
}

function outcomeOf(flowNode: string): JsonObject {
  if (flowNode === 'CheckCompleteness') return { complete: draw() < COMPLETE };
  if (flowNode === 'DecideOnApplication') return { granted: draw() < GRANTED };
  if (values.diagram === 'permit') return { [flowNode]: draw() < FAVOURABLE ? 'favourable' : 'unfavourable' };
  return {};
}

function definitionOf(diagram: string): RunnableDefinition {
  const ids = [...diagram.matchAll(/<bpmn:userTask id="([^"]+)"/g)].map(([, id]) => id as string);
  const task = (flowNode: string) => ({
    flowNode,
    name: { ar: flowNode, fr: flowNode },
    roles: ['committeeMember' as const],
    body: null,
    form: null,
    handler: null,
    limit: null,
    article: null,
    party: 'administration' as const,
  });
  return {
    hash: 'bench',
    diagram,
    tasks: Object.fromEntries(ids.map((id) => [id, task(id)])),
    services: {},
  };
}

/** Processor seconds of this process and of the store's, and the bytes the store had written. */
function spent(): { host: number; store: number; written: number } {
  const { user, system } = process.cpuUsage();
  const stat = readFileSync(`/proc/${store.serverPid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = Number(fields[11]) + Number(fields[12]);
  const written = /^write_bytes: (\d+)$/m.exec(readFileSync(`/proc/${store.serverPid}/io`, 'utf8'))?.[1];
  return { host: (user + system) / 1e6, store: ticks / 100, written: Number(written) };
}

/** Each command is one write to a socket; each commit of a transaction is one fsync of the store. */
function countCommands(): void {
  const { write } = Socket.prototype;
  Socket.prototype.write = function (this: Socket, ...given: Parameters<typeof write>) {
    const [chunk] = given;
    if (this.remotePort !== undefined && chunk instanceof Uint8Array) {
      sent.commands += 1;
      if (Buffer.from(chunk).includes('commitTransaction')) sent.commits += 1;
    }
    return write.apply(this, given);
  } as typeof write;
}

async function during(seconds: number) {
  const before = { ...spent(), ...sent, ended, steps, at: performance.now() };
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    const now = spent();
    const used = { host: now.host - before.host, store: now.store - before.store };
    if (used.host + used.store < seconds) continue;
    const made = { steps: steps - before.steps, instances: ended - before.ended };
    return {
      instancesPerCpuSecond: made.instances / (used.host + used.store),
      hostCpu: used.host,
      storeCpu: used.store,
      wall: (performance.now() - before.at) / 1000,
      instances: made.instances,
      stepsPerInstance: made.steps / made.instances,
      roundTripsPerStep: (sent.commands - before.commands) / made.steps,
      fsyncsPerStep: (sent.commits - before.commits) / made.steps,
      kilobytesPerStep: (now.written - before.written) / 1024 / made.steps,
    };
  }
}

try {
  for (let left = Number(values.waiting); left > 0; left -= AT_ONCE)
    await Promise.all(Array.from({ length: Math.min(left, AT_ONCE) }, start));
  let over = false;
  const lanes = Array.from({ length: AT_ONCE }, async () => {
    while (!over) await runOne();
  });
  await during(Number(values.warm));
  const figures = await during(Number(values.seconds));
  over = true;
  await Promise.all(lanes);
  writeSync(1, `${JSON.stringify(figures)}\n`);
} finally {
  await host.stop();
  await store.stop();
  await rm(directory, { recursive: true, force: true });
}
