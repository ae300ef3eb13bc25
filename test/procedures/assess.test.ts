import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import type { JsonObject } from '../../src/domain/json.ts';
import { assess } from '../../src/procedures/assess.ts';
import { readProcedure } from '../../src/procedures/readProcedure.ts';
import type { CommuneFacts } from '../../src/procedures/ruleFacts.ts';
import type { ProcedureSource } from '../../src/procedures/types.ts';

const COMMUNE: CommuneFacts = {
  code: '01.151.01.01',
  kind: 'commune',
  setting: 'urban',
  population: 45_000,
  populationClass: 'upToFiftyThousand',
};
const HOUSE = {
  operation: 'building',
  publicOwner: false,
  receivesPublic: false,
  use: 'individualHousing',
  classifiedEstablishment: 'none',
  heightMetres: 7.5,
  storeysAboveGround: 2,
};

describe('assessing a project before it is filed', () => {
  let procedure: ProcedureSource;
  const of = (project: JsonObject, more: JsonObject = {}) => assess(procedure, { project, ...more }, COMMUNE);

  before(async () => {
    const root = fileURLToPath(new URL('../..', import.meta.url));
    procedure = await readProcedure(
      { processes: `${root}processes`, forms: `${root}forms` },
      'building-permit-small',
    );
  });

  it('guesses nothing: without answers it only asks', () => {
    const { serves, size, tax, unanswered } = assess(procedure, {}, COMMUNE);
    expect([serves, size, tax]).to.deep.equal([null, null, null]);
    expect(unanswered[0]).to.equal('/project/operation');
    // How many dwellings matters in a group of houses only.
    expect(unanswered).not.to.include('/project/dwellings');
  });

  it('asks no more than the rules need', () => {
    // given a house whose size is told by seven answers
    const { serves, size, unanswered } = of(HOUSE);

    // then nothing is asked about shops, or a subdivision that changes nothing
    expect(serves).to.equal(true);
    expect(size).to.deep.include({ size: 'small' });
    expect(unanswered).not.to.include('/land/subdivision');
    expect(unanswered).not.to.include('/project/shops');
    for (const known of Object.keys(HOUSE)) expect(unanswered).not.to.include(`/project/${known}`);
  });

  it('keeps the size open while one answer could still make it large', () => {
    for (const name of Object.keys(HOUSE)) {
      const { [name as 'use']: _, ...rest } = HOUSE;
      const { serves, unanswered } = of(rest);
      if (serves !== null) continue;
      expect(unanswered, name).to.include(`/project/${name}`);
    }
    expect(of({ ...HOUSE, heightMetres: undefined as never }).serves).to.equal(null);
  });

  it('tells a large project at once, by the answer that makes it so', () => {
    expect(of({ operation: 'subdivision' })).to.deep.include({ serves: false });
    expect(of({ ...HOUSE, storeysAboveGround: 6 }).size).to.deep.include({
      size: 'large',
      rule: 'moreThanGroundPlusThree',
    });
    // At fifteen metres and a half the subdivision decides, and only then is it asked about.
    const atTheLimit = { ...HOUSE, heightMetres: 15.5 };
    expect(of(atTheLimit).unanswered[0]).to.equal('/land/subdivision');
    expect(of(atTheLimit, { land: { subdivision: null } }).serves).to.equal(false);
    expect(of(atTheLimit, { land: { subdivision: {} } }).unanswered[0]).to.equal(
      '/land/subdivision/received',
    );
    expect(of(atTheLimit, { land: { subdivision: { received: true } } }).serves).to.equal(true);
  });

  it('estimates the tax between the rates that the law allows, once areas are known', () => {
    expect(of({ ...HOUSE, nature: 'newBuilding', socialHousing: false }).tax).to.equal(null);
    const { tax } = of({
      ...HOUSE,
      nature: 'newBuilding',
      socialHousing: false,
      coveredAreaM2: 119.5,
      overhangM2: 2,
    });
    expect(tax).to.deep.include({ amount: 124 * 25, lowest: 124 * 20, highest: 124 * 30, exemption: null });
    expect(tax?.doubt).to.be.a('string');
    const social = of({ ...HOUSE, socialHousing: true });
    expect(social.tax).to.deep.include({ amount: 0, exemption: 'socialHousing', lowest: null });
  });

  it('lists the pieces, and marks those that an answer would decide', () => {
    const byCode = (application: JsonObject) =>
      new Map(
        assess(procedure, application, COMMUNE).pieces.map(({ piece, needed }) => [piece.code, needed]),
      );
    expect(byCode({}).get('architecturalPlan')).to.equal(true);
    expect(byCode({}).get('companyStatutes')).to.equal(null);
    expect(byCode({ owner: { kind: 'company' } }).get('companyStatutes')).to.equal(true);
    expect(byCode({ owner: { kind: 'person' } }).has('companyStatutes')).to.equal(false);
  });
});
