import type { Json, JsonObject } from '../domain/json.ts';
import type { PopulationClass, Territory } from './territories.ts';
import type { DecisionTable, ProcedureSettings, ProcedureVersion } from './types.ts';

/** What decision tables need of a version. */
export type Rules = Pick<ProcedureVersion, 'settings' | 'decisions'>;

/** What the decision tables know of the commune where the land lies. */
export interface CommuneFacts extends Pick<Territory, 'code' | 'kind' | 'setting' | 'population'> {
  populationClass: PopulationClass;
}

/** What the decision tables decide on: the application's own sections, `commune` and `parameters`. */
export function ruleFacts(
  settings: Pick<ProcedureSettings, 'parameters'>,
  application: JsonObject,
  commune: CommuneFacts | null,
): JsonObject {
  const parameters = Object.entries(settings.parameters).map(([name, { value }]) => [name, value]);
  return { ...application, commune: knownOf(commune), parameters: Object.fromEntries(parameters) };
}

/** The facts alone, whatever else the territory's record holds. */
function knownOf(commune: CommuneFacts | null): Json {
  if (commune === null) return null;
  const { code, kind, setting, population, populationClass } = commune;
  return { code, kind, setting, population, populationClass };
}

/** The table that a procedure uses for one purpose. */
export function tableFor(rules: Rules, use: keyof ProcedureSettings['decisions']): DecisionTable {
  const table = rules.decisions[rules.settings.decisions[use] ?? ''];
  if (table === undefined) throw new Error(`the procedure has no decision table for ${use}`);
  return table;
}
