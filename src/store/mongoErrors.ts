import mongoose from 'mongoose';
import { DomainError, type ErrorCode } from '../domain/errors.ts';
import type { JsonObject } from '../domain/json.ts';

const {
  MongoClientBulkWriteError,
  MongoError,
  MongoNetworkError,
  MongoServerError,
  MongoServerSelectionError,
} = mongoose.mongo;
const DUPLICATE_KEY = 11000;
const SHUTTING_DOWN = 91;
const OUT_OF_DISK_SPACE = 14031;

/** What mongoose says, in an error without a class of its own, of a command that waited for a connection in vain. */
const BUFFERED = /buffering timed out/;

const BROKEN = new Set(['ECONNRESET', 'ECONNABORTED', 'ETIMEDOUT']);

/** Tells whether the server or driver marked an error, or the one that a bulk write wraps. */
export function hasLabel(error: unknown, label: string): boolean {
  return errorsIn(error).some((one) => one.hasErrorLabel(label));
}

/**
 * Tells whether a connection broke while something large was being written to it: the driver then passes on what the socket
 * said, without a class or a label of its own. (A client of ours that goes away is told of without a system call.)
 */
export function isBrokenSocket(error: unknown): boolean {
  if (!(error instanceof Error) || error instanceof MongoError) return false;
  const { code, syscall } = error as NodeJS.ErrnoException;
  return code === 'EPIPE' || (syscall !== undefined && BROKEN.has(code ?? ''));
}

/** Tells whether the fault is that no server answered, or that it had no room: later it may well be done. */
export function isUnavailable(error: unknown): boolean {
  if (error instanceof mongoose.MongooseError && BUFFERED.test(error.message)) return true;
  if (isBrokenSocket(error)) return true;
  return errorsIn(error).some(
    (one) =>
      one instanceof MongoNetworkError ||
      one instanceof MongoServerSelectionError ||
      one.code === SHUTTING_DOWN ||
      one.code === OUT_OF_DISK_SPACE,
  );
}

/** Tells whether a unique index refused a write; of a bulk write, the one at a place. */
export function isDuplicateKey(error: unknown, place?: number): boolean {
  if (error instanceof MongoClientBulkWriteError && place !== undefined) {
    return error.writeErrors.get(place)?.code === DUPLICATE_KEY;
  }
  return place === undefined && error instanceof MongoError && error.code === DUPLICATE_KEY;
}

/** How many records each update and removal of a bulk write found before the place at which it stopped. */
export function foundBefore(error: unknown): ReadonlyMap<number, number> {
  const done = error instanceof MongoClientBulkWriteError ? error.partialResult : undefined;
  const found = new Map<number, number>();
  for (const [place, { matchedCount }] of done?.updateResults ?? []) found.set(place, matchedCount);
  for (const [place, { deletedCount }] of done?.deleteResults ?? []) found.set(place, deletedCount);
  return found;
}

/** An error and those it wraps: an insert of many keeps the fault of the connection as what the server had answered. */
function errorsIn(error: unknown): InstanceType<typeof MongoError>[] {
  if (!(error instanceof MongoError)) return [];
  const answered = error instanceof MongoServerError ? error.errorResponse : undefined;
  return [error, ...errorsIn(error.cause), ...errorsIn(answered)];
}

/** Turns the refusal of a unique index into the refusal that the aggregate names. */
export async function refusingDuplicates<T>(
  write: Promise<T>,
  code: ErrorCode,
  details: JsonObject = {},
): Promise<T> {
  try {
    return await write;
  } catch (error) {
    throw isDuplicateKey(error) ? new DomainError(code, details, { cause: error }) : error;
  }
}
