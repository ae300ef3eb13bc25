import { damaged, diskFailed, type MongoError, outOfDiskSpace } from '../errors.ts';

/** SQLite's primary result codes for what the disk does to us. */
const answers: Record<number, (error: Error) => MongoError> = {
  10: (error) => diskFailed(error.message),
  11: (error) => damaged(error.message),
  13: outOfDiskSpace,
  26: (error) => damaged(error.message),
};

/** An error met while rows are read carries no code, only SQLite's sentence for it. */
const sentences: Record<string, number> = {
  'disk I/O error': 10,
  'database disk image is malformed': 11,
  'database or disk is full': 13,
  'file is not a database': 26,
};

/** The answer to a failure of the disk or the file on it; undefined for any other error. */
export function storageFailure(error: unknown): MongoError | undefined {
  if (!(error instanceof Error) || !('code' in error) || error.code !== 'ERR_SQLITE_ERROR') return undefined;
  // The low byte is the kind, the rest says more of it.
  const code = 'sqliteCode' in error ? Number(error.sqliteCode) & 0xff : sentences[error.message];
  return code === undefined ? undefined : answers[code]?.(error);
}
