import { DomainError } from '../domain/errors.ts';
import type { JsonObject } from '../domain/json.ts';
import { feelTest, feelValue } from './feel.ts';
import type { DecisionRow, DecisionTable } from './types.ts';

/** What one row of a decision table says of the facts, with the article it rests on. */
export interface Verdict {
  row: string;
  outputs: JsonObject;
  article: string;
  doubt: string | null;
}

/**
 * The first row of a table that fits the facts.
 * @throws DomainError NO_RULE_MATCHES
 */
export function evaluateTable(table: DecisionTable, facts: JsonObject): Verdict {
  if (table.hitPolicy !== 'FIRST') throw new TypeError(`${table.id} collects rows: use collectRows`);
  const verdict = matches(table, facts).next().value;
  if (verdict === undefined) throw new DomainError('NO_RULE_MATCHES', { table: table.id });
  return verdict;
}

/** All rows of a collecting table that fit the facts, in the order of the table. */
export function collectRows(table: DecisionTable, facts: JsonObject): Verdict[] {
  if (table.hitPolicy !== 'COLLECT')
    throw new TypeError(`${table.id} does not collect rows: use evaluateTable`);
  return [...matches(table, facts)];
}

function* matches(table: DecisionTable, facts: JsonObject): Generator<Verdict, undefined> {
  const values = table.inputs.map(({ name, expression }) => feelValue(expression ?? name, facts));
  const fits = ({ when }: DecisionRow) =>
    when.every((test, column) => test === '-' || feelTest(test, values[column] ?? null, facts));
  for (const row of table.rows) {
    if (!fits(row)) continue;
    const outputs = table.outputs.map(({ name }, column) => [
      name,
      feelValue(row.then[column] ?? 'null', facts),
    ]);
    yield {
      row: row.id,
      outputs: Object.fromEntries(outputs),
      article: row.article,
      doubt: row.doubt ?? null,
    };
  }
}
