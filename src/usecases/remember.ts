import type { Tx } from '../store/store.ts';
import type { Core, RequestContext } from './dependencies.ts';

/** Writes down, with the effect itself, that a request with an Idempotency-Key was done and what it made. */
export async function remember(
  core: Pick<Core, 'store' | 'realNow'>,
  context: Pick<RequestContext, 'idempotency'>,
  tx: Tx,
  resource: { kind: string; id: string },
): Promise<void> {
  if (context.idempotency === null) return;
  await core.store.idempotency.insert(tx, {
    ...context.idempotency,
    resource,
    response: null,
    createdAt: core.realNow(),
  });
}
