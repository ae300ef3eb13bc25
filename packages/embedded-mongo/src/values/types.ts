import type { Value } from './value.ts';
import { bsonTag } from './value.ts';

interface BsonType {
  /** The number of the wire format, which `$type` takes. */
  readonly number: number;
  /** The alias `$type` takes. */
  readonly alias: string;
  /** Place in MongoDB's comparison order; types with the same rank compare by value. */
  readonly rank: number;
}

const types: Record<string, BsonType> = {
  MinKey: { number: -1, alias: 'minKey', rank: 0x01 },
  missing: { number: 6, alias: 'undefined', rank: 0x05 },
  null: { number: 10, alias: 'null', rank: 0x0a },
  Double: { number: 1, alias: 'double', rank: 0x10 },
  Int32: { number: 16, alias: 'int', rank: 0x10 },
  Long: { number: 18, alias: 'long', rank: 0x10 },
  Decimal128: { number: 19, alias: 'decimal', rank: 0x10 },
  string: { number: 2, alias: 'string', rank: 0x15 },
  BSONSymbol: { number: 14, alias: 'symbol', rank: 0x15 },
  object: { number: 3, alias: 'object', rank: 0x20 },
  array: { number: 4, alias: 'array', rank: 0x25 },
  Binary: { number: 5, alias: 'binData', rank: 0x30 },
  ObjectId: { number: 7, alias: 'objectId', rank: 0x35 },
  boolean: { number: 8, alias: 'bool', rank: 0x40 },
  date: { number: 9, alias: 'date', rank: 0x45 },
  Timestamp: { number: 17, alias: 'timestamp', rank: 0x4a },
  BSONRegExp: { number: 11, alias: 'regex', rank: 0x50 },
  Code: { number: 13, alias: 'javascript', rank: 0x60 },
  MaxKey: { number: 127, alias: 'maxKey', rank: 0x7f },
};

function typeKey(value: Value): string {
  switch (typeof value) {
    case 'undefined':
      return 'missing';
    case 'string':
      return 'string';
    case 'boolean':
      return 'boolean';
    default: {
      if (value === null) return 'null';
      if (Array.isArray(value)) return 'array';
      if (value instanceof Date) return 'date';
      const tag = bsonTag(value);
      return tag === undefined || tag === 'DBRef' ? 'object' : tag;
    }
  }
}

/** The BSON type of a value; `undefined` (a missing field or an empty array's index key) sorts before null. */
export function typeOf(value: Value): BsonType {
  const type = types[typeKey(value)];
  if (!type) throw new Error(`no BSON type for ${String(value)}`);
  return type;
}

/** The types `$type` can name: the alias or number of one, or `number` for all four numeric ones. */
export function typeNumbersOf(aliasOrNumber: string | number): readonly number[] | undefined {
  if (aliasOrNumber === 'number') return [1, 16, 18, 19];
  const found = Object.values(types).find((t) => t.alias === aliasOrNumber || t.number === aliasOrNumber);
  return found && found.number !== 6 ? [found.number] : undefined;
}
