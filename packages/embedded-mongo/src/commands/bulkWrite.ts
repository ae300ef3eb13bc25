import { Long } from 'bson';
import { badValue, MongoError } from '../errors.ts';
import { compileFilter } from '../query/filter.ts';
import { withId } from '../update/storable.ts';
import { toWholeNumber } from '../values/numbers.ts';
import type { Document } from '../values/value.ts';
import { isDocument } from '../values/value.ts';
import type { Command, Request } from './command.ts';
import {
  checkKnown,
  documentList,
  namespaceOf,
  operationList,
  optionalDocument,
  optionalFlag,
} from './command.ts';
import { readUpdate, runDelete, runUpdate } from './modify.ts';
import { runStatements } from './statements.ts';

interface Totals {
  nInserted: number;
  nMatched: number;
  nModified: number;
  nUpserted: number;
  nDeleted: number;
}

type Result = Record<string, unknown>;

/** Writes to several collections in one command and one commit (MongoDB 8.0). */
export const bulkWrite: Command = {
  name: 'bulkWrite',
  fields: ['ops', 'nsInfo', 'ordered', 'errorsOnly', 'bypassDocumentValidation', 'cursor'],
  kind: 'write',
  inTransaction: true,
  run(request) {
    const { body } = request;
    if (request.database !== 'admin')
      throw new MongoError(13, 'bulkWrite may only be run against the admin database.');
    const namespaces = documentList(body.nsInfo, 'bulkWrite.nsInfo').map(readNamespace);
    const operations = operationList(body.ops, 'bulkWrite.ops').map((operation) =>
      readOperation(operation, namespaces),
    );
    checkKnown(optionalDocument(body.cursor, 'cursor'), 'bulkWrite.cursor', ['batchSize']);
    optionalFlag(body.bypassDocumentValidation, 'bypassDocumentValidation');
    const totals: Totals = { nInserted: 0, nMatched: 0, nModified: 0, nUpserted: 0, nDeleted: 0 };
    const results: Result[] = [];
    const errors = runStatements(
      operations,
      optionalFlag(body.ordered, 'ordered') ?? true,
      (operation, idx) => {
        results.push({ ok: 1, idx, ...operation(request, totals) });
      },
    );
    for (const { index, ...error } of errors) results.push({ ok: 0, idx: index, n: 0, ...error });
    results.sort((a, b) => Number(a.idx) - Number(b.idx));
    const shown = optionalFlag(body.errorsOnly, 'errorsOnly')
      ? results.filter(({ ok }) => ok === 0)
      : results;
    return {
      cursor: { id: Long.ZERO, firstBatch: shown, ns: 'admin.$cmd.bulkWrite' },
      nErrors: errors.length,
      ...totals,
      ok: 1,
    };
  },
};

function readNamespace(info: Document): string {
  checkKnown(info, 'bulkWrite.nsInfo', ['ns']);
  if (typeof info.ns !== 'string' || !info.ns.includes('.'))
    throw new MongoError(73, 'Invalid namespace in nsInfo');
  const dot = info.ns.indexOf('.');
  return namespaceOf(info.ns.slice(0, dot), info.ns.slice(dot + 1));
}

/** Checks one operation before any is run. */
function readOperation(
  operation: Document,
  namespaces: readonly string[],
): (request: Request, totals: Totals) => Result {
  const name = Object.keys(operation)[0] ?? '';
  const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
  if (!kind) throw badValue(`bulkWrite operation must be insert, update or delete, not '${name}'`);
  checkKnown(operation, 'bulkWrite.ops', [name, ...kind.fields]);
  const ns = namespaces[toWholeNumber(operation[name], `bulkWrite.ops.${name}`)];
  if (ns === undefined) throw badValue('BulkWrite ops entry has an invalid nsInfo index.');
  return (request, totals) => kind.run(request, ns, operation, totals);
}

interface Kind {
  readonly fields: readonly string[];
  run(request: Request, ns: string, operation: Document, totals: Totals): Result;
}

const kinds: Record<string, Kind> = {
  insert: {
    fields: ['document'],
    run(request, ns, operation, totals) {
      if (!isDocument(operation.document)) throw badValue('bulkWrite insert needs a document');
      request.workspace.insert(request.workspace.ensureCollection(ns), withId(operation.document));
      totals.nInserted++;
      return { n: 1 };
    },
  },
  update: {
    fields: ['filter', 'updateMods', 'multi', 'upsert', 'arrayFilters', 'sort'],
    run(request, ns, operation, totals) {
      const { matched, modified, upserted } = runUpdate(
        request,
        ns,
        readUpdate({
          filter: operation.filter,
          update: operation.updateMods,
          arrayFilters: operation.arrayFilters,
          isMulti: optionalFlag(operation.multi, 'multi'),
          isUpsert: optionalFlag(operation.upsert, 'upsert'),
          sort: operation.sort,
        }),
      );
      totals.nMatched += matched;
      totals.nModified += modified;
      if (upserted) totals.nUpserted++;
      return {
        n: upserted ? 1 : matched,
        nModified: modified,
        ...(upserted ? { upserted: { _id: upserted._id } } : {}),
      };
    },
  },
  delete: {
    fields: ['filter', 'multi'],
    run(request, ns, operation, totals) {
      const filter = compileFilter(optionalDocument(operation.filter, 'filter'));
      const n = runDelete(request, ns, filter, optionalFlag(operation.multi, 'multi') ?? false);
      totals.nDeleted += n;
      return { n };
    },
  },
};
