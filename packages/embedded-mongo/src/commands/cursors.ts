import { Long } from 'bson';
import { MongoError } from '../errors.ts';
import type { TimeLimit } from '../storage/view.ts';
import { maxDocumentBytes } from '../values/codec.ts';
import { cursorReply } from './cursorReply.ts';

/** A result that is read in several batches. */
interface Cursor {
  readonly ns: string;
  readonly documents: Iterator<Uint8Array>;
  /** The document read ahead to know whether there is a next batch. */
  next: Uint8Array | undefined;
  readonly owner: CursorOwner;
  lastUsed: number;
}

/** Whose cursor it is: a session, and inside it perhaps a transaction. */
export interface CursorOwner {
  readonly session: string | undefined;
  readonly transaction: number | undefined;
  /** Holds for the batch being read only. */
  readonly timeLimit: TimeLimit;
}

const idleMs = 10 * 60_000;
const firstBatchDefault = 101;

/** Keeps the results that clients have not read to the end. */
export class Cursors {
  readonly #open = new Map<string, Cursor>();

  /** Answers with the first batch of a result; the rest waits under the cursor's number. */
  start(
    ns: string,
    documents: Iterable<Uint8Array>,
    owner: CursorOwner,
    options: { batchSize?: number | undefined; isSingle?: boolean },
  ): Uint8Array {
    const cursor: Cursor = {
      ns,
      documents: documents[Symbol.iterator](),
      next: undefined,
      owner,
      lastUsed: Date.now(),
    };
    if (options.batchSize === 0) return cursorReply('firstBatch', [], this.#keep(cursor), ns);
    advance(cursor);
    const batch = take(cursor, options.batchSize ?? firstBatchDefault);
    owner.timeLimit.until = undefined;
    const isDone = options.isSingle || cursor.next === undefined;
    return cursorReply('firstBatch', batch, isDone ? Long.ZERO : this.#keep(cursor), ns);
  }

  /** Answers with the next batch. */
  more(id: Long, ns: string, batchSize: number | undefined, owner: CursorOwner): Uint8Array {
    const cursor = this.#open.get(id.toString());
    if (!cursor) throw new MongoError(43, `cursor id ${id} not found`);
    if (cursor.ns !== ns)
      throw new MongoError(13, `Requested getMore on namespace ${ns}, but cursor belongs to ${cursor.ns}`);
    if (cursor.owner.session !== owner.session || cursor.owner.transaction !== owner.transaction)
      throw new MongoError(13, `Cursor ${id} belongs to another session or transaction`);
    cursor.lastUsed = Date.now();
    cursor.owner.timeLimit.until = owner.timeLimit.until;
    if (cursor.next === undefined) advance(cursor);
    const batch = take(cursor, batchSize || Number.POSITIVE_INFINITY);
    if (cursor.next === undefined) this.#open.delete(id.toString());
    return cursorReply('nextBatch', batch, cursor.next === undefined ? Long.ZERO : id, ns);
  }

  /** Forgets a cursor; false when there was none. */
  kill(id: Long): boolean {
    return this.#open.delete(id.toString());
  }

  /** Forgets the cursors on a collection, whose index or documents are going away. */
  killIn(ns: string): void {
    for (const [id, cursor] of this.#open) if (cursor.ns === ns) this.#open.delete(id);
  }

  /** Forgets the cursors of a session, or of its transaction only. */
  killOwnedBy(session: string, transaction?: number): void {
    for (const [id, { owner }] of this.#open)
      if (owner.session === session && (transaction === undefined || owner.transaction === transaction))
        this.#open.delete(id);
  }

  /** Forgets the cursors nobody has read from for ten minutes. */
  expire(now: number): void {
    for (const [id, { lastUsed }] of this.#open) if (now - lastUsed > idleMs) this.#open.delete(id);
  }

  #keep(cursor: Cursor): Long {
    for (;;) {
      const id = Long.fromBits(Math.floor(Math.random() * 2 ** 32), Math.floor(Math.random() * 2 ** 31));
      if (id.isZero() || this.#open.has(id.toString())) continue;
      this.#open.set(id.toString(), cursor);
      return id;
    }
  }
}

function advance(cursor: Cursor): void {
  const { done, value } = cursor.documents.next();
  cursor.next = done ? undefined : value;
}

/** Takes up to `count` documents and no more than 16 MiB, but at least one. */
function take(cursor: Cursor, count: number): Uint8Array[] {
  const batch: Uint8Array[] = [];
  let bytes = 0;
  while (cursor.next !== undefined && batch.length < count) {
    bytes += cursor.next.length;
    if (batch.length > 0 && bytes > maxDocumentBytes) break;
    batch.push(cursor.next);
    advance(cursor);
  }
  return batch;
}
