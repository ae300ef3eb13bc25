import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { checksum } from './checksum.ts';

/** By the format it begins with, what brings a file to the next one. Runs inside a transaction. */
export const upgrades: Readonly<Record<number, (db: DatabaseSyncInstance) => void>> = {
  /** Format 2 keeps a checksum beside whatever is stored. */
  1(db) {
    db.function('checksum', { deterministic: true }, checksum);
    db.exec(`
      alter table docs add column s integer not null default 0;
      alter table collections add column s integer not null default 0;
      alter table retries add column s integer not null default 0;
      update docs set s = checksum(d, r);
      update collections set s = checksum(indexes, c || ns);
      update retries set s = checksum(reply, session || txn);
    `);
  },
};
