import { authorize } from '../../domain/access.ts';
import { type Delegation, isInForce } from '../../domain/delegation.ts';
import { DomainError } from '../../domain/errors.ts';
import { grantsOf } from '../../domain/party.ts';
import { accountEvent } from '../accounts/accountEvent.ts';
import type { Core, RequestContext } from '../dependencies.ts';
import { remember } from '../remember.ts';

/** A delegation with the name of the one at its other end. */
export interface NamedDelegation extends Delegation {
  name: string;
  /** E-mail of the delegate, by which the principal named them; null to the delegate, who needs it not. */
  email: string | null;
  inForce: boolean;
}

/** Those who may act for me, and those for whom I may act. */
export interface Delegations {
  given: NamedDelegation[];
  received: NamedDelegation[];
}

/** Nobody needs more helpers than a large company has. */
const MOST = 50;

/** Lists who may act for the person signed in, and for whom that person may act. */
export async function listDelegations(core: Core, { actor }: RequestContext): Promise<Delegations> {
  const now = core.clock.now();
  const named = async (one: Delegation, other: string, isGiven: boolean): Promise<NamedDelegation> => {
    const account = await core.store.accounts.find(other);
    return {
      ...one,
      name: account?.name ?? '',
      email: isGiven ? (account?.email ?? null) : null,
      inForce: isInForce(one, now),
    };
  };
  const [given, received] = await Promise.all([
    core.store.delegations.by(actor.account),
    core.store.delegations.to(actor.account),
  ]);
  return {
    given: await Promise.all(given.map((one) => named(one, one.delegate, true))),
    received: await Promise.all(received.map((one) => named(one, one.principal, false))),
  };
}

/**
 * Names somebody, by e-mail, who may act for oneself: read, edit, file and answer on one's dossiers, never sign as architect.
 * @throws DomainError FORBIDDEN, DELEGATE_NOT_FOUND, INVALID_DELEGATION, PROCEDURE_NOT_FOUND
 */
export async function nameDelegate(
  core: Core,
  context: RequestContext,
  input: { email: string; procedure?: string | null; from?: number | undefined; until?: number | null },
): Promise<NamedDelegation> {
  const { actor } = context;
  authorize(actor, 'delegate.name', null);
  const now = core.clock.now();
  const procedure = input.procedure ?? null;
  const until = input.until ?? null;
  const from = input.from ?? now;
  if (procedure !== null) await core.catalog.inForce(procedure, now);
  if (until !== null && (until <= from || until <= now)) throw invalid('dates');
  const delegate = await core.store.accounts.findByEmail(input.email);
  const isCitizen =
    delegate?.active === true &&
    (['applicant', 'architect'] as const).some(
      (role) => grantsOf({ ...delegate, account: delegate.id }, role).length > 0,
    );
  if (!isCitizen || delegate === null) throw new DomainError('DELEGATE_NOT_FOUND', { field: '/email' });
  if (delegate.id === actor.account) throw invalid('oneself');
  const delegation: Delegation = {
    id: core.newId(),
    principal: actor.account,
    delegate: delegate.id,
    procedure,
    from,
    until,
    createdAt: now,
    endedAt: null,
  };
  await core.store.transaction(async (tx) => {
    const given = await core.store.delegations.by(actor.account, tx);
    if (given.length >= MOST) throw invalid('tooMany');
    const isSame = (one: Delegation) =>
      one.delegate === delegate.id && one.procedure === procedure && (one.until === null || one.until > now);
    if (given.some(isSame)) throw invalid('twice');
    await core.store.delegations.insert(tx, delegation);
    await remember(core, context, tx, { kind: 'delegation', id: delegation.id });
    const by = { account: actor.account, party: 'applicant' } as const;
    core.store.appendEvents(tx, [
      accountEvent('DelegateNamed', now, delegation.id, by, {
        delegate: delegate.id,
        procedure,
        from,
        until,
      }),
    ]);
  });
  return { ...delegation, name: delegate.name, email: delegate.email, inForce: isInForce(delegation, now) };
}

/** Takes a delegation back, at once. @throws DomainError DELEGATION_NOT_FOUND */
export async function removeDelegate(
  core: Core,
  { actor }: RequestContext,
  input: { id: string },
): Promise<void> {
  const now = core.clock.now();
  await core.store.transaction(async (tx) => {
    const found = await core.store.delegations.end(tx, actor.account, input.id, now);
    if (!found) throw new DomainError('DELEGATION_NOT_FOUND', { delegation: input.id });
    const by = { account: actor.account, party: 'applicant' } as const;
    core.store.appendEvents(tx, [accountEvent('DelegateRemoved', now, input.id, by)]);
  });
}

const invalid = (reason: string) => new DomainError('INVALID_DELEGATION', { reason });
