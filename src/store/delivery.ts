import type { Connection } from 'mongoose';
import type { Delivery } from '../domain/process.ts';
import {
  type Collection,
  defineCollection,
  type Filter,
  fromRecord,
  number,
  type Stored,
  text,
  toRecord,
} from './collection.ts';
import { fromJson, toJson } from './jsonText.ts';

export interface DeliveryRecord extends Omit<Stored<Delivery>, 'says'> {
  kind: string;
  /** That of a message or signal. */
  name: string | null;
  says: string;
}

/** Declares where what processes say to each other waits to be received; what was received is gone. */
export function deliveryCollection(connection: Connection): Collection<DeliveryRecord> {
  return defineCollection<DeliveryRecord>(
    connection,
    'deliveries',
    {
      _id: text,
      instance: text,
      dossier: text,
      flowNode: text,
      receiver: text,
      kind: text,
      name: text,
      says: text,
      attempts: number,
      runAfter: number,
      leasedUntil: number,
      createdAt: number,
    },
    [[{ runAfter: 1, createdAt: 1 }], [{ instance: 1, runAfter: 1 }], [{ dossier: 1 }]],
  );
}

/** Leases deliveries that may be tried, the first sent first; those that another node takes meanwhile are left to it. */
export async function claimDeliveries(
  deliveries: Collection<DeliveryRecord>,
  ready: { realNow: number; leaseMs: number; limit: number; instance: string | undefined },
): Promise<Delivery[]> {
  const { realNow, leaseMs, limit, instance } = ready;
  // One that has stopped has no `runAfter`, so that nothing compares with it.
  const free = { runAfter: { $lte: realNow }, leasedUntil: { $lte: realNow } };
  const filter = { ...(instance === undefined ? {} : { instance }), ...free };
  const candidates = await deliveries.find(filter, { sort: { runAfter: 1, createdAt: 1, _id: 1 }, limit });
  const claims = candidates.map(({ _id }) =>
    deliveries.take({ _id, ...free }, { $set: { leasedUntil: realNow + leaseMs } }),
  );
  const claimed = await Promise.all(claims);
  return claimed.filter((record) => record !== null).map(toDelivery);
}

/** The messages of these names that wait for a receiver in a dossier. */
export const waitingMessages = (dossier: string, names: string[]): Filter => ({
  dossier,
  kind: 'message',
  name: { $in: names },
  runAfter: { $gte: 0 },
});

/** The delivery of a record. */
export function toDelivery(record: DeliveryRecord): Delivery {
  const { says, ...rest } = record;
  const delivery = fromRecord<Omit<Delivery, 'says'>>(rest, ['kind', 'name']);
  return { ...delivery, says: fromJson(says) };
}

/** The record of a delivery. */
export function toDeliveryRecord(delivery: Delivery): DeliveryRecord {
  const { says } = delivery;
  const name = 'name' in says ? says.name : null;
  return { ...toRecord(delivery), kind: says.kind, name, says: toJson(says) };
}
