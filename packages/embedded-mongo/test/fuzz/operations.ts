import { mongo } from 'mongoose';
import { document, PATHS } from './generate/documents.ts';
import { filter } from './generate/filters.ts';
import { pipeline, projection, sort } from './generate/shapes.ts';
import { change, replacement } from './generate/updates.ts';
import type { Doc } from './oracle/values.ts';
import type { Random } from './random.ts';

/** What is asked of every target in the same words. */
export type Operation =
  | { kind: 'find'; filter: Doc; sort: Doc; skip: number; limit: number; projection: Doc | null }
  | { kind: 'count'; filter: Doc }
  | { kind: 'distinct'; field: string; filter: Doc }
  | { kind: 'aggregate'; pipeline: Doc[] }
  | { kind: 'update'; filter: Doc; update: Doc; arrayFilters: Doc[]; isMulti: boolean; isUpsert: boolean }
  | { kind: 'findAndModify'; filter: Doc; update: Doc; isNew: boolean; projection: Doc | null }
  | { kind: 'insert'; document: Doc }
  | { kind: 'delete'; filter: Doc; isMulti: boolean };

/** What a target answered: a value, or that it refused, with its code where it has one. */
export type Outcome = { value: unknown } | { refused: string };

/** Something that keeps documents and answers operations. */
export interface Target {
  readonly name: string;
  fill(documents: Doc[]): Promise<void>;
  run(operation: Operation): Promise<Outcome>;
  /** All documents in the order of their identifiers. */
  all(): Promise<Doc[]>;
}

export const isWrite = ({ kind }: Operation) =>
  kind === 'update' || kind === 'findAndModify' || kind === 'insert' || kind === 'delete';

/** Documents of one round; some of the identifiers that operations name are not among them. */
export const DOCUMENTS = 16;
const IDS = DOCUMENTS + 2;

export function operation(random: Random): Operation {
  switch (random.below(12)) {
    case 0:
    case 1:
    case 2:
      return {
        kind: 'find',
        filter: filter(random),
        sort: sort(random),
        skip: random.chance(0.2) ? random.below(4) : 0,
        limit: random.chance(0.4) ? 1 + random.below(8) : 0,
        projection: random.chance(0.3) ? projection(random) : null,
      };
    case 3:
      return { kind: 'count', filter: filter(random) };
    case 4:
      return { kind: 'distinct', field: random.pick(PATHS), filter: filter(random, 0) };
    case 5:
    case 6:
      return { kind: 'aggregate', pipeline: pipeline(random) };
    case 7:
    case 8:
      return { kind: 'update', ...change(random, IDS), isMulti: false, isUpsert: false };
    case 9: {
      const { update } = change(random, IDS);
      const isOfMany =
        Object.keys(update)[0]?.startsWith('$') === true && !JSON.stringify(update).includes('.$');
      if (isOfMany && random.chance(0.6))
        return {
          kind: 'update',
          filter: filter(random, 0),
          update,
          arrayFilters: [],
          isMulti: true,
          isUpsert: false,
        };
      return { kind: 'update', ...upsert(random), arrayFilters: [], isMulti: false, isUpsert: true };
    }
    case 10: {
      const { filter: one, update, arrayFilters } = change(random, IDS);
      const isPlain = arrayFilters.length === 0;
      return {
        kind: 'findAndModify',
        filter: one,
        update: isPlain ? update : { $inc: { n: new mongo.Int32(1) } },
        isNew: random.chance(0.5),
        projection: random.chance(0.3) ? projection(random) : null,
      };
    }
    default:
      return random.chance(0.5)
        ? { kind: 'insert', document: document(random, random.below(IDS)) }
        : {
            kind: 'delete',
            filter: { _id: new mongo.Int32(random.below(IDS)), ...filter(random, 0) },
            isMulti: random.chance(0.5),
          };
  }
}

function upsert(random: Random): { filter: Doc; update: Doc } {
  const filter: Doc = { _id: new mongo.Int32(random.below(IDS)) };
  if (random.chance(0.5)) filter.n = new mongo.Int32(random.below(6));
  if (random.chance(0.3)) return { filter, update: replacement(random) };
  const update: Doc = { $set: { c: 'set', 'd.x': true }, $setOnInsert: { b: 'made' } };
  if (random.chance(0.5)) update.$push = { list: 'pushed' };
  if (random.chance(0.2)) update.$inc = { n: new mongo.Int32(1) };
  return { filter, update };
}
