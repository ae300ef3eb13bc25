import type { Readable } from 'node:stream';

/** The types of content a piece may have, found by looking at the bytes, never by the name. */
export const ACCEPTED_TYPES = [
  'application/pdf',
  'image/png',
  'image/jpeg',
  'image/tiff',
  'image/vnd.dxf',
] as const;
export type AcceptedType = (typeof ACCEPTED_TYPES)[number];

/** The largest piece the product takes, in bytes. */
export const FILE_LIMIT = 200 * 1024 * 1024;

/** What is known of a file once it is stored: its content is found again by `sha256` alone. */
export interface StoredFile {
  /** Lower-case hexadecimal. */
  sha256: string;
  /** In bytes. */
  size: number;
  mediaType: AcceptedType;
}

/** First and last byte wanted, both included, counted from 0. */
export interface ByteSpan {
  start: number;
  end: number;
}

/** Keeps files under the digest of their content, so that the same bytes are stored once and never change. */
export interface Files {
  /**
   * Streams a body to durable storage while hashing it; the same bytes twice give the same answer.
   * @throws DomainError `UNSUPPORTED_FILE_TYPE` (details: `found`, `accepted`), `FILE_TOO_LARGE` (details: `limit`),
   * `EMPTY_FILE`, `UNREADABLE_FILE` (details: `reason`: `truncated`, `encrypted` or `broken`).
   */
  put(body: Readable, options?: { limit?: number }): Promise<StoredFile>;
  /**
   * Opens a stored file, or a span of it, for streaming out.
   * @throws DomainError `FILE_NOT_FOUND` when it is not in the store.
   */
  open(sha256: string, range?: ByteSpan): Promise<Readable>;
  /**
   * Reads a whole stored file into memory: for letters and plans to sign, not for downloads.
   * @throws DomainError `FILE_NOT_FOUND` when it is not in the store.
   */
  read(sha256: string): Promise<Buffer>;
  /** The size of a stored file, or null when it is not in the store. */
  stat(sha256: string): Promise<{ size: number } | null>;
  /** Removes uploads that were left unfinished for longer than `olderThanMs`; returns how many. */
  sweep(olderThanMs: number): Promise<number>;
}
