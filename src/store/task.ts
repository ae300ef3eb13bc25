import type { Connection } from 'mongoose';
import { DomainError } from '../domain/errors.ts';
import type { Task } from '../domain/process.ts';
import {
  type Collection,
  defineCollection,
  type Filter,
  fromRecord,
  number,
  type Stored,
  text,
  texts,
  toRecord,
} from './collection.ts';
import { fromJson, toJson } from './jsonText.ts';
import { findPage } from './pages.ts';
import type { Store, TaskFilter, TaskScope, Tx } from './store.ts';
import { outermost, territoryPath } from './territoryPath.ts';

/** A task with what inboxes look it up by. */
export interface TaskRecord extends Omit<Stored<Task>, 'variables'> {
  /** Process variables have keys of the modeller's choice: kept as JSON text. */
  variables: string;
  territoryPath: string[];
  /** Every `role@territory#body` whose holder may take it; two arrays cannot share an index, one can. */
  audience: string[];
  /** The deadline; tasks without one come last. */
  dueOrder: number;
}

const LOOKUPS = ['territoryPath', 'audience', 'dueOrder'];
const TASKS_AT_ONCE = 500;
const NEVER = 8_640_000_000_000_000;

/** Declares where tasks are kept. */
export function taskCollection(connection: Connection): Collection<TaskRecord> {
  return defineCollection<TaskRecord>(
    connection,
    'tasks',
    {
      _id: text,
      instance: text,
      dossier: text,
      dossierNumber: text,
      applicant: text,
      procedure: text,
      definition: text,
      flowNode: text,
      token: text,
      roles: texts,
      body: text,
      territory: text,
      form: text,
      handler: text,
      status: text,
      assignee: text,
      claimedAt: number,
      createdAt: number,
      dueAt: number,
      article: text,
      round: number,
      endedAt: number,
      completedBy: text,
      variables: text,
      version: number,
      territoryPath: texts,
      audience: texts,
      dueOrder: number,
    },
    // A task that ends leaves the indexes of the inboxes; those that it stays in do not change with its end.
    [
      [{ audience: 1, dueOrder: 1, _id: 1 }, { partialFilterExpression: { status: 'open' } }],
      [{ territoryPath: 1, dueOrder: 1, _id: 1 }, { partialFilterExpression: { status: 'open' } }],
      [
        { assignee: 1, status: 1, dueOrder: 1, _id: 1 },
        { partialFilterExpression: { assignee: { $gt: '' } } },
      ],
      [{ status: 1, dueOrder: 1, _id: 1 }],
      [{ dossier: 1 }],
      [{ createdAt: 1, _id: 1 }],
    ],
  );
}

/** Keeps user tasks, also after they have ended. */
export function createTasks(tasks: Collection<TaskRecord>): Store['tasks'] {
  /** Changes an open task that meets `condition`, or says why it could not. */
  async function change(
    tx: Tx,
    id: string,
    condition: Filter,
    set: Partial<TaskRecord>,
    refusal: (task: Task) => DomainError | Task,
    version?: number,
  ): Promise<Task> {
    const expected = version === undefined ? condition : { ...condition, version };
    const record = await tasks.take(
      { _id: id, status: 'open', ...expected },
      { $set: set, $inc: { version: 1 } },
      tx,
    );
    if (record !== null) return toTask(record);
    const current = await tasks.findOne({ _id: id }, tx);
    if (current === null) throw new DomainError('TASK_NOT_FOUND', { task: id });
    if (current.status !== 'open') throw new DomainError('TASK_ALREADY_DONE', { task: id });
    const answer = refusal(toTask(current));
    if (answer instanceof DomainError) throw answer;
    if (version !== undefined && version !== current.version) {
      throw new DomainError('STALE_VERSION', { task: id, version: current.version });
    }
    return answer;
  }

  return {
    async find(id, tx) {
      const record = await tasks.byId(id, tx);
      return record && toTask(record);
    },

    async list(filter, page) {
      const { scopes, ...chosen } = filter;
      const found = await findPage(tasks, {
        list: 'tasks',
        filter: chosen,
        branches: scopes.map((scope) => ({ $and: [...matching(chosen), ...inScope(scope)] })),
        orderBy: filter.sort === 'dueAt' ? 'dueOrder' : 'createdAt',
        direction: 1,
        page,
      });
      return { ...found, items: found.items.map(toTask) };
    },

    async ofDossier(dossier) {
      const records = await tasks.find({ dossier }, { sort: { createdAt: 1, _id: 1 } });
      return records.map(toTask);
    },

    async ofDossiers(dossiers) {
      const records = await tasks.find({ dossier: { $in: dossiers } }, { sort: { createdAt: 1, _id: 1 } });
      return records.map(toTask);
    },

    async countDue(territories, now, before) {
      const outer = outermost(territories);
      const counted = await tasks.model.aggregate<{
        _id: { territory: string; roles: string[]; body: string | null };
        due: number;
        overdue: number;
      }>([
        {
          $match: {
            ...(outer === null ? {} : { territoryPath: { $in: outer } }),
            status: 'open',
            dueOrder: { $lt: before },
          },
        },
        {
          $group: {
            _id: { territory: '$territory', roles: '$roles', body: '$body' },
            due: { $sum: 1 },
            overdue: { $sum: { $cond: [{ $lt: ['$dueOrder', now] }, 1, 0] } },
          },
        },
      ]);
      return counted.map(({ _id, due, overdue }) => ({ ..._id, due, overdue }));
    },

    claim: (tx, id, account, at, version) =>
      change(
        tx,
        id,
        { assignee: null },
        { assignee: account, claimedAt: at },
        // Who claims again what is already theirs has what they asked for.
        (task) => (task.assignee === account ? task : takenOrStale(task)),
        version,
      ),

    release: (tx, id, account, version) =>
      change(
        tx,
        id,
        { assignee: account },
        { assignee: null, claimedAt: null },
        (task) =>
          task.assignee === account ? stale(task) : new DomainError('TASK_NOT_CLAIMED', { task: id }),
        version,
      ),
  };
}

/** Writes on tasks that do not tell yet who applies who does. */
export async function nameApplicants(
  tasks: Collection<TaskRecord>,
  applicantsOf: (dossiers: string[]) => Promise<Map<string, string>>,
): Promise<void> {
  for (let last = ''; ; ) {
    const batch = await tasks.find({ _id: { $gt: last } }, { sort: { _id: 1 }, limit: TASKS_AT_ONCE });
    const without = batch.filter(({ applicant }) => applicant === undefined).map(({ dossier }) => dossier);
    for (const [dossier, applicant] of await applicantsOf(without))
      await tasks.updateMany({ dossier }, { $set: { applicant } });
    if (batch.length < TASKS_AT_ONCE) return;
    last = batch.at(-1)?._id ?? last;
  }
}

const stale = (task: Task) => new DomainError('STALE_VERSION', { task: task.id, version: task.version });

const takenOrStale = (task: Task) =>
  task.assignee === null ? stale(task) : new DomainError('TASK_TAKEN', { task: task.id });

/** All that a scope asks for must hold. */
function inScope(scope: TaskScope): Filter[] {
  const { assignee, role, body, dossiers } = scope;
  const territories = scope.territories === undefined ? null : outermost(scope.territories);
  const bodies = body === undefined ? null : [...new Set([body, null])];
  const conditions: Filter[] = [];
  if (assignee !== undefined) conditions.push({ assignee });
  if (dossiers !== undefined) conditions.push({ dossier: { $in: dossiers } });
  if (role !== undefined && bodies !== null) {
    const keys = (territories ?? ['*']).flatMap((territory) =>
      bodies.map((one) => audienceKey(role, territory, one)),
    );
    conditions.push({ audience: { $in: keys } });
    return conditions;
  }
  if (role !== undefined) conditions.push({ roles: role });
  if (bodies !== null) conditions.push({ body: { $in: bodies } });
  if (territories !== null) conditions.push({ territoryPath: { $in: territories } });
  return conditions;
}

function matching(filter: Omit<TaskFilter, 'scopes'>): Filter[] {
  const { territory, dueBefore, sort: _order, ...equalities } = filter;
  const conditions: Filter[] = [];
  for (const [field, value] of Object.entries(equalities)) {
    if (value !== undefined) conditions.push({ [field]: value });
  }
  if (territory !== undefined) conditions.push({ territoryPath: territory });
  if (dueBefore !== undefined) conditions.push({ dueOrder: { $lt: dueBefore } });
  return conditions;
}

const audienceKey = (role: string, territory: string, body: string | null) =>
  `${role}@${territory}#${body ?? ''}`;

/** The task of a record. */
export function toTask(record: TaskRecord): Task {
  const { variables, ...rest } = record;
  return { ...fromRecord<Omit<Task, 'variables'>>(rest, LOOKUPS), variables: fromJson(variables) };
}

/** The record of a task. */
export function toTaskRecord(task: Task): TaskRecord {
  const path = territoryPath(task.territory);
  return {
    ...toRecord(task),
    variables: toJson(task.variables),
    territoryPath: path,
    audience: task.roles.flatMap((role) =>
      ['*', ...path].map((territory) => audienceKey(role, territory, task.body)),
    ),
    dueOrder: task.dueAt ?? NEVER,
  };
}
