import { expect } from 'chai';
import { mustBePassed, reasonErrors, variableErrors } from '../../src/domain/intervention.ts';
import type { JsonObject } from '../../src/domain/json.ts';

const rules = (variables: JsonObject) =>
  variableErrors(variables).map(({ field, rule }) => `${field} ${rule}`);

describe('an intervention', () => {
  it('needs a reason that says something', () => {
    expect(reasonErrors('   bref      ')).to.have.length(1);
    expect(reasonErrors('Séance tenue hors ligne.')).to.deep.equal([]);
    expect(reasonErrors('x'.repeat(501))[0]?.rule).to.equal('maxLength');
  });

  it('takes plain JSON under names of one word', () => {
    expect(rules({ members: ['a', { b: [1, true, null] }], tax_due2: 0 })).to.deep.equal([]);
    expect(rules({ 'two words': 1, '': 1, 'a/b': 1, '2a': 1, toString: 1 })).to.deep.equal([
      '/variables/two words propertyNames',
      '/variables/ propertyNames',
      '/variables/a~1b propertyNames',
      '/variables/2a propertyNames',
      '/variables/toString propertyNames',
    ]);
  });

  it('takes no function, no other object and no number that JSON cannot write', () => {
    for (const value of [() => 1, new Date(), Number.NaN, undefined, [Symbol('x')]]) {
      expect(rules({ value: value as never })).to.deep.equal(['/variables/value type']);
    }
  });

  it('bounds depth, size and number', () => {
    let deep: JsonObject = {};
    for (let level = 0; level < 9; level++) deep = { deep };
    expect(rules({ deep })).to.deep.equal(['/variables/deep other']);
    expect(rules({ text: 'x'.repeat(20_001) })).to.deep.equal(['/variables maxLength']);
    const many = Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`v${n}`, n]));
    expect(rules(many)).to.deep.equal(['/variables maxProperties']);
  });
});

describe('passing by a decision', () => {
  const ways = [
    's study',
    'study decide',
    'decide sign',
    'sign deliver',
    'decide refuse',
    'decide study',
  ].map((way) => {
    const [from = '', to = ''] = way.split(' ');
    return { from, to };
  });
  const flow = { ways, starts: ['s'] };
  const by = (place: string, candidates = ['decide', 'sign']) => mustBePassed(place, candidates, flow);

  it('is what a place behind it does, and none before it', () => {
    expect(by('deliver')).to.deep.equal(['decide', 'sign']);
    expect(by('refuse')).to.deep.equal(['decide']);
    expect(by('sign')).to.deep.equal(['decide']);
    expect(by('decide')).to.deep.equal([]);
    expect(by('study')).to.deep.equal([]);
  });

  it('is no more once the decision was given', () => {
    expect(by('deliver', [])).to.deep.equal([]);
  });
});
