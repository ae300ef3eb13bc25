import { authorize } from '../../domain/access.ts';
import type { Dossier } from '../../domain/dossier.ts';
import { DomainError } from '../../domain/errors.ts';
import type { JsonObject, Language } from '../../domain/json.ts';
import { type Account, type AccountKind, type Actor, grantsOf } from '../../domain/party.ts';
import { accountEvent } from '../accounts/accountEvent.ts';
import type { Core, RequestContext } from '../dependencies.ts';
import { dossierEvent } from '../dossierEvent.ts';
import { draftOf } from '../dossiers/draftOf.ts';
import { findParty } from '../dossiers/findParty.ts';
import { requireCommune } from '../dossiers/startDraft.ts';
import { remember } from '../remember.ts';

/** The person or company that stands at the counter, by the identity card or the register. */
export interface CounterPerson {
  kind: AccountKind;
  name: string;
  nameAr?: string | null | undefined;
  identityNumber: string;
  phone: string;
  email?: string | null | undefined;
  language: Language;
}

/**
 * Begins a draft for a person at the counter, in an account that is found or opened. An account is theirs only when
 * identity number and telephone agree, or when a counter opened it and nobody has taken it over: an identity number
 * alone is no proof, since anyone may have typed it when signing up.
 * @throws DomainError FORBIDDEN, TERRITORY_NOT_FOUND, ARCHITECT_NOT_FOUND, EMAIL_OF_ANOTHER
 */
export async function openCounterFiling(
  core: Core,
  context: RequestContext,
  input: {
    procedure: string;
    commune: string;
    person: CounterPerson;
    architectEmail?: string | undefined;
    application?: JsonObject | undefined;
  },
): Promise<{ dossier: Dossier; opened: boolean }> {
  const { actor } = context;
  authorize(actor, 'counter.serve', { commune: input.commune });
  requireCommune(core, input.commune);
  const now = core.clock.now();
  await core.catalog.inForce(input.procedure, now);
  const architect =
    input.architectEmail === undefined ? null : await findParty(core, 'architect', input.architectEmail);
  const known = await findPerson(core, input.person);
  const account = known ?? accountOf(core, input.person, now);
  // Nobody holds office over the own application.
  if (account.id === actor.account || architect === actor.account) {
    throw new DomainError('FORBIDDEN', { field: '/person' });
  }
  const dossier = draftOf({
    id: core.newId(),
    procedure: input.procedure,
    commune: input.commune,
    applicant: account.id,
    architect,
    createdBy: actor.account,
    channel: 'counter',
    application: input.application ?? {},
    createdAt: now,
  });
  await core.store.transaction(async (tx) => {
    if (known === null) await core.store.accounts.insert(tx, account);
    await core.store.dossiers.insert(tx, dossier);
    await remember(core, context, tx, { kind: 'dossier', id: dossier.id });
    const by = { account: actor.account, party: 'administration' } as const;
    core.store.appendEvents(tx, [
      ...(known === null
        ? [accountEvent('AccountOpened', now, account.id, by, { kind: account.kind, counter: input.commune })]
        : []),
      dossierEvent(dossier, 'DraftStarted', actor, now, {
        party: 'applicant',
        data: { channel: 'counter', accountOpened: known === null },
      }),
    ]);
  });
  return { dossier, opened: known === null };
}

async function findPerson(core: Core, person: CounterPerson): Promise<Account | null> {
  const same = (await core.store.accounts.ofIdentity(person.identityNumber)).filter(isApplicant);
  if (person.email != null) {
    const named = await core.store.accounts.findByEmail(person.email);
    if (named !== null) {
      if (!same.some(({ id }) => id === named.id)) {
        throw new DomainError('EMAIL_OF_ANOTHER', { field: '/person/email' });
      }
      return named;
    }
  }
  const phone = digits(person.phone);
  return (
    same.find((account) => account.phone !== null && digits(account.phone) === phone) ??
    same.find((account) => account.passwordHash === null) ??
    null
  );
}

const isApplicant = (account: Account): boolean => account.active && holdsApplicant(account);

const holdsApplicant = ({ id, name, grants }: Account): boolean =>
  grantsOf({ account: id, name, grants } satisfies Actor, 'applicant').length > 0;

/** A Moroccan number is the same with its country's prefix and without. */
const digits = (phone: string): string => phone.replace(/\D/g, '').replace(/^(?:00212|212|0)/, '');

function accountOf(core: Pick<Core, 'newId'>, person: CounterPerson, now: number): Account {
  return {
    id: core.newId(),
    kind: person.kind,
    email: person.email ?? null,
    name: person.name,
    nameAr: person.nameAr ?? null,
    identityNumber: person.identityNumber,
    phone: person.phone,
    orderNumber: null,
    language: person.language,
    jobTitle: null,
    grants: [{ role: 'applicant', territory: '*', body: null }],
    passwordHash: null,
    active: true,
    createdAt: now,
    version: 1,
  };
}
