import { authorize, isAllowed } from '../../domain/access.ts';
import type { Dossier } from '../../domain/dossier.ts';
import { cellsAround, metresBetween, NEAR_METRES, siteKeys } from '../../domain/siteKeys.ts';
import type { Core, RequestContext } from '../dependencies.ts';
import { visibleDossier } from './visibleDossier.ts';

/** Another dossier that speaks of the same land, place or owner. */
export interface RelatedDossier {
  dossier: Dossier;
  sameLand: boolean;
  sameOwner: boolean;
  /** Metres between the two places; null unless they are near. */
  metres: number | null;
}

/** How many are looked at for each of land, owner and place. */
const MOST = 50;

/**
 * The other filed dossiers of the commune on the same land reference, near the same point or of the same owner: those
 * of the land first, the latest in front. Whoever asks sees only those they may read.
 */
export async function readRelated(
  core: Core,
  context: RequestContext,
  input: { id: string },
): Promise<RelatedDossier[]> {
  const dossier = await visibleDossier(core, context, input.id);
  authorize(context.actor, 'dossier.readRelated', dossier);
  const keys = siteKeys(dossier.application);
  const cells = keys.place === null ? [] : cellsAround(keys.place);
  const found = await core.store.dossiers.sameSite(dossier.commune, keys, cells, MOST);
  return found
    .filter((other) => other.id !== dossier.id && isAllowed(context.actor, 'dossier.read', other))
    .map((other): RelatedDossier => {
      const its = siteKeys(other.application);
      const metres =
        keys.place === null || its.place === null ? Infinity : metresBetween(keys.place, its.place);
      return {
        dossier: other,
        sameLand: keys.land !== null && keys.land === its.land,
        sameOwner: keys.owner !== null && keys.owner === its.owner,
        metres: metres <= NEAR_METRES ? Math.round(metres) : null,
      };
    })
    .filter(({ sameLand, sameOwner, metres }) => sameLand || sameOwner || metres !== null)
    .sort((a, b) => weight(b) - weight(a) || b.dossier.createdAt - a.dossier.createdAt);
}

const weight = ({ sameLand, sameOwner, metres }: RelatedDossier): number =>
  (sameLand ? 4 : 0) + (metres === null ? 0 : 2) + (sameOwner ? 1 : 0);
