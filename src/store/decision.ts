import type { Connection } from 'mongoose';
import type { Decision } from '../domain/decision.ts';
import { DomainError } from '../domain/errors.ts';
import { anything, defineCollection, fromRecord, number, type Stored, text, toRecord } from './collection.ts';
import type { Store } from './store.ts';

type DecisionRecord = Stored<Decision>;

/** Keeps decisions and finds the act behind a verification code. */
export function createDecisions(connection: Connection): Store['decisions'] {
  const decisions = defineCollection<DecisionRecord>(
    connection,
    'decisions',
    {
      _id: text,
      dossier: text,
      round: number,
      kind: text,
      choice: text,
      reasons: anything,
      conditions: anything,
      decidedBy: text,
      decidedAt: number,
      signedBy: text,
      signedAt: number,
      verificationCode: text,
      file: anything,
      plans: anything,
      status: text,
      signatory: anything,
    },
    [
      [{ dossier: 1, decidedAt: 1, _id: 1 }],
      [
        { verificationCode: 1 },
        { unique: true, partialFilterExpression: { verificationCode: { $type: 'string' } } },
      ],
    ],
  );

  return {
    async find(id, tx) {
      const record = await decisions.findOne({ _id: id }, tx);
      return record && fromRecord<Decision>(record);
    },

    async findByCode(code) {
      const record = await decisions.findOne({ verificationCode: code });
      return record && fromRecord<Decision>(record);
    },

    async ofDossier(dossier, tx) {
      const records = await decisions.find({ dossier }, { sort: { decidedAt: 1, _id: 1 } }, tx);
      return records.map((record) => fromRecord<Decision>(record));
    },

    insert: (tx, decision) => decisions.insert([toRecord(decision)], tx),

    async save(tx, decision) {
      const { _id, ...fields } = toRecord(decision);
      const found = await decisions.updateOne({ _id }, { $set: fields }, tx);
      if (!found) throw new DomainError('DECISION_NOT_FOUND', { decision: _id });
    },
  };
}
