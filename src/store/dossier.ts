import type { Connection } from 'mongoose';
import type { Dossier } from '../domain/dossier.ts';
import { DomainError } from '../domain/errors.ts';
import type { Json } from '../domain/json.ts';
import { searchKeys } from '../domain/searchWords.ts';
import { cellOf, siteKeys } from '../domain/siteKeys.ts';
import {
  anything,
  defineCollection,
  type Filter,
  fromRecord,
  number,
  type Stored,
  text,
  texts,
  toRecord,
} from './collection.ts';
import { findPage } from './pages.ts';
import type { DossierFilter, DossierScope, Store, Tx } from './store.ts';
import { outermost, territoryPath } from './territoryPath.ts';
import { openTransaction } from './transaction.ts';
import { updating } from './writes.ts';

/** A dossier with what lists look it up by. */
interface DossierRecord extends Stored<Dossier> {
  /** Its commune and the territories that contain it. */
  territoryPath: string[];
  /** Applicant, architect and author. */
  related: string[];
  /** The secretariat and the members of its committee. */
  committeeBodies: string[];
  /** Land, owner and place, each within its commune; null where the application says nothing. */
  landKey: string | null;
  ownerKey: string | null;
  placeCell: string | null;
  /** When its payment was recorded. */
  paidAt: number | null;
  /** The words it is searched for by, and their beginnings. */
  searchKeys: string[];
}

/** All of a record that follows from the dossier alone. */
type Derived = Omit<DossierRecord, 'searchKeys'>;

const LOOKUPS = [
  'territoryPath',
  'related',
  'committeeBodies',
  'landKey',
  'ownerKey',
  'placeCell',
  'paidAt',
  'searchKeys',
];

/** Keeps dossiers. */
export function createDossiers(
  connection: Connection,
  findAccount: Store['accounts']['find'],
): Store['dossiers'] & { relookup(): Promise<void> } {
  const dossiers = defineCollection<DossierRecord>(
    connection,
    'dossiers',
    {
      _id: text,
      number: text,
      procedure: text,
      definition: text,
      instance: text,
      commune: text,
      status: text,
      applicant: text,
      architect: text,
      createdBy: text,
      channel: text,
      application: anything,
      round: number,
      architectSignatures: anything,
      receipt: anything,
      filingRejection: anything,
      classification: anything,
      complements: anything,
      committee: anything,
      minutes: anything,
      decision: anything,
      reserves: anything,
      tax: anything,
      records: anything,
      clockStartedAt: number,
      submittedAt: number,
      endedAt: number,
      createdAt: number,
      updatedAt: number,
      version: number,
      territoryPath: texts,
      related: texts,
      committeeBodies: texts,
      landKey: text,
      ownerKey: text,
      placeCell: text,
      paidAt: number,
      searchKeys: texts,
    },
    [
      [{ number: 1 }, { unique: true, partialFilterExpression: { number: { $type: 'string' } } }],
      [{ related: 1, createdAt: 1, _id: 1 }],
      [{ territoryPath: 1, createdAt: 1, _id: 1 }],
      [{ committeeBodies: 1, createdAt: 1, _id: 1 }],
      [{ createdAt: 1, _id: 1 }],
      [{ landKey: 1, createdAt: 1 }],
      [{ ownerKey: 1, createdAt: 1 }],
      [{ placeCell: 1, createdAt: 1 }],
      [{ territoryPath: 1, status: 1, clockStartedAt: 1, _id: 1 }],
      [{ territoryPath: 1, paidAt: 1, _id: 1 }],
      [{ territoryPath: 1, channel: 1, createdAt: 1, _id: 1 }],
      [{ status: 1, endedAt: 1, _id: 1 }],
      [{ searchKeys: 1, createdAt: 1, _id: 1 }],
    ],
  );

  const find: Store['dossiers']['find'] = async (id, tx) => {
    const record = await dossiers.byId(id, tx);
    return record && toDossier(record);
  };

  /** Names may have changed since: they are read with the dossier's own transaction. */
  async function keysOf(dossier: Dossier, tx?: Tx): Promise<string[]> {
    const parties = new Set([dossier.applicant, dossier.architect].filter((one) => one !== null));
    // One after the other: a transaction begins with its first statement, and two at once would begin it twice.
    const accounts: Awaited<ReturnType<typeof findAccount>>[] = [];
    for (const id of parties) accounts.push(await findAccount(id, tx));
    const names = accounts.flatMap((account) => [account?.name ?? '', account?.nameAr ?? '']);
    return searchKeys([dossier.number ?? '', ...names, ...textsOf(dossier.application)]);
  }
  const index: Store['dossiers']['index'] = async (tx, dossier) => {
    const keys = await keysOf(dossier, tx);
    await dossiers.updateOne({ _id: dossier.id }, { $set: { searchKeys: keys } }, tx);
  };

  return {
    find,
    index,

    async indexOf(tx, account) {
      const own = await dossiers.find({ related: account }, {}, tx);
      for (const record of own) await index(tx, toDossier(record));
    },

    async relookup() {
      for (let last = ''; ; ) {
        const batch = await dossiers.find({ _id: { $gt: last } }, { sort: { _id: 1 }, limit: 200 });
        for (const record of batch) {
          const dossier = toDossier(record);
          const { _id, ...fields } = toStored(dossier);
          const found = { $set: { ...fields, searchKeys: await keysOf(dossier) } };
          // One that is changed meanwhile is written with what it is looked up by.
          await dossiers.updateOne({ _id, version: dossier.version }, found);
        }
        if (batch.length < 200) return;
        last = batch.at(-1)?._id ?? last;
      }
    },

    async get(id, tx) {
      const dossier = await find(id, tx);
      if (dossier === null) throw new DomainError('DOSSIER_NOT_FOUND', { dossier: id });
      return dossier;
    },

    async insert(tx, dossier) {
      await dossiers.insert([{ ...toStored(dossier), searchKeys: await keysOf(dossier, tx) }], tx);
    },

    async save(tx, dossier) {
      const saved = { ...dossier, version: dossier.version + 1 };
      const { _id, ...fields } = toStored(saved);
      // What a filed dossier is found by no longer changes, but for its number.
      const keys = dossier.status === 'draft' ? { searchKeys: await keysOf(saved, tx) } : {};
      const refusal = (cause?: unknown) => new DomainError('STALE_VERSION', { dossier: _id }, { cause });
      const where = { _id, version: dossier.version };
      openTransaction(tx).last.push(updating(dossiers, where, { $set: { ...fields, ...keys } }, 1, refusal));
      dossiers.remember(tx, { _id, ...fields, searchKeys: [] });
      return saved;
    },

    async list(filter, page) {
      const { scopes, ...chosen } = filter;
      const found = await findPage(dossiers, {
        list: 'dossiers',
        filter: chosen,
        branches: scopes.map((scope) => ({ $and: [...inScope(scope), ...matching(chosen)] })),
        orderBy: 'createdAt',
        direction: -1,
        page,
      });
      return { ...found, items: found.items.map(toDossier) };
    },

    async delivered({ territory, procedure, from, to }, page) {
      const range = {
        ...(from === undefined ? {} : { $gte: from }),
        ...(to === undefined ? {} : { $lt: to }),
      };
      const found = await findPage(dossiers, {
        list: 'delivered',
        filter: { territory, procedure, from, to },
        branches: [
          {
            status: 'delivered',
            ...(Object.keys(range).length === 0 ? {} : { endedAt: range }),
            ...(territory === undefined ? {} : { territoryPath: territory }),
            ...(procedure === undefined ? {} : { procedure }),
          },
        ],
        orderBy: 'endedAt',
        direction: -1,
        page,
      });
      return { ...found, items: found.items.map(toDossier) };
    },

    async idsAppliedBy(account, procedure) {
      const records = await dossiers.model
        .find(appliedBy({ account, procedure }), { _id: 1 })
        .lean<{ _id: string }[]>();
      return records.map(({ _id }) => _id);
    },

    async sameSite(commune, { land, owner }, cells, limit) {
      const keys: Filter[] = [
        ...(land === null ? [] : [{ landKey: `${commune}#${land}` }]),
        ...(owner === null ? [] : [{ ownerKey: `${commune}#${owner}` }]),
        ...(cells.length === 0 ? [] : [{ placeCell: { $in: cells.map((cell) => `${commune}#${cell}`) } }]),
      ];
      const found = await Promise.all(
        keys.map((key) =>
          dossiers.find({ ...key, status: { $ne: 'draft' } }, { sort: { createdAt: -1 }, limit }),
        ),
      );
      return [...new Map(found.flat().map((record) => [record._id, toDossier(record)])).values()];
    },

    async startedBefore(territories, before, page) {
      const found = await findPage(dossiers, {
        list: 'startedBefore',
        filter: {},
        branches: [{ ...within(territories), status: 'underStudy', clockStartedAt: { $gt: 0, $lt: before } }],
        orderBy: 'clockStartedAt',
        direction: 1,
        page,
      });
      return { ...found, items: found.items.map(toDossier) };
    },

    async paid({ territories, from, to }, page) {
      const found = await findPage(dossiers, {
        list: 'paid',
        filter: { from, to },
        branches: [{ ...within(territories), paidAt: { $gte: from, $lt: to } }],
        orderBy: 'paidAt',
        direction: -1,
        page,
      });
      return { ...found, items: found.items.map(toDossier) };
    },

    async paidTotals({ territories, from, to }) {
      const totals = await dossiers.model.aggregate<{ _id: string; count: number; amount: number }>([
        { $match: { ...within(territories), paidAt: { $gte: from, $lt: to } } },
        { $group: { _id: '$commune', count: { $sum: 1 }, amount: { $sum: '$tax.amount' } } },
        { $sort: { _id: 1 } },
      ]);
      return totals.map(({ _id, count, amount }) => ({ commune: _id, count, amount }));
    },

    async idsOf(account) {
      const filter = { related: account, $or: [{ applicant: account }, { architect: account }] };
      const records = await dossiers.model.find(filter, { _id: 1 }).lean<{ _id: string }[]>();
      return records.map(({ _id }) => _id);
    },

    async applicantsOf(ids) {
      const records = await dossiers.model
        .find({ _id: { $in: [...new Set(ids)] } }, { applicant: 1 })
        .lean<{ _id: string; applicant: string }[]>();
      return new Map(records.map(({ _id, applicant }) => [_id, applicant]));
    },

    async proceduresOf(ids) {
      const records = await dossiers.model
        .find({ _id: { $in: ids } }, { procedure: 1, definition: 1 })
        .lean<{ _id: string; procedure: string; definition: string | null }[]>();
      return new Map(records.map(({ _id, procedure, definition }) => [_id, { procedure, definition }]));
    },

    async some(ids) {
      return (await dossiers.find({ _id: { $in: ids } })).map(toDossier);
    },
  };
}

/** All that a scope asks for must hold. */
function inScope(scope: DossierScope): Filter[] {
  const conditions: Filter[] = [{}];
  if (scope.relatedTo !== undefined) conditions.push({ related: scope.relatedTo });
  if (scope.appliedBy !== undefined) conditions.push(appliedBy(scope.appliedBy));
  if (scope.counters !== undefined) conditions.push({ ...within(scope.counters), channel: 'counter' });
  if (scope.bodies !== undefined) conditions.push({ committeeBodies: { $in: scope.bodies } });
  if (scope.territories !== undefined) {
    const territories = outermost(scope.territories);
    if (territories !== null) conditions.push({ territoryPath: { $in: territories } });
    conditions.push({ status: { $ne: 'draft' } });
  }
  return conditions;
}

function appliedBy({ account, procedure }: { account: string; procedure: string | null }): Filter {
  return {
    related: account,
    $or: [{ applicant: account }, { createdBy: account }],
    ...(procedure === null ? {} : { procedure }),
  };
}

function matching(filter: Omit<DossierFilter, 'scopes'>): Filter[] {
  const { territory, words = [], ...equalities } = filter;
  const conditions: Filter[] = words.map((word) => ({ searchKeys: word }));
  if (territory !== undefined) conditions.push({ territoryPath: territory });
  for (const [field, value] of Object.entries(equalities)) {
    if (value !== undefined) conditions.push({ [field]: value });
  }
  return conditions;
}

/** Inside one of these territories; nothing to ask when one of them is the whole country. */
function within(territories: string[]): Filter {
  const outer = outermost(territories);
  return outer === null ? {} : { territoryPath: { $in: outer } };
}

/** What was kept before counters wrote here was typed on line. */
function toDossier(record: DossierRecord): Dossier {
  const dossier = fromRecord<Dossier>(record, LOOKUPS);
  return { ...dossier, channel: dossier.channel ?? 'online' };
}

/** Every text of an application that a person may remember: title reference, address, names. */
function textsOf(value: Json): string[] {
  if (typeof value === 'string') return value.length <= 300 ? [value] : [];
  if (value === null || typeof value !== 'object') return [];
  return Object.values(value).flatMap(textsOf);
}

function toStored(dossier: Dossier): Derived {
  const { applicant, architect, createdBy, channel, committee, commune } = dossier;
  const bodies =
    committee === null ? [] : [committee.secretariat, ...committee.members.map((member) => member.body)];
  const { land, owner, place } = siteKeys(dossier.application);
  const inCommune = (key: string | null) => (key === null ? null : `${commune}#${key}`);
  return {
    ...toRecord(dossier),
    territoryPath: territoryPath(dossier.commune),
    related: [
      ...new Set(
        [applicant, architect, channel === 'online' ? createdBy : null].filter((account) => account !== null),
      ),
    ],
    committeeBodies: [...new Set(bodies)],
    landKey: inCommune(land),
    ownerKey: inCommune(owner),
    placeCell: inCommune(place && cellOf(place)),
    paidAt: dossier.tax?.payment?.recordedAt ?? null,
  };
}
