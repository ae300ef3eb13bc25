import type { Connection } from 'mongoose';
import type { Intervention } from '../domain/intervention.ts';
import { defineCollection, fromRecord, number, type Stored, text, texts, toRecord } from './collection.ts';
import type { Store } from './store.ts';

type InterventionRecord = Stored<Intervention>;

/** Keeps what operators did to processes by hand, with their reasons. */
export function createInterventions(connection: Connection): Store['interventions'] {
  const interventions = defineCollection<InterventionRecord>(
    connection,
    'interventions',
    {
      _id: text,
      instance: text,
      dossier: text,
      kind: text,
      reason: text,
      by: text,
      at: number,
      flowNode: text,
      to: text,
      names: texts,
    },
    [[{ instance: 1, at: -1, _id: -1 }]],
  );
  return {
    insert: (tx, intervention) => interventions.insert([toRecord(intervention)], tx),
    async ofInstance(instance) {
      const records = await interventions.find({ instance }, { sort: { at: -1, _id: -1 }, limit: 100 });
      return records.map((record) => fromRecord<Intervention>(record));
    },
  };
}
