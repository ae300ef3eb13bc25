import type { JsonObject } from '../../domain/json.ts';
import type { Site } from '../../usecases/site/readSite.ts';
import { presentInstant } from './instant.ts';

/** What anyone may know of the server. */
export function presentSite({ now, clock }: Site, version: string): JsonObject {
  return { version, now: presentInstant(now), clock };
}
