import type { JsonObject } from '../domain/json.ts';
import { evaluateTable } from './evaluateTable.ts';
import { type Rules, ruleFacts, tableFor } from './ruleFacts.ts';

/** Tells a small project from a large one (RGC, annexes 2 and 3). @throws DomainError NO_RULE_MATCHES */
export function classify(
  rules: Rules,
  application: JsonObject,
): { size: 'small' | 'large'; rule: string; article: string } {
  const facts = ruleFacts(rules.settings, application, null);
  const { row, outputs, article } = evaluateTable(tableFor(rules, 'classification'), facts);
  if (outputs.size !== 'small' && outputs.size !== 'large') throw new Error(`row ${row} gives no size`);
  return { size: outputs.size, rule: row, article };
}
