import { ObjectId } from 'bson';
import { badValue, MongoError } from '../errors.ts';
import type { FilterNode } from '../query/filter.ts';
import { sameValue } from '../values/compare.ts';
import type { Document, Value } from '../values/value.ts';
import { cloneValue, getField } from '../values/value.ts';
import { readAt, writeAt } from './targets.ts';
import type { Update } from './update.ts';

/** Makes the document an upsert inserts: what the filter demands by equality, then the update. */
export function upsertedDocument(filter: FilterNode, update: Update, now: Date): Document {
  const start: Document = {};
  for (const { parts, value } of equalities(filter)) {
    if (update.isReplacement && parts[0] !== '_id') continue;
    if (readAt(start, parts) !== undefined && !sameValue(readAt(start, parts), value))
      throw new MongoError(
        54,
        `cannot infer query fields to set, path '${parts.join('.')}' is matched twice`,
      );
    writeAt(start, parts, cloneValue(value));
  }
  const made = update.apply(start, { matched: -1, inserting: true, now });
  const id = getField(made, '_id');
  const { _id, ...fields } = made;
  return { _id: id === undefined ? new ObjectId() : id, ...fields };
}

function equalities(node: FilterNode): { parts: readonly string[]; value: Value }[] {
  if (node.kind === 'and' || (node.kind === 'or' && node.children.length === 1))
    return node.children.flatMap(equalities);
  if (node.kind !== 'path') return [];
  const { operator, operand } = node.predicate;
  const single = operator === '$all' && Array.isArray(operand) && operand.length === 1;
  if (operator !== '$eq' && !single) return [];
  if (node.parts.some((part) => part.startsWith('$'))) throw badValue(`bad path '${node.path}'`);
  return [{ parts: node.parts, value: single ? (operand as Value[])[0] : operand }];
}
