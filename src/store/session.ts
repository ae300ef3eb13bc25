import type { Connection } from 'mongoose';
import {
  date,
  defineCollection,
  flag,
  fromRecord,
  number,
  type Stored,
  text,
  toRecord,
} from './collection.ts';
import type { RefreshSession, Store } from './store.ts';

/** Records that no longer mean anything are removed by the database. */
interface Purged {
  purgeAt: Date;
}

/** Keeps the refresh tokens of sign-ins, as hashes. */
export function createSessions(connection: Connection): Store['sessions'] {
  const sessions = defineCollection<Stored<RefreshSession> & Purged>(
    connection,
    'sessions',
    {
      _id: text,
      family: text,
      account: text,
      inBrowser: flag,
      tokenHash: text,
      expiresAt: number,
      usedAt: number,
      revokedAt: number,
      createdAt: number,
      purgeAt: date,
    },
    [
      [{ tokenHash: 1 }, { unique: true }],
      [{ family: 1 }],
      [{ account: 1 }],
      [{ purgeAt: 1 }, { expireAfterSeconds: 0 }],
    ],
  );

  return {
    insert: (session, tx) =>
      sessions.insert([{ ...toRecord(session), purgeAt: new Date(session.expiresAt) }], tx),

    async findByHash(tokenHash) {
      const record = await sessions.findOne({ tokenHash });
      return record && fromRecord<RefreshSession>(record, ['purgeAt']);
    },

    use: (id, at) => sessions.updateOne({ _id: id, usedAt: null, revokedAt: null }, { $set: { usedAt: at } }),

    async revokeFamily(family, at) {
      await sessions.updateMany({ family, revokedAt: null }, { $set: { revokedAt: at } });
    },

    async revokeAccount(account, at) {
      await sessions.updateMany({ account, revokedAt: null }, { $set: { revokedAt: at } });
    },
  };
}

/** Keeps one-time secrets, as hashes, until they are used or expire. */
export function createActivations(connection: Connection): Store['activations'] {
  const secrets = defineCollection<{ _id: string; account: string; expiresAt: number } & Purged>(
    connection,
    'activations',
    { _id: text, account: text, expiresAt: number, purgeAt: date },
    [[{ account: 1 }], [{ purgeAt: 1 }, { expireAfterSeconds: 0 }]],
  );

  return {
    async insert(tx, { secretHash, account, expiresAt }) {
      await secrets.removeMany({ account }, tx);
      await secrets.insert([{ _id: secretHash, account, expiresAt, purgeAt: new Date(expiresAt) }], tx);
    },

    async take(tx, secretHash, realNow) {
      const record = await secrets.remove({ _id: secretHash, expiresAt: { $gt: realNow } }, tx);
      return record && { secretHash, account: record.account, expiresAt: record.expiresAt };
    },
  };
}
