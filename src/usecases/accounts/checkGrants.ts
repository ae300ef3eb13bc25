import { DomainError } from '../../domain/errors.ts';
import { type Role, type RoleGrant, territoryCovers } from '../../domain/party.ts';
import type { AccountDependencies } from './dependencies.ts';

/** Roles that are always exercised for a body. */
const BODY_ROLES: readonly Role[] = ['committeeMember', 'committeeSecretary'];

/**
 * Refuses grants that could never be used: an unknown territory or body, a member without a body, a body that is not
 * competent there.
 * @throws DomainError INVALID_GRANT (details: `grant`, its place in the list, and `reason`)
 */
export async function checkGrants(
  deps: Pick<AccountDependencies, 'store' | 'territories'>,
  grants: RoleGrant[],
): Promise<void> {
  for (const [grant, { role, territory, body: id }] of grants.entries()) {
    const refuse = (reason: string) => new DomainError('INVALID_GRANT', { grant, reason });
    if (territory !== '*' && deps.territories.find(territory) === null) throw refuse('territory');
    if (id === null) {
      if (BODY_ROLES.includes(role)) throw refuse('bodyMissing');
      continue;
    }
    const body = await deps.store.bodies.find(id);
    if (body === null || !body.active) throw refuse('body');
    const isCompetent = body.territories.some(
      (own) => territoryCovers(own, territory) || territoryCovers(territory, own),
    );
    if (!isCompetent) throw refuse('bodyTerritory');
  }
}
