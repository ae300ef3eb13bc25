/** Thrown when a plain write meets a document or key that an open transaction has written; it waits and tries again. */
export class BlockedError extends Error {
  constructor() {
    super('waiting for an open transaction');
    this.name = 'BlockedError';
  }
}

/** What open transactions have written and so keep from others until they end. */
export class Locks<Owner> {
  readonly #owners = new Map<string, Owner>();

  /** Takes a lock for a transaction; false when another one has it. */
  take(key: string, owner: Owner): boolean {
    const holder = this.#owners.get(key);
    if (holder !== undefined) return holder === owner;
    this.#owners.set(key, owner);
    return true;
  }

  /** Lets a plain write go on, unless a transaction has the lock. */
  pass(key: string): void {
    if (this.#owners.size > 0 && this.#owners.has(key)) throw new BlockedError();
  }

  release(owner: Owner): void {
    for (const [key, holder] of this.#owners) if (holder === owner) this.#owners.delete(key);
  }
}

/** Names the lock on a document. */
export const documentLock = (record: number): string => `d${record}`;

/** Names the lock on a unique key. */
export const keyLock = (index: number, key: Buffer): string => `k${index}:${key.toString('latin1')}`;

/** Names the lock on the creation of a collection. */
export const nameLock = (ns: string): string => `n${ns}`;
