import { feelFault, type KnowsName } from '../feel.ts';
import { problem } from '../problems.ts';
import type { DecisionTable, Problem } from '../types.ts';
import { knowsFact } from './knowsFact.ts';
import type { Rule } from './subject.ts';

/** Decision tables are well-formed: columns and rows named once, a cell for each column, and FEEL over known facts in each. */
export const decisionCells: Rule = ({ version }) => {
  const knows = knowsFact(version);
  return Object.values(version.decisions).flatMap((table) => [
    ...twice(
      table,
      'inputs',
      table.inputs.map(({ name }) => name),
    ),
    ...twice(
      table,
      'outputs',
      table.outputs.map(({ name }) => name),
    ),
    ...twice(
      table,
      'rows',
      table.rows.map(({ id }) => id),
    ),
    ...table.inputs.flatMap(({ name, expression }) =>
      cellFault(table, name, expression ?? name, 'expression', knows),
    ),
    ...table.rows.flatMap((row) => [
      ...width(table, row.id, row.when.length, table.inputs.length),
      ...width(table, row.id, row.then.length, table.outputs.length),
      ...row.when
        .filter((cell) => cell !== '-')
        .flatMap((cell) => cellFault(table, row.id, cell, 'test', knows)),
      ...row.then.flatMap((cell) => cellFault(table, row.id, cell, 'expression', knows)),
    ]),
  ]);
};

function twice(table: DecisionTable, part: string, names: string[]): Problem[] {
  return names
    .filter((name, index) => names.indexOf(name) !== index)
    .map((name) => fault(table, `${part}/${name}`, 'nommé deux fois', 'مذكور مرتين', 'is named twice'));
}

function width(table: DecisionTable, row: string, found: number, expected: number): Problem[] {
  if (found === expected) return [];
  const counts = `${found} ≠ ${expected}`;
  return [
    fault(
      table,
      row,
      `nombre de cellules ${counts}`,
      `عدد الخانات ${counts}`,
      `has a wrong number of cells ${counts}`,
    ),
  ];
}

function cellFault(
  table: DecisionTable,
  where: string,
  cell: string,
  kind: 'expression' | 'test',
  knows: KnowsName,
): Problem[] {
  const found = feelFault(cell, kind, knows);
  if (found === null) return [];
  const what = `${cell} – ${found}`;
  return [
    fault(table, where, `cellule fausse : ${what}`, `خانة خاطئة: ${what}`, `has a wrong cell: ${what}`),
  ];
}

const fault = (table: DecisionTable, where: string, fr: string, ar: string, en: string): Problem =>
  problem(
    'decisionCells',
    table.id,
    `Table de décision ${table.id}, ${where} : ${fr}.`,
    `جدول القرار ${table.id}، ${where}: ${ar}.`,
    `Decision table ${table.id}, ${where} ${en}.`,
  );
