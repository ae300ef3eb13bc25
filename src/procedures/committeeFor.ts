import type { JsonObject } from '../domain/json.ts';
import { BODY_KINDS, type BodyKind } from '../domain/party.ts';
import { collectRows, evaluateTable, type Verdict } from './evaluateTable.ts';
import { type CommuneFacts, type Rules, ruleFacts, tableFor } from './ruleFacts.ts';

/** A kind of body that sits, with whether its opinion binds (RGC 35) and why it sits. */
export interface Seat {
  kind: BodyKind;
  binding: boolean;
  article: string;
}

/**
 * Who studies an application, and which kinds of body sit, each once (RGC 10, 15, 21–23, 25).
 * @throws DomainError NO_RULE_MATCHES
 */
export function committeeFor(
  rules: Rules,
  application: JsonObject,
  commune: CommuneFacts,
): { kind: 'oneStopShop' | 'provincialCommittee'; secretariatKind: BodyKind; rule: string; seats: Seat[] } {
  const facts = ruleFacts(rules.settings, application, commune);
  const { row, outputs } = evaluateTable(tableFor(rules, 'committee'), facts);
  const { kind } = outputs;
  if (kind !== 'oneStopShop' && kind !== 'provincialCommittee') throw new Error(`row ${row} gives no kind`);
  const seats = new Map<string, Seat>();
  for (const seat of collectRows(tableFor(rules, 'members'), facts).map(seatOf)) {
    const known = seats.get(seat.kind);
    // Called by two rows, a body sits once, and binds if either row says so.
    seats.set(seat.kind, known === undefined ? seat : { ...known, binding: known.binding || seat.binding });
  }
  return {
    kind,
    secretariatKind: bodyKind(outputs.secretariatKind, row),
    rule: row,
    seats: [...seats.values()],
  };
}

const seatOf = ({ row, outputs, article }: Verdict): Seat => ({
  kind: bodyKind(outputs.kind, row),
  binding: outputs.binding === true,
  article,
});

function bodyKind(value: unknown, row: string): BodyKind {
  const kind = BODY_KINDS.find((known) => known === value);
  if (kind === undefined) throw new Error(`row ${row} gives no kind of body`);
  return kind;
}
