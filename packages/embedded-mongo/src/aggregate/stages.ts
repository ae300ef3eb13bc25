import { MongoError } from '../errors.ts';
import { compileFilter, matchNode } from '../query/filter.ts';
import { parseSort, sortBy } from '../query/sort.ts';
import { writeAt } from '../update/targets.ts';
import { encodeKey } from '../values/keyEncoding.ts';
import { numberValue, toWholeNumber } from '../values/numbers.ts';
import { plainValue } from '../values/paths.ts';
import type { Document, Value } from '../values/value.ts';
import { cloneValue, isDocument } from '../values/value.ts';
import { type Accumulator, compileAccumulator } from './accumulators.ts';
import { compileExpression } from './expression.ts';
import { compileProject, compileSet, compileUnset } from './project.ts';

/** Turns the documents that come in into those that go out. */
export type Stage = (documents: Iterable<Document>) => Iterable<Document>;

/** Reads a `$limit`, which must be above zero. */
export function positiveLimit(value: Value): number {
  const limit = toWholeNumber(value, '$limit');
  if (limit <= 0) throw new MongoError(15958, 'the limit must be positive');
  return limit;
}

const mapping = (shape: (document: Document) => Document): Stage =>
  function* (documents) {
    for (const document of documents) yield shape(document);
  };

/** Every stage this server has. */
export const stages: Readonly<Record<string, (spec: Value) => Stage>> = {
  $match: compileMatch,
  $group: compileGroup,
  $sort: compileSort,
  $skip: compileSkip,
  $limit: compileLimit,
  $project: (spec) => mapping(compileProject(spec)),
  $set: (spec) => mapping(compileSet(spec)),
  $addFields: (spec) => mapping(compileSet(spec)),
  $unset: (spec) => mapping(compileUnset(spec)),
  $unwind: compileUnwind,
  $count: compileCount,
};

function compileMatch(spec: Value): Stage {
  if (!isDocument(spec)) throw new MongoError(15959, 'the match filter must be an expression in an object');
  const filter = compileFilter(spec);
  return function* (documents) {
    for (const document of documents) if (matchNode(filter, document) !== undefined) yield document;
  };
}

function compileGroup(spec: Value): Stage {
  if (!isDocument(spec)) throw new MongoError(15947, "a group's fields must be specified in an object");
  if (!('_id' in spec)) throw new MongoError(15955, 'a group specification must include an _id');
  const { _id, ...fields } = spec;
  const id = compileExpression(_id);
  const accumulators = Object.keys(fields).map((field) => {
    if (field.includes('.')) throw new MongoError(40235, `The field name '${field}' cannot contain '.'`);
    return { field, make: compileAccumulator(field, fields[field]) };
  });
  return function* (documents) {
    const groups = new Map<string, { id: Value; states: Accumulator[] }>();
    for (const document of documents) {
      const value = id(document) ?? null;
      const key = encodeKey(value).toString('latin1');
      let group = groups.get(key);
      if (!group) {
        group = { id: value, states: accumulators.map(({ make }) => make()) };
        groups.set(key, group);
      }
      for (const state of group.states) state.add(document);
    }
    for (const group of groups.values())
      yield {
        _id: group.id,
        ...Object.fromEntries(accumulators.map(({ field }, i) => [field, group.states[i]?.result()])),
      };
  };
}

function compileSort(spec: Value): Stage {
  const sort = parseSort(spec);
  if (sort.length === 0) throw new MongoError(15976, '$sort stage must have at least one sort key');
  return (documents) => sortBy([...documents], (document) => document, sort);
}

function compileSkip(spec: Value): Stage {
  const skip = toWholeNumber(spec, '$skip');
  if (skip < 0) throw new MongoError(15956, 'Argument to $skip cannot be negative');
  return function* (documents) {
    let at = 0;
    for (const document of documents) if (at++ >= skip) yield document;
  };
}

function compileLimit(spec: Value): Stage {
  const limit = positiveLimit(spec);
  return function* (documents) {
    let at = 0;
    for (const document of documents) {
      yield document;
      if (++at >= limit) return;
    }
  };
}

function compileUnwind(spec: Value): Stage {
  const options = isDocument(spec) ? spec : { path: spec };
  for (const key of Object.keys(options))
    if (key !== 'path' && key !== 'preserveNullAndEmptyArrays')
      throw new MongoError(28811, `unrecognized option to $unwind stage: ${key}`);
  const { path, preserveNullAndEmptyArrays: keepsEmpty = false } = options;
  if (typeof path !== 'string' || !path.startsWith('$') || path.length < 2)
    throw new MongoError(28818, `path option to $unwind stage should be prefixed with a '$'`);
  if (typeof keepsEmpty !== 'boolean')
    throw new MongoError(28809, 'expected a boolean for the preserveNullAndEmptyArrays option');
  const parts = path.slice(1).split('.');
  return function* (documents) {
    for (const document of documents) {
      const value = plainValue(document, parts);
      if (!Array.isArray(value)) {
        if (keepsEmpty || (value !== undefined && value !== null)) yield document;
        continue;
      }
      if (value.length === 0 && keepsEmpty) yield compileUnset(path.slice(1))(document);
      for (const item of value) {
        const copy = cloneValue(document);
        writeAt(copy, parts, item);
        yield copy;
      }
    }
  };
}

function compileCount(spec: Value): Stage {
  if (typeof spec !== 'string' || spec === '' || spec.startsWith('$') || spec.includes('.'))
    throw new MongoError(40156, 'the count field must be a non-empty string without $ or dots');
  return function* (documents) {
    let count = 0;
    for (const _ of documents) count++;
    if (count > 0) yield { [spec]: numberValue(count) };
  };
}
