import type { DomainEvent } from '../domain/events.ts';
import type { Collection, Filter } from './collection.ts';
import { eventRecords } from './event.ts';
import { type EventRecord, eventsOf } from './eventRecord.ts';
import type { StepOccurrence, Store } from './store.ts';
import type { TaskRecord } from './task.ts';

type ScanFilter = Parameters<Store['steps']['scan']>[0];

const BATCH = 500;

/**
 * Reads what was done and how long it took, without any record of its own: user tasks are kept after their end,
 * and the log says when each service task began and ended.
 */
export function createSteps(
  tasks: Collection<TaskRecord>,
  events: Collection<EventRecord>,
  proceduresOf: Store['dossiers']['proceduresOf'],
): Store['steps'] {
  async function* userTasks(filter: ScanFilter): AsyncGenerator<StepOccurrence> {
    const where = inRange(filter, 'createdAt');
    if (filter.territory !== undefined) where.territoryPath = filter.territory;
    if (filter.procedure !== undefined) where.procedure = filter.procedure;
    if (filter.version !== undefined) where.definition = filter.version;
    if (filter.body !== undefined) where.body = filter.body;
    if (filter.flowNode !== undefined) where.flowNode = filter.flowNode;
    for await (const task of inBatches(tasks, where, 'createdAt')) {
      const { _id, dossier, procedure, definition, flowNode, body, territory, createdAt, endedAt, status } =
        task;
      yield {
        id: _id,
        dossier,
        procedure,
        version: definition,
        flowNode,
        kind: 'user',
        body,
        territory,
        startedAt: createdAt,
        endedAt,
        outcome: status === 'open' ? 'running' : status,
      };
    }
  }

  async function* serviceTasks(filter: ScanFilter): AsyncGenerator<StepOccurrence> {
    // Nobody's work is asked of a body.
    if (filter.body !== undefined) return;
    const where: Filter = { ...inRange(filter, 'at'), 'events.type': 'JobRequested' };
    // A territory's code begins with the codes of those that contain it.
    if (filter.territory !== undefined)
      where.territory = { $gte: filter.territory, $lt: `${filter.territory}/` };
    for await (const records of eventRecords(events, where, 0, BATCH)) {
      const requests = records
        .flatMap(eventsOf)
        .filter(
          ({ type, flowNode }) =>
            type === 'JobRequested' && (filter.flowNode === undefined || flowNode === filter.flowNode),
        );
      const procedures = await proceduresOf([...new Set(requests.map(({ dossier }) => dossier as string))]);
      const wanted = requests.filter(({ dossier }) => {
        const known = procedures.get(dossier as string);
        return (
          (filter.procedure === undefined || known?.procedure === filter.procedure) &&
          (filter.version === undefined || known?.definition === filter.version)
        );
      });
      const ends = await endsOf(wanted);
      for (const { dossier, flowNode, subject, territory, at } of wanted) {
        const end = ends.get(subject);
        const known = procedures.get(dossier as string);
        yield {
          id: subject as string,
          dossier: dossier as string,
          procedure: known?.procedure ?? '',
          version: known?.definition ?? null,
          flowNode: flowNode as string,
          kind: 'service',
          body: null,
          territory: territory ?? '',
          startedAt: at,
          endedAt: end?.at ?? null,
          outcome: end === undefined ? 'running' : end.type === 'JobCompleted' ? 'completed' : 'cancelled',
        };
      }
    }
  }

  /** The end of each service task, by its job. */
  async function endsOf(requests: DomainEvent[]): Promise<Map<string | null, DomainEvent>> {
    const [first] = requests;
    if (first === undefined) return new Map();
    const records = await events.find({
      dossier: { $in: [...new Set(requests.map(({ dossier }) => dossier))] },
      // A job that a step asks for is not done in the same step.
      seq: { $gt: first.seq },
      'events.type': { $in: ['JobCompleted', 'JobCancelled'] },
    });
    const ends = records
      .flatMap(eventsOf)
      .filter(({ type }) => type === 'JobCompleted' || type === 'JobCancelled');
    return new Map(ends.map((end) => [end.subject, end]));
  }

  return {
    async *scan(filter) {
      yield* userTasks(filter);
      yield* serviceTasks(filter);
    },
  };
}

function inRange({ dossier, from, to }: ScanFilter, time: string): Filter {
  const filter: Filter = {};
  if (dossier !== undefined) filter.dossier = dossier;
  if (from !== undefined || to !== undefined) {
    filter[time] = {
      ...(from === undefined ? {} : { $gte: from }),
      ...(to === undefined ? {} : { $lt: to }),
    };
  }
  return filter;
}

async function* inBatches(tasks: Collection<TaskRecord>, filter: Filter, time: 'createdAt') {
  for (let last: TaskRecord | undefined; ; ) {
    const beyond: Filter =
      last === undefined
        ? {}
        : {
            [time]: { $gte: last[time] },
            $or: [{ [time]: { $gt: last[time] } }, { _id: { $gt: last._id } }],
          };
    const batch: TaskRecord[] = await tasks.find(
      { $and: [filter, beyond] },
      { sort: { [time]: 1, _id: 1 }, limit: BATCH },
    );
    yield* batch;
    if (batch.length < BATCH) return;
    last = batch.at(-1);
  }
}
