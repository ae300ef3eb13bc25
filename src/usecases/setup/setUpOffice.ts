import { authorize } from '../../domain/access.ts';
import { DomainError } from '../../domain/errors.ts';
import type { Account, Actor } from '../../domain/party.ts';
import { accountEvent } from '../accounts/accountEvent.ts';
import { activateAccount } from '../accounts/activateAccount.ts';
import type { AccountDependencies } from '../accounts/dependencies.ts';
import { openAccount } from '../accounts/openAccount.ts';
import { renewSecret } from '../accounts/renewSecret.ts';
import { openBody } from '../bodies/openBody.ts';
import type { Dependencies, RequestContext } from '../dependencies.ts';
import { beginOffice, keepOffice, type OfficeRecord, readOffice } from './office.ts';
import type { Cast } from './playSpecimen.ts';
import { SPECIMENS } from './specimens.ts';
import { BODIES, TRAINEES, TRAINING_PASSWORD, type Trainee } from './trainees.ts';

type Needed = Dependencies & AccountDependencies;

/** What is under way on this node: whoever asks again meanwhile waits for the same. */
const underWay = new WeakMap<object, Promise<void>>();

/**
 * Says what a new office begins with: nothing, or the demonstration with accounts for every role and dossiers at every
 * stage. A demonstration that was interrupted goes on where it stopped; one that is there is left as it is.
 * @throws DomainError FORBIDDEN; OFFICE_ALREADY_SET_UP on an office that was set up otherwise or holds anything
 */
export async function setUpOffice(
  deps: Needed,
  context: RequestContext,
  input: { office: OfficeRecord['kind'] },
): Promise<void> {
  authorize(context.actor, 'office.setUp', null);
  const before = await readOffice(deps);
  if (before !== null && before.kind !== input.office) throw new DomainError('OFFICE_ALREADY_SET_UP');
  if (before === null) await requireUnused(deps);
  const of = input.office === 'empty' ? 0 : SPECIMENS.length + 1;
  const office = await beginOffice(deps, {
    kind: input.office,
    state: input.office === 'empty' ? 'done' : 'opening',
    done: 0,
    of,
  });
  if (office.kind !== input.office) throw new DomainError('OFFICE_ALREADY_SET_UP');
  if (before === null) {
    const by = { account: context.actor.account, party: 'administration' } as const;
    await deps.store.transaction(async (tx) => {
      deps.store.appendEvents(tx, [
        accountEvent('OfficeSetUp', deps.clock.now(), office.kind, by, { office: office.kind }),
      ]);
    });
  }
  if (office.state === 'done') return;
  const work =
    underWay.get(deps.store) ??
    openDemonstration(deps, context, office).finally(() => underWay.delete(deps.store));
  underWay.set(deps.store, work);
  await work;
}

/** @throws DomainError OFFICE_ALREADY_SET_UP where anything but the first administrator is there */
async function requireUnused({ store }: Needed): Promise<void> {
  const dossiers = await store.dossiers.list({ scopes: [{}] }, { limit: 1, cursor: null });
  const bodies = await store.bodies.list();
  if (dossiers.items.length > 0 || bodies.length > 0) throw new DomainError('OFFICE_ALREADY_SET_UP');
}

/** Opens bodies, accounts and dossiers; what is there from an interrupted try is not made twice. */
async function openDemonstration(deps: Needed, context: RequestContext, begun: OfficeRecord): Promise<void> {
  const own = { ...context, idempotency: null };
  const existing = new Set((await deps.store.bodies.list()).map((body) => body.id));
  for (const body of BODIES) {
    if (existing.has(body.id)) continue;
    await openBody(deps, own, { ...body, territories: [...body.territories] });
  }
  const accounts = await Promise.all(TRAINEES.map((trainee) => openTrainee(deps, own, trainee)));
  let office = { ...begun, done: Math.max(1, begun.done) };
  await keepOffice(deps, office);
  const cast = castOf(accounts);
  const { playSpecimen } = await import('./playSpecimen.ts');
  for (const specimen of SPECIMENS.slice(office.done - 1)) {
    await playSpecimen(deps, cast, specimen);
    office = { ...office, done: office.done + 1 };
    await keepOffice(deps, office);
  }
  await keepOffice(deps, { ...office, state: 'done' });
}

async function openTrainee(deps: Needed, context: RequestContext, trainee: Trainee): Promise<Account> {
  const { email, kind, name, jobTitle, grants, role } = trainee;
  const there = await deps.store.accounts.findByEmail(email);
  if (there !== null && there.passwordHash !== null) return there;
  const { secret } =
    there === null
      ? await openAccount(deps, context, {
          kind,
          email,
          name: `${name.fr} (démonstration)`,
          nameAr: `${name.ar} (تجريبي)`,
          language: 'fr',
          jobTitle,
          grants,
          orderNumber: role === 'architect' ? 'DEMO-1' : null,
          identityNumber: kind === 'company' ? '00000' : null,
        })
      : await renewSecret(deps, context, { id: there.id });
  await activateAccount(deps, context, { secret, password: TRAINING_PASSWORD });
  return (await deps.store.accounts.findByEmail(email)) as Account;
}

function castOf(accounts: Account[]): Cast {
  const actor = (account: Account | undefined, what: string): Actor => {
    if (account === undefined) throw new Error(`the demonstration has nobody for ${what}`);
    return { account: account.id, name: account.name, grants: account.grants };
  };
  return {
    byEmail: (local) =>
      actor(
        accounts.find(({ email }) => email === `${local}@shubbak.invalid`),
        local,
      ),
    ofBody: (body) =>
      actor(
        accounts.find(({ grants }) => grants.some((grant) => grant.body === body)),
        body,
      ),
  };
}
