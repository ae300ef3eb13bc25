import type { Connection } from 'mongoose';
import { DomainError } from '../domain/errors.ts';
import type { Body } from '../domain/party.ts';
import {
  anything,
  defineCollection,
  flag,
  fromRecord,
  type Stored,
  text,
  texts,
  toRecord,
} from './collection.ts';
import { refusingDuplicates } from './mongoErrors.ts';
import type { Store } from './store.ts';
import { territoryPath } from './territoryPath.ts';

/** Keeps the administrations that give opinions, and finds which are competent where. */
export function createBodies(connection: Connection): Store['bodies'] {
  const bodies = defineCollection<Stored<Body>>(
    connection,
    'bodies',
    { _id: text, kind: text, name: anything, territories: texts, active: flag },
    [[{ kind: 1, territories: 1 }]],
  );

  return {
    async find(id, tx) {
      const record = await bodies.byId(id, tx);
      return record && fromRecord<Body>(record);
    },

    async list() {
      const records = await bodies.find({}, { sort: { _id: 1 } });
      return records.map((record) => fromRecord<Body>(record));
    },

    async competent(kind, commune) {
      const covering = ['*', ...territoryPath(commune)];
      const records = await bodies.find(
        { kind, territories: { $in: covering }, active: true },
        { sort: { _id: 1 } },
      );
      const nearness = ({ territories }: Body) =>
        Math.max(...territories.map((territory) => covering.indexOf(territory)));
      return records.map((record) => fromRecord<Body>(record)).sort((a, b) => nearness(b) - nearness(a));
    },

    insert: (tx, body) =>
      refusingDuplicates(bodies.insert([toRecord(body)], tx), 'BODY_EXISTS', { body: body.id }),

    async save(tx, body) {
      const { _id, ...fields } = toRecord(body);
      const found = await bodies.updateOne({ _id }, { $set: fields }, tx);
      if (!found) throw new DomainError('BODY_NOT_FOUND', { body: _id });
    },
  };
}
