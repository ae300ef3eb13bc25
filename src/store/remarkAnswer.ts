import type { Connection } from 'mongoose';
import type { RemarkAnswer } from '../domain/remarkAnswer.ts';
import { defineCollection, fromRecord, number, type Stored, text, toRecord } from './collection.ts';
import type { Store } from './store.ts';

type AnswerRecord = Stored<RemarkAnswer>;

/** Keeps what the applicant's side answers to remarks, one answer a remark. */
export function createRemarkAnswers(connection: Connection): Store['remarkAnswers'] {
  const answers = defineCollection<AnswerRecord>(
    connection,
    'remarkAnswers',
    { _id: text, dossier: text, text, document: text, by: text, at: number },
    [[{ dossier: 1, _id: 1 }]],
  );
  return {
    async ofDossier(dossier, tx) {
      const records = await answers.find({ dossier }, { sort: { _id: 1 } }, tx);
      return records.map((record) => fromRecord<RemarkAnswer>(record));
    },
    async put(tx, answer) {
      const { _id, ...fields } = toRecord(answer);
      await answers.upsertOne({ _id }, { $set: fields }, tx);
    },
  };
}
