import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { DomainError } from '../../domain/errors.ts';
import { ACCEPTED, contradictionIn, damageIn, HEAD, TAIL, typeOfHead } from './contentType.ts';
import type { AcceptedType, Files, StoredFile } from './files.ts';
import { FILE_LIMIT } from './files.ts';
import { isMissing, sweepFolder } from './sweepFolder.ts';

async function syncDirectory(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function unsupported(found: string): DomainError {
  return new DomainError('UNSUPPORTED_FILE_TYPE', { found, accepted: ACCEPTED });
}

/** Watches bytes go by, keeping only the first and the last of them. */
class Inspection {
  readonly #hash = createHash('sha256');
  #tail = Buffer.alloc(0);
  head = Buffer.alloc(0);
  size = 0;
  isEncrypted = false;

  add(chunk: Buffer): void {
    this.#hash.update(chunk);
    this.size += chunk.length;
    if (this.head.length < HEAD) {
      this.head = Buffer.concat([this.head, chunk.subarray(0, HEAD - this.head.length)]);
    }
    // 64 bytes of what came before, for a key that falls on the border of two chunks.
    const seen = Buffer.concat([this.#tail.subarray(-64), chunk]);
    for (
      let at = seen.indexOf('/Encrypt');
      at >= 0 && !this.isEncrypted;
      at = seen.indexOf('/Encrypt', at + 1)
    ) {
      this.isEncrypted = /^\/Encrypt\s*(?:\d+\s+\d+\s+R|<<)/.test(seen.toString('latin1', at, at + 48));
    }
    this.#tail = Buffer.concat([this.#tail, chunk.subarray(-TAIL)]).subarray(-TAIL);
  }

  get tail(): Buffer {
    return this.#tail;
  }

  digest(): string {
    return this.#hash.digest('hex');
  }
}

/**
 * Keeps files under `directory`/aa/bb/<sha256>. An answer from `put` means that the bytes and their name are on the
 * disk (fsync of file and folders); a crash leaves at most a temporary file for `sweep`.
 */
export function diskFiles(directory: string): Files {
  const temporaryFolder = join(directory, 'tmp');
  const pathOf = (sha256: string): string => {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new DomainError('FILE_NOT_FOUND', { sha256 });
    return join(directory, sha256.slice(0, 2), sha256.slice(2, 4), sha256);
  };

  /** Streams the body to a temporary file; refuses as soon as the bytes seen allow it. */
  async function receive(body: Readable, path: string, limit: number) {
    const inspection = new Inspection();
    let type: AcceptedType | null = null;
    const decide = async (): Promise<AcceptedType> => {
      const verdict = await typeOfHead(inspection.head);
      if ('found' in verdict) throw unsupported(verdict.found);
      return verdict.accepted;
    };
    const file = await open(path, 'wx', 0o640);
    try {
      for await (const piece of body.iterator({ destroyOnReturn: false })) {
        const chunk = Buffer.from(piece);
        inspection.add(chunk);
        if (inspection.size > limit) throw new DomainError('FILE_TOO_LARGE', { limit });
        if (type === null && inspection.head.length >= HEAD) type = await decide();
        for (let written = 0; written < chunk.length; ) {
          written += (await file.write(chunk, written)).bytesWritten;
        }
      }
      if (inspection.size === 0) throw new DomainError('EMPTY_FILE');
      type ??= await decide();
      await file.sync();
    } finally {
      await file.close();
      // Whoever sends the rest after a refusal must be able to finish and read why.
      if (!body.readableEnded && !body.destroyed) body.resume();
    }
    return { type, inspection };
  }

  async function keep(temporary: string, sha256: string): Promise<void> {
    const target = pathOf(sha256);
    await mkdir(dirname(target), { recursive: true });
    await rename(temporary, target);
    await syncDirectory(dirname(target));
    await syncDirectory(dirname(dirname(target)));
    await syncDirectory(directory);
  }

  return {
    async put(body, options = {}): Promise<StoredFile> {
      // A connection may break before the first read; the reading below throws it, nothing else may.
      body.on('error', () => undefined);
      const temporary = join(temporaryFolder, randomUUID());
      await mkdir(temporaryFolder, { recursive: true });
      try {
        const { type, inspection } = await receive(body, temporary, options.limit ?? FILE_LIMIT);
        const contradiction = await contradictionIn(temporary, type, inspection.tail);
        if (contradiction !== null) throw unsupported(contradiction);
        const damage = damageIn(type, inspection.tail, inspection.isEncrypted);
        if (damage !== null) throw new DomainError('UNREADABLE_FILE', { reason: damage });
        const sha256 = inspection.digest();
        await keep(temporary, sha256);
        return { sha256, size: inspection.size, mediaType: type };
      } finally {
        await rm(temporary, { force: true });
      }
    },

    async open(sha256, range) {
      try {
        const file = await open(pathOf(sha256), 'r');
        return file.createReadStream(range ?? {});
      } catch (cause) {
        if (isMissing(cause)) throw new DomainError('FILE_NOT_FOUND', { sha256 }, { cause });
        throw cause;
      }
    },

    async read(sha256) {
      try {
        return await readFile(pathOf(sha256));
      } catch (cause) {
        if (isMissing(cause)) throw new DomainError('FILE_NOT_FOUND', { sha256 }, { cause });
        throw cause;
      }
    },

    async stat(sha256) {
      try {
        return { size: (await stat(pathOf(sha256))).size };
      } catch (cause) {
        if (isMissing(cause) || (cause instanceof DomainError && cause.code === 'FILE_NOT_FOUND'))
          return null;
        throw cause;
      }
    },

    sweep: (olderThanMs) => sweepFolder(temporaryFolder, olderThanMs),
  };
}
