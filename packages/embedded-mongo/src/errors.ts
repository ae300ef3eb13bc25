const codeNames: Record<number, string> = {
  1: 'InternalError',
  2: 'BadValue',
  9: 'FailedToParse',
  13: 'Unauthorized',
  14: 'TypeMismatch',
  15: 'Overflow',
  16: 'InvalidLength',
  17: 'ProtocolError',
  18: 'AuthenticationFailed',
  20: 'IllegalOperation',
  22: 'InvalidBSON',
  24: 'LockTimeout',
  26: 'NamespaceNotFound',
  27: 'IndexNotFound',
  28: 'PathNotViable',
  40: 'ConflictingUpdateOperators',
  43: 'CursorNotFound',
  48: 'NamespaceExists',
  50: 'MaxTimeMSExpired',
  52: 'DollarPrefixedFieldName',
  53: 'InvalidIdField',
  54: 'NotSingleValueField',
  56: 'EmptyFieldName',
  59: 'CommandNotFound',
  66: 'ImmutableField',
  67: 'CannotCreateIndex',
  72: 'InvalidOptions',
  73: 'InvalidNamespace',
  85: 'IndexOptionsConflict',
  86: 'IndexKeySpecsConflict',
  91: 'ShutdownInProgress',
  100: 'UnsatisfiableWriteConcern',
  112: 'WriteConflict',
  115: 'CommandNotSupported',
  117: 'ConflictingOperationInProgress',
  146: 'ExceededMemoryLimit',
  168: 'InvalidPipelineOperator',
  197: 'InvalidIndexSpecificationOption',
  225: 'TransactionTooOld',
  246: 'SnapshotUnavailable',
  251: 'NoSuchTransaction',
  256: 'TransactionCommitted',
  263: 'OperationNotSupportedInTransaction',
  301: 'DataCorruptionDetected',
  352: 'UnsupportedOpQueryCommand',
  10334: 'BSONObjectTooLarge',
  11000: 'DuplicateKey',
  14031: 'OutOfDiskSpace',
  40415: 'IDLUnknownField',
};

/** An answer a driver understands: MongoDB's numeric code, its name, and what else belongs in the reply. */
export class MongoError extends Error {
  readonly code: number;
  readonly codeName: string;
  readonly labels: readonly string[];
  readonly details: Readonly<Record<string, unknown>>;
  constructor(
    code: number,
    message: string,
    options: { labels?: readonly string[]; details?: Readonly<Record<string, unknown>> } = {},
  ) {
    super(message);
    this.name = 'MongoError';
    this.code = code;
    this.codeName = codeNames[code] ?? `Location${code}`;
    this.labels = options.labels ?? [];
    this.details = options.details ?? {};
  }
}

/** Thrown when the request asks for something this server does not do or that no MongoDB would accept. */
export function badValue(message: string): MongoError {
  return new MongoError(2, message);
}

/** Thrown when a request cannot be read as what it claims to be. */
export function failedToParse(message: string): MongoError {
  return new MongoError(9, message);
}

/** Thrown when a value has a type the operation does not take. */
export function typeMismatch(message: string): MongoError {
  return new MongoError(14, message);
}

/** Thrown when a commit found no room on the disk: nothing of it was written, and what was there stays readable. */
export function outOfDiskSpace(): MongoError {
  return new MongoError(14031, 'No space is left on the disk of the data directory');
}

/** Thrown when what the disk gives back is not what was stored. */
export function damaged(what: string): MongoError {
  return new MongoError(301, `The store is damaged and must be restored from a backup: ${what}`);
}

/** Thrown when the disk refuses to read or write. */
export function diskFailed(reason: string): MongoError {
  return new MongoError(1, `The disk of the data directory failed: ${reason}`);
}

/** Thrown when the server is about to end and has not begun what was asked; the driver repeats it by itself. */
export function shuttingDown(isInTransaction: boolean): MongoError {
  const labels = [isInTransaction ? 'TransientTransactionError' : 'RetryableWriteError'];
  return new MongoError(91, 'The server is shutting down', { labels });
}

/** Thrown when a write meets another transaction's write; the driver repeats the whole transaction. */
export function writeConflict(): MongoError {
  return new MongoError(
    112,
    'Write conflict: another operation changed this document, repeat the transaction',
    {
      labels: ['TransientTransactionError'],
    },
  );
}
