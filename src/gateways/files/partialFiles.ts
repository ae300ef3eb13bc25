import { mkdir, open, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { DomainError } from '../../domain/errors.ts';
import { isMissing, sweepFolder } from './sweepFolder.ts';

/** Keeps the bytes of files that come in parts, across lost connections and restarts. */
export interface PartialFiles {
  /** How many bytes are there. */
  offset(id: string): Promise<number>;
  /**
   * Adds what a body brings, which must begin where the last one ended, and answers the new offset once the bytes are on the
   * disk. What had come before a connection broke is kept. A sender who comes back takes the place of the own lost connection.
   * @throws DomainError UPLOAD_OFFSET_DIFFERS (details: `offset`), FILE_TOO_LARGE (details: `limit`), MALFORMED_REQUEST
   */
  append(id: string, part: { offset: number; body: Readable; limit: number }): Promise<number>;
  /** Opens all that is there, from its start. */
  open(id: string): Promise<Readable>;
  remove(id: string): Promise<void>;
  /** Removes files to which nothing was added for longer than this; returns how many. */
  sweep(olderThanMs: number): Promise<number>;
}

/** Keeps partial files in a folder, each under its identifier. */
export function diskPartialFiles(directory: string): PartialFiles {
  const writing = new Map<string, { stop(): void; ended: Promise<void> }>();
  const pathOf = (id: string): string => {
    if (!/^[0-9A-Za-z]{1,64}$/.test(id)) throw new DomainError('UPLOAD_NOT_FOUND', { upload: id });
    return join(directory, id);
  };
  const offset = async (id: string): Promise<number> =>
    stat(pathOf(id)).then(
      ({ size }) => size,
      (cause) => {
        if (isMissing(cause)) return 0;
        throw cause;
      },
    );

  async function write(id: string, { offset: from, body, limit }: Parameters<PartialFiles['append']>[1]) {
    await mkdir(directory, { recursive: true });
    const there = await offset(id);
    if (there !== from) {
      body.resume();
      throw new DomainError('UPLOAD_OFFSET_DIFFERS', { offset: there });
    }
    const file = await open(pathOf(id), there === 0 ? 'w' : 'r+', 0o640);
    let at = from;
    try {
      for await (const piece of body.iterator({ destroyOnReturn: false })) {
        const chunk = Buffer.from(piece);
        if (at + chunk.length > limit) throw new DomainError('FILE_TOO_LARGE', { limit });
        // Each byte has its place: two nodes that write the same part at once write the same.
        for (let written = 0; written < chunk.length; ) {
          written += (await file.write(chunk, written, chunk.length - written, at + written)).bytesWritten;
        }
        at += chunk.length;
      }
    } catch (cause) {
      if (cause instanceof DomainError) throw cause;
      if (body.errored === null && !body.destroyed) throw cause;
      throw new DomainError('MALFORMED_REQUEST', { reason: 'aborted' }, { cause });
    } finally {
      await file.sync();
      await file.close();
      if (!body.readableEnded && !body.destroyed) body.resume();
    }
    return at;
  }

  return {
    offset,

    async append(id, part) {
      // A connection may break before the first read; the reading throws it, nothing else may.
      part.body.on('error', () => undefined);
      for (let before = writing.get(id); before !== undefined; before = writing.get(id)) {
        before.stop();
        await before.ended;
      }
      const work = write(id, part);
      const ended = work.then(
        () => undefined,
        () => undefined,
      );
      writing.set(id, { stop: () => part.body.destroy(new Error('the sender came back')), ended });
      try {
        return await work;
      } finally {
        writing.delete(id);
      }
    },

    async open(id) {
      const file = await open(pathOf(id), 'r');
      return file.createReadStream();
    },

    remove: (id) => rm(pathOf(id), { force: true }),

    sweep: (olderThanMs) => sweepFolder(directory, olderThanMs),
  };
}
