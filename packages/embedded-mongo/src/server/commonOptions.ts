import type { Binary } from 'bson';
import { checkKnown, optionalCount, optionalDocument, optionalFlag } from '../commands/command.ts';
import { badValue, MongoError, typeMismatch } from '../errors.ts';
import { exactNative, toWholeNumber } from '../values/numbers.ts';
import type { Document, Value } from '../values/value.ts';
import { bsonTag, isNumber } from '../values/value.ts';

/** The fields that any command may carry. */
export interface CommonOptions {
  readonly database: string;
  readonly session: string | undefined;
  readonly txnNumber: number | undefined;
  readonly isInTransaction: boolean;
  readonly isStart: boolean;
  readonly deadline: number | undefined;
}

/** Reads and checks the fields that any command may carry; a concern this server cannot honour is refused. */
export function readCommonOptions(body: Document): CommonOptions {
  if (typeof body.$db !== 'string') throw new MongoError(40571, 'OP_MSG requests require a $db argument');
  checkReadConcern(body.readConcern);
  checkWriteConcern(body.writeConcern);
  checkReadPreference(body.$readPreference);
  const session = readSession(body.lsid);
  const txnNumber = readTxnNumber(body.txnNumber);
  const autocommit = optionalFlag(body.autocommit, 'autocommit');
  const isStart = optionalFlag(body.startTransaction, 'startTransaction') ?? false;
  if (autocommit === true) throw new MongoError(72, "The 'autocommit' field may only be false");
  if (isStart && autocommit === undefined)
    throw new MongoError(72, "'startTransaction' needs 'autocommit: false'");
  if (txnNumber !== undefined && session === undefined)
    throw new MongoError(72, 'Transaction number requires a session ID');
  if (autocommit === false && txnNumber === undefined)
    throw new MongoError(72, "'autocommit' needs a transaction number");
  const maxTime = optionalCount(body.maxTimeMS, 'maxTimeMS');
  return {
    database: body.$db,
    session,
    txnNumber,
    isInTransaction: autocommit === false,
    isStart,
    deadline: maxTime ? Date.now() + maxTime : undefined,
  };
}

/** Reads a session id, `{id: <UUID>}`. */
export function readSession(lsid: Value): string | undefined {
  if (lsid === undefined) return undefined;
  const document = optionalDocument(lsid, 'lsid');
  checkKnown(document, 'lsid', ['id']);
  const id = document.id as Binary;
  if (bsonTag(document.id) !== 'Binary' || id.sub_type !== 4 || id.position !== 16)
    throw typeMismatch('lsid.id must be a UUID');
  return Buffer.from(id.value()).toString('hex');
}

function readTxnNumber(value: Value): number | undefined {
  if (value === undefined) return undefined;
  if (bsonTag(value) !== 'Long' || !isNumber(value)) throw typeMismatch("'txnNumber' must be a long");
  if (exactNative(value) === undefined) throw badValue("'txnNumber' is not a number");
  const number = toWholeNumber(value, 'txnNumber');
  if (number < 0) throw badValue("'txnNumber' may not be negative");
  return number;
}

/** Every read sees only what is on disk, so each level asked for is met or exceeded. */
function checkReadConcern(value: Value): void {
  const concern = optionalDocument(value, 'readConcern');
  checkKnown(concern, 'readConcern', ['level']);
  if (
    concern.level !== undefined &&
    !['local', 'available', 'majority', 'snapshot', 'linearizable'].includes(String(concern.level))
  )
    throw badValue(`unknown readConcern level '${String(concern.level)}'`);
}

/** Every write is on disk before it is acknowledged, on the one member there is. */
function checkWriteConcern(value: Value): void {
  const concern = optionalDocument(value, 'writeConcern');
  checkKnown(concern, 'writeConcern', ['w', 'j', 'fsync', 'wtimeout', 'wtimeoutMS']);
  const { w } = concern;
  const isMet =
    w === undefined || w === 'majority' || (isNumber(w) && [0, 1].includes(toWholeNumber(w, 'w')));
  if (!isMet) throw new MongoError(100, 'Not enough data-bearing nodes: this store has one member');
}

const modes = ['primary', 'primaryPreferred', 'secondary', 'secondaryPreferred', 'nearest'];

function checkReadPreference(value: Value): void {
  const preference = optionalDocument(value, '$readPreference');
  checkKnown(preference, '$readPreference', ['mode']);
  if (preference.mode !== undefined && !modes.includes(String(preference.mode)))
    throw badValue(`unknown read preference '${String(preference.mode)}'`);
}
