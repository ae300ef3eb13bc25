// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the tests are about such text

import { expect } from 'chai';
import { compileExpression, ExpressionError, type Json } from '../../src/index.ts';

const variables = {
  a: 1,
  b: 2,
  yes: true,
  name: 'Tanger',
  list: [3, 1, 2],
  opinions: [
    { of: 'urban agency', value: 'favourable' },
    { of: 'province', value: 'unfavourable' },
  ],
  dossier: { area: 120, commune: { code: '01.511' } },
  count: 9,
};

describe('compileExpression (FEEL, DMN 1.5 clause 10.3)', () => {
  for (const [text, value] of [
    ['a = 1', true],
    ['= a = 1', true],
    ['a != 1', false],
    ['a < b and b <= 2', true],
    ['yes and not(a = 2)', true],
    ['yes or missing', true],
    ['yes and missing', null],
    ['missing', null],
    ['missing = null', true],
    ['missing > 1', null],
    ['a between 1 and 3', true],
    ['a in (1, 2)', true],
    ['a in [1..3]', true],
    ['b in (> 2)', false],
    ['name = "Tanger"', true],
    ['"a == b && c" = name', false],
    ['a + b * 2', 5],
    ['-a', -1],
    ['a / 0', null],
    ['1.5 + .5', 2],
    ['if a > b then "x" else "y"', 'y'],
    ['list[1]', 3],
    ['list[-1]', 2],
    ['list[item > 1]', [3, 2]],
    ['list[a]', 3],
    ['count(list)', 3],
    ['list contains(list, 3)', true],
    ['some x in list satisfies x > 2', true],
    ['every x in list satisfies x > 2', false],
    ['for x in list return x * 2', [6, 2, 4]],
    ['dossier.area > 100', true],
    ['dossier.commune.code', '01.511'],
    ['dossier.nothing', null],
    ['opinions[value = "unfavourable"]', [{ of: 'province', value: 'unfavourable' }]],
    ['count(opinions[value = "favourable"]) >= 1', true],
    ['{area: a, b: [b]}', { area: 1, b: [2] }],
    ['starts with(name, "Tan")', true],
    ['string length(string: name)', 6],
    ['date("2026-02-01") > date("2026-01-31")', true],
    ['date("2026-01-31") + duration("P1M")', '2026-02-28'],
    ['duration("P2D")', 'P2D'],
    ['date and time("2026-01-01T10:00:00Z") + duration("PT1H")', '2026-01-01T11:00:00.000Z'],
    ['@"P3D"', 'P3D'],
    ['a /* == && */ = 1 // ${x}', true],
    ['"\\"" = "x"', false],
    ['null', null],
  ] as [string, Json][]) {
    it(`${text} is ${JSON.stringify(value)}`, () => {
      expect(compileExpression(text)(variables)).to.deep.equal(value);
    });
  }

  for (const text of [
    'a == 1',
    'a === 1',
    'a !== 1',
    'a && b',
    'a || b',
    '!a',
    'a % 2',
    'a ? b : 1',
    '${a}',
    '#{a}',
    '= ${a = 1}',
    "name = 'Tanger'",
    '`a` = 1',
    'a; b',
    'list.contains(1)',
    'name.length()',
    'name.toUpperCase() = "X"',
    'x.contains("a")',
    'contain(name, "a")',
    'not a',
    'my variable = 1',
    'a.my member = 1',
    'a is b',
    'a >',
    '> 3',
    '= 3 =',
    'a = = 1',
    '(a',
    '',
    '   ',
    '=',
    'now() > a',
    'today() > a',
    'now ()',
    'random number()',
    'function(x) x + 1',
    'list[function(x) x]',
    'sort(list, function(x, y) x < y)',
    'a instance of number',
    'for i in 1..1000000 return i',
    '1e3',
    'constructor',
    'a.__proto__',
    'a.constructor.constructor("x")()',
    'count(list) > count',
    'date and time("2026-01-01T10:00:00") > a',
    '@"2026-01-01T10:00:00"',
    'time("10:00:00")',
    'new Date()',
    'a => 1',
    `a = "${'x'.repeat(2_000)}"`,
    `${'('.repeat(16)}a${')'.repeat(16)}`,
    `${'{a: '.repeat(400)}1${'}'.repeat(400)}`,
    `${'for x in l return '.repeat(11)}1`,
  ]) {
    it(`refuses ${JSON.stringify(text.slice(0, 60))}`, () => {
      expect(() => compileExpression(text)).to.throw(ExpressionError);
    });
  }

  for (const [text, found, instead] of [
    ['${a}', '${', 'write the FEEL expression itself'],
    ['a == 1', '==', 'write ='],
    ['a !== 1', '!==', 'write !='],
    ['a && b', '&&', 'write and'],
    ['a || b', '||', 'write or'],
    ['!a', '!', 'write not(…)'],
    ["a = 'b'", "'", 'write "…"'],
    ['`a` = 1', '`', 'write "…" or a plain name'],
    ['a; b', ';', 'write one expression'],
    ['a % 2', '%', 'write modulo(…, …)'],
    ['a ? b : 1', '?', 'write if … then … else …'],
    ['a => 1', '=>', 'write >= or a built-in function'],
  ] as const) {
    it(`says what FEEL writes for ${found}`, () => {
      expect(() => compileExpression(text)).to.throw(ExpressionError, `"${found}" is not FEEL: ${instead}`);
    });
  }

  it('takes what is as long, as deep and as manifold as is allowed', () => {
    for (const text of [
      `"${'x'.repeat(1_998)}"`,
      `${'('.repeat(15)}1${')'.repeat(15)}`,
      `${'for x in [1] return '.repeat(10)}1`,
    ]) {
      expect(() => compileExpression(text)).not.to.throw();
    }
    expect(() => compileExpression(`"${'x'.repeat(1_999)}"`)).to.throw(ExpressionError, '2000 characters');
  });

  it('gives the same result whatever it was used for before', () => {
    const expression = compileExpression('list[which]');
    expect(expression({ list: [5, 6], which: 1 })).to.equal(5);
    expect(expression({ list: [5, 6], which: false })).to.deep.equal([]);
    expect(expression({ list: [5, 6], which: 2 })).to.equal(6);
  });

  it('forgets the variables of the evaluation before', () => {
    const expression = compileExpression('seen');
    expect(expression({ seen: 1 })).to.equal(1);
    expect(expression({})).to.equal(null);
  });

  it('does not see members that data inherit', () => {
    expect(compileExpression('toString')({})).to.equal(null);
  });

  it('a missing variable is null even if a function has its name', () => {
    expect(compileExpression('count')({})).to.equal(null);
  });

  it('compiles a text once', () => {
    expect(compileExpression('a = 12345')).to.equal(compileExpression('a = 12345'));
  });

  it('does not change the variables', () => {
    const frozen = Object.freeze({ list: Object.freeze([1]) as unknown as Json });
    expect(compileExpression('append(list, 2)')(frozen)).to.deep.equal([1, 2]);
    expect(frozen).to.deep.equal({ list: [1] });
  });
});
