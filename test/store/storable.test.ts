import { expect } from 'chai';
import fc from 'fast-check';
import mongoose from 'mongoose';
import { DomainError } from '../../src/domain/errors.ts';
import { assertStorable } from '../../src/store/storable.ts';
import { outermost, territoryPath } from '../../src/store/territoryPath.ts';

const { BSON } = mongoose.mongo;

describe('what may be stored', () => {
  const fieldOf = (value: unknown): unknown => {
    try {
      assertStorable(value);
      return null;
    } catch (error) {
      expect(error).to.be.instanceOf(DomainError);
      return ((error as DomainError).details.errors as { field: string }[])[0]?.field;
    }
  };

  it('comes back from the database as it was', () => {
    let accepted = 0;
    fc.assert(
      fc.property(fc.dictionary(fc.string({ maxLength: 3 }), fc.jsonValue()), (value) => {
        if (fieldOf(value) !== null) return;
        accepted += 1;
        expect(BSON.deserialize(BSON.serialize(value))).to.deep.equal({ ...value });
      }),
      { numRuns: 500 },
    );
    expect(accepted).to.be.above(100);
  });

  it('is refused with the place of the offence', () => {
    expect(fieldOf({ a: [{ $b: 1 }] })).to.equal('/a/0/$b');
    expect(fieldOf({ 'a/b~': { 'c.d': 1 } })).to.equal('/a~1b~0/c.d');
    expect(fieldOf({ a: '\uD83D' })).to.equal('/a');
    expect(fieldOf({ a: '\uD83D\uDE00' })).to.equal(null);
    expect(fieldOf({ a: Number.NaN })).to.equal('/a');
    expect(fieldOf(JSON.parse('{"a":{"__proto__":1}}'))).to.equal('/a/__proto__');
    const deep = JSON.parse(`${'['.repeat(90)}${']'.repeat(90)}`);
    expect(fieldOf({ deep })).to.be.a('string');
  });
});

describe('territory paths', () => {
  it('name a territory and all that contain it', () => {
    expect(territoryPath('01.151.01')).to.deep.equal(['01', '01.151', '01.151.01']);
    expect(outermost(['01.151.01', '01.151', '02', '01.15'])).to.deep.equal(['01.151', '02', '01.15']);
    expect(outermost(['01', '*'])).to.equal(null);
    expect(outermost([])).to.deep.equal([]);
  });
});
