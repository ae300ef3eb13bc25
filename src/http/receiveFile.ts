import { createHash } from 'node:crypto';
import { type Readable, Transform } from 'node:stream';
import busboy from 'busboy';
import type { Request } from 'express';
import { DomainError } from '../domain/errors.ts';

/** One piece being uploaded. */
export interface IncomingFile {
  piece: string;
  fileName: string;
  /** The bytes as they arrive; nothing is kept here. */
  body: Readable;
  /** Digest of the bytes, once `body` has ended. */
  sha256(): string;
}

/** The largest file, in bytes: the file store holds the same limit. */
const FILE_LIMIT = 200 * 1024 * 1024;
const PIECE = /^[A-Za-z][A-Za-z0-9]{0,63}$/;

/**
 * Reads a multipart body as it streams in: the field `piece`, then exactly one `file`. `take` gets the file at once, and its
 * outcome is answered when the whole body has been read and nothing else was in it.
 * @throws DomainError MALFORMED_REQUEST, INVALID_INPUT, FILE_TOO_LARGE, or what `take` throws
 */
export function receiveFile<T>(req: Request, take: (file: IncomingFile) => Promise<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const parser = openParser(req, reject);
    if (parser === null) return;
    let piece: string | null = null;
    let taken: Promise<T> | null = null;
    let refused = false;
    const whole = gate();
    const refuse = (error: unknown): void => {
      refused = true;
      req.unpipe(parser);
      whole.refuse(error);
      reject(error);
    };

    parser.on('field', (name, value, info) => {
      if (name !== 'piece') return refuse(fieldError(`/${name}`, 'additionalProperties'));
      if (taken !== null) return refuse(fieldError('/piece', 'misplaced'));
      if (piece !== null) return refuse(fieldError('/piece', 'tooMany'));
      if (info.valueTruncated || !PIECE.test(value)) return refuse(fieldError('/piece', 'pattern'));
      piece = value;
    });
    parser.on('file', (name, stream, info) => {
      const problem = problemOfFile(name, info.filename, piece, taken !== null);
      if (refused || problem !== null || piece === null) {
        stream.resume();
        if (!refused) refuse(problem);
        return;
      }
      const { body, sha256 } = hashing(stream, whole.passed);
      taken = take({ piece, fileName: baseName(info.filename), body, sha256 });
      taken.catch((error: unknown) => {
        // What still comes is read away, so that the refusal can be answered.
        body.destroy();
        stream.resume();
        refuse(error);
      });
    });
    parser.on('filesLimit', () => refuse(fieldError('/file', 'tooMany')));
    parser.on('fieldsLimit', () => refuse(fieldError('/piece', 'tooMany')));
    parser.on('partsLimit', () => refuse(fieldError('/file', 'tooMany')));
    parser.on('error', (cause) => refuse(malformed('multipart', cause)));
    parser.on('close', () => {
      if (refused) return;
      if (piece === null) refuse(fieldError('/piece', 'required'));
      else if (taken === null) refuse(fieldError('/file', 'required'));
      else {
        whole.pass();
        taken.then(resolve, reject);
      }
    });
    req.once('close', () => {
      if (!req.complete) refuse(malformed('aborted'));
    });
    req.pipe(parser);
  });
}

function openParser(req: Request, reject: (error: unknown) => void): busboy.Busboy | null {
  try {
    return busboy({
      headers: req.headers,
      // Names of files are sent as UTF-8 by every browser; latin1 would break Arabic.
      defParamCharset: 'utf8',
      limits: { fileSize: FILE_LIMIT, fieldNameSize: 100, fieldSize: 200, headerPairs: 20 },
    });
  } catch (cause) {
    reject(malformed('multipart', cause));
    return null;
  }
}

/** Something that passes once, or never. */
function gate(): { passed: Promise<void>; pass(): void; refuse(error: unknown): void } {
  let pass: () => void = () => {};
  let refuse: (error: unknown) => void = () => {};
  const passed = new Promise<void>((resolve, reject) => {
    pass = resolve;
    refuse = reject;
  });
  // It may be refused before any file waits for it.
  passed.catch(() => {});
  return { passed, pass, refuse };
}

/**
 * Digests what passes. The end of the file is held back until the whole request has been read and found good, so that
 * nothing is kept of a request that is refused for what comes after the file.
 */
function hashing(
  stream: Readable & { truncated?: boolean },
  whole: Promise<void>,
): Pick<IncomingFile, 'body' | 'sha256'> {
  const hash = createHash('sha256');
  let digest: string | null = null;
  const body = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
    flush(done) {
      if (stream.truncated === true) return done(new DomainError('FILE_TOO_LARGE', { limit: FILE_LIMIT }));
      digest = hash.digest('hex');
      whole.then(() => done(), done);
    },
  });
  whole.catch((error: Error) => body.destroy(error));
  stream.once('error', (cause) => body.destroy(malformed('multipart', cause)));
  stream.pipe(body);
  // Whoever reads the body hears of its errors; nobody may be listening yet.
  body.on('error', () => stream.resume());
  return {
    body,
    sha256() {
      if (digest === null) throw new Error('the file has not been read to its end');
      return digest;
    },
  };
}

function problemOfFile(
  name: string,
  fileName: string | undefined,
  piece: string | null,
  another: boolean,
): DomainError | null {
  if (name !== 'file') return fieldError(`/${name}`, 'additionalProperties');
  if (another) return fieldError('/file', 'tooMany');
  if (piece === null) return fieldError('/piece', 'misplaced');
  return problemOfName(baseName(fileName), '/file');
}

function problemOfName(base: string, field: string): DomainError | null {
  if (base === '') return fieldError(field, 'required');
  if (base.length > 255) return fieldError(field, 'maxLength', { limit: 255 });
  // Control and direction-changing characters would let a name pass for another.
  if (/[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/u.test(base) || !/[\p{L}\p{N}]/u.test(base))
    return fieldError(field, 'pattern');
  return null;
}

/** The last step of a file name, when it is one that can be shown. @throws DomainError INVALID_INPUT naming `field` */
export function fileNameOf(fileName: string, field: string): string {
  const base = baseName(fileName);
  const problem = problemOfName(base, field);
  if (problem !== null) throw problem;
  return base;
}

function baseName(fileName: string | undefined): string {
  return (fileName ?? '').split(/[/\\]/).at(-1)?.trim() ?? '';
}

function fieldError(field: string, rule: string, params: Record<string, number> = {}): DomainError {
  return new DomainError('INVALID_INPUT', { errors: [{ field, rule, params }] });
}

function malformed(reason: string, cause?: unknown): DomainError {
  return new DomainError('MALFORMED_REQUEST', { reason }, { cause });
}
