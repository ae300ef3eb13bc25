import { expect } from 'chai';
import { collectRows, evaluateTable } from '../../src/procedures/evaluateTable.ts';
import type { DecisionRow, DecisionTable } from '../../src/procedures/types.ts';

const rowOf = (id: string, when: string, then: string): DecisionRow => ({
  id,
  when: [when],
  // biome-ignore lint/suspicious/noThenProperty: a row of a decision table, never awaited
  then: [then],
  article: `art. ${id}`,
});

const tableOf = (hitPolicy: DecisionTable['hitPolicy'], rows: DecisionRow[]): DecisionTable => ({
  id: 'sizes',
  name: { ar: 'أحجام', fr: 'Tailles', en: 'Sizes' },
  hitPolicy,
  source: 'test',
  inputs: [{ name: 'area', expression: 'project.area' }],
  outputs: [{ name: 'size' }],
  rows,
});
const ROWS = [
  rowOf('tiny', '< 10', '"tiny"'),
  rowOf('small', '< 100', '"small"'),
  rowOf('twice', '-', '2 * project.area'),
];

describe('evaluateTable', () => {
  it('takes the first row that fits', () => {
    const table = tableOf('FIRST', ROWS);
    const verdict = { row: 'small', outputs: { size: 'small' }, article: 'art. small', doubt: null };
    expect(evaluateTable(table, { project: { area: 50 } })).to.deep.equal(verdict);
    expect(evaluateTable(table, { project: { area: 100 } }).outputs).to.deep.equal({ size: 200 });
  });

  it('refuses when no row fits, and never guesses on a missing fact', () => {
    const table = tableOf('FIRST', ROWS.slice(0, 2));
    expect(() => evaluateTable(table, { project: { area: 100 } }))
      .to.throw()
      .with.property('code', 'NO_RULE_MATCHES');
    expect(() => evaluateTable(table, {}))
      .to.throw()
      .with.deep.property('details', { table: 'sizes' });
  });

  it('shows the doubt of the row', () => {
    const table = tableOf('FIRST', [{ ...rowOf('any', '-', '1'), doubt: 'CHECK' }]);
    expect(evaluateTable(table, {}).doubt).to.equal('CHECK');
  });

  it('collects every row that fits, in order', () => {
    const rows = collectRows(tableOf('COLLECT', ROWS), { project: { area: 5 } }).map(({ row }) => row);
    expect(rows).to.deep.equal(['tiny', 'small', 'twice']);
  });

  it('is not used for the other hit policy', () => {
    expect(() => evaluateTable(tableOf('COLLECT', ROWS), {})).to.throw(TypeError);
    expect(() => collectRows(tableOf('FIRST', ROWS), {})).to.throw(TypeError);
  });
});
