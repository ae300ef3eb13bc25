import { MongoError } from '../errors.ts';

/** How one statement of a write failed. */
export interface WriteError {
  readonly index: number;
  readonly code: number;
  readonly errmsg: string;
}

/**
 * Runs the statements of a write one after another and collects their errors; an ordered write stops at the
 * first. An error that ends the whole transaction is thrown.
 */
export function runStatements<T>(
  statements: readonly T[],
  isOrdered: boolean,
  run: (statement: T, index: number) => void,
): WriteError[] {
  const errors: WriteError[] = [];
  for (const [index, statement] of statements.entries()) {
    try {
      run(statement, index);
    } catch (error) {
      if (!(error instanceof MongoError) || error.labels.length > 0) throw error;
      errors.push({ index, code: error.code, errmsg: error.message, ...error.details });
      if (isOrdered) break;
    }
  }
  return errors;
}

/** The part of a reply that lists errors, if there are any. */
export function writeErrorsOf(errors: readonly WriteError[]): { writeErrors?: readonly WriteError[] } {
  return errors.length > 0 ? { writeErrors: errors } : {};
}
