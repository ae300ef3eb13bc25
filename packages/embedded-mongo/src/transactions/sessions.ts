import { MongoError } from '../errors.ts';
import type { Store } from '../storage/store.ts';
import type { TransactionWorkspace } from '../storage/transactionWorkspace.ts';

/** A transaction a session has begun. */
export interface Transaction {
  readonly number: number;
  readonly session: string;
  readonly workspace: TransactionWorkspace;
  state: 'open' | 'committing' | 'committed' | 'aborted';
  /** The connection the last statement came by. */
  connection: unknown;
  readonly timer: NodeJS.Timeout;
  /** The commit under way, so that a repeated commit waits for the same outcome. */
  commit?: Promise<void>;
  endedAt?: number;
}

/** How long a transaction may stay open. */
export const transactionLifetimeMs = 60_000;

/** Knows which transaction each session has open, and ends those that nobody will end. */
export class Sessions {
  readonly #store: Store;
  readonly #onEnd: (transaction: Transaction) => void;
  readonly #transactions = new Map<string, Transaction>();

  /** `onEnd` is told of every transaction that ends, whichever way. */
  constructor(store: Store, onEnd: (transaction: Transaction) => void) {
    this.#store = store;
    this.#onEnd = onEnd;
  }

  /** Begins a transaction; one the session still has open under an older number is aborted. */
  begin(session: string, number: number, connection: unknown): Transaction {
    const current = this.#transactions.get(session);
    if (current?.number === number)
      throw new MongoError(
        117,
        `Transaction ${number} on this session has been started already (${current.state})`,
      );
    this.supersede(session, number);
    const timer = setTimeout(() => this.abort(transaction), transactionLifetimeMs);
    timer.unref();
    const transaction: Transaction = {
      number,
      session,
      workspace: this.#store.begin(),
      state: 'open',
      connection,
      timer,
    };
    this.#transactions.set(session, transaction);
    return transaction;
  }

  /** The transaction of this number, in whatever state. */
  find(session: string, number: number): Transaction | undefined {
    const transaction = this.#transactions.get(session);
    return transaction?.number === number ? transaction : undefined;
  }

  /** The transaction to run a statement in. */
  getOpen(session: string, number: number, connection: unknown): Transaction {
    const transaction = this.find(session, number);
    if (transaction?.state === 'committed')
      throw new MongoError(256, `Transaction ${number} has been committed.`);
    if (transaction?.state !== 'open') throw noSuchTransaction(number);
    transaction.connection = connection;
    return transaction;
  }

  /** A higher number on a session ends what the session had open; a lower one is too late. */
  supersede(session: string, number: number): void {
    const current = this.#transactions.get(session);
    if (!current) return;
    if (number < current.number)
      throw new MongoError(
        225,
        `Cannot use transaction number ${number}: the session has already used ${current.number}`,
      );
    if (number > current.number) {
      this.abort(current);
      if (current.state !== 'committing') this.#transactions.delete(session);
    }
  }

  abort(transaction: Transaction): void {
    if (transaction.state === 'open') this.finish(transaction, 'aborted');
  }

  /** Ends a transaction and frees what it held. */
  finish(transaction: Transaction, state: 'committed' | 'aborted'): void {
    transaction.state = state;
    transaction.endedAt = Date.now();
    clearTimeout(transaction.timer);
    this.#store.end(transaction.workspace);
    this.#onEnd(transaction);
  }

  /** Ends sessions: what they have open is aborted. */
  end(sessions: readonly string[]): void {
    for (const session of sessions) {
      const transaction = this.#transactions.get(session);
      if (transaction) this.abort(transaction);
      if (transaction && transaction.state !== 'committing') this.#transactions.delete(session);
    }
  }

  /** Aborts the transactions whose client is gone. */
  connectionClosed(connection: unknown): void {
    for (const transaction of this.#transactions.values())
      if (transaction.connection === connection) this.abort(transaction);
  }

  /** Forgets transactions that ended more than half an hour ago. */
  expire(now: number): void {
    for (const [session, { endedAt }] of this.#transactions)
      if (endedAt !== undefined && now - endedAt > 30 * 60_000) this.#transactions.delete(session);
  }

  /** Aborts everything that is open, when the server stops. */
  abortAll(): void {
    for (const transaction of this.#transactions.values()) this.abort(transaction);
  }
}

/** Thrown when a transaction was never begun, was aborted, or timed out: the driver may repeat all of it. */
export function noSuchTransaction(number: number): MongoError {
  return new MongoError(
    251,
    `Given transaction number ${number} does not match any in-progress transactions.`,
    {
      labels: ['TransientTransactionError'],
    },
  );
}
