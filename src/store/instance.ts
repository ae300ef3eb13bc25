import type { Connection } from 'mongoose';
import { DomainError } from '../domain/errors.ts';
import type { ProcessInstance } from '../domain/process.ts';
import { anything, type Collection, defineCollection, number, type Stored, text } from './collection.ts';
import { fromJson, toJson } from './jsonText.ts';
import type { Store } from './store.ts';
import { inserting, updating, type Write } from './writes.ts';

/** An instance with its lease in fields of their own, since the fence outlives each lease. */
export interface InstanceRecord extends Omit<Stored<ProcessInstance>, 'state' | 'lease'> {
  state: string;
  leaseOwner: string | null;
  /** Real time; 0 when nobody holds it. */
  leaseExpiresAt: number;
  fence: number;
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
      leaseOwner: text,
      leaseExpiresAt: number,
      fence: number,
    },
    [[{ dossier: 1 }], [{ definition: 1, endedAt: 1 }]],
  );
}

/** Shows instances to use cases; only the engine changes them. */
export function createInstances(instances: Collection<InstanceRecord>): Store['instances'] {
  return {
    async find(id) {
      const record = await instances.findOne({ _id: id });
      return record && toInstance(record);
    },

    running: (definition) => instances.model.countDocuments({ definition, endedAt: null }),
  };
}

/** Takes a free or expired lease in one command. */
export async function leaseInstance(
  instances: Collection<InstanceRecord>,
  id: string,
  owner: string,
  realNow: number,
  ttlMs: number,
): Promise<{ found: ProcessInstance } | { busy: true } | { missing: true }> {
  const record = await instances.take(
    { _id: id, leaseExpiresAt: { $lte: realNow } },
    { $set: { leaseOwner: owner, leaseExpiresAt: realNow + ttlMs }, $inc: { fence: 1 } },
  );
  if (record !== null) return { found: toInstance(record) };
  return (await instances.findOne({ _id: id })) === null ? { missing: true } : { busy: true };
}

/** Ends a lease that `owner` still holds. */
export async function releaseInstance(
  instances: Collection<InstanceRecord>,
  id: string,
  owner: string,
): Promise<void> {
  await instances.updateOne({ _id: id, leaseOwner: owner }, { $set: NO_LEASE });
}

/**
 * The write of an instance that nobody else moved on since, which drops the lease; refused as INSTANCE_BUSY when the
 * version, or the fence of the lease it carries, is another one.
 */
export function instanceWrite(
  instances: Collection<InstanceRecord>,
  instance: ProcessInstance,
  expectedVersion: number | null,
): Write {
  const { id, state, lease, ...fields } = instance;
  const changes = { ...fields, state: toJson(state), ...NO_LEASE };
  const refusal = new DomainError('INSTANCE_BUSY', { instance: id, version: expectedVersion });
  if (expectedVersion === null) {
    return inserting(instances, [{ _id: id, ...changes, fence: 0 }], refusal);
  }
  const filter = { _id: id, version: expectedVersion, ...(lease === null ? {} : { fence: lease.fence }) };
  return updating(instances, filter, { $set: changes }, 1, refusal);
}

const NO_LEASE = { leaseOwner: null, leaseExpiresAt: 0 };

function toInstance(record: InstanceRecord): ProcessInstance {
  const { _id: id, state, leaseOwner, leaseExpiresAt, fence, ...fields } = record;
  const lease = leaseOwner === null ? null : { owner: leaseOwner, fence, expiresAt: leaseExpiresAt };
  return { id, ...fields, state: fromJson(state), lease };
}
