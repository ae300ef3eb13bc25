import { failedToParse } from '../errors.ts';
import { compileFilter } from '../query/filter.ts';
import { withId } from '../update/storable.ts';
import { toWholeNumber } from '../values/numbers.ts';
import type { Value } from '../values/value.ts';
import type { Command, Request } from './command.ts';
import { checkKnown, namespaceOf, operationList, optionalDocument, optionalFlag } from './command.ts';
import { readUpdate, runDelete, runUpdate } from './modify.ts';
import { runStatements, writeErrorsOf } from './statements.ts';

/** Options that change nothing here: there is no validation to bypass. */
const harmless = ['ordered', 'bypassDocumentValidation'];

function isOrdered({ body }: Request): boolean {
  optionalFlag(body.bypassDocumentValidation, 'bypassDocumentValidation');
  return optionalFlag(body.ordered, 'ordered') ?? true;
}

/** Stores new documents. */
export const insert: Command = {
  name: 'insert',
  fields: ['documents', ...harmless],
  kind: 'write',
  inTransaction: true,
  run(request) {
    const ns = namespaceOf(request.database, request.body.insert);
    const documents = operationList(request.body.documents, 'insert.documents');
    const collection = request.workspace.ensureCollection(ns);
    let n = 0;
    const errors = runStatements(documents, isOrdered(request), (document) => {
      request.workspace.insert(collection, withId(document));
      n++;
    });
    return { n, ...writeErrorsOf(errors), ok: 1 };
  },
};

const updateFields = ['q', 'u', 'multi', 'upsert', 'arrayFilters', 'sort'];

/** Changes or replaces documents, or with `upsert` makes one. */
export const update: Command = {
  name: 'update',
  fields: ['updates', ...harmless],
  kind: 'write',
  inTransaction: true,
  run(request) {
    const ns = namespaceOf(request.database, request.body.update);
    const upserted: { index: number; _id: unknown }[] = [];
    let n = 0;
    let nModified = 0;
    const statements = operationList(request.body.updates, 'update.updates');
    for (const statement of statements) checkKnown(statement, 'update.updates', updateFields);
    const errors = runStatements(statements, isOrdered(request), (statement, index) => {
      const outcome = runUpdate(
        request,
        ns,
        readUpdate({
          filter: statement.q,
          update: statement.u,
          arrayFilters: statement.arrayFilters,
          isMulti: optionalFlag(statement.multi, 'multi'),
          isUpsert: optionalFlag(statement.upsert, 'upsert'),
          sort: statement.sort,
        }),
      );
      n += outcome.upserted ? 1 : outcome.matched;
      nModified += outcome.modified;
      if (outcome.upserted) upserted.push({ index, _id: outcome.upserted._id });
    });
    return { n, nModified, ...(upserted.length > 0 ? { upserted } : {}), ...writeErrorsOf(errors), ok: 1 };
  },
};

/** Deletes documents. */
export const remove: Command = {
  name: 'delete',
  fields: ['deletes', ...harmless],
  kind: 'write',
  inTransaction: true,
  run(request) {
    const ns = namespaceOf(request.database, request.body.delete);
    const statements = operationList(request.body.deletes, 'delete.deletes');
    for (const statement of statements) checkKnown(statement, 'delete.deletes', ['q', 'limit']);
    const deletes = statements.map(({ q, limit }) => ({ q, isMulti: deletesAll(limit) }));
    let n = 0;
    const errors = runStatements(deletes, isOrdered(request), ({ q, isMulti }) => {
      n += runDelete(request, ns, compileFilter(optionalDocument(q, 'q')), isMulti);
    });
    return { n, ...writeErrorsOf(errors), ok: 1 };
  },
};

function deletesAll(limit: Value): boolean {
  const most = toWholeNumber(limit, 'delete.deletes.limit');
  if (most !== 0 && most !== 1)
    throw failedToParse(`The limit field in delete objects must be 0 or 1. Got ${most}`);
  return most === 0;
}
