import { expect } from 'chai';
import type { DecisionChoice } from '../../src/domain/decision.ts';
import type { OpinionValue } from '../../src/domain/opinion.ts';
import { checkDecision } from '../../src/domain/rulesOfDecision.ts';

const opinion = (body: string, value: OpinionValue) => ({ body, value, remarks: [] });

/** The refusal's code, or `allowed`. */
function outcome(
  choice: DecisionChoice,
  agency: OpinionValue | null,
  commune: OpinionValue = 'favourable',
): string {
  const opinions = [opinion('commune', commune), ...(agency === null ? [] : [opinion('agency', agency)])];
  try {
    checkDecision(choice, opinions, ['agency']);
    return 'allowed';
  } catch (error) {
    return (error as { code: string }).code;
  }
}

describe('rules of decision', () => {
  const cases: [DecisionChoice, OpinionValue | null, string][] = [
    ['deliver', 'favourable', 'allowed'],
    ['deliver', null, 'BINDING_OPINION_MISSING'],
    ['deliver', 'notConcerned', 'BINDING_OPINION_MISSING'],
    ['deliver', 'unfavourable', 'BINDING_OPINION_UNFAVOURABLE'],
    ['deliver', 'favourableWithReserves', 'RESERVES_NOT_LIFTED'],
    ['liftReserves', 'favourableWithReserves', 'allowed'],
    ['liftReserves', 'favourable', 'NO_RESERVES'],
    ['liftReserves', 'unfavourable', 'BINDING_OPINION_UNFAVOURABLE'],
    ['liftReserves', null, 'BINDING_OPINION_MISSING'],
    ['modify', null, 'allowed'],
    ['modify', 'unfavourable', 'allowed'],
    ['refuse', null, 'allowed'],
    ['refuse', 'favourable', 'allowed'],
  ];
  for (const [choice, agency, expected] of cases) {
    it(`${choice} with the urban agency ${agency ?? 'silent'}: ${expected}`, () => {
      expect(outcome(choice, agency)).to.equal(expected);
    });
  }

  it('lets reserves of another member be lifted when the agency is favourable', () => {
    expect(outcome('liftReserves', 'favourable', 'favourableWithReserves')).to.equal('allowed');
  });

  it('lets the president deliver against a member whose opinion does not bind', () => {
    expect(outcome('deliver', 'favourable', 'unfavourable')).to.equal('allowed');
  });

  it('delivers nothing when no binding body sat', () => {
    expect(() => checkDecision('deliver', [opinion('commune', 'favourable')], [])).to.throw(
      'BINDING_OPINION_MISSING',
    );
  });
});
