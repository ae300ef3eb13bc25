import { DomainError } from '../domain/errors.ts';
import type { WorkingTime } from '../domain/legalTime/workingTime.ts';
import type { ProcedureVersion } from '../procedures/types.ts';
import type { Store } from '../store/store.ts';
import type { Catalog } from './dependencies.ts';

/** Published versions never change, so each is read once and kept by its hash. */
export function catalogOf(
  store: Pick<Store, 'procedures'>,
  workingTime: (territory: string) => WorkingTime,
): Catalog {
  const known = new Map<string, ProcedureVersion>();
  return {
    async get(hash) {
      const version = known.get(hash) ?? (await store.procedures.find(hash));
      if (version === null) throw new DomainError('PROCEDURE_NOT_FOUND', { version: hash });
      known.set(hash, version);
      return version;
    },
    async inForce(id, at) {
      const day = workingTime('*').localDateOf(at);
      const version = await store.procedures.inForce(id, day);
      if (version !== null) {
        known.set(version.hash, version);
        return version;
      }
      const exists = (await store.procedures.versions(id)).length > 0;
      throw new DomainError(exists ? 'PROCEDURE_NOT_IN_FORCE' : 'PROCEDURE_NOT_FOUND', {
        procedure: id,
        day,
      });
    },
  };
}

/** Nothing in force is an answer here; an outage is not, and goes on to the caller. */
export function noneInForce(error: unknown): null {
  const isNone =
    error instanceof DomainError && ['PROCEDURE_NOT_FOUND', 'PROCEDURE_NOT_IN_FORCE'].includes(error.code);
  if (isNone) return null;
  throw error;
}
