import type { JsonObject } from '../../domain/json.ts';
import type { Site } from '../../usecases/site/readSite.ts';
import { presentText } from './account.ts';
import { presentInstant } from './instant.ts';

/** What anyone may know of the server. */
export function presentSite(site: Site, version: string): JsonObject {
  const { demonstration, progress } = site;
  return {
    version,
    now: presentInstant(site.now),
    clock: site.clock,
    setup: site.setup,
    progress: progress && { done: progress.done, of: progress.of },
    demonstration: demonstration && {
      accounts: demonstration.accounts.map(({ role, name, email, password }) => ({
        role,
        name: presentText(name),
        email,
        password,
      })),
    },
  };
}
