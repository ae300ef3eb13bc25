import { authorize } from '../../domain/access.ts';
import type { LocalizedText } from '../../domain/json.ts';
import type { Body, BodyKind } from '../../domain/party.ts';
import { accountEvent } from '../accounts/accountEvent.ts';
import type { RequestContext } from '../dependencies.ts';
import { remember } from '../remember.ts';
import { type BodyDependencies, checkBody } from './checkBody.ts';

/**
 * Opens an administration that will give opinions or keep a secretariat.
 * @throws DomainError FORBIDDEN, INVALID_INPUT, TERRITORY_NOT_FOUND, BODY_EXISTS
 */
export async function openBody(
  deps: BodyDependencies,
  context: RequestContext,
  input: {
    id: string;
    kind: BodyKind;
    name: LocalizedText;
    territories: string[];
    active?: boolean | undefined;
  },
): Promise<Body> {
  authorize(context.actor, 'body.administer', null);
  const { id, kind, name, territories, active = true } = input;
  const body: Body = { id, kind, name, territories, active };
  checkBody(deps, body);
  const now = deps.clock.now();
  const by = { account: context.actor.account, party: 'administration' } as const;
  await deps.store.transaction(async (tx) => {
    await deps.store.bodies.insert(tx, body);
    await remember(deps, context, tx, { kind: 'body', id });
    deps.store.appendEvents(tx, [accountEvent('BodyOpened', now, id, by, { kind, territories, active })]);
  });
  return body;
}
