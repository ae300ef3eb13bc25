import { authorize } from '../../domain/access.ts';
import { DomainError } from '../../domain/errors.ts';
import type { LocalizedText } from '../../domain/json.ts';
import type { Body } from '../../domain/party.ts';
import { accountEvent } from '../accounts/accountEvent.ts';
import type { RequestContext } from '../dependencies.ts';
import { type BodyDependencies, checkBody } from './checkBody.ts';

/**
 * Changes a body's name or territories, or closes it; its kind stays, since committees were convened by it.
 * @throws DomainError FORBIDDEN, BODY_NOT_FOUND, INVALID_INPUT, TERRITORY_NOT_FOUND
 */
export async function changeBody(
  deps: BodyDependencies,
  context: RequestContext,
  input: {
    id: string;
    name?: LocalizedText | undefined;
    territories?: string[] | undefined;
    active?: boolean | undefined;
  },
): Promise<Body> {
  authorize(context.actor, 'body.administer', null);
  const { id, ...given } = input;
  const changes = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const now = deps.clock.now();
  const by = { account: context.actor.account, party: 'administration' } as const;
  return deps.store.transaction(async (tx) => {
    const found = await deps.store.bodies.find(id, tx);
    if (found === null) throw new DomainError('BODY_NOT_FOUND', { body: id });
    const body: Body = { ...found, ...changes };
    checkBody(deps, body);
    await deps.store.bodies.save(tx, body);
    const { territories, active } = body;
    const data = { changed: Object.keys(changes), territories, active };
    deps.store.appendEvents(tx, [accountEvent('BodyChanged', now, id, by, data)]);
    return body;
  });
}
