import type { DomainEvent } from '../../../src/domain/events.ts';
import { connectStore, openConnection } from '../../../src/store/connect.ts';
import { type Told, Violation } from './walk.ts';

/** What the log tells of a kind of thing that waits: once begun, once ended in one of two ways. */
const LIVES = {
  task: { begins: 'TaskCreated', done: 'TaskCompleted', cancelled: 'TaskCancelled' },
  job: { begins: 'JobRequested', done: 'JobCompleted', cancelled: 'JobCancelled' },
  timer: { begins: 'TimerScheduled', done: 'TimerFired', cancelled: 'TimerCancelled' },
} as const;
type Kind = keyof typeof LIVES;

interface Life {
  begun: number;
  done: number;
  cancelled: number;
  /** Of a timer: when it is due. */
  dueAt: number;
}

export interface Audit {
  events: number;
  completed: number;
  jobs: number;
  timersFired: number;
}

/** Collections whose records are gone once nothing waits any more, and what is looked for in them. */
const WAITING: Record<string, object> = {
  jobs: {},
  timers: {},
  tasks: { status: 'open' },
  incidents: {},
};

/**
 * Compares what the walks were told with what the store holds, all walks having ended.
 * @throws Violation at the first thing stuck, lost or doubled
 */
export async function audit(uri: string, told: Map<string, Told>): Promise<Audit> {
  const store = await connectStore({ mongodbUri: uri, dataDir: '', log: () => {} });
  const connection = await openConnection(uri);
  try {
    for await (const { seq, fault } of store.verifyChain())
      if (fault !== null) throw new Violation(`event ${seq} is ${fault}`);
    const lives = { task: new Map(), job: new Map(), timer: new Map() } as Record<Kind, Map<string, Life>>;
    const ended = new Map<string, number>();
    let events = 0;
    for await (const event of eventsOf(store)) {
      events++;
      if (event.type === 'InstanceEnded')
        ended.set(event.dossier ?? '', (ended.get(event.dossier ?? '') ?? 0) + 1);
      for (const kind of Object.keys(LIVES) as Kind[]) note(lives[kind], LIVES[kind], event);
    }
    for (const [kind, all] of Object.entries(lives))
      for (const [id, { begun, done, cancelled }] of all)
        if (begun !== 1 || done + cancelled !== 1)
          throw new Violation(
            `${kind} ${id} began ${begun} times, was done ${done} and cancelled ${cancelled}`,
          );

    for (const [instance, { completions }] of told) {
      if (ended.get(instance) !== 1)
        throw new Violation(`${instance} ended ${ended.get(instance) ?? 0} times`);
      for (const [task, { acknowledged, unknown }] of completions) {
        const done = lives.task.get(task)?.done ?? 0;
        if (acknowledged > done) throw new Violation(`${task}: its completion was acknowledged and is lost`);
        if (done > acknowledged + unknown)
          throw new Violation(`${task} is completed, but each attempt was refused`);
      }
    }
    const instances = connection.collection<{ _id: string; status: string }>('instances');
    for await (const { _id, status } of instances.find({}, { projection: { status: 1 } })) {
      if (!told.has(_id)) throw new Violation(`nobody started ${_id}`);
      if (status === 'active') throw new Violation(`${_id} is active after its end`);
    }
    for (const [id, { done }] of lives.task) {
      const instance = id.slice(0, id.lastIndexOf('-'));
      if (done > 0 && !told.get(instance)?.completions.has(id)) throw new Violation(`nobody completed ${id}`);
    }
    for (const [name, filter] of Object.entries(WAITING)) {
      const left = await connection.collection(name).findOne(filter);
      if (left !== null) throw new Violation(`${name} still holds ${JSON.stringify(left)}`);
    }
    const effects = new Map<string, number>();
    const counters = connection.collection<{ _id: string; value: number }>('counters');
    for await (const { _id, value } of counters.find())
      if (_id.startsWith('effect ')) effects.set(_id.slice(7), value);
    for (const [id, { done }] of lives.job)
      if ((effects.get(id) ?? 0) !== done)
        throw new Violation(`job ${id} had its effect ${effects.get(id)} times`);
    const sum = (kind: Kind) => [...lives[kind].values()].reduce((all, { done }) => all + done, 0);
    return { events, completed: sum('task'), jobs: sum('job'), timersFired: sum('timer') };
  } finally {
    await connection.close();
    await store.stop();
  }
}

/** What the store holds of an instance, for whoever has to find out why it went wrong. */
export async function describeInstance(uri: string, instance: string): Promise<string> {
  const connection = await openConnection(uri);
  try {
    const lines = [];
    for (const name of ['instances', 'tasks', 'jobs', 'timers', 'incidents', 'events']) {
      const filter = name === 'instances' ? { _id: instance } : { dossier: instance };
      const found = await connection
        .collection<{ _id: string }>(name)
        .find(filter)
        .sort({ seq: 1 })
        .toArray();
      lines.push(...found.slice(-12).map((record) => `${name}: ${JSON.stringify(record)}`));
    }
    return lines.join('\n');
  } finally {
    await connection.close();
  }
}

function note(lives: Map<string, Life>, names: (typeof LIVES)[Kind], event: DomainEvent): void {
  const { type, subject } = event;
  if (subject === null || !Object.values<string>(names).includes(type)) return;
  const life = lives.get(subject) ?? { begun: 0, done: 0, cancelled: 0, dueAt: 0 };
  lives.set(subject, life);
  if (type === names.begins) {
    life.begun++;
    life.dueAt = Number(event.data.dueAt ?? 0);
  } else if (type === names.done) {
    life.done++;
    if (type === 'TimerFired' && event.at < life.dueAt)
      throw new Violation(`timer ${subject} fired at ${event.at}, before it was due`);
  } else life.cancelled++;
}

async function* eventsOf(store: Awaited<ReturnType<typeof connectStore>>): AsyncGenerator<DomainEvent> {
  for (let after = 0; ; ) {
    const page = await store.events.list({ after }, 1000);
    if (page.length === 0) return;
    yield* page;
    after = page.at(-1)?.seq ?? after;
  }
}
