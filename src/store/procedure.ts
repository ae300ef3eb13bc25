import type { Connection } from 'mongoose';
import { SYSTEM } from '../domain/party.ts';
import type { ProcedureVersion } from '../procedures/types.ts';
import { defineCollection, number, text } from './collection.ts';
import { fromJson, toJson } from './jsonText.ts';
import type { Store } from './store.ts';

/** A published version; JSON Schemas have keys like `$ref`, so its parts are kept as JSON text. */
interface ProcedureRecord {
  _id: string;
  procedure: string;
  settings: string;
  diagram: string;
  forms: string;
  decisions: string;
  tasks: string;
  services: string;
  names: string;
  publishedAt: number;
  publishedBy: string;
  note: string;
  inForceFrom: string;
}

type Summary = Omit<ProcedureVersion, 'diagram' | 'forms' | 'decisions'>;

const NEWEST_FIRST = { inForceFrom: -1, publishedAt: -1, _id: 1 } as const;

/** Keeps every published version of every procedure; none ever changes or goes. */
export function createProcedures(connection: Connection): Store['procedures'] {
  const procedures = defineCollection<ProcedureRecord>(
    connection,
    'procedures',
    {
      _id: text,
      procedure: text,
      settings: text,
      diagram: text,
      forms: text,
      decisions: text,
      tasks: text,
      services: text,
      names: text,
      publishedAt: number,
      publishedBy: text,
      note: text,
      inForceFrom: text,
    },
    [[{ procedure: 1, inForceFrom: -1, publishedAt: -1 }]],
  );

  return {
    async find(hash) {
      const record = await procedures.byId(hash);
      return record && toVersion(record);
    },

    async inForce(procedure, day) {
      const begun = { procedure, inForceFrom: { $lte: day } };
      const ofOffice = { ...begun, publishedBy: { $ne: SYSTEM.account } };
      const record =
        (await procedures.findOne(ofOffice, undefined, NEWEST_FIRST)) ??
        (await procedures.findOne(begun, undefined, NEWEST_FIRST));
      return record && toVersion(record);
    },

    async versions(procedure) {
      const records = await procedures.model
        .find(procedure === undefined ? {} : { procedure }, { diagram: 0, forms: 0, decisions: 0 })
        .sort(NEWEST_FIRST)
        .lean<ProcedureRecord[]>();
      return records.map(toSummary);
    },

    // The same content has the same hash: whoever publishes it again finds it there.
    insert: (tx, version) => {
      const { _id, ...fields } = toProcedureRecord(version);
      return procedures.upsertOne({ _id }, { $setOnInsert: fields }, tx);
    },
  };
}

function toSummary(record: ProcedureRecord): Summary {
  return {
    hash: record._id,
    id: record.procedure,
    settings: fromJson(record.settings),
    tasks: fromJson(record.tasks),
    services: fromJson(record.services),
    names: fromJson(record.names),
    publishedAt: record.publishedAt,
    publishedBy: record.publishedBy,
    note: record.note,
    inForceFrom: record.inForceFrom,
  };
}

function toVersion(record: ProcedureRecord): ProcedureVersion {
  return {
    ...toSummary(record),
    diagram: record.diagram,
    forms: fromJson(record.forms),
    decisions: fromJson(record.decisions),
  };
}

function toProcedureRecord(version: ProcedureVersion): ProcedureRecord {
  return {
    _id: version.hash,
    procedure: version.id,
    settings: toJson(version.settings),
    diagram: version.diagram,
    forms: toJson(version.forms),
    decisions: toJson(version.decisions),
    tasks: toJson(version.tasks),
    services: toJson(version.services),
    names: toJson(version.names),
    publishedAt: version.publishedAt,
    publishedBy: version.publishedBy,
    note: version.note,
    inForceFrom: version.inForceFrom,
  };
}
