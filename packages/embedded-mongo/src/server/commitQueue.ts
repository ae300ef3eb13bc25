import type { Reply } from '../commands/command.ts';
import { MongoError, shuttingDown } from '../errors.ts';
import { storageFailure } from '../storage/failures.ts';
import { BlockedError } from '../storage/locks.ts';
import type { Store } from '../storage/store.ts';

interface Job {
  readonly run: () => Reply;
  /** Epoch milliseconds after which a blocked write gives up. */
  readonly giveUpAt: number;
  /** True when it is the client's own time limit that ends the wait. */
  readonly isHurried: boolean;
  readonly resolve: (reply: Reply) => void;
  readonly reject: (error: unknown) => void;
}

const lockWaitMs = 10_000;

/**
 * Runs writes one after another. Those that arrive in the same turn share one commit, and each is answered
 * only when that commit is on disk. A write that meets an open transaction waits until one ends.
 */
export class CommitQueue {
  readonly #store: Store;
  #queued: Job[] = [];
  #blocked: Job[] = [];
  #isScheduled = false;
  #mustReload = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Runs a write inside the next commit and resolves once it is durable. */
  submit(run: () => Reply, deadline: number | undefined): Promise<Reply> {
    const patience = Date.now() + lockWaitMs;
    const isHurried = deadline !== undefined && deadline < patience;
    const giveUpAt = isHurried ? deadline : patience;
    return new Promise((resolve, reject) => {
      this.#queued.push({ run, giveUpAt, isHurried, resolve, reject });
      this.#schedule();
    });
  }

  /** Call when a transaction has ended: what waited for it may go on. */
  wake(): void {
    if (this.#blocked.length === 0) return;
    this.#queued.unshift(...this.#blocked);
    this.#blocked = [];
    this.#schedule();
  }

  /** Commits what is queued, at once, and gives up what is blocked. */
  drain(): void {
    this.#queued.push(...this.#blocked);
    this.#blocked = [];
    this.#flush();
    for (const job of this.#blocked) job.reject(shuttingDown(false));
    this.#blocked = [];
    clearTimeout(this.#timer);
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    setImmediate(() => this.#flush());
  }

  #flush(): void {
    this.#isScheduled = false;
    const jobs = this.#queued;
    this.#queued = [];
    if (jobs.length === 0) return;
    const answers: (() => void)[] = [];
    try {
      if (this.#mustReload) this.#reload();
      this.#store.db.exec('begin immediate');
      for (const job of jobs) {
        const answer = this.#attempt(job, jobs.length === 1);
        if (answer) answers.push(answer);
      }
      this.#store.db.exec('commit');
      this.#store.catalog.settle();
    } catch (cause) {
      this.#fail(jobs, storageFailure(cause) ?? cause);
      return;
    }
    for (const answer of answers) answer();
    this.#watchBlocked();
  }

  /** A job that has the commit for itself needs no savepoint, which would keep a copy of every page it writes. */
  #attempt(job: Job, isAlone: boolean): (() => void) | undefined {
    const { db, catalog } = this.#store;
    if (!isAlone) db.exec('savepoint job');
    try {
      const reply = job.run();
      if (!isAlone) db.exec('release job');
      return () => job.resolve(reply);
    } catch (error) {
      // SQLite may have rolled all of it back by itself: there is no way on but to fail the whole commit.
      if (storageFailure(error)) throw error;
      db.exec(isAlone ? 'rollback; begin immediate' : 'rollback to job; release job');
      catalog.undo();
      if (!(error instanceof BlockedError)) return () => job.reject(error);
      this.#blocked.push(job);
      return undefined;
    }
  }

  /** Nothing of a commit that failed has happened; blocked writes of it still wait. */
  #fail(jobs: readonly Job[], cause: unknown): void {
    try {
      if (this.#store.db.isTransaction) this.#store.db.exec('rollback');
      this.#reload();
    } catch {
      // A disk that fails now may answer later: until then no commit begins.
      this.#mustReload = true;
    }
    for (const job of jobs) if (!this.#blocked.includes(job)) job.reject(cause);
    this.#watchBlocked();
  }

  #reload(): void {
    this.#store.catalog.reload();
    this.#mustReload = false;
  }

  #watchBlocked(): void {
    clearTimeout(this.#timer);
    if (this.#blocked.length === 0) return;
    const next = Math.min(...this.#blocked.map(({ giveUpAt }) => giveUpAt));
    this.#timer = setTimeout(() => this.#giveUp(), Math.max(0, next - Date.now()));
  }

  #giveUp(): void {
    const now = Date.now();
    const late = this.#blocked.filter(({ giveUpAt }) => giveUpAt <= now);
    this.#blocked = this.#blocked.filter(({ giveUpAt }) => giveUpAt > now);
    for (const job of late) job.reject(gaveUp(job));
    this.#watchBlocked();
  }
}

function gaveUp({ isHurried }: Job): MongoError {
  return isHurried
    ? new MongoError(50, 'operation exceeded time limit')
    : new MongoError(24, 'Gave up waiting for an open transaction that has written the same document');
}
