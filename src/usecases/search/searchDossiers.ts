import { askedFor } from '../../domain/searchWords.ts';
import type { Page, PageRequest } from '../../store/store.ts';
import type { Core, RequestContext } from '../dependencies.ts';
import { type DossierRow, dossierRows } from '../dossiers/dossierRows.ts';
import { dossierScopes } from '../dossiers/listDossiers.ts';

/**
 * Finds dossiers by number, names, title reference or address, in either script, among those that the person may see:
 * every word typed must begin a word of the dossier.
 */
export async function searchDossiers(
  core: Core,
  { actor }: RequestContext,
  input: { q: string; page: PageRequest },
): Promise<Page<DossierRow>> {
  const words = askedFor(input.q);
  if (words.length === 0) return { items: [], next: null };
  const found = await core.store.dossiers.list({ scopes: dossierScopes(actor), words }, input.page);
  return { ...found, items: await dossierRows(core, found.items) };
}
