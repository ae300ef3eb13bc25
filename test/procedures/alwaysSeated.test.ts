import { expect } from 'chai';
import { alwaysSeated } from '../../src/procedures/alwaysSeated.ts';
import { committeeFor } from '../../src/procedures/committeeFor.ts';
import type { CommuneFacts } from '../../src/procedures/ruleFacts.ts';
import { anApplication, buildingPermit } from './source.ts';

const rules = buildingPermit();
const facts = (populationClass: CommuneFacts['populationClass']): CommuneFacts => ({
  code: '01.571.01.11',
  kind: 'commune',
  setting: 'urban',
  population: null,
  populationClass,
});

describe('the bodies without which nothing can be studied', () => {
  it('are those that sit for the plainest project, with the secretariat that the commune calls for', () => {
    for (const populationClass of ['aboveFiftyThousand', 'upToFiftyThousand'] as const) {
      // given
      const convened = committeeFor(rules, anApplication(), facts(populationClass));
      // when
      const always = alwaysSeated(rules, facts(populationClass));
      // then
      expect(always?.secretariat).to.equal(convened.secretariatKind);
      expect(convened.seats.map(({ kind }) => kind)).to.include.members(always?.members ?? []);
      expect(always?.members).to.deep.equal(['commune', 'province', 'urbanAgency']);
    }
  });
});
