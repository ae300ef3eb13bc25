import { type FilterNode, matchNode } from '../query/filter.ts';
import type { Predicate } from '../query/predicate.ts';
import { sameValue } from '../values/compare.ts';
import type { Value } from '../values/value.ts';

/** Tells whether every match of the conditions satisfies a partial index's own filter. */
export function impliesPartial(
  partial: FilterNode,
  conditions: ReadonlyMap<string, readonly Predicate[]>,
): boolean {
  if (partial.kind === 'and') return partial.children.every((child) => impliesPartial(child, conditions));
  if (partial.kind !== 'path') return false;
  return (conditions.get(partial.path) ?? []).some((condition) => implies(condition, partial.predicate));
}

function implies(given: Predicate, wanted: Predicate): boolean {
  if (given.operator === wanted.operator && sameValue(given.operand, wanted.operand)) return true;
  const values = valuesOf(given);
  if (values)
    return values.every((value) => value !== null && !Array.isArray(value) && passes(wanted, value));
  // A range excludes missing fields.
  const isExistence = wanted.operator === '$exists' && wanted.operand !== false;
  return isExistence && ['$gt', '$gte', '$lt', '$lte'].includes(given.operator) && given.operand !== null;
}

function valuesOf({ operator, operand }: Predicate): Value[] | undefined {
  if (operator === '$eq') return [operand];
  return operator === '$in' ? (operand as Value[]) : undefined;
}

function passes(predicate: Predicate, value: Value): boolean {
  const node: FilterNode = { kind: 'path', path: 'value', parts: ['value'], predicate };
  return matchNode(node, { value }) !== undefined;
}
