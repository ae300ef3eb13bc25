import { deserialize, serialize } from 'bson';
import { MongoError } from '../errors.ts';
import type { Document } from './value.ts';

/** Largest document a client may store: 16 MiB, as on any MongoDB. */
export const maxDocumentBytes = 16 * 1024 * 1024;

const readOptions = { promoteValues: false, promoteBuffers: false, bsonRegExp: true } as const;

/** Reads BSON keeping every type: doubles stay doubles, 64-bit integers keep all their digits. */
export function decode(bytes: Uint8Array): Document {
  try {
    return deserialize(bytes, readOptions) as Document;
  } catch (cause) {
    throw new MongoError(22, `Invalid BSON: ${(cause as Error).message}`);
  }
}

const received = new WeakMap<Document, Uint8Array>();

/** Reads BSON as `decode` does, and keeps the bytes beside it: a document that is stored as it came needs no writing. */
export function decodeReceived(bytes: Uint8Array): Document {
  const document = decode(bytes);
  received.set(document, bytes);
  return document;
}

/** Reads a statement of a bulk write, whose `document` is likely to be stored as it came. */
export function decodeStatement(bytes: Uint8Array): Document {
  let statement: Record<string, unknown>;
  try {
    statement = deserialize(bytes, { ...readOptions, raw: true });
  } catch (cause) {
    throw new MongoError(22, `Invalid BSON: ${(cause as Error).message}`);
  }
  for (const [name, value] of Object.entries(statement))
    if (value instanceof Uint8Array)
      statement[name] = name === 'document' ? decodeReceived(value) : decode(value);
  return statement as Document;
}

/** Writes BSON; fields whose value is `undefined` are left out. */
export function encode(document: object): Uint8Array {
  return serialize(document, { ignoreUndefined: true });
}

/** Writes a document for storage, refusing one over 16 MiB. */
export function encodeForStorage(document: Document): Uint8Array {
  const bytes = received.get(document) ?? encode(document);
  if (bytes.length > maxDocumentBytes)
    throw new MongoError(
      10334,
      `BSONObj size: ${bytes.length} is invalid. Size must be between 0 and ${maxDocumentBytes}`,
    );
  return bytes;
}
