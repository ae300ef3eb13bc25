import { readableBodies, readableTerritories } from '../../domain/access.ts';
import type { DossierStatus } from '../../domain/dossier.ts';
import type { Actor } from '../../domain/party.ts';
import type { DossierScope, Page, PageRequest } from '../../store/store.ts';
import type { Core, RequestContext } from '../dependencies.ts';
import { type DossierRow, dossierRows } from './dossierRows.ts';

/** Lists the dossiers a person may read: one's own, those of one's territories, those of one's committees. */
export async function listDossiers(
  core: Core,
  { actor }: RequestContext,
  input: {
    status?: DossierStatus | undefined;
    procedure?: string | undefined;
    territory?: string | undefined;
    number?: string | undefined;
    page: PageRequest;
  },
): Promise<Page<DossierRow>> {
  const { page, ...wanted } = input;
  const filter = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
  const found = await core.store.dossiers.list({ scopes: dossierScopes(actor), ...filter }, page);
  return { ...found, items: await dossierRows(core, found.items) };
}

/** What an actor may see of dossiers, as the policy gives it: for whatever lists or finds them. */
export function dossierScopes(actor: Actor): DossierScope[] {
  const territories = readableTerritories(actor);
  const bodies = readableBodies(actor);
  const scopes: DossierScope[] = [{ relatedTo: actor.account }];
  for (const { principal, procedure } of actor.actsFor ?? [])
    scopes.push({ appliedBy: { account: principal, procedure } });
  if (territories.length > 0) scopes.push({ territories });
  if (bodies.length > 0) scopes.push({ bodies });
  return scopes;
}
