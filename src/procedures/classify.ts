import type { JsonObject } from '../domain/json.ts';
import { evaluateTable } from './evaluateTable.ts';
import { type Rules, ruleFacts, tableFor } from './ruleFacts.ts';

/**
 * Tells a small project from a large one (RGC, annexes 2 and 3); null where the procedure makes no such difference.
 * @throws DomainError NO_RULE_MATCHES
 */
export function classify(
  rules: Rules,
  application: JsonObject,
): { size: 'small' | 'large'; rule: string; article: string } | null {
  if (rules.settings.decisions.classification === undefined) return null;
  const facts = ruleFacts(rules.settings, application, null);
  const { row, outputs, article } = evaluateTable(tableFor(rules, 'classification'), facts);
  if (outputs.size !== 'small' && outputs.size !== 'large') throw new Error(`row ${row} gives no size`);
  return { size: outputs.size, rule: row, article };
}
