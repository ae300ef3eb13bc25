import { expect } from 'chai';
import type { Json } from '../../src/domain/json.ts';
import { assessTax } from '../../src/procedures/assessTax.ts';
import { classify } from '../../src/procedures/classify.ts';
import { committeeFor } from '../../src/procedures/committeeFor.ts';
import type { CommuneFacts } from '../../src/procedures/ruleFacts.ts';
import { anApplication, buildingPermit } from './source.ts';

const rules = buildingPermit();
const TETOUAN: CommuneFacts = {
  code: '01.571.01.11',
  kind: 'commune',
  setting: 'urban',
  population: null,
  populationClass: 'aboveFiftyThousand',
};
const RURAL: CommuneFacts = {
  code: '01.571.05.01',
  kind: 'commune',
  setting: 'rural',
  population: null,
  populationClass: 'upToFiftyThousand',
};

describe('classification of projects (RGC, annexes 2 and 3)', () => {
  for (const [changes, size, rule] of [
    [{}, 'small', 'housingInSubdivision'],
    [{ 'project.operation': 'subdivision' }, 'large', 'subdivisionOrDivision'],
    [{ 'project.operation': 'housingGroup', 'project.dwellings': 21 }, 'large', 'housingGroupOverTwenty'],
    [{ 'project.operation': 'housingGroup', 'project.dwellings': 20 }, 'large', 'housingGroup'],
    [{ 'project.publicOwner': true }, 'large', 'publicOwner'],
    [{ 'project.receivesPublic': true }, 'large', 'receivesPublic'],
    [
      { 'project.receivesPublic': true, 'project.use': 'commerce', 'project.heightMetres': 4 },
      'small',
      'upToFifteenHalfInReceived',
    ],
    [{ 'project.use': 'education' }, 'large', 'publicUse'],
    [{ 'project.use': 'commerce', 'project.floorAreaM2': 500.5 }, 'large', 'commerceArea'],
    [{ 'project.use': 'commerce', 'project.heightMetres': 5.6 }, 'large', 'commerceHeight'],
    [
      { 'project.use': 'commerce', 'project.heightMetres': 5.5, 'land.subdivision': null },
      'small',
      'smallShop',
    ],
    [{ 'project.classifiedEstablishment': 'class2' }, 'large', 'classifiedFirstOrSecond'],
    [
      { 'project.use': 'industry', 'project.classifiedEstablishment': 'class3', 'project.floorAreaM2': 501 },
      'large',
      'industryThirdClassArea',
    ],
    [
      { 'project.use': 'industry', 'project.classifiedEstablishment': 'class3', 'project.heightMetres': 6 },
      'large',
      'industryThirdClassHeight',
    ],
    [
      {
        'project.use': 'industry',
        'project.classifiedEstablishment': 'class3',
        'project.heightMetres': 5,
        'land.subdivision': null,
      },
      'small',
      'thirdClassWorkshop',
    ],
    [{ 'project.use': 'industry' }, 'large', 'industryUnclassified'],
    [{ 'project.heightMetres': 15.51 }, 'large', 'higherThanFifteenHalf'],
    [{ 'project.storeysAboveGround': 5 }, 'large', 'moreThanGroundPlusThree'],
    [{ 'project.heightMetres': 15.5, 'land.subdivision': null }, 'large', 'fifteenHalfOutsideReceived'],
    [{ 'project.heightMetres': 15.5 }, 'small', 'upToFifteenHalfInReceived'],
    [
      { 'land.subdivision': { name: 'A', lot: '1', received: false, restructured: true } },
      'small',
      'housingInRestructured',
    ],
    [{ 'land.subdivision': null, 'project.nature': 'modification' }, 'small', 'otherModification'],
    [{ 'land.subdivision': null }, 'small', 'notLarge'],
  ] as [Record<string, Json>, string, string][]) {
    it(`${JSON.stringify(changes)} is ${size} by ${rule}`, () => {
      expect(classify(rules, anApplication(changes))).to.include({ size, rule });
    });
  }

  it('names the article', () => {
    expect(classify(rules, anApplication())?.article).to.equal('RGC, annexe 3');
  });
});

describe('committee (RGC 10, 15, 21-23, 35)', () => {
  const kindFor = (commune: CommuneFacts) => committeeFor(rules, anApplication(), commune);
  const seats = (changes: Record<string, Json>) =>
    committeeFor(rules, anApplication(changes), TETOUAN).seats.map(
      ({ kind, binding }) => `${kind}${binding ? '!' : ''}`,
    );

  it('is the one-stop shop of a large commune or an arrondissement, else the province’s', () => {
    expect(kindFor(TETOUAN)).to.include({
      kind: 'oneStopShop',
      secretariatKind: 'oneStopShop',
      rule: 'likelyAbove',
    });
    expect(kindFor(RURAL)).to.include({
      kind: 'provincialCommittee',
      secretariatKind: 'provincialCommittee',
    });
    expect(kindFor({ ...RURAL, population: 50_001 })).to.include({
      rule: 'aboveThreshold',
      kind: 'oneStopShop',
    });
    expect(kindFor({ ...TETOUAN, population: 50_000 })).to.include({ rule: 'upToThreshold' });
    expect(kindFor({ ...RURAL, kind: 'arrondissement' })).to.include({ rule: 'arrondissement' });
    expect(kindFor({ ...RURAL, populationClass: 'unknown' })).to.include({ rule: 'unknownPopulation' });
  });

  it('is the one-stop shop that a small commune asked for', () => {
    // given
    const asked = buildingPermit();
    const parameter = asked.settings.parameters.oneStopShopByRequest;
    if (parameter !== undefined) parameter.value = [RURAL.code];
    // then
    expect(committeeFor(asked, anApplication(), RURAL)).to.include({
      rule: 'byRequest',
      kind: 'oneStopShop',
    });
  });

  it('always calls commune, province and the urban agency, whose opinion binds', () => {
    expect(seats({})).to.deep.equal(['commune', 'province', 'urbanAgency!']);
  });

  it('calls those whose opinion the law asks for beside roads, sea and railways', () => {
    const neighbourhoods = ['nonCommunalRoad', 'maritimeDomain', 'railway'];
    expect(seats({ 'land.neighbourhoods': neighbourhoods }).slice(3)).to.deep.equal([
      'publicWorks',
      'maritimeDomain',
      'railways',
    ]);
    expect(seats({ 'land.neighbourhoods': ['railway'] }).slice(3)).to.deep.equal(['railways']);
  });

  it('calls telecommunications once for a large block of flats, the land registry for a division', () => {
    const flats = {
      'project.use': 'collectiveHousing',
      'project.storeysAboveGround': 4,
      'project.dwellings': 6,
    };
    expect(seats(flats).slice(3)).to.deep.equal(['telecom']);
    expect(seats({ 'project.operation': 'division' }).slice(3)).to.deep.equal(['landRegistry']);
  });
});

describe('tax on building operations (law 47-06, art. 50)', () => {
  const tax = (changes: Record<string, Json>, commune = TETOUAN) =>
    assessTax(rules, anApplication(changes), commune);

  it('counts fractions of a square metre for one and overhangs for two', () => {
    expect(tax({})).to.deep.include({
      amount: 181 * 25 + 14 * 25,
      currency: 'MAD',
      rule: 'individualHousing',
      exemption: null,
      lines: [
        { label: 'coveredM2', quantity: 181, rate: 25, amount: 4525 },
        { label: 'overhangM2', quantity: 14, rate: 25, amount: 350 },
      ],
    });
  });

  it('shows the doubt on a default rate', () => {
    expect(tax({}).source).to.contain('47-06').and.to.contain('INF');
  });

  it('exempts social housing, and rural housing in rural communes', () => {
    expect(tax({ 'project.socialHousing': true })).to.deep.include({
      amount: 0,
      exemption: 'socialHousing',
      lines: [],
    });
    expect(tax({}, RURAL)).to.include({ amount: 0, exemption: 'ruralHousing' });
    expect(tax({ 'project.use': 'commerce' }, RURAL)).to.include({ rule: 'otherUses', exemption: null });
  });

  it('takes a fixed amount for works without new area, and nothing for a fence', () => {
    const none = { 'project.coveredAreaM2': 0, 'project.overhangM2': 0 };
    expect(tax({ ...none, 'project.nature': 'modification' })).to.include({
      amount: 500,
      rule: 'restoration',
    });
    expect(tax({ ...none, 'project.nature': 'fence' })).to.deep.include({
      amount: 0,
      lines: [],
      exemption: null,
    });
  });

  it('takes a commune’s own rate before the default', () => {
    // given
    const local = buildingPermit();
    const table = local.decisions.tax;
    table?.rows.unshift({
      id: 'tetouan',
      when: ['"01.571.01.11"', '-', '"individualHousing"', '-', '-', '-'],
      // biome-ignore lint/suspicious/noThenProperty: a row of a decision table, never awaited
      then: ['20', 'ceiling(project.coveredAreaM2)', '0', '0', 'null'],
      article: 'Arrêté fiscal',
    });
    // then
    expect(assessTax(local, anApplication(), TETOUAN)).to.include({
      amount: 181 * 20,
      source: 'Arrêté fiscal',
    });
    expect(assessTax(local, anApplication(), { ...TETOUAN, code: '01.571.01.07' }).rule).to.equal(
      'individualHousing',
    );
  });

  it('keeps default rates inside the legal ranges', () => {
    const range = (name: string) => rules.settings.parameters[name]?.value as [number, number];
    const rate = (id: string) => Number(rules.decisions.tax?.rows.find((row) => row.id === id)?.then[0]);
    expect(rate('individualHousing')).to.be.within(...range('taxRangeIndividualHousing'));
    expect(rate('otherUses')).to.be.within(...range('taxRangeOther'));
    expect(tax({ 'project.nature': 'modification', 'project.coveredAreaM2': 0 }).amount).to.be.at.most(
      Number(rules.settings.parameters.taxRestorationMaximum?.value),
    );
  });
});
