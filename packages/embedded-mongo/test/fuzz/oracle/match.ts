import { compare, type Doc, equal, exact, isDoc, isNumber, Refusal, typeRank, type Value } from './values.ts';

/** Tells whether a document matches a filter, as MongoDB's manual describes query operators. */
export function matches(document: Value, filter: Doc): boolean {
  return Object.entries(filter).every(([key, operand]) => {
    if (key === '$and') return (operand as Doc[]).every((one) => matches(document, one));
    if (key === '$or') return (operand as Doc[]).some((one) => matches(document, one));
    if (key === '$nor') return !(operand as Doc[]).some((one) => matches(document, one));
    return condition(ends(document, key.split('.')), operand);
  });
}

/**
 * All values that a dotted path leads to; arrays on the way are gone through, a position leads to its item. `undefined`
 * stands for a document, or a value that is none, on which the path breaks off; items that are no documents are passed over.
 */
export function ends(value: Value, path: string[]): Value[] {
  const [first, ...rest] = path;
  if (first === undefined) return [value];
  if (isDoc(value)) return Object.hasOwn(value, first) ? ends(value[first], rest) : [undefined];
  if (!Array.isArray(value)) return [undefined];
  const through = value.filter(isDoc).flatMap((item) => ends(item, path));
  if (!/^\d+$/.test(first)) return through;
  const at = Number(first) < value.length ? ends(value[Number(first)], rest) : [];
  return [...through.filter((end) => end !== undefined), ...at];
}

export const isOperators = (value: Value): value is Doc =>
  isDoc(value) && Object.keys(value)[0]?.startsWith('$') === true;

/** Whether the values at the end of a path meet a literal or all of some operators. */
export function condition(found: Value[], operand: Value): boolean {
  if (operand instanceof RegExp) return any(found, (value) => likes(value, operand));
  if (!isOperators(operand)) return any(found, (value) => equal(value, operand));
  return Object.entries(operand).every(([operator, right]) => {
    if (operator === '$options') return true;
    return operatorHolds(found, operator, right, operand);
  });
}

/** A value counts, and each item of an array. */
const any = (found: Value[], passes: (value: Value) => boolean): boolean =>
  found.some((value) => passes(value) || (Array.isArray(value) && value.some(passes)));

const likes = (value: Value, pattern: RegExp): boolean => typeof value === 'string' && pattern.test(value);

function operatorHolds(found: Value[], operator: string, right: Value, all: Doc): boolean {
  switch (operator) {
    case '$eq':
      return any(found, (value) => equal(value, right));
    case '$ne':
      return !any(found, (value) => equal(value, right));
    case '$gt':
      return any(found, (value) => ordered(value, right, (order) => order > 0));
    case '$gte':
      return any(found, (value) => ordered(value, right, (order) => order >= 0));
    case '$lt':
      return any(found, (value) => ordered(value, right, (order) => order < 0));
    case '$lte':
      return any(found, (value) => ordered(value, right, (order) => order <= 0));
    case '$in':
      return isIn(found, right as Value[]);
    case '$nin':
      return !isIn(found, right as Value[]);
    case '$exists':
      return found.some((value) => value !== undefined) === right;
    case '$type':
      return any(found, (value) => value !== undefined && isOfType(value, right as string));
    case '$size':
      return found.some((value) => Array.isArray(value) && BigInt(value.length) === exact(right));
    case '$mod':
      return any(found, (value) => leaves(value, right as Value[]));
    case '$all':
      return (right as Value[]).length > 0 && (right as Value[]).every((one) => condition(found, one));
    case '$elemMatch':
      return found.some(
        (value) => Array.isArray(value) && value.some((item) => isElement(item, right as Doc)),
      );
    case '$not':
      return !condition(found, right);
    case '$regex':
      return any(found, (value) => likes(value, new RegExp(right as string, (all.$options as string) ?? '')));
    default:
      throw new Refusal(`unknown operator ${operator}`);
  }
}

/** Whether an item of an array meets an `$elemMatch`: operators on the item itself, or a filter on a document. */
export function isElement(item: Value, operand: Doc): boolean {
  if (isOperators(operand) && !['$and', '$or', '$nor'].includes(Object.keys(operand)[0] as string))
    return condition([item], operand);
  return isDoc(item) && matches(item, operand);
}

/** Values of one type compare; a null equals what is missing; NaN is neither less nor more than a number. */
function ordered(value: Value, right: Value, accepts: (order: number) => boolean): boolean {
  if (typeRank(value) !== typeRank(right)) return false;
  if (isNumber(right) && isNotANumber(value) !== isNotANumber(right)) return false;
  return accepts(compare(value, right));
}

const isNotANumber = (value: Value) => Number.isNaN(Number(exact(value)));

const isIn = (found: Value[], list: Value[]): boolean =>
  any(found, (value) => list.some((one) => (one instanceof RegExp ? likes(value, one) : equal(value, one))));

function leaves(value: Value, [divisor, remainder]: Value[]): boolean {
  if (!isNumber(value) || !Number.isFinite(Number(exact(value)))) return false;
  const number = exact(value);
  const whole = typeof number === 'bigint' ? number : BigInt(Math.trunc(number));
  return whole % (exact(divisor) as bigint) === exact(remainder);
}

function isOfType(value: Value, name: string): boolean {
  const names: Record<string, string> = {
    Int32: 'int',
    Long: 'long',
    Double: 'double',
    ObjectId: 'objectId',
  };
  const tagged = names[(value as { _bsontype?: string } | null)?._bsontype ?? ''];
  if (name === 'number') return isNumber(value);
  if (tagged !== undefined) return tagged === name;
  const plain = ['', 'null', '', 'string', 'object', 'array', '', 'bool', 'date'];
  return plain[typeRank(value)] === name;
}
