import type { Connection } from 'mongoose';
import { DomainError } from '../domain/errors.ts';
import type { DraftFile, ProcedureDraft } from '../procedures/draft.ts';
import { defineCollection, number, text } from './collection.ts';
import { fromJson, toJson } from './jsonText.ts';
import type { Store } from './store.ts';

/** A draft; what is in its files is nobody's business here, so they are kept as JSON text. */
interface DraftRecord {
  _id: string;
  procedure: string;
  base: string | null;
  author: string;
  files: string;
  createdAt: number;
  updatedAt: number;
  updatedBy: string;
  version: number;
}

const MOST_LISTED = 500;

/** Keeps the procedures that administrators are working on. */
export function createProcedureDrafts(connection: Connection): Store['procedureDrafts'] {
  const drafts = defineCollection<DraftRecord>(
    connection,
    'procedureDrafts',
    {
      _id: text,
      procedure: text,
      base: text,
      author: text,
      files: text,
      createdAt: number,
      updatedAt: number,
      updatedBy: text,
      version: number,
    },
    [[{ updatedAt: -1, _id: 1 }]],
  );

  return {
    async find(id, tx) {
      const record = await drafts.byId(id, tx);
      return record && toDraft(record);
    },

    async list() {
      const records = await drafts.model
        .find({}, { files: 0 })
        .sort({ updatedAt: -1, _id: 1 })
        .limit(MOST_LISTED)
        .lean<Omit<DraftRecord, 'files'>[]>();
      return records.map(({ _id: id, ...fields }) => ({ id, ...fields }));
    },

    insert: (tx, draft) => drafts.insert([toRecord(draft)], tx),

    async save(tx, draft) {
      const saved = { ...draft, version: draft.version + 1 };
      const { _id, ...fields } = toRecord(saved);
      const found = await drafts.updateOne({ _id, version: draft.version }, { $set: fields }, tx);
      if (!found) throw new DomainError('STALE_VERSION', { draft: _id });
      return saved;
    },

    async remove(tx, id) {
      await drafts.remove({ _id: id }, tx);
    },
  };
}

function toDraft({ _id: id, files, ...fields }: DraftRecord): ProcedureDraft {
  return { id, ...fields, files: fromJson<DraftFile[]>(files) };
}

function toRecord({ id, files, ...fields }: ProcedureDraft): DraftRecord {
  return { _id: id, ...fields, files: toJson(files as never) };
}
