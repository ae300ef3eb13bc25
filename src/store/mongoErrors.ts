import mongoose from 'mongoose';
import { DomainError, type ErrorCode } from '../domain/errors.ts';
import type { JsonObject } from '../domain/json.ts';

const { MongoError, MongoNetworkError, MongoServerSelectionError } = mongoose.mongo;

/** Tells whether the server or driver marked an error. */
export function hasLabel(error: unknown, label: string): boolean {
  return error instanceof MongoError && error.hasErrorLabel(label);
}

/** Tells whether no server answered, so that nothing is known but that. */
export function isUnreachable(error: unknown): boolean {
  return error instanceof MongoNetworkError || error instanceof MongoServerSelectionError;
}

/** Tells whether a unique index refused a write. */
export function isDuplicateKey(error: unknown): boolean {
  return error instanceof MongoError && error.code === 11000;
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
