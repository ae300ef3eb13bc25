import { expect } from 'chai';
import { compileExpression, ExpressionError, type Json } from '../../src/index.ts';

/** One call of each built-in function that runs, and what DMN 1.5, clause 10.3.4, says it gives. */
const CALLS: [call: string, result: Json][] = [
  ['number("1 000,5", " ", ",")', 1000.5],
  ['string(1.5)', '1.5'],
  ['string(date("2026-03-01"))', '2026-03-01'],
  ['string(date and time("2026-03-01T10:00:00Z"))', '2026-03-01T10:00:00Z'],
  ['string(time("10:00:00Z"))', '10:00:00Z'],
  ['string(duration("P2D"))', 'P2D'],
  ['not(false)', true],
  ['substring("Tétouan", 2, 3)', 'éto'],
  ['string length("Fès")', 3],
  ['upper case("Fès")', 'FÈS'],
  ['lower case("FÈS")', 'fès'],
  ['substring before("01.151", ".")', '01'],
  ['substring after("01.151", ".")', '151'],
  ['replace("a-b-c", "-", "/")', 'a/b/c'],
  ['contains("permis", "mis")', true],
  ['matches("PC-2026", "^PC-[0-9]+$")', true],
  ['starts with("permis", "per")', true],
  ['ends with("permis", "mis")', true],
  ['split("a;b;c", ";")', ['a', 'b', 'c']],
  ['string join(["a", "b"], "-")', 'a-b'],
  ['list contains([1, 2], 2)', true],
  ['list replace([1, 2, 3], 2, 9)', [1, 9, 3]],
  ['count([1, 2, 3])', 3],
  ['min([3, 1, 2])', 1],
  ['max([3, 1, 2])', 3],
  ['sum([3, 1, 2])', 6],
  ['mean([3, 1, 2])', 2],
  ['all([true, false])', false],
  ['any([true, false])', true],
  ['sublist([1, 2, 3], 2)', [2, 3]],
  ['append([1], 2)', [1, 2]],
  ['concatenate([1], [2, 3])', [1, 2, 3]],
  ['insert before([1, 3], 2, 2)', [1, 2, 3]],
  ['remove([1, 2, 3], 2)', [1, 3]],
  ['reverse([1, 2, 3])', [3, 2, 1]],
  ['index of([1, 2, 1], 1)', [1, 3]],
  ['union([1, 2], [2, 3])', [1, 2, 3]],
  ['distinct values([1, 2, 1])', [1, 2]],
  ['flatten([[1], [[2]]])', [1, 2]],
  ['product([2, 3, 4])', 24],
  ['median([8, 2, 5])', 5],
  ['stddev([2, 4, 6])', 2],
  ['mode([6, 3, 6])', [6]],
  ['decimal(1/3, 2)', 0.33],
  ['floor(1.7)', 1],
  ['ceiling(1.2)', 2],
  ['abs(-3)', 3],
  ['round up(1.21, 1)', 1.3],
  ['round down(1.29, 1)', 1.2],
  ['round half up(1.25, 1)', 1.3],
  ['round half down(1.25, 1)', 1.2],
  ['modulo(-12, 5)', 3],
  ['sqrt(16)', 4],
  ['log(1)', 0],
  ['exp(0)', 1],
  ['odd(5)', true],
  ['even(5)', false],
  ['is(1, 1)', true],
  ['before(1, 2)', true],
  ['after(1, 2)', false],
  ['day of year(date("2026-02-01"))', 32],
  ['day of week(date("2026-03-02"))', 'Monday'],
  ['month of year(date("2026-03-02"))', 'March'],
  ['week of year(date("2026-01-05"))', 2],
  ['get value({a: 1}, "a")', 1],
  ['get entries({a: 1})', [{ key: 'a', value: 1 }]],
  ['context([{key: "a", value: 1}])', { a: 1 }],
  ['context merge([{a: 1}, {b: 2}])', { a: 1, b: 2 }],
  ['context put({a: 1}, "b", 2)', { a: 1, b: 2 }],
];

describe('Built-in functions of FEEL (DMN 1.5, clause 10.3.4)', () => {
  for (const [call, result] of CALLS)
    it(`${call} gives ${JSON.stringify(result)}`, () => {
      expect(compileExpression(call)({})).to.deep.equal(result);
    });

  for (const [call, reason] of [
    ['meets(a, b)', '"meets" is not a function of FEEL'],
    ['count([1..5])', 'a range stands behind "in"'],
    ['sort(a, b)', '"sort" is not a function of FEEL'],
    ['count(< 5)', 'a comparison needs a left side'],
  ] as const)
    it(`${call} is refused`, () => {
      expect(() => compileExpression(call)).to.throw(ExpressionError, reason);
    });

  for (const call of ['now()', 'today()', 'random number()'])
    it(`${call} would give another result each time`, () => {
      expect(() => compileExpression(call)).to.throw(ExpressionError, 'gives another result each time');
    });
});
