import type { Connection } from 'mongoose';
import type { Document } from '../domain/document.ts';
import {
  anything,
  defineCollection,
  flag,
  fromRecord,
  number,
  type Stored,
  text,
  toRecord,
} from './collection.ts';
import { refusingDuplicates } from './mongoErrors.ts';
import type { Store } from './store.ts';

type DocumentRecord = Stored<Document>;

/** Keeps the records of the pieces; their bytes are in the file store. */
export function createDocuments(connection: Connection): Store['documents'] {
  const documents = defineCollection<DocumentRecord>(
    connection,
    'documents',
    {
      _id: text,
      dossier: text,
      piece: text,
      version: number,
      round: number,
      fileName: text,
      mediaType: text,
      size: number,
      sha256: text,
      pages: number,
      uploadedBy: text,
      uploadedAt: number,
      current: flag,
      quality: anything,
    },
    [[{ dossier: 1, piece: 1, version: 1 }, { unique: true }]],
  );

  return {
    async find(id, tx) {
      const record = await documents.byId(id, tx);
      return record && fromRecord<Document>(record);
    },

    async ofDossier(dossier, tx) {
      const records = await documents.find({ dossier }, { sort: { piece: 1, version: 1 } }, tx);
      const all = records.map((record) => fromRecord<Document>(record));
      return [...all.filter(({ current }) => current), ...all.filter(({ current }) => !current)];
    },

    async insert(tx, document) {
      const { dossier, piece, version } = document;
      await documents.updateMany({ dossier, piece, current: true }, { $set: { current: false } }, tx);
      // A duplicate: somebody else replaced the piece since its versions were read.
      const inserted = documents.insert([toRecord({ ...document, quality: document.quality ?? null })], tx);
      await refusingDuplicates(inserted, 'STALE_VERSION', { piece, version });
    },
  };
}
