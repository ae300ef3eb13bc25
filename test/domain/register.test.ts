import { expect } from 'chai';
import type { EventType } from '../../src/domain/events.ts';
import type { JsonObject } from '../../src/domain/json.ts';
import { entriesOf, registerYear } from '../../src/domain/register.ts';

const linesOf = (type: EventType, data: JsonObject = {}, body: string | null = null) =>
  entriesOf({ type, data, body }).map(({ direction, kind, body: about }) => [direction, kind, about]);

describe('lines of the registers', () => {
  it('tell what came in from the applicant and from bodies', () => {
    expect(linesOf('ApplicationSubmitted')).to.deep.equal([['incoming', 'application', null]]);
    expect(linesOf('ComplementAnswered')).to.deep.equal([['incoming', 'complement', null]]);
    expect(linesOf('OpinionGiven', {}, 'agency')).to.deep.equal([['incoming', 'opinion', 'agency']]);
  });

  it('give a number to each letter that goes out', () => {
    expect(linesOf('CommitteeConvened', { members: ['a', 'b'] })).to.deep.equal([
      ['outgoing', 'convocation', 'a'],
      ['outgoing', 'convocation', 'b'],
    ]);
    expect(linesOf('LicenceDelivered', { copies: ['agency'] })).to.deep.equal([
      ['outgoing', 'licence', null],
      ['outgoing', 'copy', 'agency'],
    ]);
    expect(linesOf('DocumentSigned', { kind: 'refusal' })).to.deep.equal([['outgoing', 'refusal', null]]);
  });

  it('are not made for what stays in the house', () => {
    expect(linesOf('DecisionMade', { choice: 'deliver' })).to.deep.equal([]);
    // The licence goes out when it is delivered, not when it is signed.
    expect(linesOf('DocumentSigned', { kind: 'licence' })).to.deep.equal([]);
    expect(linesOf('TaxComputed', { amount: 0 })).to.deep.equal([]);
    expect(linesOf('TaskClaimed')).to.deep.equal([]);
    // A correction writes its own line.
    expect(linesOf('RegisterEntryCorrected')).to.deep.equal([]);
  });

  it('begin a year at midnight in Morocco', () => {
    // given a New Year's Eve in UTC that is New Year already at UTC+1
    expect(registerYear(Date.parse('2026-12-31T23:30:00Z'))).to.equal(2027);
    expect(registerYear(Date.parse('2026-12-31T22:30:00Z'))).to.equal(2026);
  });
});
