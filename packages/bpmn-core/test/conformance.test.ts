import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { CompileError, compile } from '../src/index.ts';
import { DECLARATIONS, ROWS } from './support/conformance.ts';
import { diagram } from './support/diagram.ts';

const DOCUMENT = fileURLToPath(new URL('../docs/conformance.md', import.meta.url));

/** Rows without a diagram of their own: what they speak of stands in the declarations of a document. */
const DECLARED: Readonly<Record<string, string>> = {
  'Correlation by correlation subscriptions': '<bpmn:correlationSubscription id="cs"/>',
  'Call activity of a global task': '<bpmn:globalTask id="G"/>',
};

function table(): string {
  const right = ROWS.filter(({ verdict }) => verdict === 'right').length;
  const share = ((right / ROWS.length) * 100).toFixed(1);
  const lines = ROWS.map(
    ({ clause, what, verdict, note }) => `| ${clause} | ${what} | ${verdict} | ${note} |`,
  );
  return [
    '# What of the standard runs',
    '',
    'Row by row what an executed process is made of (BPMN 2.0.2, clauses 8, 10 and 13). Each runs as the standard says or is refused by',
    '`compile` with what to draw instead; nothing runs in another way. The cases that show it are in `test/`, by chapter.',
    `${right} of ${ROWS.length} rows run (${share} %). Made from \`test/support/conformance.ts\`, which compiles a diagram for each:`,
    '`UPDATE=1 npx mocha packages/bpmn-core/test/conformance.test.ts`.',
    '',
    '| clause | what | | choice, or what instead |',
    '| --- | --- | --- | --- |',
    ...lines,
    '',
  ].join('\n');
}

describe('Conformance, row by row', () => {
  for (const { clause, what, verdict, body } of ROWS) {
    it(`${clause} ${what}: ${verdict}`, async () => {
      const inside = what.startsWith('Correlation by correlation') ? (DECLARED[what] ?? '') : '';
      const outside = inside === '' ? (DECLARED[what] ?? '') : '';
      const compiled = await compile(diagram(inside + body, DECLARATIONS + outside)).catch(
        (error: unknown) => error,
      );
      if (verdict === 'right') {
        expect(compiled, String(compiled)).not.to.be.instanceOf(Error);
        return;
      }
      if (!(compiled instanceof CompileError)) throw new Error('it was not refused');
      expect(
        compiled.refusals.every(
          ({ rule, params }) => rule === 'unsupported-element' && params.instead !== '',
        ),
      ).to.equal(true, JSON.stringify(compiled.refusals));
    });
  }

  it('is in the documentation as it is here, and nearly all of it runs', () => {
    if (process.env.UPDATE !== undefined) writeFileSync(DOCUMENT, table());
    expect(readFileSync(DOCUMENT, 'utf8')).to.equal(table());
    const right = ROWS.filter(({ verdict }) => verdict === 'right').length;
    expect(right / ROWS.length).to.be.at.least(0.95);
  });
});
