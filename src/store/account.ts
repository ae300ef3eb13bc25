import type { Connection } from 'mongoose';
import { DomainError } from '../domain/errors.ts';
import type { Account } from '../domain/party.ts';
import {
  anything,
  defineCollection,
  type Filter,
  flag,
  fromRecord,
  number,
  type Stored,
  text,
  texts,
  toRecord,
} from './collection.ts';
import { refusingDuplicates } from './mongoErrors.ts';
import { findPage } from './pages.ts';
import { searchWords } from './searchWords.ts';
import type { Store } from './store.ts';
import { territoryPath } from './territoryPath.ts';

interface AccountRecord extends Stored<Account> {
  /** The e-mail in lower case; without one, what can be no e-mail and belongs to no other account. */
  emailKey: string;
  /** The identity number without blanks, in capitals. */
  identityKey: string | null;
  /** `role` and `role@territory` of every grant. */
  grantKeys: string[];
  /** Words of the names and the e-mail, as searches compare them. */
  searchKeys: string[];
}

/** Keeps accounts and finds who holds a role. */
export function createAccounts(connection: Connection): Store['accounts'] & { relookup(): Promise<void> } {
  const accounts = defineCollection<AccountRecord>(
    connection,
    'accounts',
    {
      _id: text,
      kind: text,
      email: text,
      name: text,
      nameAr: text,
      identityNumber: text,
      phone: text,
      orderNumber: text,
      language: text,
      jobTitle: anything,
      grants: anything,
      passwordHash: text,
      active: flag,
      createdAt: number,
      version: number,
      emailKey: text,
      identityKey: text,
      grantKeys: texts,
      searchKeys: texts,
    },
    [
      [{ emailKey: 1 }, { unique: true }],
      [{ grantKeys: 1, createdAt: 1, _id: 1 }],
      [{ searchKeys: 1 }],
      [{ createdAt: 1, _id: 1 }],
      [{ identityKey: 1, createdAt: 1, _id: 1 }],
    ],
  );

  const find: Store['accounts']['find'] = async (id, tx) => {
    const record = await accounts.byId(id, tx);
    return record && toAccount(record);
  };

  return {
    find,

    async get(id, tx) {
      const account = await find(id, tx);
      if (account === null) throw new DomainError('ACCOUNT_NOT_FOUND', { account: id });
      return account;
    },

    async some(ids) {
      return (await accounts.find({ _id: { $in: ids } })).map(toAccount);
    },

    async ofIdentity(identityNumber) {
      const key = identityKey(identityNumber);
      if (key === null) return [];
      const found = await accounts.find({ identityKey: key }, { sort: { createdAt: 1, _id: 1 }, limit: 20 });
      return found.map(toAccount);
    },

    async findByEmail(email) {
      const record = await accounts.findOne({ emailKey: emailKey(email) });
      return record && toAccount(record);
    },

    insert: (tx, account) =>
      refusingDuplicates(accounts.insert([toAccountRecord(account)], tx), 'EMAIL_TAKEN'),

    async save(tx, account) {
      const saved = { ...account, version: account.version + 1 };
      const { _id, ...fields } = toAccountRecord(saved);
      const update = accounts.updateOne({ _id, version: account.version }, { $set: fields }, tx);
      const found = await refusingDuplicates(update, 'EMAIL_TAKEN');
      if (!found) throw new DomainError('STALE_VERSION', { account: _id });
      return saved;
    },

    async list(filter, page) {
      const found = await findPage(accounts, {
        list: 'accounts',
        filter,
        branches: [{ $and: matching(filter) }],
        orderBy: 'createdAt',
        direction: 1,
        page,
      });
      return { ...found, items: found.items.map(toAccount) };
    },

    async holders(role, territory, body) {
      const covering = ['*', ...territoryPath(territory)];
      const ofBody = body === undefined || body === null ? {} : { body };
      const records = await accounts.find(
        {
          grantKeys: { $in: covering.map((code) => `${role}@${code}`) },
          active: true,
          grants: { $elemMatch: { role, territory: { $in: covering }, ...ofBody } },
        },
        { sort: { createdAt: 1, _id: 1 } },
      );
      return records.map(toAccount);
    },

    count: () => accounts.model.countDocuments({}),

    async relookup() {
      for (let last = ''; ; ) {
        const batch = await accounts.find({ _id: { $gt: last } }, { sort: { _id: 1 }, limit: 200 });
        for (const record of batch) {
          const { _id, ...fields } = toAccountRecord(toAccount(record));
          // One that is changed meanwhile is written with what it is looked up by.
          await accounts.updateOne({ _id, version: record.version }, { $set: fields });
        }
        if (batch.length < 200) return;
        last = batch.at(-1)?._id ?? last;
      }
    },

    async namesOf(ids) {
      const records = await accounts.model
        .find({ _id: { $in: [...new Set(ids)] } }, { name: 1 })
        .lean<{ _id: string; name: string }[]>();
      return new Map(records.map(({ _id, name }) => [_id, name]));
    },
  };
}

/** One grant must meet all that is asked: a role, a body, and a territory that is the one asked for or inside it. */
function matching({ q, role, territory, body }: Parameters<Store['accounts']['list']>[0]): Filter[] {
  const grant: Filter = {};
  if (role !== undefined) grant.role = role;
  if (body !== undefined) grant.body = body;
  if (territory !== undefined)
    grant.territory = { $regex: `^${territory.replace(/[^\w-]/g, '\\$&')}(\\.|$)` };
  const conditions: Filter[] = [role === undefined ? {} : { grantKeys: role }];
  // A beginning is a range, which an index serves.
  for (const word of searchWords(q ?? '').slice(0, MOST_SEARCHED))
    conditions.push({ searchKeys: { $regex: `^${word}` } });
  if (Object.keys(grant).length > 0) conditions.push({ grants: { $elemMatch: grant } });
  return conditions;
}

const MOST_SEARCHED = 5;

const emailKey = (email: string) => email.normalize('NFC').toLowerCase();

function identityKey(identityNumber: string | null): string | null {
  const key = identityNumber
    ?.normalize('NFKC')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toUpperCase();
  return key ? key : null;
}

function toAccount(record: AccountRecord): Account {
  return fromRecord<Account>(record, ['emailKey', 'identityKey', 'grantKeys', 'searchKeys']);
}

function toAccountRecord(account: Account): AccountRecord {
  const keys = account.grants.flatMap(({ role, territory }) => [role, `${role}@${territory}`]);
  return {
    ...toRecord(account),
    emailKey: account.email === null ? `#${account.id}` : emailKey(account.email),
    identityKey: identityKey(account.identityNumber),
    grantKeys: [...new Set(keys)],
    searchKeys: searchWords([account.name, account.nameAr ?? '', account.email ?? ''].join(' ')),
  };
}
