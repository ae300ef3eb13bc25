import { DomainError } from '../domain/errors.ts';
import type { Collection, Filter } from './collection.ts';
import { decodeCursor, encodeCursor, listFingerprint, type Position } from './cursor.ts';
import type { Page, PageRequest } from './store.ts';

/** One list, as its page is asked for. */
export interface ListRequest<R> {
  list: string;
  /** What the user chose; a cursor is bound to it. */
  filter: object;
  /** Each is one query that an index serves; the list is their union. */
  branches: Filter[];
  orderBy: string & keyof R;
  direction: 1 | -1;
  page: PageRequest;
}

/**
 * Answers one page of the union of several queries in a total order (a number, then the identifier), so that what
 * is added or ends meanwhile neither repeats nor hides an item.
 * @throws DomainError INVALID_CURSOR, INVALID_INPUT
 */
export async function findPage<R extends { _id: string }>(
  collection: Collection<R>,
  request: ListRequest<R>,
): Promise<Page<R>> {
  const { branches, orderBy, direction, page } = request;
  if (!Number.isInteger(page.limit) || page.limit < 1 || page.limit > 100) {
    const error = { field: '/limit', rule: 'range', params: { minimum: 1, maximum: 100 } };
    throw new DomainError('INVALID_INPUT', { errors: [error] });
  }
  const list = listFingerprint(request.list, request.filter);
  const after = page.cursor === null ? null : decodeCursor(list, page.cursor);
  const found = await Promise.all(
    branches.map((branch) =>
      collection.find(after === null ? branch : { $and: [branch, beyond(orderBy, direction, after)] }, {
        sort: { [orderBy]: direction, _id: direction },
        limit: page.limit + 1,
      }),
    ),
  );
  const unique = new Map(found.flat().map((record) => [record._id, record]));
  const ordered = [...unique.values()].sort((a, b) => direction * compare(a, b, orderBy));
  const items = ordered.slice(0, page.limit);
  const last = items.at(-1);
  const hasMore = ordered.length > page.limit && last !== undefined;
  return {
    items,
    next: hasMore ? encodeCursor(list, { value: last[orderBy] as number, id: last._id }) : null,
  };
}

/** The range first, so that an index can begin there; then what of the same instant comes later. */
function beyond(orderBy: string, direction: 1 | -1, { value, id }: Position): Filter {
  const [from, past] = direction === 1 ? (['$gte', '$gt'] as const) : (['$lte', '$lt'] as const);
  return {
    [orderBy]: { [from]: value },
    $or: [{ [orderBy]: { [past]: value } }, { _id: { [past]: id } }],
  };
}

/** Identifiers in the order of their bytes, as the database has it. */
function compare<R extends { _id: string }>(a: R, b: R, orderBy: keyof R): number {
  const difference = (a[orderBy] as number) - (b[orderBy] as number);
  return difference !== 0 ? difference : Buffer.compare(Buffer.from(a._id), Buffer.from(b._id));
}
