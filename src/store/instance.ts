import type { Connection } from 'mongoose';
import { DomainError } from '../domain/errors.ts';
import type { ProcessInstance } from '../domain/process.ts';
import {
  anything,
  type Collection,
  defineCollection,
  fromRecord,
  number,
  type Stored,
  text,
} from './collection.ts';
import { fromJson, toJson } from './jsonText.ts';
import type { Store, Tx } from './store.ts';
import type { Write } from './write.ts';
import { inserting, updating } from './writes.ts';

/** An instance, with the engine's state as JSON text: its keys are of the modeller's choice. */
export interface InstanceRecord extends Omit<Stored<ProcessInstance>, 'state'> {
  state: string;
}

/** Declares where process instances are kept. */
export function instanceCollection(connection: Connection): Collection<InstanceRecord> {
  return defineCollection<InstanceRecord>(
    connection,
    'instances',
    {
      _id: text,
      dossier: text,
      procedure: text,
      definition: text,
      status: text,
      state: text,
      version: number,
      startedAt: number,
      endedAt: number,
      endEvent: text,
      openTasks: anything,
      parent: anything,
    },
    [[{ dossier: 1 }], [{ definition: 1, endedAt: 1 }]],
  );
}

/** Shows instances to use cases; only the engine changes them. */
export function createInstances(instances: Collection<InstanceRecord>): Store['instances'] {
  return {
    async find(id) {
      const record = await instances.byId(id);
      return record && toInstance(record);
    },

    async ofDossier(dossier) {
      const records = await instances.find({ dossier }, { sort: { startedAt: 1, _id: 1 } });
      return records.map(toInstance);
    },

    running: (definition) => instances.model.countDocuments({ definition, endedAt: null }),
  };
}

/** Reads instances by their identifiers. */
export async function readInstances(
  instances: Collection<InstanceRecord>,
  ids: string[],
  tx: Tx,
): Promise<Map<string, ProcessInstance>> {
  const records = await instances.find({ _id: { $in: ids } }, {}, tx);
  return new Map(records.map((record) => [record._id, toInstance(record)]));
}

/** The write of an instance that nobody else moved on since; refused as INSTANCE_BUSY when the version is another one. */
export function instanceWrite(
  instances: Collection<InstanceRecord>,
  instance: ProcessInstance,
  expectedVersion: number | null,
): Write {
  const { id, state, status, version, endedAt, endEvent, openTasks, ...fixed } = instance;
  // What an instance began with stays as it is.
  const changes = { status, version, endedAt, endEvent, openTasks, state: toJson(state) };
  const refusal = (cause?: unknown) =>
    new DomainError('INSTANCE_BUSY', { instance: id, version: expectedVersion }, { cause });
  return expectedVersion === null
    ? inserting(instances, [{ _id: id, ...fixed, ...changes }], refusal)
    : updating(instances, { _id: id, version: expectedVersion }, { $set: changes }, 1, refusal);
}

/** Records of before had the fields of a lease. */
const LEASE = ['leaseOwner', 'leaseExpiresAt', 'fence'];

/** The instance of a record. */
export function toInstance(record: InstanceRecord): ProcessInstance {
  const { state, ...rest } = record;
  const instance = fromRecord<Omit<ProcessInstance, 'state'>>(rest, LEASE);
  // Records of before say nothing of what called them: nothing did.
  return { ...instance, parent: instance.parent ?? null, state: fromJson(state) };
}
