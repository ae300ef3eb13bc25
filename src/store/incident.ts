import type { Connection } from 'mongoose';
import type { Incident } from '../domain/process.ts';
import {
  type Collection,
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
import { fromJson, toJson } from './jsonText.ts';
import { findPage } from './pages.ts';
import type { Store } from './store.ts';
import { outermost, territoryPath } from './territoryPath.ts';

export interface IncidentRecord extends Omit<Stored<Incident>, 'job'> {
  job: string;
  open: boolean;
  territoryPath: string[];
}

/** Declares where incidents are kept, also after they were resolved. */
export function incidentCollection(connection: Connection): Collection<IncidentRecord> {
  return defineCollection<IncidentRecord>(
    connection,
    'incidents',
    {
      _id: text,
      instance: text,
      dossier: text,
      procedure: text,
      territory: text,
      flowNode: text,
      token: text,
      kind: text,
      job: text,
      code: text,
      message: text,
      attempts: number,
      createdAt: number,
      resolvedAt: number,
      resolvedBy: text,
      open: flag,
      territoryPath: texts,
    },
    [
      [{ open: 1, createdAt: 1, _id: 1 }],
      [{ territoryPath: 1, open: 1, createdAt: 1, _id: 1 }],
      [{ instance: 1, open: 1 }],
    ],
  );
}

/** Shows incidents to operators; only the engine raises and resolves them. */
export function createIncidents(incidents: Collection<IncidentRecord>): Store['incidents'] {
  return {
    async find(id) {
      const record = await incidents.byId(id);
      return record && toIncident(record);
    },

    async openOf(instance) {
      return (await incidents.find({ instance, open: true })).map(toIncident);
    },

    async list({ open, territories }, page) {
      const inside = territories === undefined ? null : outermost(territories);
      const branch: Filter = { open, ...(inside === null ? {} : { territoryPath: { $in: inside } }) };
      const found = await findPage(incidents, {
        list: 'incidents',
        filter: { open },
        branches: [branch],
        orderBy: 'createdAt',
        direction: -1,
        page,
      });
      return { ...found, items: found.items.map(toIncident) };
    },
  };
}

/** The incident of a record. */
export function toIncident(record: IncidentRecord): Incident {
  const { job, ...rest } = record;
  const incident = fromRecord<Omit<Incident, 'job'>>(rest, ['open', 'territoryPath']);
  return { ...incident, job: fromJson(job) };
}

/** The record of an incident. */
export function toIncidentRecord(incident: Incident): IncidentRecord {
  return {
    ...toRecord(incident),
    job: toJson(incident.job),
    open: incident.resolvedAt === null,
    territoryPath: territoryPath(incident.territory),
  };
}
