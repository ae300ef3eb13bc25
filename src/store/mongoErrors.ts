import mongoose from 'mongoose';
import { DomainError, type ErrorCode } from '../domain/errors.ts';
import type { JsonObject } from '../domain/json.ts';

const { MongoClientBulkWriteError, MongoError, MongoNetworkError, MongoServerSelectionError } =
  mongoose.mongo;
const DUPLICATE_KEY = 11000;

/** Tells whether the server or driver marked an error, or the one that a bulk write wraps. */
export function hasLabel(error: unknown, label: string): boolean {
  return errorsIn(error).some((one) => one.hasErrorLabel(label));
}

/** Tells whether no server answered, so that nothing is known but that. */
export function isUnreachable(error: unknown): boolean {
  return errorsIn(error).some(
    (one) => one instanceof MongoNetworkError || one instanceof MongoServerSelectionError,
  );
}

/** Tells whether a unique index refused a write; of a bulk write, the one at a place. */
export function isDuplicateKey(error: unknown, place?: number): boolean {
  if (error instanceof MongoClientBulkWriteError && place !== undefined) {
    return error.writeErrors.get(place)?.code === DUPLICATE_KEY;
  }
  return place === undefined && error instanceof MongoError && error.code === DUPLICATE_KEY;
}

function errorsIn(error: unknown): InstanceType<typeof MongoError>[] {
  if (!(error instanceof MongoError)) return [];
  return [error, ...errorsIn(error.cause)];
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
