import { authorize } from '../../domain/access.ts';
import type { DomainEvent, EventType } from '../../domain/events.ts';
import type { RequestContext } from '../dependencies.ts';
import type { AccountDependencies } from './dependencies.ts';

/** What was done to an account, and by whom. */
export interface AccountEvent extends DomainEvent {
  /** Null when its account is not known, as the system's own. */
  actorName: string | null;
}

const TYPES: EventType[] = ['AccountRegistered', 'AccountOpened', 'AccountActivated', 'AccountChanged'];

/** The trail of an account in the order of the log, for administrators. @throws DomainError FORBIDDEN, ACCOUNT_NOT_FOUND */
export async function readAccountEvents(
  deps: Pick<AccountDependencies, 'store'>,
  { actor }: RequestContext,
  input: { id: string; after?: number | undefined; limit: number },
): Promise<AccountEvent[]> {
  authorize(actor, 'account.administer', null);
  const { store } = deps;
  const account = await store.accounts.get(input.id);
  const after = input.after === undefined ? {} : { after: input.after };
  const events = await store.events.list(
    { dossier: null, subject: account.id, types: TYPES, ...after },
    input.limit,
  );
  const names = await store.accounts.namesOf(events.map((event) => event.actor));
  return events.map((event) => ({ ...event, actorName: names.get(event.actor) ?? null }));
}
