import type { Connection } from 'mongoose';
import type { Dossier } from '../domain/dossier.ts';
import { DomainError } from '../domain/errors.ts';
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
import type { DossierFilter, DossierScope, Store } from './store.ts';
import { outermost, territoryPath } from './territoryPath.ts';

/** A dossier with what lists look it up by. */
interface DossierRecord extends Stored<Dossier> {
  /** Its commune and the territories that contain it. */
  territoryPath: string[];
  /** Applicant, architect and author. */
  related: string[];
  /** The secretariat and the members of its committee. */
  committeeBodies: string[];
}

const LOOKUPS = ['territoryPath', 'related', 'committeeBodies'];

/** Keeps dossiers. */
export function createDossiers(connection: Connection): Store['dossiers'] {
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
    },
    [
      [{ number: 1 }, { unique: true, partialFilterExpression: { number: { $type: 'string' } } }],
      [{ related: 1, createdAt: 1, _id: 1 }],
      [{ territoryPath: 1, createdAt: 1, _id: 1 }],
      [{ committeeBodies: 1, createdAt: 1, _id: 1 }],
      [{ createdAt: 1, _id: 1 }],
    ],
  );

  const find: Store['dossiers']['find'] = async (id, tx) => {
    const record = await dossiers.findOne({ _id: id }, tx);
    return record && toDossier(record);
  };

  return {
    find,

    async get(id, tx) {
      const dossier = await find(id, tx);
      if (dossier === null) throw new DomainError('DOSSIER_NOT_FOUND', { dossier: id });
      return dossier;
    },

    insert: (tx, dossier) => dossiers.insert([toStored(dossier)], tx),

    async save(tx, dossier) {
      const saved = { ...dossier, version: dossier.version + 1 };
      const { _id, ...fields } = toStored(saved);
      const found = await dossiers.updateOne({ _id, version: dossier.version }, { $set: fields }, tx);
      if (!found) throw new DomainError('STALE_VERSION', { dossier: _id });
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

    async idsOf(account) {
      const filter = { related: account, $or: [{ applicant: account }, { architect: account }] };
      const records = await dossiers.model.find(filter, { _id: 1 }).lean<{ _id: string }[]>();
      return records.map(({ _id }) => _id);
    },

    async proceduresOf(ids) {
      const records = await dossiers.model
        .find({ _id: { $in: ids } }, { procedure: 1 })
        .lean<{ _id: string; procedure: string }[]>();
      return new Map(records.map(({ _id, procedure }) => [_id, procedure]));
    },
  };
}

/** All that a scope asks for must hold. */
function inScope(scope: DossierScope): Filter[] {
  const conditions: Filter[] = [{}];
  if (scope.relatedTo !== undefined) conditions.push({ related: scope.relatedTo });
  if (scope.bodies !== undefined) conditions.push({ committeeBodies: { $in: scope.bodies } });
  if (scope.territories !== undefined) {
    const territories = outermost(scope.territories);
    if (territories !== null) conditions.push({ territoryPath: { $in: territories } });
    conditions.push({ status: { $ne: 'draft' } });
  }
  return conditions;
}

function matching(filter: Omit<DossierFilter, 'scopes'>): Filter[] {
  const { territory, ...equalities } = filter;
  const conditions: Filter[] = territory === undefined ? [] : [{ territoryPath: territory }];
  for (const [field, value] of Object.entries(equalities)) {
    if (value !== undefined) conditions.push({ [field]: value });
  }
  return conditions;
}

function toDossier(record: DossierRecord): Dossier {
  return fromRecord<Dossier>(record, LOOKUPS);
}

function toStored(dossier: Dossier): DossierRecord {
  const { applicant, architect, createdBy, committee } = dossier;
  const bodies =
    committee === null ? [] : [committee.secretariat, ...committee.members.map((member) => member.body)];
  return {
    ...toRecord(dossier),
    territoryPath: territoryPath(dossier.commune),
    related: [...new Set([applicant, architect, createdBy].filter((account) => account !== null))],
    committeeBodies: [...new Set(bodies)],
  };
}
