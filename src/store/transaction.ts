import { setTimeout as sleep } from 'node:timers/promises';
import mongoose, { type ClientSession, type Connection } from 'mongoose';
import { DomainError } from '../domain/errors.ts';
import type { NewEvent } from '../domain/events.ts';
import { hasLabel, isBrokenSocket, isUnavailable } from './mongoErrors.ts';
import { Mutex } from './mutex.ts';
import type { Tx } from './store.ts';
import type { Write } from './write.ts';

/** What a transaction is to the store: a session, and what is left for its end. */
export class OpenTransaction implements Tx {
  readonly kind = 'transaction';
  readonly session: ClientSession;
  /** Numbered and chained when it ends. */
  readonly events: NewEvent[] = [];
  /** Writes that nothing in the transaction reads again: they go out in one command when it ends. */
  readonly last: Write[] = [];
  /** Records by collection and identifier that the transaction has read, or will have written at its end. */
  readonly known = new Map<string, Map<string, unknown>>();
  /** What others that share the transaction are about to read too. */
  together: Together | null = null;
  /** Whether anything was sent that only an abort takes back. */
  hasWritten = false;
  /** Whether it was tried before, in vain: then it is told exactly what was in the way. */
  readonly isRepeated: boolean;
  state: 'working' | 'committing' | 'ended' = 'working';

  constructor(session: ClientSession, isRepeated: boolean) {
    this.session = session;
    this.isRepeated = isRepeated;
  }
}

/** Records that several steps of one transaction will want, read for all of them when the first one asks. */
export class Together {
  readonly #wanted = new Map<string, Set<string>>();
  readonly #read = new Map<string, Map<string, unknown>>();

  want(collection: string, id: string): void {
    const ids = this.#wanted.get(collection) ?? new Set();
    this.#wanted.set(collection, ids.add(id));
  }

  /** The record, if it is one that was wanted: null when there is none, undefined when it must be read by itself. */
  async find<R>(
    collection: string,
    id: string,
    readAll: (ids: string[]) => Promise<Map<string, R>>,
  ): Promise<R | null | undefined> {
    const ids = this.#wanted.get(collection);
    if (ids?.has(id) !== true) return undefined;
    const read = this.#read.get(collection) ?? (await readAll([...ids]));
    this.#read.set(collection, read);
    return (read.get(id) as R | undefined) ?? null;
  }

  /** Call when one of the steps has written to a collection: each reads its own again. */
  forget(collection: string): void {
    this.#wanted.delete(collection);
    this.#read.delete(collection);
  }
}

/** Writes what was left for the end of these transactions of one session, and commits it. */
export type Finish = (transactions: OpenTransaction[], commit: () => Promise<void>) => Promise<void>;

/** One piece of work in a transaction, and how it ended. */
export interface Part {
  work(tx: OpenTransaction): Promise<void>;
  /** Its own refusal, which concerns no other part. */
  refusal?: unknown;
}

/** How long a transaction may be tried again, in ms of real time. */
const GIVE_UP_AFTER_MS = 30_000;
const LONGEST_PAUSE_MS = 250;

const OPTIONS = {
  readConcern: { level: 'snapshot' },
  writeConcern: { w: 'majority', journal: true },
} as const;

/** Runs parts one after the other in one transaction and commits it; all of it is repeated while others are in the way. */
export type Transact = (parts: Part[]) => Promise<void>;

/**
 * Lets work run in transactions that are repeated while others are in the way. A part that refuses itself before it has
 * written leaves the others alone; whatever else goes wrong ends them all.
 */
export function createTransactions(connection: Connection, finish: Finish): Transact {
  // Those that met a conflict take turns, so that they at least do not meet each other again.
  const retries = new Mutex();

  async function attempt(session: ClientSession, parts: Part[], giveUpAt: number, isRepeated: boolean) {
    session.startTransaction(OPTIONS);
    const open: OpenTransaction[] = [];
    try {
      for (const part of parts) {
        const tx = new OpenTransaction(session, isRepeated);
        delete part.refusal;
        open.push(tx);
        try {
          await part.work(tx);
          tx.state = 'committing';
        } catch (error) {
          if (parts.length === 1 || tx.hasWritten || isOfStore(error)) throw error;
          part.refusal = error;
          tx.state = 'ended';
        }
      }
      const kept = open.filter(({ state }) => state === 'committing');
      if (kept.length > 0) await finish(kept, () => commitUntilKnown(session, giveUpAt));
      else await abort(session);
    } catch (error) {
      if (session.inTransaction()) await abort(session);
      throw error;
    } finally {
      for (const tx of open) tx.state = 'ended';
    }
  }

  async function repeat(session: ClientSession, parts: Part[], giveUpAt: number) {
    for (let pause = 2; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      await sleep(pause * (0.5 + Math.random()));
      try {
        return await attempt(session, parts, giveUpAt, true);
      } catch (error) {
        if (!isTransient(error)) throw error;
        if (performance.now() > giveUpAt) throw new DomainError('UNAVAILABLE', {}, { cause: error });
      }
    }
  }

  return async function transact(parts) {
    const giveUpAt = performance.now() + GIVE_UP_AFTER_MS;
    const session = await connection.startSession().catch((error: unknown) => {
      throw wrapped(error);
    });
    try {
      await attempt(session, parts, giveUpAt, false);
    } catch (error) {
      if (!isTransient(error)) throw wrapped(error);
      try {
        await retries.run(() => repeat(session, parts, giveUpAt));
      } catch (again) {
        throw wrapped(again);
      }
    } finally {
      await session.endSession();
    }
  };
}

/** Runs `work` in a transaction of its own and commits it; work runs again from its start after a transient conflict. */
export async function alone<T>(transact: Transact, work: (tx: Tx) => Promise<T>): Promise<T> {
  let result: { is: T } | null = null;
  await transact([
    {
      async work(tx) {
        result = { is: await work(tx) };
      },
    },
  ]);
  if (result === null) throw new Error('a transaction was committed without its work');
  return (result as { is: T }).is;
}

/** The driver's option that puts a read into a transaction, if there is one. */
export function within(tx: Tx | undefined): { session?: ClientSession } {
  return tx === undefined ? {} : { session: openTransaction(tx).session };
}

/** The same for a write, which only an abort takes back. */
export function writingWithin(tx: Tx | undefined): { session?: ClientSession } {
  if (tx === undefined) return {};
  const open = openTransaction(tx);
  open.hasWritten = true;
  return { session: open.session };
}

/** The store's own view of a transaction. Using one that has ended is a fault. */
export function openTransaction(tx: Tx): OpenTransaction {
  if (!(tx instanceof OpenTransaction)) throw new Error('this transaction is not of this store');
  if (tx.state === 'ended') throw new Error('this transaction has ended');
  return tx;
}

/** Thrown inside a transaction when another node was faster: everything is read again and done again. */
export class Overtaken extends Error {}

function isTransient(error: unknown): boolean {
  return error instanceof Overtaken || isBrokenSocket(error) || hasLabel(error, 'TransientTransactionError');
}

/** After these the server may have ended the transaction by itself. */
function isOfStore(error: unknown): boolean {
  const { MongoError } = mongoose.mongo;
  return (
    isBrokenSocket(error) ||
    [Overtaken, MongoError, mongoose.MongooseError].some((kind) => error instanceof kind)
  );
}

/** A commit whose answer was lost may have happened: the server tells, when it is asked to commit again. */
async function commitUntilKnown(session: ClientSession, giveUpAt: number): Promise<void> {
  for (let pause = 20; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    try {
      await session.commitTransaction();
      return;
    } catch (error) {
      // What is no error of the driver comes from a socket that broke, or from the driver's looking for a label on that.
      const isUnknown =
        !(error instanceof mongoose.mongo.MongoError) || hasLabel(error, 'UnknownTransactionCommitResult');
      if (!isUnknown) throw error;
      // Whoever is told so asks again, and is told what became of it; done again at once it might be done twice.
      if (performance.now() > giveUpAt) throw new DomainError('UNAVAILABLE', {}, { cause: error });
      await sleep(pause);
    }
  }
}

/** What an abort itself meets says nothing new: the server drops a transaction it hears no more of. */
async function abort(session: ClientSession): Promise<void> {
  await session.abortTransaction().catch(() => undefined);
}

function wrapped(error: unknown): unknown {
  return isUnavailable(error) ? new DomainError('UNAVAILABLE', {}, { cause: error }) : error;
}
