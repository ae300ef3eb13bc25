import { DomainError } from '../domain/errors.ts';
import { type OpenTransaction, type Part, Together, type Transact } from './transaction.ts';

/** More would hold up the first of them for the last. */
const MOST = 32;
/** One transaction is worked on while another one commits. */
const AT_ONCE = 2;

interface Waiting<Found> {
  key: string | null;
  work(tx: OpenTransaction, found: Found | null): Promise<void>;
  resolve(): void;
  reject(error: unknown): void;
}

/** Runs work on the record of a key (null: there is none yet), in a transaction that it may share with other work. */
export type Share<Found> = <T>(
  key: string | null,
  work: (tx: OpenTransaction, found: Found | null) => Promise<T>,
) => Promise<T>;

/**
 * Lets work that comes while other work is under way share one transaction: read together, done one after the other,
 * written and committed together; `announce` names the records that work on what was found will want. Work on one key must
 * not come twice at a time. What refuses itself before it has written concerns nobody else; when the store is away all are
 * told so; when anything else goes wrong, each has a transaction of its own.
 */
export function createShared<Found>(
  transact: Transact,
  read: (keys: string[], tx: OpenTransaction) => Promise<Map<string, Found>>,
  announce: (found: Found, together: Together) => void,
): Share<Found> {
  let waiting: Waiting<Found>[] = [];
  let running = 0;

  async function together(members: Waiting<Found>[]): Promise<Part[]> {
    const keys = members.flatMap(({ key }) => (key === null ? [] : [key]));
    let found = new Map<string, Found>();
    let together = new Together();
    const parts = members.map(
      ({ key, work }, place): Part => ({
        async work(tx) {
          if (place === 0) {
            together = new Together();
            found = keys.length > 0 ? await read(keys, tx) : new Map();
            for (const one of found.values()) announce(one, together);
          }
          tx.together = together;
          await work(tx, key === null ? null : (found.get(key) ?? null));
        },
      }),
    );
    await transact(parts);
    return parts;
  }

  async function run(members: Waiting<Found>[]): Promise<void> {
    try {
      const parts = await together(members);
      for (const [place, member] of members.entries()) {
        const part = parts[place] as Part;
        if ('refusal' in part) member.reject(part.refusal);
        else member.resolve();
      }
    } catch (error) {
      // While the store is away nobody knows whether the commit was done: nothing of it may be done a second time.
      const isAway = error instanceof DomainError && error.code === 'UNAVAILABLE';
      if (members.length === 1 || isAway) for (const member of members) member.reject(error);
      else for (const member of members) await run([member]);
    }
  }

  function next(): void {
    if (waiting.length === 0 || running >= AT_ONCE) return;
    const members = waiting.slice(0, MOST);
    waiting = waiting.slice(MOST);
    running += 1;
    void run(members).finally(() => {
      running -= 1;
      next();
    });
  }

  return <T>(key: string | null, work: (tx: OpenTransaction, found: Found | null) => Promise<T>) =>
    new Promise<T>((resolve, reject) => {
      let result: { is: T } | null = null;
      waiting.push({
        key,
        async work(tx, found) {
          result = { is: await work(tx, found) };
        },
        resolve: () => resolve((result as unknown as { is: T }).is),
        reject,
      });
      // What comes in the same turn goes together.
      if (waiting.length === 1) setImmediate(next);
    });
}
