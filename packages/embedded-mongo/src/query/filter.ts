import type { BSONRegExp } from 'bson';
import { badValue } from '../errors.ts';
import { lookup } from '../values/paths.ts';
import type { Document, Value } from '../values/value.ts';
import { bsonTag, isDocument } from '../values/value.ts';
import { compileOperator, regexPredicate } from './operators.ts';
import { elementMatch, type Match, type Predicate } from './predicate.ts';

/** A condition on one dotted path. */
export interface PathNode {
  readonly kind: 'path';
  readonly path: string;
  readonly parts: readonly string[];
  readonly predicate: Predicate;
}

/** A filter read and checked: conditions joined by `$and`, `$or` and `$nor`. */
export type FilterNode =
  | PathNode
  | { readonly kind: 'and' | 'or' | 'nor'; readonly children: readonly FilterNode[] };

/** Reads a filter, refusing every operator that is not supported. */
export function compileFilter(filter: Document): FilterNode {
  const children: FilterNode[] = [];
  for (const key of Object.keys(filter)) {
    const operand = filter[key];
    if (!key.startsWith('$')) children.push(...compilePath(key, operand));
    else if (key === '$and' || key === '$or' || key === '$nor')
      children.push({ kind: key.slice(1) as 'and' | 'or' | 'nor', children: branches(key, operand) });
    else throw badValue(`unknown top level operator: ${key}`);
  }
  return children.length === 1 ? (children[0] as FilterNode) : { kind: 'and', children };
}

function branches(operator: string, operand: Value): FilterNode[] {
  if (!Array.isArray(operand) || operand.length === 0)
    throw badValue(`${operator} argument must be a nonempty array`);
  return operand.map((branch) => {
    if (!isDocument(branch)) throw badValue(`${operator} argument's entries must be objects`);
    return compileFilter(branch);
  });
}

function compilePath(path: string, operand: Value): PathNode[] {
  const parts = path.split('.');
  return compileCondition(operand).map((predicate) => ({ kind: 'path', path, parts, predicate }));
}

/** Tells `{$gt: 1}` from the literal document `{a: 1}`. */
export function isOperatorDocument(value: Value): value is Document {
  return isDocument(value) && Object.keys(value)[0]?.startsWith('$') === true;
}

/** Every operator that joins conditions. */
export const joining: ReadonlySet<string> = new Set(['$and', '$or', '$nor']);

/** Tells whether a document that begins with `$` is a filter, `{$or: […]}`, rather than operators on one value. */
export function opensFilter(value: Document): boolean {
  return joining.has(Object.keys(value)[0] ?? '');
}

/** Reads what stands to the right of a path: a literal, a regular expression, or operators. */
export function compileCondition(operand: Value): Predicate[] {
  if (bsonTag(operand) === 'BSONRegExp') return [regexPredicate(operand as BSONRegExp)];
  if (!isOperatorDocument(operand)) return [compileOperator('$eq', operand, {}, compilers)];
  const predicates: Predicate[] = [];
  for (const operator of Object.keys(operand)) {
    if (operator === '$options' && '$regex' in operand) continue;
    predicates.push(compileOperator(operator, operand[operator], operand, compilers));
  }
  return predicates;
}

/** What the operators `$not` and `$elemMatch` need of this file. */
const compilers = {
  condition: compileCondition,
  filter: (filter: Document) => {
    const node = compileFilter(filter);
    return (document: Value) => matchNode(node, document) !== undefined;
  },
  isOperatorDocument,
  opensFilter,
};

/** The position of the array item that made the document match (-1 when none did), or undefined when it does not match. */
export function matchNode(node: FilterNode, document: Value): Match {
  switch (node.kind) {
    case 'path':
      return node.predicate.test(lookup(document, node.parts));
    case 'and': {
      let position = -1;
      for (const child of node.children) {
        const match = matchNode(child, document);
        if (match === undefined) return undefined;
        if (match >= 0) position = match;
      }
      return position;
    }
    case 'or':
      for (const child of node.children) {
        const match = matchNode(child, document);
        if (match !== undefined) return match;
      }
      return undefined;
    case 'nor':
      return node.children.some((child) => matchNode(child, document) !== undefined) ? undefined : -1;
  }
}

/** The top-level fields that a filter looks at. */
export function rootsOf(node: FilterNode): string[] {
  return node.kind === 'path' ? [node.parts[0] as string] : node.children.flatMap(rootsOf);
}

/** Tells whether one array item meets a condition, as `$pull` and array filters ask. */
export function matchesElement(predicates: readonly Predicate[], item: Value): boolean {
  return predicates.every((predicate) => elementMatch(predicate, item));
}
