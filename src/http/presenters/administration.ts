import type { JsonObject } from '../../domain/json.ts';
import type { AccountEvent, CommuneCoverage, HeldTask } from '../application.ts';
import { presentText } from './account.ts';
import { presentInstant, presentMaybeInstant } from './instant.ts';

/** What was done to an account; what changed by the names of its fields, never by their content. */
export function presentAccountEvent(event: AccountEvent): JsonObject {
  const { changed, active, grants } = event.data;
  return {
    seq: event.seq,
    type: event.type,
    at: presentInstant(event.at),
    actor: event.actor,
    actorName: event.actorName,
    changed: Array.isArray(changed) ? changed : [],
    active: typeof active === 'boolean' ? active : null,
    grants: Array.isArray(grants) ? grants : null,
  };
}

/** A task in somebody's hands. */
export function presentHeldTask({ name, dueAt, ...task }: HeldTask): JsonObject {
  return { ...task, name: name === null ? null : presentText(name), dueAt: presentMaybeInstant(dueAt) };
}

/** Who serves a commune. */
export function presentCoverage({ territory, offices, seats, complete }: CommuneCoverage): JsonObject {
  return {
    territory,
    offices: offices.map(({ office, holders: { ready, invited } }) => ({ office, ready, invited })),
    seats: seats.map(({ kind, part, body, ready, invited }) => ({
      kind,
      part,
      body: body === null ? null : { id: body.id, name: presentText(body.name) },
      ready,
      invited,
    })),
    complete,
  };
}
