import { authorize, isAllowed } from '../../domain/access.ts';
import { DomainError } from '../../domain/errors.ts';
import { type RegisterDirection, type RegisterEntry, registerYear } from '../../domain/register.ts';
import type { Core, RequestContext } from '../dependencies.ts';
import { remember } from '../remember.ts';
import { type ReadEntry, readable } from './listRegister.ts';

/**
 * Corrects an entry of a register by another entry, numbered as any, which says what should be read instead and why. The
 * wrong one stays as it was. What is written may name persons: the event has references only.
 * @throws DomainError REGISTER_ENTRY_NOT_FOUND, FORBIDDEN
 */
export async function correctEntry(
  core: Core,
  context: RequestContext,
  input: { direction: RegisterDirection; entry: string; text: string; reason: string },
): Promise<ReadEntry> {
  const { actor } = context;
  const now = core.clock.now();
  const corrected = await core.store.registers.find(input.entry);
  if (
    corrected === null ||
    corrected.direction !== input.direction ||
    !isAllowed(actor, 'register.read', { commune: corrected.commune })
  ) {
    throw new DomainError('REGISTER_ENTRY_NOT_FOUND', { entry: input.entry });
  }
  authorize(actor, 'register.correct', { commune: corrected.commune });
  const entry: Omit<RegisterEntry, 'number'> = {
    id: core.newId(),
    commune: corrected.commune,
    direction: corrected.direction,
    year: registerYear(now),
    at: now,
    kind: 'correction',
    dossier: corrected.dossier,
    event: null,
    actor: actor.account,
    body: null,
    correction: { entry: corrected.id, number: corrected.number, text: input.text, reason: input.reason },
  };
  const added = await core.store.transaction(async (tx) => {
    const numbered = await core.store.registers.add(tx, entry);
    await remember(core, context, tx, { kind: 'registerEntry', id: numbered.id });
    core.store.appendEvents(tx, [
      {
        type: 'RegisterEntryCorrected',
        at: now,
        dossier: corrected.dossier,
        flowNode: null,
        subject: numbered.id,
        party: 'administration',
        actor: actor.account,
        body: null,
        territory: corrected.commune,
        clock: 'running',
        cause: null,
        article: null,
        calendarVersion: null,
        data: {
          direction: corrected.direction,
          year: numbered.year,
          number: numbered.number,
          corrects: { id: corrected.id, year: corrected.year, number: corrected.number },
        },
      },
    ]);
    return numbered;
  });
  return readEntry(core, added);
}

/** Finds a register's entry again for whoever may read it. @throws DomainError REGISTER_ENTRY_NOT_FOUND */
export async function findEntry(
  core: Core,
  { actor }: RequestContext,
  input: { id: string },
): Promise<ReadEntry> {
  const entry = await core.store.registers.find(input.id);
  if (entry === null || !isAllowed(actor, 'register.read', { commune: entry.commune })) {
    throw new DomainError('REGISTER_ENTRY_NOT_FOUND', { entry: input.id });
  }
  return readEntry(core, entry);
}

async function readEntry(core: Core, entry: RegisterEntry): Promise<ReadEntry> {
  const [read] = await readable(core, [entry]);
  if (read === undefined) throw new Error('an entry was not readable');
  return read;
}
