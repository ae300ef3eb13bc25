import type { TaxAssessment } from '../domain/dossier.ts';
import type { Json, JsonObject } from '../domain/json.ts';
import { evaluateTable } from './evaluateTable.ts';
import { type CommuneFacts, type Rules, ruleFacts, tableFor } from './ruleFacts.ts';

/**
 * The tax on building operations of an application: a rate per m² of covered area and of overhang (already doubled by
 * the table), or a fixed amount, or an exemption (law 47-06, art. 50).
 * @throws DomainError NO_RULE_MATCHES
 */
export function assessTax(
  rules: Rules,
  application: JsonObject,
  commune: CommuneFacts,
): Omit<TaxAssessment, 'computedAt' | 'payment'> {
  const facts = ruleFacts(rules.settings, application, commune);
  const { row, outputs, article, doubt } = evaluateTable(tableFor(rules, 'tax'), facts);
  const figure = (name: string): number => amountOf(outputs[name], row, name);
  const rate = figure('rate');
  const lines = (['coveredM2', 'overhangM2'] as const).map((label) => lineOf(label, figure(label), rate));
  lines.push(lineOf('fixed', 1, figure('fixed')));
  const due = lines.filter(({ amount }) => amount > 0);
  return {
    amount: cents(due.reduce((sum, { amount }) => sum + amount, 0)),
    currency: 'MAD',
    rule: row,
    lines: due,
    exemption: typeof outputs.exemption === 'string' ? outputs.exemption : null,
    source: doubt === null ? article : `${article} – ${doubt}`,
  };
}

const cents = (amount: number): number => Math.round(amount * 100) / 100;

const lineOf = (label: string, quantity: number, rate: number) => ({
  label,
  quantity,
  rate,
  amount: cents(quantity * rate),
});

function amountOf(value: Json | undefined, row: string, name: string): number {
  if (typeof value !== 'number' || value < 0) throw new Error(`row ${row} gives no ${name}`);
  return value;
}
