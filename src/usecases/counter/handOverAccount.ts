import { authorize } from '../../domain/access.ts';
import { DomainError } from '../../domain/errors.ts';
import { accountEvent } from '../accounts/accountEvent.ts';
import { issueActivationSecret } from '../accounts/activationSecret.ts';
import type { AccountDependencies } from '../accounts/dependencies.ts';
import { newSecret } from '../accounts/secrets.ts';
import type { Core, RequestContext } from '../dependencies.ts';
import { visibleDossier } from '../dossiers/visibleDossier.ts';
import { remember } from '../remember.ts';

/** What a person takes home beside the receipt. */
export interface HandOver {
  /** Told this once, to be printed; good for one activation within a week. Earlier ones end. */
  secret: string;
  /** Where the account has an address already, it is the one to sign in with. */
  hasEmail: boolean;
}

/**
 * Makes the one-time secret by which a person served at the counter takes the own account later. Only for an account
 * that a counter opened and that nobody has taken: the office can never get into an account that is in use.
 * @throws DomainError DOSSIER_NOT_FOUND, FORBIDDEN, ACCOUNT_TAKEN_OVER
 */
export async function handOverAccount(
  core: Core & AccountDependencies,
  context: RequestContext,
  input: { id: string },
): Promise<HandOver> {
  const { actor } = context;
  const dossier = await visibleDossier(core, context, input.id);
  authorize(actor, 'counter.handOver', dossier);
  const secret = newSecret();
  const account = await core.store.transaction(async (tx) => {
    const found = await core.store.accounts.get(dossier.applicant, tx);
    const isUntouched = found.passwordHash === null && found.grants.every(({ role }) => role === 'applicant');
    if (!isUntouched || !found.active) throw new DomainError('ACCOUNT_TAKEN_OVER', { dossier: dossier.id });
    await issueActivationSecret(core, tx, found.id, secret);
    await remember(core, context, tx, { kind: 'dossier', id: dossier.id });
    core.store.appendEvents(tx, [
      accountEvent(
        'AccountChanged',
        core.clock.now(),
        found.id,
        { account: actor.account, party: 'administration' },
        { changed: ['secret'], counter: dossier.commune },
      ),
    ]);
    return found;
  });
  return { secret, hasEmail: account.email !== null };
}
