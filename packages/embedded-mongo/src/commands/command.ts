import { MongoError } from '../errors.ts';
import type { Store } from '../storage/store.ts';
import type { TimeLimit } from '../storage/view.ts';
import type { Workspace } from '../storage/workspace.ts';
import { toWholeNumber } from '../values/numbers.ts';
import type { Document, Value } from '../values/value.ts';
import { isDocument } from '../values/value.ts';
import type { Cursors } from './cursors.ts';

/** What a command answers: fields for the codec, or BSON already written. */
export type Reply = { readonly [field: string]: unknown } | Uint8Array;

/** One request, with what it works on. */
export interface Request {
  readonly body: Document;
  readonly database: string;
  readonly store: Store;
  readonly workspace: Workspace;
  readonly cursors: Cursors;
  /** The session's identity, or undefined without one. */
  readonly session: string | undefined;
  /** The transaction's number when the request is part of one. */
  readonly transaction: number | undefined;
  /** By when the client wants an answer. */
  readonly timeLimit: TimeLimit;
}

/** A command this server knows. */
export interface Command {
  readonly name: string;
  /** The fields it understands besides those every command may have. */
  readonly fields: readonly string[];
  /** A write runs inside a commit; a read sees the last one. */
  readonly kind: 'read' | 'write';
  readonly inTransaction: boolean;
  run(request: Request): Reply;
}

const common = new Set([
  '$db',
  'lsid',
  'txnNumber',
  'autocommit',
  'startTransaction',
  'readConcern',
  'writeConcern',
  '$readPreference',
  'maxTimeMS',
  'comment',
]);

/** Refuses the first field that neither the command nor every command understands. */
export function checkFields(body: Document, command: string, allowed: readonly string[]): void {
  for (const field of Object.keys(body))
    if (field !== command && !common.has(field) && !allowed.includes(field))
      throw new MongoError(40415, `BSON field '${command}.${field}' is an unknown or unsupported field.`);
}

/** Refuses the first field of an embedded document that is not known. */
export function checkKnown(document: Document, what: string, allowed: readonly string[]): void {
  for (const field of Object.keys(document))
    if (!allowed.includes(field))
      throw new MongoError(40415, `BSON field '${what}.${field}' is an unknown or unsupported field.`);
}

/** The namespace a command names in its first field. */
export function namespaceOf(database: string, collection: Value): string {
  if (
    typeof collection !== 'string' ||
    collection === '' ||
    collection.includes('\0') ||
    collection.startsWith('.')
  )
    throw new MongoError(73, `Invalid namespace specified '${database}.${String(collection)}'`);
  if (collection.includes('$') || collection.startsWith('system.'))
    throw new MongoError(73, `Invalid collection name: ${collection}`);
  if (!/^[^/\\. "$*<>:|?\0]{1,63}$/.test(database))
    throw new MongoError(73, `Invalid database name: ${database}`);
  return `${database}.${collection}`;
}

/** Reads an optional whole number that must not be negative. */
export function optionalCount(value: Value, what: string): number | undefined {
  if (value === undefined) return undefined;
  const count = toWholeNumber(value, what);
  if (count < 0)
    throw new MongoError(51024, `BSON field '${what}' value must be >= 0, actual value '${count}'`);
  return count;
}

/** Reads an optional flag; only true and false are taken. */
export function optionalFlag(value: Value, what: string): boolean | undefined {
  if (value === undefined || typeof value === 'boolean') return value;
  throw new MongoError(14, `BSON field '${what}' is the wrong type, expected type 'bool'`);
}

/** Reads an optional document; missing means empty. */
export function optionalDocument(value: Value, what: string): Document {
  if (value === undefined || value === null) return {};
  if (isDocument(value)) return value;
  throw new MongoError(14, `BSON field '${what}' is the wrong type, expected type 'object'`);
}

/** Reads a list of documents. */
export function documentList(value: Value, what: string): Document[] {
  if (!Array.isArray(value) || !value.every(isDocument))
    throw new MongoError(14, `BSON field '${what}' is the wrong type, expected an array of objects`);
  return value;
}

/** Reads a list of operations, of which there are at least 1 and at most 100 000. */
export function operationList(value: Value, what: string): Document[] {
  const list = documentList(value, what);
  if (list.length === 0 || list.length > 100_000)
    throw new MongoError(
      16,
      `Write batch sizes must be between 1 and 100000. Got ${list.length} operations.`,
    );
  return list;
}
