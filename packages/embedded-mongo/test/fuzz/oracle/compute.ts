import { mongo } from 'mongoose';
import {
  calculate,
  compare,
  type Doc,
  equal,
  exact,
  isDoc,
  isNumber,
  Refusal,
  toFloat,
  type Value,
} from './values.ts';

const { Double, Int32, Long } = mongo.BSON;

const isNone = (value: Value) => value === null || value === undefined;

const isTrue = (value: Value) => (isNumber(value) ? exact(value) !== 0n : value !== false && !isNone(value));

function numeric(value: Value): Value {
  if (!isNumber(value)) throw new Refusal('not a number');
  return value;
}

/** The value of an expression, as MongoDB's manual describes aggregation; `undefined` is missing. @throws Refusal */
export function compute(expression: Value, document: Doc): Value {
  if (typeof expression === 'string' && expression.startsWith('$')) {
    const path = expression === '$$ROOT' ? [] : expression.slice(1).split('.');
    return follow(document, path);
  }
  if (Array.isArray(expression)) return expression.map((item) => compute(item, document) ?? null);
  if (!isDoc(expression)) return expression;
  const [name] = Object.keys(expression);
  if (name?.startsWith('$')) return operate(name, expression[name], document);
  const made: Doc = {};
  for (const [field, value] of Object.entries(expression)) {
    const computed = compute(value, document);
    if (computed !== undefined) made[field] = computed;
  }
  return made;
}

/** A path through an array gives what its documents hold. */
function follow(value: Value, path: string[]): Value {
  const [first, ...rest] = path;
  if (first === undefined) return value;
  if (Array.isArray(value))
    return value
      .map((item) => (isDoc(item) ? follow(item, path) : undefined))
      .filter((one) => one !== undefined);
  return isDoc(value) && Object.hasOwn(value, first) ? follow(value[first], rest) : undefined;
}

function operate(name: string, operand: Value, document: Doc): Value {
  const given = Array.isArray(operand) ? operand : [operand];
  const at = (index: number) => compute(given[index], document);
  const all = () => given.map((one) => compute(one, document));
  switch (name) {
    case '$literal':
      return operand;
    case '$eq':
      return isSame(at(0), at(1));
    case '$ne':
      return !isSame(at(0), at(1));
    case '$gt':
      return order(at(0), at(1)) > 0;
    case '$gte':
      return order(at(0), at(1)) >= 0;
    case '$lt':
      return order(at(0), at(1)) < 0;
    case '$lte':
      return order(at(0), at(1)) <= 0;
    case '$cmp':
      return new Int32(order(at(0), at(1)));
    case '$and':
      return given.every((one) => isTrue(compute(one, document)));
    case '$or':
      return given.some((one) => isTrue(compute(one, document)));
    case '$not':
      return !isTrue(at(0));
    case '$cond': {
      const [test, yes, no] = isDoc(operand) ? [operand.if, operand.then, operand.else] : given;
      return compute(isTrue(compute(test, document)) ? yes : no, document);
    }
    case '$ifNull':
      // What comes after the first value that is there is not computed.
      for (const one of given.slice(0, -1)) {
        const value = compute(one, document);
        if (!isNone(value)) return value;
      }
      return at(given.length - 1);
    case '$add':
    case '$multiply': {
      const kind = name === '$add' ? 'add' : 'multiply';
      let sum: Value = new Int32(kind === 'add' ? 0 : 1);
      // What comes after the first value that is not there is not computed.
      for (const one of given) {
        const value = compute(one, document);
        if (isNone(value)) return null;
        sum = calculate(kind, sum, numeric(value));
      }
      return sum;
    }
    case '$subtract':
      return difference(at(0), at(1));
    case '$divide':
      return quotient(at(0), at(1));
    case '$concat': {
      let joined = '';
      for (const one of given) {
        const value = compute(one, document);
        if (isNone(value)) return null;
        if (typeof value !== 'string') throw new Refusal('not a text');
        joined += value;
      }
      return joined;
    }
    case '$toString':
      return toText(at(0));
    case '$size':
      return new Int32(list(at(0)).length);
    case '$in': {
      // Both are computed, also what no item is compared with.
      const [sought, items] = [at(0), list(at(1))];
      return items.some((item) => isSame(item, sought));
    }
    case '$isArray':
      return Array.isArray(at(0));
    case '$arrayElemAt': {
      const [array, index] = [at(0), at(1)];
      return isNone(array) || isNone(index) ? null : list(array).at(Number(exact(index)));
    }
    case '$type':
      return typeName(at(0));
    case '$mergeObjects': {
      const values = all().filter((value) => !isNone(value));
      if (!values.every(isDoc)) throw new Refusal('not a document');
      return Object.assign({}, ...values) as Doc;
    }
    case '$year':
    case '$month':
    case '$dayOfMonth':
    case '$hour':
      return datePart(name, at(0));
    default:
      throw new Refusal(`unknown expression ${name}`);
  }
}

/** In expressions, unlike in filters, a missing value is less than null. */
function order(a: Value, b: Value): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? -1 : 1;
  return compare(a, b);
}

const isSame = (a: Value, b: Value) => (a === undefined || b === undefined ? a === b : equal(a, b));

function list(value: Value): Value[] {
  if (!Array.isArray(value)) throw new Refusal('not an array');
  return value;
}

function difference(a: Value, b: Value): Value {
  if (isNone(a) || isNone(b)) return null;
  if (a instanceof Date && b instanceof Date) return Long.fromNumber(a.getTime() - b.getTime());
  if (a instanceof Date) return new Date(a.getTime() - toFloat(numeric(b)));
  return calculate('add', numeric(a), calculate('multiply', new Int32(-1), numeric(b)));
}

function quotient(a: Value, b: Value): Value {
  if (isNone(a) || isNone(b)) return null;
  if (exact(numeric(b)) === 0n) throw new Refusal('division by zero');
  return new Double(toFloat(numeric(a)) / toFloat(b));
}

function toText(value: Value): Value {
  if (isNone(value)) return null;
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value) || isDoc(value)) throw new Refusal('no text of it');
  return String(value);
}

function typeName(value: Value): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (value instanceof Date) return 'date';
  if (isDoc(value)) return 'object';
  const names: Record<string, string> = {
    Int32: 'int',
    Long: 'long',
    Double: 'double',
    ObjectId: 'objectId',
  };
  const tag = (value as { _bsontype?: string })._bsontype;
  return names[tag ?? ''] ?? (typeof value === 'boolean' ? 'bool' : typeof value);
}

function datePart(name: string, value: Value): Value {
  if (isNone(value)) return null;
  if (!(value instanceof Date)) throw new Refusal('not a date');
  const parts: Record<string, number> = {
    $year: value.getUTCFullYear(),
    $month: value.getUTCMonth() + 1,
    $dayOfMonth: value.getUTCDate(),
    $hour: value.getUTCHours(),
  };
  return new Int32(parts[name] as number);
}
