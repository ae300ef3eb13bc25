import { readFileSync } from 'node:fs';
import type { Json, JsonObject } from '../../src/domain/json.ts';
import { BODY_KINDS, ROLES } from '../../src/domain/party.ts';
import { NOTICES, SERVICE_HANDLERS, TASK_HANDLERS } from '../../src/handlers/names.ts';
import { readProcedure } from '../../src/procedures/readProcedure.ts';
import type { KnownNames, ProcedureSource } from '../../src/procedures/types.ts';

const shipped = await readProcedure({ processes: 'processes', forms: 'forms' }, 'building-permit-small');

/** A fresh copy of the building permit that ships, to spoil at will. */
export const buildingPermit = (): ProcedureSource => structuredClone(shipped);

/** All that the product can do. */
export const KNOWN: KnownNames = {
  taskHandlers: new Set(TASK_HANDLERS),
  serviceHandlers: new Set(SERVICE_HANDLERS),
  notices: new Set(NOTICES),
  roles: new Set(ROLES),
  bodyKinds: new Set(BODY_KINDS),
};

export const PUBLISHED = { publishedAt: 1_700_000_000_000, publishedBy: 'account', note: 'first' };

const application: JsonObject = JSON.parse(
  readFileSync(new URL('./application.json', import.meta.url), 'utf8'),
);

/** A house of two storeys in a received subdivision, as an architect files it; `changes` by path, e.g. `project.use`. */
export function anApplication(changes: Record<string, Json> = {}): JsonObject {
  const made = structuredClone(application);
  for (const [path, value] of Object.entries(changes)) {
    const steps = path.split('.');
    const last = steps.pop() ?? '';
    let at: JsonObject = made;
    for (const step of steps) at = at[step] as JsonObject;
    at[last] = value;
  }
  return made;
}
