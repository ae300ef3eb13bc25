import { mongo } from 'mongoose';
import { compute } from './compute.ts';
import { matches } from './match.ts';
import { projected, sorted } from './shape.ts';
import {
  calculate,
  clone,
  compare,
  type Doc,
  exact,
  isDoc,
  isNumber,
  Refusal,
  text,
  toFloat,
  type Value,
} from './values.ts';

const { Double, Int32, Long } = mongo.BSON;

/** What a pipeline makes of documents, as MongoDB's manual describes its stages. @throws Refusal */
export function piped(documents: Doc[], pipeline: Doc[]): Doc[] {
  return pipeline.reduce<Doc[]>((rows, stage) => {
    const [name, spec] = Object.entries(stage)[0] as [string, Value];
    return run(rows, name, spec);
  }, documents);
}

function run(rows: Doc[], name: string, spec: Value): Doc[] {
  switch (name) {
    case '$match':
      return rows.filter((row) => matches(row, spec as Doc));
    case '$sort':
      return sorted(rows, spec as Doc);
    case '$skip':
      return rows.slice(Number(exact(spec)));
    case '$limit':
      return rows.slice(0, Number(exact(spec)));
    case '$count':
      return rows.length === 0 ? [] : [{ [spec as string]: new Int32(rows.length) }];
    case '$set':
    case '$addFields':
      return rows.map((row) => added(row, row, spec as Doc));
    case '$unset':
      return rows.map((row) => projected(row, Object.fromEntries([spec].flat().map((path) => [path, 0]))));
    case '$project':
      return rows.map((row) => shaped(row, spec as Doc));
    case '$unwind':
      return rows.flatMap((row) => unwound(row, spec));
    case '$group':
      return grouped(rows, spec as Doc);
    default:
      throw new Refusal(`unknown stage ${name}`);
  }
}

/** Sets fields one after the other, each computed from the document as it came in. */
function added(row: Doc, into: Doc, spec: Doc): Doc {
  const made = { ...into };
  for (const [field, expression] of Object.entries(spec)) {
    const value = compute(expression, row);
    if (value === undefined) delete made[field];
    else made[field] = value;
  }
  return made;
}

/** Fields kept or left out, and, after those kept, fields computed. */
function shaped(row: Doc, spec: Doc): Doc {
  const isFlag = (value: Value) => isNumber(value) || typeof value === 'boolean';
  const flags = Object.fromEntries(Object.entries(spec).filter(([, value]) => isFlag(value)));
  const computed = Object.fromEntries(Object.entries(spec).filter(([, value]) => !isFlag(value)));
  if (Object.keys(computed).length === 0) return projected(row, flags);
  const kept = Object.keys(flags).some((field) => field !== '_id')
    ? projected(row, flags)
    : projected(row, { ...flags, 'no such field': 1 });
  return added(row, kept, computed);
}

function unwound(row: Doc, spec: Value): Doc[] {
  const { path, preserveNullAndEmptyArrays: keeps = false } = isDoc(spec) ? spec : { path: spec };
  const field = String(path).slice(1);
  const value = row[field];
  if (!Array.isArray(value)) return keeps || (value !== undefined && value !== null) ? [row] : [];
  if (value.length === 0) {
    const { [field]: _empty, ...rest } = row;
    return keeps ? [rest] : [];
  }
  return value.map((item) => ({ ...row, [field]: clone(item) }));
}

function grouped(rows: Doc[], { _id, ...fields }: Doc): Doc[] {
  const groups = new Map<string, { id: Value; rows: Doc[] }>();
  for (const row of rows) {
    const id = compute(_id, row) ?? null;
    const key = text(normal(id));
    const group = groups.get(key) ?? { id, rows: [] };
    group.rows.push(row);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ id, rows: members }) => {
    const made: Doc = { _id: id };
    for (const [field, accumulator] of Object.entries(fields)) {
      const [name, expression] = Object.entries(accumulator as Doc)[0] as [string, Value];
      made[field] = accumulated(
        name,
        members.map((row) => compute(expression, row)),
      );
    }
    return made;
  });
}

/** Equal numbers of different types fall into one group. */
export function normal(value: Value): Value {
  if (isNumber(value)) {
    const number = exact(value);
    return typeof number === 'bigint' ? Long.fromBigInt(number) : new Double(number);
  }
  if (Array.isArray(value)) return value.map(normal);
  if (!isDoc(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, normal(field)]));
}

function accumulated(name: string, values: Value[]): Value {
  const numbers = values.filter(isNumber);
  const some = values.filter((value) => value !== undefined && value !== null);
  switch (name) {
    case '$count':
      return new Int32(values.length);
    case '$sum':
      return numbers.reduce((a, b) => calculate('add', a, b), new Int32(0));
    case '$avg': {
      if (numbers.length === 0) return null;
      const total = numbers.reduce((a, b) => calculate('add', a, b), new Double(0));
      return new Double(toFloat(total) / numbers.length);
    }
    case '$min':
      return some.reduce<Value>((a, b) => (a === null || compare(b, a) < 0 ? b : a), null);
    case '$max':
      return some.reduce<Value>((a, b) => (a === null || compare(b, a) > 0 ? b : a), null);
    case '$first':
      return values[0] ?? null;
    case '$last':
      return values.at(-1) ?? null;
    case '$push':
      return values.filter((value) => value !== undefined);
    case '$addToSet': {
      const set: Value[] = [];
      for (const value of values) {
        if (value === undefined) continue;
        if (!set.some((one) => text(normal(one)) === text(normal(value)))) set.push(value);
      }
      return set;
    }
    default:
      throw new Refusal(`unknown accumulator ${name}`);
  }
}
