import type { SavedFilter } from '../../store/store.ts';
import type { Core, RequestContext } from '../dependencies.ts';

/** The inbox filters that this person has named, in their order. */
export const readSavedFilters = (
  core: Pick<Core, 'store'>,
  { actor }: RequestContext,
): Promise<SavedFilter[]> => core.store.savedFilters.of(actor.account);

/** Keeps the inbox filters of this person in place of the earlier ones. */
export async function saveFilters(
  core: Pick<Core, 'store'>,
  { actor }: RequestContext,
  { filters }: { filters: SavedFilter[] },
): Promise<SavedFilter[]> {
  await core.store.savedFilters.save(actor.account, filters);
  return filters;
}
