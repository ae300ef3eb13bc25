import { readableBodies, readableTerritories } from '../../domain/access.ts';
import type { Dossier, DossierStatus } from '../../domain/dossier.ts';
import type { DossierScope, Page, PageRequest } from '../../store/store.ts';
import type { Core, RequestContext } from '../dependencies.ts';

/** Lists the dossiers a person may read: one's own, those of one's territories, those of one's committees. */
export function listDossiers(
  core: Core,
  { actor }: RequestContext,
  input: {
    status?: DossierStatus | undefined;
    procedure?: string | undefined;
    territory?: string | undefined;
    number?: string | undefined;
    page: PageRequest;
  },
): Promise<Page<Dossier>> {
  const { page, ...wanted } = input;
  const territories = readableTerritories(actor);
  const bodies = readableBodies(actor);
  const scopes: DossierScope[] = [{ relatedTo: actor.account }];
  if (territories.length > 0) scopes.push({ territories });
  if (bodies.length > 0) scopes.push({ bodies });
  const filter = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
  return core.store.dossiers.list({ scopes, ...filter }, page);
}
