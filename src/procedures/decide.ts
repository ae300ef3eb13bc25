import type { Json, JsonObject } from '../domain/json.ts';
import { collectRows, evaluateTable, type Verdict } from './evaluateTable.ts';
import type { PopulationClass, Territory } from './territories.ts';
import type { DecisionTable, ProcedureSettings, ProcedureVersion } from './types.ts';

/** What the decision tables know of the commune where the land lies. */
export interface CommuneFacts {
  code: Territory['code'];
  kind: Territory['kind'];
  setting: Territory['setting'];
  population: Territory['population'];
  populationClass: PopulationClass;
}

/** What the decision tables decide on: the application's own sections, `commune` and `parameters`. */
export function ruleFacts(
  settings: Pick<ProcedureSettings, 'parameters'>,
  application: JsonObject,
  commune: CommuneFacts | null,
): JsonObject {
  const { code, kind, setting, population, populationClass } = commune ?? {};
  const known = commune === null ? null : { code, kind, setting, population, populationClass };
  return {
    ...application,
    commune: known as Json,
    parameters: Object.fromEntries(
      Object.entries(settings.parameters).map(([name, { value }]) => [name, value]),
    ),
  };
}

/** Tells a small project from a large one (RGC, annexes 2 and 3). @throws DomainError NO_RULE_MATCHES */
export function classifyProject(
  version: Pick<ProcedureVersion, 'settings' | 'decisions'>,
  application: JsonObject,
): { size: 'small' | 'large'; rule: string; article: string } {
  const { row, outputs, article } = evaluateTable(
    tableFor(version, 'classification'),
    ruleFacts(version.settings, application, null),
  );
  if (outputs.size !== 'small' && outputs.size !== 'large') throw new Error(`row ${row} gives no size`);
  return { size: outputs.size, rule: row, article };
}

/** A kind of body that sits, with whether its opinion binds (RGC 35) and why it sits. */
export interface Seat {
  kind: string;
  binding: boolean;
  article: string;
}

/**
 * Who studies an application and which kinds of body sit, each once (RGC 10, 15, 21–23).
 * @throws DomainError NO_RULE_MATCHES
 */
export function committeeFor(
  version: Pick<ProcedureVersion, 'settings' | 'decisions'>,
  application: JsonObject,
  commune: CommuneFacts,
): { kind: 'oneStopShop' | 'provincialCommittee'; secretariatKind: string; rule: string; seats: Seat[] } {
  const facts = ruleFacts(version.settings, application, commune);
  const { row, outputs } = evaluateTable(tableFor(version, 'committee'), facts);
  const { kind, secretariatKind } = outputs;
  if (kind !== 'oneStopShop' && kind !== 'provincialCommittee') throw new Error(`row ${row} gives no kind`);
  const seats = new Map<string, Seat>();
  for (const verdict of collectRows(tableFor(version, 'members'), facts)) {
    const seat = seatOf(verdict);
    if (!seats.has(seat.kind)) seats.set(seat.kind, seat);
  }
  return { kind, secretariatKind: String(secretariatKind), rule: row, seats: [...seats.values()] };
}

const seatOf = ({ outputs, article }: Verdict): Seat => ({
  kind: String(outputs.kind),
  binding: outputs.binding === true,
  article,
});

/** The table that a procedure uses for one purpose. */
export function tableFor(
  version: Pick<ProcedureVersion, 'settings' | 'decisions'>,
  use: keyof ProcedureSettings['decisions'],
): DecisionTable {
  const table = version.decisions[version.settings.decisions[use]];
  if (table === undefined) throw new Error(`the procedure has no decision table for ${use}`);
  return table;
}
