import { MongoError } from '../errors.ts';
import { isTruthy } from '../query/operators.ts';
import { compileProjection } from '../query/projection.ts';
import { writeAt } from '../update/targets.ts';
import type { Document, Value } from '../values/value.ts';
import { cloneValue, isDocument, isNumber, setField } from '../values/value.ts';
import { compileExpression, type Expression } from './expression.ts';

type Shape = (document: Document) => Document;

/** Reads `$project`: fields kept or left out, and fields computed. */
export function compileProject(spec: Value): Shape {
  if (!isDocument(spec) || Object.keys(spec).length === 0)
    throw new MongoError(
      51272,
      'Invalid $project :: caused by :: projection specification must have at least one field',
    );
  const kept: Document = {};
  const computed: { path: string[]; value: Expression }[] = [];
  let excludes = false;
  for (const [path, value] of flatten(spec)) {
    if (isNumber(value) || typeof value === 'boolean') {
      kept[path] = value;
      if (path !== '_id' && !isTruthy(value)) excludes = true;
    } else computed.push({ path: path.split('.'), value: compileExpression(value) });
  }
  if (excludes && computed.length > 0)
    throw new MongoError(31252, 'Cannot compute fields in an exclusion projection');
  if (computed.length === 0) return compileProjection(kept) as Shape;
  const names = new Set(computed.map(({ path }) => path[0]));
  const base = baseOf(kept, names.has('_id'));
  return (document) => {
    const made = base(document);
    for (const { path, value } of computed) {
      const result = value(document);
      if (result !== undefined) writeAt(made, path, result);
    }
    return made;
  };
}

/** What is kept next to computed fields: those listed, and `_id` unless it is refused or computed. */
function baseOf(kept: Document, computesId: boolean): Shape {
  const lists = Object.keys(kept).some((path) => path !== '_id');
  const keepsId = !computesId && (kept._id === undefined || isTruthy(kept._id));
  if (!lists) return (document) => (keepsId && document._id !== undefined ? { _id: document._id } : {});
  const projection = compileProjection({ ...kept, _id: keepsId }) as Shape;
  return (document) => cloneValue(projection(document));
}

/** Nested documents of a projection mean dotted paths. */
function flatten(spec: Document, prefix = ''): [string, Value][] {
  return Object.keys(spec).flatMap((key): [string, Value][] => {
    const value = spec[key];
    const isNested = isDocument(value) && !Object.keys(value)[0]?.startsWith('$');
    if (isNested && Object.keys(value).length === 0)
      throw new MongoError(40180, 'an empty object is not a valid value');
    return isNested ? flatten(value, `${prefix}${key}.`) : [[prefix + key, value]];
  });
}

/** Reads `$set`, also called `$addFields`: fields computed and put on top of the document. */
export function compileSet(spec: Value): Shape {
  if (!isDocument(spec)) throw new MongoError(40272, '$set specification stage must be an object');
  const computed = flatten(spec).map(([path, value]) => ({
    parts: path.split('.'),
    value: compileExpression(value),
  }));
  return (document) => {
    const made = cloneValue(document);
    for (const { parts, value } of computed) assign(made, parts, value(document));
    return made;
  };
}

/** Sets a path in every document it leads to; a scalar on the way gives room to a document. */
function assign(target: Document, parts: readonly string[], value: Value): void {
  const [head = '', ...rest] = parts;
  if (rest.length === 0) {
    if (value === undefined) delete target[head];
    else setField(target, head, value);
    return;
  }
  const inner = target[head];
  if (Array.isArray(inner))
    setField(
      target,
      head,
      inner.map((item) => assigned(isDocument(item) ? item : {}, rest, value)),
    );
  else setField(target, head, assigned(isDocument(inner) ? inner : {}, rest, value));
}

function assigned(target: Document, parts: readonly string[], value: Value): Document {
  assign(target, parts, value);
  return target;
}

/** Reads `$unset`: fields left out. */
export function compileUnset(spec: Value): Shape {
  const paths = Array.isArray(spec) ? spec : [spec];
  if (paths.length === 0) throw new MongoError(31119, '$unset needs at least one field');
  if (!paths.every((path) => typeof path === 'string' && path !== ''))
    throw new MongoError(31002, '$unset specification must be a string or an array of strings');
  return compileProjection(Object.fromEntries(paths.map((path) => [path, false]))) as Shape;
}
