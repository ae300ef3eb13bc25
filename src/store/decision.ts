import type { Connection } from 'mongoose';
import type { Decision } from '../domain/decision.ts';
import { DomainError } from '../domain/errors.ts';
import {
  anything,
  defineCollection,
  fromRecord,
  number,
  type Stored,
  text,
  texts,
  toRecord,
} from './collection.ts';
import type { Store } from './store.ts';

interface DecisionRecord extends Stored<Decision> {
  /** SHA-256 of every file that it issued. */
  digests: string[];
}

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
      digests: texts,
    },
    [
      [{ dossier: 1, decidedAt: 1, _id: 1 }],
      [
        { verificationCode: 1 },
        { unique: true, partialFilterExpression: { verificationCode: { $type: 'string' } } },
      ],
      [{ digests: 1 }],
    ],
  );

  return {
    async find(id, tx) {
      const record = await decisions.byId(id, tx);
      return record && toDecision(record);
    },

    async findByCode(code) {
      const record = await decisions.findOne({ verificationCode: code });
      return record && toDecision(record);
    },

    async findByDigest(sha256) {
      const record = await decisions.findOne({ digests: sha256 });
      return record && toDecision(record);
    },

    async ofDossier(dossier, tx) {
      const records = await decisions.find({ dossier }, { sort: { decidedAt: 1, _id: 1 } }, tx);
      return records.map((record) => toDecision(record));
    },

    insert: (tx, decision) => decisions.insert([toDecisionRecord(decision)], tx),

    async save(tx, decision) {
      const { _id, ...fields } = toDecisionRecord(decision);
      const found = await decisions.updateOne({ _id }, { $set: fields }, tx);
      if (!found) throw new DomainError('DECISION_NOT_FOUND', { decision: _id });
    },
  };
}

function toDecision(record: DecisionRecord): Decision {
  return fromRecord<Decision>(record, ['digests']);
}

function toDecisionRecord(decision: Decision): DecisionRecord {
  const stamped = decision.plans.map((plan) => plan.stamped);
  const digests = [decision.file?.sha256 ?? null, ...stamped].filter((digest) => digest !== null);
  return { ...toRecord(decision), digests: [...new Set(digests)] };
}
