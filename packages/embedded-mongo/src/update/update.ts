import { badValue, failedToParse, MongoError } from '../errors.ts';
import { compileFilter, matchNode } from '../query/filter.ts';
import { sameValue } from '../values/compare.ts';
import { arrayIndex } from '../values/paths.ts';
import type { Document, Value } from '../values/value.ts';
import { cloneValue, getField, isDocument, setField } from '../values/value.ts';
import { type FieldChange, fieldOperators } from './operators.ts';
import { type ConcretePath, readAt, removeAt, resolvePath, writeAt } from './targets.ts';

/** What applying an update to one document depends on. */
export interface UpdateContext {
  /** Position of the array item the query matched, or -1. */
  readonly matched: number;
  /** True when the document is being made by an upsert. */
  readonly inserting: boolean;
  readonly now: Date;
}

/** An update read and checked: either a whole new document or changes of fields. */
export interface Update {
  readonly isReplacement: boolean;
  /** Gives the changed copy of a document. */
  apply(document: Document, context: UpdateContext): Document;
}

/** Reads an update, refusing pipelines and operators that are not supported. */
export function compileUpdate(spec: Value, arrayFilters: Value): Update {
  if (Array.isArray(spec)) throw badValue('updates by aggregation pipeline are not supported');
  if (!isDocument(spec)) throw failedToParse('Update argument must be a document');
  if (Object.keys(spec)[0]?.startsWith('$')) return operatorUpdate(spec, arrayFilters);
  if (Array.isArray(arrayFilters) && arrayFilters.length > 0)
    throw failedToParse('arrayFilters may not be specified for a replacement');
  for (const key of Object.keys(spec))
    if (key.startsWith('$'))
      throw failedToParse(`The replacement document must not contain the operator ${key}`);
  return { isReplacement: true, apply: (document) => replace(document, spec) };
}

function replace(document: Document, replacement: Document): Document {
  const id = getField(document, '_id');
  const { _id: given, ...fields } = cloneValue(replacement);
  if (given !== undefined && id !== undefined && !sameValue(given, id)) throw immutableId();
  const kept = id === undefined ? given : id;
  return kept === undefined ? fields : { _id: kept, ...fields };
}

function immutableId(): MongoError {
  return new MongoError(66, "Performing an update on the path '_id' would modify the immutable field '_id'");
}

interface Modification {
  readonly operator: string;
  readonly path: string;
  readonly parts: readonly string[];
  readonly change?: FieldChange;
  /** The target of a `$rename`. */
  readonly to?: readonly string[];
}

function operatorUpdate(spec: Document, arrayFilters: Value): Update {
  const modifications = Object.keys(spec).flatMap((operator) => readOperator(operator, spec[operator]));
  checkStaticConflicts(modifications);
  modifications.sort((a, b) => comparePaths(a.parts, b.parts));
  const filters = compileArrayFilters(arrayFilters, modifications);
  if (modifications.every(isOfField)) return fieldUpdate(modifications);
  return {
    isReplacement: false,
    apply(document, context) {
      const copy = cloneValue(document);
      const positions = { matched: context.matched, arrayFilters: filters };
      const steps = modifications
        .filter(({ operator }) => operator !== '$setOnInsert' || context.inserting)
        .flatMap((modification) =>
          resolvePath(document, modification.parts, positions).map((path) => ({ modification, path })),
        );
      checkConflicts(steps.map(({ path }) => path));
      for (const { modification, path } of steps) applyStep(copy, modification, path, context);
      return withItsId(copy, document);
    },
  };
}

function withItsId(copy: Document, document: Document): Document {
  if (document._id !== undefined && !sameValue(copy._id, document._id)) throw immutableId();
  if (document._id !== undefined) copy._id = document._id;
  return copy;
}

const fieldOnly = new Set(['$set', '$setOnInsert', '$inc', '$unset']);

/** Most updates give new values to fields of the document itself. */
const isOfField = ({ operator, parts }: Modification): boolean =>
  fieldOnly.has(operator) && parts.length === 1;

/** Changes fields of the document itself: what the others hold is shared with the document as it was. */
function fieldUpdate(modifications: readonly Modification[]): Update {
  return {
    isReplacement: false,
    apply(document, { inserting, now }) {
      const copy = { ...document };
      for (const { operator, path, change } of modifications) {
        if (operator === '$setOnInsert' && !inserting) continue;
        if (operator === '$unset') delete copy[path];
        const changed = change?.(getField(copy, path), now);
        if (changed !== undefined) setField(copy, path, changed);
      }
      return withItsId(copy, document);
    },
  };
}

/** Every update operator this server has. */
export const updateOperators: readonly string[] = [...Object.keys(fieldOperators), '$unset', '$rename'];

function readOperator(operator: string, operands: Value): Modification[] {
  if (!updateOperators.includes(operator)) throw failedToParse(`Unknown modifier: ${operator}`);
  if (!isDocument(operands))
    throw failedToParse(
      `Modifiers operate on fields but ${operator} was given a value that is not a document`,
    );
  return Object.keys(operands).map((path) => {
    const parts = checkedPath(path);
    const operand = operands[path];
    if (operator === '$unset') return { operator, path, parts };
    if (operator === '$rename') return { operator, path, parts, to: renameTarget(parts, operand) };
    const compile = fieldOperators[operator] as (typeof fieldOperators)[string];
    return { operator, path, parts, change: compile(operand, path) };
  });
}

const positional = /^\$(\[([a-z][a-zA-Z0-9]*)?\])?$/;

function checkedPath(path: string): string[] {
  const parts = path.split('.');
  for (const part of parts) {
    if (part === '') throw new MongoError(56, `The update path '${path}' contains an empty field name`);
    if (part.startsWith('$') && !positional.test(part))
      throw new MongoError(52, `The dollar ($) prefixed field '${part}' in '${path}' is not allowed`);
  }
  if (parts[0]?.startsWith('$')) throw badValue(`Cannot have a positional element at the start of '${path}'`);
  return parts;
}

function renameTarget(from: readonly string[], operand: Value): string[] {
  if (typeof operand !== 'string') throw badValue("The 'to' field for $rename must be a string");
  const to = checkedPath(operand);
  if ([...from, ...to].some((part) => part.startsWith('$')))
    throw badValue('$rename may not have a positional element');
  return to;
}

function applyStep(copy: Document, step: Modification, path: ConcretePath, context: UpdateContext): void {
  if (step.operator === '$unset') removeAt(copy, path);
  else if (step.to) rename(copy, path, step.to);
  else if (step.change) {
    const changed = step.change(readAt(copy, path), context.now);
    if (changed !== undefined) writeAt(copy, path, changed);
  }
}

function rename(copy: Document, from: ConcretePath, to: ConcretePath): void {
  for (const path of [from, to])
    for (let i = 1; i < path.length; i++)
      if (Array.isArray(readAt(copy, path.slice(0, i))))
        throw badValue(`The path '${path.join('.')}' of $rename may not go through an array`);
  const value = readAt(copy, from);
  if (value === undefined) return;
  removeAt(copy, from);
  writeAt(copy, to, value);
}

function checkStaticConflicts(modifications: readonly Modification[]): void {
  checkConflicts(modifications.flatMap(({ parts, to }) => (to ? [parts, to] : [parts])));
}

function checkConflicts(paths: readonly ConcretePath[]): void {
  const sorted = paths.map((path) => `${path.join('.')}.`).sort();
  for (let i = 1; i < sorted.length; i++)
    if (sorted[i]?.startsWith(sorted[i - 1] as string))
      throw new MongoError(
        40,
        `Updating the path '${sorted[i]?.slice(0, -1)}' would create a conflict at '${sorted[i - 1]?.slice(0, -1)}'`,
      );
}

/** Fields are applied in order of name, positions in order of number, so that new fields land where MongoDB puts them. */
function comparePaths(a: readonly string[], b: readonly string[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const x = a[i] as string;
    const y = b[i] as string;
    if (x === y) continue;
    const [p, q] = [arrayIndex(x), arrayIndex(y)];
    return p !== undefined && q !== undefined ? p - q : x < y ? -1 : 1;
  }
  return a.length - b.length;
}

function compileArrayFilters(
  specs: Value,
  modifications: readonly Modification[],
): Map<string, (item: Value) => boolean> {
  const filters = new Map<string, (item: Value) => boolean>();
  if (specs === undefined) return filters;
  if (!Array.isArray(specs)) throw typeErrorOfArrayFilters();
  const used = new Set(modifications.flatMap(({ parts }) => parts));
  for (const spec of specs) {
    if (!isDocument(spec)) throw typeErrorOfArrayFilters();
    const names = new Set(identifiers(spec));
    const [name] = names;
    if (name === undefined || names.size !== 1 || !/^[a-z][a-zA-Z0-9]*$/.test(name))
      throw failedToParse(
        'Each array filter must use exactly one identifier, which begins with a small letter',
      );
    if (filters.has(name)) throw failedToParse(`Found multiple array filters with the identifier ${name}`);
    if (!used.has(`$[${name}]`))
      throw failedToParse(`The array filter for identifier '${name}' was not used in the update`);
    const node = compileFilter(spec);
    filters.set(name, (item) => matchNode(node, { [name]: item }) !== undefined);
  }
  return filters;
}

function typeErrorOfArrayFilters(): MongoError {
  return new MongoError(14, 'arrayFilters must be an array of documents');
}

function identifiers(filter: Document): string[] {
  return Object.keys(filter).flatMap((key) => {
    const value = filter[key];
    if (!key.startsWith('$')) return [key.split('.')[0] as string];
    return Array.isArray(value) ? value.filter(isDocument).flatMap(identifiers) : [];
  });
}
