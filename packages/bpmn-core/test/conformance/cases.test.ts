import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { type Case, clausesOf, findCases, PAGE, pageOf, SOURCE } from './cases.ts';

describe('The list of conformance cases', () => {
  let cases: Case[] = [];
  before(() => {
    cases = findCases();
  });

  it('is up to date: if not, run `npm run conformance-cases`', () => {
    expect(pageOf(cases)).to.equal(readFileSync(PAGE, 'utf8'));
  });

  it('has more than three hundred, and no two of the same title', () => {
    const titles = cases.map(({ fullTitle }) => fullTitle).filter((title) => clausesOf(title).length > 0);
    expect(titles.length).to.be.greaterThan(300);
    expect(new Set(titles).size).to.equal(titles.length);
  });

  it('has cases for every clause that the source of what runs cites', () => {
    const shown = new Set(cases.flatMap(({ fullTitle }) => clausesOf(fullTitle)));
    const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' });
    for (const file of files.filter((name) => name.endsWith('.ts') && !/^(compile|feel|time)/.test(name))) {
      for (const clause of clausesOf(readFileSync(join(SOURCE, file), 'utf8').replace(/\s+\*?\s*/g, ' '))) {
        const isShown = [...shown].some((other) => other === clause || other.startsWith(`${clause}.`));
        expect(isShown, `${clause}, cited in ${file}`).to.equal(true);
      }
    }
  });

  for (const [title, clauses] of [
    ['Inclusive gateway (BPMN 2.0.2, 10.6.3 and 13.4.3) waits', '10.6.3 13.4.3'],
    ['Beginnings (clauses 10.5.2, 10.6.6 and 13.2) a', '10.5.2 10.6.6 13.2'],
    ['the words of clause 13.4.3 say', '13.4.3'],
    ['FEEL (FEEL, DMN 1.5 clause 10.3) 1 + 1', ''],
    ['no clause at all', ''],
  ] as const) {
    it(`reads the clauses of "${title}"`, () => {
      expect(clausesOf(title).join(' ')).to.equal(clauses);
    });
  }
});
