import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { damaged } from '../errors.ts';
import { checksum } from '../storage/checksum.ts';

/** What the last numbered operation of a session did. */
export interface LastOperation {
  readonly txn: number;
  readonly kind: 'write' | 'transaction';
  /** The reply to repeat, as BSON. */
  readonly reply: Uint8Array;
}

const keptMs = 45 * 60_000;

/** Remembers, in the same commit as the write, what each session did last, so that a repeated request is not done twice. */
export class Retries {
  readonly #get;
  readonly #put;
  readonly #expire;

  constructor(db: DatabaseSyncInstance) {
    this.#get = db.prepare('select txn, kind, reply, s from retries where session = ?');
    this.#put = db.prepare(
      'insert or replace into retries(session, txn, kind, reply, at, s) values(?, ?, ?, ?, ?, ?)',
    );
    this.#expire = db.prepare('delete from retries where at < ?');
  }

  last(session: string): LastOperation | undefined {
    const last = this.#get.get(session) as (LastOperation & { s: number }) | undefined;
    if (last && checksum(last.reply, session + last.txn) !== last.s) throw damaged('a stored reply');
    return last;
  }

  record(session: string, operation: LastOperation, now: number): void {
    const { txn, kind, reply } = operation;
    this.#put.run(session, txn, kind, reply, now, checksum(reply, session + txn));
  }

  /** Forgets sessions that have been silent for 45 minutes; theirs end after 30. */
  expire(now: number): void {
    this.#expire.run(now - keptMs);
  }
}
