import { setTimeout as sleep } from 'node:timers/promises';
import type { ClientSession, Connection } from 'mongoose';
import { DomainError } from '../domain/errors.ts';
import type { NewEvent } from '../domain/events.ts';
import { hasLabel, isUnavailable } from './mongoErrors.ts';
import { Mutex } from './mutex.ts';
import type { Tx } from './store.ts';

/** What a transaction is to the store: a session, and the events to append when it ends. */
export class OpenTransaction implements Tx {
  readonly kind = 'transaction';
  readonly session: ClientSession;
  readonly events: NewEvent[] = [];
  state: 'working' | 'committing' | 'ended' = 'working';

  constructor(session: ClientSession) {
    this.session = session;
  }
}

/** Appends the buffered events and commits as one act that no other commit of this process overlaps. */
export type CommitWithEvents = (tx: OpenTransaction, commit: () => Promise<void>) => Promise<void>;

/** How long a transaction may be tried again, in ms of real time. */
const GIVE_UP_AFTER_MS = 30_000;
const LONGEST_PAUSE_MS = 250;

const OPTIONS = {
  readConcern: { level: 'snapshot' },
  writeConcern: { w: 'majority', journal: true },
} as const;

/** Lets work run in transactions that are repeated while others are in the way. */
export function createTransactions(connection: Connection, commitWithEvents: CommitWithEvents) {
  // Those that met a conflict take turns, so that they at least do not meet each other again.
  const retries = new Mutex();

  async function attempt<T>(session: ClientSession, work: (tx: Tx) => Promise<T>, giveUpAt: number) {
    session.startTransaction(OPTIONS);
    const tx = new OpenTransaction(session);
    try {
      const result = await work(tx);
      tx.state = 'committing';
      const commit = () => commitUntilKnown(session, giveUpAt);
      await (tx.events.length > 0 ? commitWithEvents(tx, commit) : commit());
      return result;
    } catch (error) {
      if (session.inTransaction()) await abort(session);
      throw error;
    } finally {
      tx.state = 'ended';
    }
  }

  async function repeat<T>(session: ClientSession, work: (tx: Tx) => Promise<T>, giveUpAt: number) {
    for (let pause = 2; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      await sleep(pause * (0.5 + Math.random()));
      try {
        return await attempt(session, work, giveUpAt);
      } catch (error) {
        if (!isTransient(error)) throw error;
        if (performance.now() > giveUpAt) throw new DomainError('UNAVAILABLE', {}, { cause: error });
      }
    }
  }

  /** Runs `work` in one transaction and commits it; work runs again from its start after a transient conflict. */
  return async function transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const giveUpAt = performance.now() + GIVE_UP_AFTER_MS;
    const session = await connection.startSession().catch((error: unknown) => {
      throw wrapped(error);
    });
    try {
      return await attempt(session, work, giveUpAt);
    } catch (error) {
      if (!isTransient(error)) throw wrapped(error);
      try {
        return await retries.run(() => repeat(session, work, giveUpAt));
      } catch (again) {
        throw wrapped(again);
      }
    } finally {
      await session.endSession();
    }
  };
}

/** The driver's option that puts a command into a transaction, if there is one. */
export function within(tx: Tx | undefined): { session?: ClientSession } {
  return tx === undefined ? {} : { session: openTransaction(tx).session };
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
  return error instanceof Overtaken || hasLabel(error, 'TransientTransactionError');
}

/** A commit whose answer was lost may have happened: the server tells, when it is asked to commit again. */
async function commitUntilKnown(session: ClientSession, giveUpAt: number): Promise<void> {
  for (let pause = 20; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    try {
      await session.commitTransaction();
      return;
    } catch (error) {
      if (!hasLabel(error, 'UnknownTransactionCommitResult') || performance.now() > giveUpAt) throw error;
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
