import { failedToParse } from '../errors.ts';
import { compileFilter } from '../query/filter.ts';
import { compileProjection } from '../query/projection.ts';
import { parseSort } from '../query/sort.ts';
import type { Document } from '../values/value.ts';
import type { Command, Reply, Request } from './command.ts';
import { namespaceOf, optionalDocument, optionalFlag } from './command.ts';
import { findTargets, readUpdate, runUpdate } from './modify.ts';

/** Changes or deletes one document and answers with it, as it was or as it is now. */
export const findAndModify: Command = {
  name: 'findAndModify',
  fields: [
    'query',
    'sort',
    'remove',
    'update',
    'new',
    'fields',
    'upsert',
    'arrayFilters',
    'bypassDocumentValidation',
  ],
  kind: 'write',
  inTransaction: true,
  run(request) {
    const { body } = request;
    const ns = namespaceOf(request.database, body.findAndModify);
    optionalFlag(body.bypassDocumentValidation, 'bypassDocumentValidation');
    const projection = compileProjection(body.fields);
    const shown = (document: Document | undefined) =>
      document === undefined ? null : projection ? projection(document) : document;
    if (optionalFlag(body.remove, 'remove')) return removeOne(request, ns, shown);
    if (body.update === undefined) throw failedToParse('Either an update or remove=true must be specified');
    const outcome = runUpdate(
      request,
      ns,
      readUpdate({
        filter: body.query,
        update: body.update,
        arrayFilters: body.arrayFilters,
        isUpsert: optionalFlag(body.upsert, 'upsert'),
        sort: body.sort,
      }),
    );
    const { upserted, before, after, matched } = outcome;
    return {
      lastErrorObject: {
        n: upserted ? 1 : matched,
        updatedExisting: matched > 0,
        ...(upserted ? { upserted: upserted._id } : {}),
      },
      value: shown(optionalFlag(body.new, 'new') ? after : before),
      ok: 1,
    };
  },
};

function removeOne(request: Request, ns: string, shown: (document: Document | undefined) => unknown): Reply {
  const { body } = request;
  if (body.update !== undefined) throw failedToParse('Cannot specify both an update and remove=true');
  if (optionalFlag(body.upsert, 'upsert'))
    throw failedToParse('Cannot specify both upsert=true and remove=true');
  if (optionalFlag(body.new, 'new')) throw failedToParse('Cannot specify both new=true and remove=true');
  const filter = compileFilter(optionalDocument(body.query, 'query'));
  const [target] = findTargets(request, ns, filter, { sort: parseSort(body.sort), isMulti: false });
  const collection = request.workspace.collection(ns);
  if (target && collection) request.workspace.remove(collection, target);
  return { lastErrorObject: { n: target ? 1 : 0 }, value: shown(target?.document), ok: 1 };
}
