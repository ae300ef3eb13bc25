import { expect } from 'chai';
import { feelFault, feelTest, feelValue } from '../../src/procedures/feel.ts';

const knows = (path: string[]) => path.join('.') === 'project.use' || path.join('.') === 'x';

describe('feel', () => {
  for (const text of [
    'x = 1',
    'x != "a == b"',
    'if x = null then 0 else x',
    '2 * ceiling(x)',
    'list contains([1, 2], x)',
    'project.use',
    'not(x)',
  ]) {
    it(`accepts the expression ${text}`, () => {
      expect(feelFault(text, 'expression', knows)).to.equal(null);
    });
  }

  for (const text of [
    '-',
    '> 5',
    '"a", "b"',
    'not("a")',
    '[1..5]',
    'list contains(?, "a")',
    '? > 3 and ? < 5',
    'null',
    '<= x',
  ]) {
    it(`accepts the test ${text}`, () => {
      expect(feelFault(text, 'test', knows)).to.equal(null);
    });
  }

  for (const [text, fault] of [
    ['', 'empty'],
    ['= x', 'starts with ='],
    ['x == 1', 'foreign'],
    ['x && x', 'foreign'],
    ['x || x', 'foreign'],
    ['!x', 'foreign'],
    ['$' + '{x}', 'foreign'],
    ["x = 'a'", 'foreign'],
    ['x % 2 = 0', 'foreign'],
    ['x.contains("a")', 'unknown function'],
    ['now()', 'unknown function'],
    ['x +', 'syntax error'],
    ['x y', 'unknown name'],
    ['y', 'unknown name'],
    ['project.used = 1', 'unknown name'],
    ['x.constructor', 'unknown name'],
    ['? > 1', '? outside'],
    ['for i in x return i', 'not supported'],
    ['function(a) a', ''],
    ['1'.repeat(2001), 'longer'],
  ]) {
    it(`refuses the expression ${(text ?? '').slice(0, 30)}`, () => {
      expect(feelFault(text ?? '', 'expression', knows))
        .to.be.a('string')
        .that.contains(fault ?? '');
    });
  }

  it('refuses foreign tests that would silently never fit', () => {
    expect(feelFault('== 3', 'test')).to.be.a('string');
    expect(feelFault('"a" || "b"', 'test')).to.be.a('string');
    expect(feelFault('any text', 'test')).to.be.a('string');
  });

  it('evaluates over facts, with null for what is not there', () => {
    expect(feelValue('2 * ceiling(project.area)', { project: { area: 10.2 } })).to.equal(22);
    expect(feelValue('project.area', {})).to.equal(null);
    expect(feelValue('[1, "a"]', {})).to.deep.equal([1, 'a']);
    expect(feelValue('date("2026-01-01")', {})).to.equal(null);
  });

  it('passes a test only when it is plainly true', () => {
    expect(feelTest('> limit', 60, { limit: 50 })).to.equal(true);
    expect(feelTest('> limit', null, { limit: 50 })).to.equal(false);
    expect(feelTest('true', false, {})).to.equal(false);
    expect(feelTest('"a", "b"', 'b', {})).to.equal(true);
  });
});
