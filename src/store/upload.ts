import type { Connection } from 'mongoose';
import type { Upload } from '../domain/document.ts';
import { date, defineCollection, fromRecord, number, type Stored, text, toRecord } from './collection.ts';
import type { Store } from './store.ts';

interface UploadRecord extends Stored<Upload> {
  purgeAt: Date;
}

/** Whoever comes back to a file after more than a week sends it anew. */
const KEPT_FOR_MS = 7 * 24 * 60 * 60 * 1000;

/** Keeps what is known of files on their way; the bytes that have come are in the file store. */
export function createUploads(connection: Connection): Store['uploads'] {
  const uploads = defineCollection<UploadRecord>(
    connection,
    'uploads',
    {
      _id: text,
      dossier: text,
      piece: text,
      fileName: text,
      size: number,
      fingerprint: text,
      owner: text,
      startedAt: number,
      document: text,
      purgeAt: date,
    },
    [[{ owner: 1, startedAt: 1 }], [{ purgeAt: 1 }, { expireAfterSeconds: 0 }]],
  );
  const uploadOf = ({ purgeAt: _purgeAt, ...record }: UploadRecord): Upload => fromRecord<Upload>(record);

  return {
    async find(id, tx) {
      const record = await uploads.byId(id, tx);
      return record && uploadOf(record);
    },

    async unfinished(owner, dossier) {
      const filter = { owner, document: null, ...(dossier === undefined ? {} : { dossier }) };
      const records = await uploads.find(filter, { sort: { startedAt: -1 } });
      return records.map(uploadOf);
    },

    insert: (tx, upload) =>
      uploads.insert([{ ...toRecord(upload), purgeAt: new Date(upload.startedAt + KEPT_FOR_MS) }], tx),

    finish: (tx, id, document) => uploads.updateOne({ _id: id, document: null }, { $set: { document } }, tx),

    remove: (id) => uploads.removeMany({ _id: id, document: null }),
  };
}
