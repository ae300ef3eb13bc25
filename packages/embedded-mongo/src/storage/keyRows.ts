import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite';

/** So many entries go into one statement: most of the cost of an entry is that of its own call. */
const ROWS = 32;

type Row = [index: number, key: Uint8Array, record: number];

/** Index entries to write and to take away, a statement for many. */
export class KeyRows {
  readonly #removing: Statements;
  readonly #adding: Statements;
  #removed: Row[] = [];
  #added: Row[] = [];
  #isGathering = false;

  constructor(db: DatabaseSyncInstance) {
    const places = (count: number) => Array(count).fill('(?, ?, ?)').join(', ');
    this.#removing = new Statements(
      db,
      (count) => `delete from ix where (i, k, r) in (values ${places(count)})`,
    );
    this.#adding = new Statements(db, (count) => `insert or ignore into ix(i, k, r) values ${places(count)}`);
  }

  add(...row: Row): void {
    this.#added.push(row);
  }

  remove(...row: Row): void {
    this.#removed.push(row);
  }

  /** Writes what has come since the last time, unless more is being gathered. */
  settle(): void {
    if (this.#isGathering) return;
    const [removed, added] = [this.#removed, this.#added];
    this.#removed = [];
    this.#added = [];
    this.#removing.run(removed);
    this.#adding.run(added);
  }

  /** Holds back what `work` adds and removes until it is done. */
  gather(work: () => void): void {
    this.#isGathering = true;
    try {
      work();
    } catch (error) {
      // What was to be written belongs to a commit that will not be.
      this.#removed = [];
      this.#added = [];
      throw error;
    } finally {
      this.#isGathering = false;
    }
    this.settle();
  }
}

/** One statement prepared for many rows, and one for a single row. */
class Statements {
  readonly #many: StatementSyncInstance;
  readonly #one: StatementSyncInstance;

  constructor(db: DatabaseSyncInstance, sql: (rows: number) => string) {
    this.#many = db.prepare(sql(ROWS));
    this.#one = db.prepare(sql(1));
  }

  run(rows: readonly Row[]): void {
    let at = 0;
    for (; at + ROWS <= rows.length; at += ROWS) this.#many.run(...rows.slice(at, at + ROWS).flat());
    for (; at < rows.length; at++) this.#one.run(...(rows[at] as Row));
  }
}
