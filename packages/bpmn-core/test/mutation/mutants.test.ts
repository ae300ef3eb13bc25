import { expect } from 'chai';
import { marked } from '../../mutation/coverage.ts';
import { apply, mutantsOf } from '../../mutation/mutants.ts';
import { type Result, reportOf, scoreOf } from '../../mutation/report.ts';

const mutated = (text: string) => mutantsOf('x.ts', text).map((mutant) => apply(text, mutant));

describe('Mutants', () => {
  for (const [text, ...expected] of [
    ['x(a === b);', 'x(a !== b);'],
    ['x(a < b);', 'x(a <= b);', 'x(a >= b);'],
    ['x(a && b);', 'x(a || b);'],
    ['x(a ?? b);', 'x(a && b);'],
    // With && in the place of one ?? only, it cannot be parsed.
    ['x(a ?? b ?? c);'],
    ['x(a + 1);', 'x(a - 1);'],
    ['x("a" + b);', "x('' + b);"],
    ['x(true);', 'x(false);'],
    ['x(!a);', 'x((a));'],
    ['x([1]);', 'x([]);'],
    ['x([]);'],
    ["x('two words');"],
    ["x('name');", "x('');"],
    ['x(all.some(y));', 'x(all.every(y));'],
    ['x(all.filter(y));', 'x(all);'],
    ['if (a) b();', 'if (true) b();', 'if (false) b();', 'if (a) ;'],
    ['x(a ? b : c);', 'x(true ? b : c);', 'x(false ? b : c);'],
    ['while (a) b();', 'while (false) b();', 'while (a) ;'],
    ['for (; a; n++) b();', 'for (; false; n++) b();', 'for (; a; n--) b();', 'for (; a; n++) ;'],
    ['const f = () => 1;', 'const f = () => undefined;'],
    ['function f() { b(); }', 'function f() {}'],
    ['function f() { b(); return c(); }', 'function f() {}', 'function f() { ; return c(); }'],
    ["type A = 'a' | 'b'; interface B { c: true }"],
    ["import { a } from 'b'; export { c } from 'd';"],
  ] as [string, ...string[]][]) {
    it(`of ${text}`, () => {
      const all = mutated(text).filter((one) => one !== ';');
      expect(all).to.deep.equal(expected);
    });
  }

  it('know their line and the function around them', () => {
    const [first, second] = mutantsOf('x.ts', 'const a = true;\nconst f = (b) => !b;');
    expect(first).to.include({ line: 1, within: null, original: 'true' });
    expect(second).to.include({ line: 2, within: 26 });
  });

  it('the functions that a test comes to are marked in the source', () => {
    const text = 'const f = () => 1; function g() { return f(); }';
    const reached = new Set<string>();
    Object.assign(globalThis, { __reached: reached });
    new Function(`${marked('x.js', text)} f();`)();
    expect([...reached]).to.deep.equal(['x.js:10']);
    new Function(`${marked('x.js', text)} g();`)();
    expect([...reached]).to.deep.equal(['x.js:10', 'x.js:19']);
  });

  it('count by file, and those that survive are named', () => {
    const mutant = {
      file: 'a.ts',
      from: 0,
      to: 1,
      by: 'false',
      kind: 'boolean',
      line: 7,
      original: 'true',
      within: null,
    };
    const results: Result[] = [
      { mutant, fate: 'killed' },
      { mutant, fate: 'timeout' },
      { mutant: { ...mutant, file: 'b.ts' }, fate: 'survived' },
      { mutant, fate: 'unreached' },
    ];
    expect(scoreOf(results)).to.equal(50);
    expect(scoreOf([])).to.equal(100);
    const lines = reportOf(results).split('\n');
    expect(lines[1]).to.match(/^a\.ts +1 +1 +0 +1 +66\.7 %$/);
    expect(lines[3]).to.match(/^all +1 +1 +1 +1 +50\.0 %$/);
    expect(lines.slice(5)).to.deep.equal([
      'survived b.ts:7 boolean: true → false',
      'unreached a.ts:7 boolean: true → false',
    ]);
  });
});
