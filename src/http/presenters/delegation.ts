import type { JsonObject } from '../../domain/json.ts';
import type { NamedDelegation } from '../application.ts';
import { presentInstant, presentMaybeInstant } from './instant.ts';

/** A delegation as either end sees it. */
export function presentDelegation(delegation: NamedDelegation): JsonObject {
  return {
    id: delegation.id,
    name: delegation.name,
    email: delegation.email,
    procedure: delegation.procedure,
    from: presentInstant(delegation.from),
    until: presentMaybeInstant(delegation.until),
    inForce: delegation.inForce,
    createdAt: presentInstant(delegation.createdAt),
  };
}
