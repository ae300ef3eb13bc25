import { runDelete } from '../commands/modify.ts';
import { compileFilter } from '../query/filter.ts';
import type { Collection } from '../storage/catalog.ts';
import type { Index } from '../storage/collectionIndex.ts';
import type { Store } from '../storage/store.ts';
import { find } from '../storage/view.ts';
import type { Document } from '../values/value.ts';
import { isDocument } from '../values/value.ts';
import { compact } from './compaction.ts';
import type { Dispatcher } from './dispatcher.ts';
import { createPatrol } from './patrol.ts';

const ttlEveryMs = 1000;
const forgetEveryMs = 60_000;

/** Every second deletes expired documents, gives free space back and looks at some documents' index entries; every minute forgets idle cursors, old replies and ended transactions. What it gives back ends that, after what is under way. */
export function startHousekeeping(
  store: Store,
  dispatcher: Dispatcher,
  log: (line: string) => void,
): () => Promise<void> {
  let working: Promise<void> | undefined;
  let isOver = false;
  const say = changesOnly(log);
  const patrol = createPatrol(store, log);
  const ttl = setInterval(() => {
    working ??= sweep(store, dispatcher)
      .then(() => compact(store, dispatcher.queue, () => isOver))
      .then(patrol)
      .then(() => say(undefined))
      .catch((error) => say(`expiry or compaction failed: ${error.message}`))
      .finally(() => {
        working = undefined;
      });
  }, ttlEveryMs);
  const forget = setInterval(() => {
    const now = Date.now();
    dispatcher.cursors.expire(now);
    dispatcher.sessions.expire(now);
    dispatcher.queue
      .submit(() => {
        dispatcher.retries.expire(now);
        return { ok: 1 };
      }, undefined)
      .catch((error) => log(`forgetting old replies failed: ${error.message}`));
  }, forgetEveryMs);
  return async () => {
    clearInterval(ttl);
    clearInterval(forget);
    isOver = true;
    await working;
  };
}

/** A fault that lasts is told once, not every second. */
function changesOnly(log: (line: string) => void): (line: string | undefined) => void {
  let last: string | undefined;
  return (line) => {
    if (line !== undefined && line !== last) log(line);
    last = line;
  };
}

async function sweep(store: Store, dispatcher: Dispatcher): Promise<void> {
  for (const collection of store.catalog.all())
    for (const index of collection.indexes)
      if (index.expireAfterSeconds !== undefined) await expire(store, dispatcher, collection, index);
}

async function expire(
  store: Store,
  dispatcher: Dispatcher,
  collection: Collection,
  index: Index,
): Promise<void> {
  const filter = compileFilter(expiredFilter(index));
  const hasExpired = find(store.plain, collection, { filter, limit: 1 }).records.next().done === false;
  if (!hasExpired) return;
  await dispatcher.queue.submit(() => {
    const request = {
      body: {},
      database: '',
      store,
      workspace: store.plain,
      cursors: dispatcher.cursors,
      session: undefined,
      transaction: undefined,
      timeLimit: { until: undefined },
    };
    return { n: runDelete(request, collection.ns, filter, true) };
  }, undefined);
}

function expiredFilter({ parts, expireAfterSeconds = 0, spec }: Index): Document {
  const cutoff = new Date(Date.now() - expireAfterSeconds * 1000);
  const expired = { [parts[0]?.path ?? '']: { $lte: cutoff } };
  return isDocument(spec.partialFilterExpression)
    ? { $and: [expired, spec.partialFilterExpression] }
    : expired;
}
