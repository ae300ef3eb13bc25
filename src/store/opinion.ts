import type { Connection } from 'mongoose';
import type { Opinion } from '../domain/opinion.ts';
import { anything, defineCollection, fromRecord, number, type Stored, text, toRecord } from './collection.ts';
import { refusingDuplicates } from './mongoErrors.ts';
import type { Store } from './store.ts';

type OpinionRecord = Stored<Opinion>;

/** Keeps signed opinions; a task carries one and they never change. */
export function createOpinions(connection: Connection): Store['opinions'] {
  const opinions = defineCollection<OpinionRecord>(
    connection,
    'opinions',
    {
      _id: text,
      dossier: text,
      task: text,
      round: number,
      body: text,
      bodyKind: text,
      member: text,
      value: text,
      remarks: anything,
      observations: text,
      givenAt: number,
      payload: text,
      jws: text,
    },
    [[{ dossier: 1, givenAt: 1, _id: 1 }], [{ task: 1 }, { unique: true }]],
  );

  return {
    async ofDossier(dossier, tx) {
      const records = await opinions.find({ dossier }, { sort: { givenAt: 1, _id: 1 } }, tx);
      return records.map((record) => fromRecord<Opinion>(record));
    },

    async ofDossiers(dossiers) {
      const records = await opinions.find({ dossier: { $in: dossiers } }, { sort: { givenAt: 1, _id: 1 } });
      return records.map((record) => fromRecord<Opinion>(record));
    },

    insert: (tx, opinion) =>
      refusingDuplicates(opinions.insert([toRecord(opinion)], tx), 'TASK_ALREADY_DONE', {
        task: opinion.task,
      }),
  };
}
