import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { DomainError } from '../../src/domain/errors.ts';
import { loadTerritories, type Territories, TerritoryDataError } from '../../src/procedures/territories.ts';

const SHIPPED = 'reference/territories';

describe('territories that ship', () => {
  let territories: Territories;
  before(async () => {
    territories = await loadTerritories(SHIPPED);
  });

  const provinces: [string, string, string, number, number, number][] = [
    ['01.051', 'province', 'Al Hoceïma', 5, 31, 371_527],
    ['01.151', 'province', 'Chefchaouen', 1, 27, 412_713],
    ['01.227', 'province', 'Fahs-Anjra', 0, 7, 100_789],
    ['01.331', 'province', 'Larache', 2, 17, 510_211],
    ['01.405', 'province', 'Ouezzane', 1, 16, 274_577],
    ['01.511', 'prefecture', 'Tanger-Assilah', 3, 9, 1_494_413],
    ['01.571', 'province', 'Tétouan', 2, 20, 611_928],
    ['01.573', 'prefecture', "M'Diq-Fnideq", 3, 2, 254_064],
  ];
  for (const [code, kind, name, urban, rural, population] of provinces) {
    it(`has the ${urban + rural} communes of ${name}`, () => {
      const province = territories.get(code);
      const communes = territories.list({ parent: code, kind: 'commune' });
      expect([province.kind, province.name.fr, province.population]).to.deep.equal([kind, name, population]);
      expect(communes.filter(({ setting }) => setting === 'urban')).to.have.length(urban);
      expect(communes.filter(({ setting }) => setting === 'rural')).to.have.length(rural);
      for (const commune of communes) expect(territories.provinceOf(commune.code)).to.equal(province);
    });
  }

  it('has 146 communes in 8 provinces and prefectures of one region, and 4 arrondissements apart', () => {
    expect(territories.communes()).to.have.length(146);
    expect(territories.provinces().map(({ code }) => code)).to.deep.equal(provinces.map(([code]) => code));
    expect(territories.list({ kind: 'arrondissement' }).map(({ name }) => name.en)).to.deep.equal([
      'Bni Makada',
      'Charf-Mghogha',
      'Charf-Souani',
      'Tangier-Medina',
    ]);
    const population = territories.provinces().reduce((sum, province) => sum + (province.population ?? 0), 0);
    expect(territories.list({ kind: 'region' }).map(({ population: people }) => people)).to.deep.equal([
      population,
    ]);
  });

  it('gives the commune of Tanger a code of its own, and says so', () => {
    const [tanger, ...others] = territories.list().filter(({ ownCode }) => ownCode);
    expect(others).to.deep.equal([]);
    expect(tanger?.name).to.deep.equal({ ar: 'طنجة', fr: 'Tanger', en: 'Tangier' });
    expect(tanger?.note).to.be.a('string');
    expect(territories.list({ parent: tanger?.code ?? '' })).to.have.length(4);
    expect(territories.provinceOf('01.511.01.05').code).to.equal('01.511');
  });

  it('names every territory in Arabic letters and in Latin letters, once per province', () => {
    for (const { code, name, arChecked, note } of territories.list()) {
      expect(name.ar, code).to.match(/^[\u0621-\u064a]+([ -][\u0621-\u064a]+)*$/);
      expect(name.en, code).to.match(/^[A-Za-z]+([ '-][A-Za-z]+)*$/);
      if (!arChecked) expect(note, code).to.be.a('string');
    }
    for (const province of territories.provinces()) {
      const names = territories.list({ parent: province.code }).map(({ name }) => name.ar);
      expect(new Set(names).size, province.name.fr).to.equal(names.length);
    }
  });

  it('tells who has more than fifty thousand inhabitants', () => {
    expect(
      territories
        .communes()
        .filter(({ aboveFiftyThousand }) => aboveFiftyThousand)
        .map(({ name }) => name.fr)
        .sort(),
    ).to.deep.equal([
      'Al Hoceima',
      'Fnideq',
      'Gueznaia',
      'Ksar El Kebir',
      'Larache',
      "M'Diq",
      'Martil',
      'Ouezzane',
      'Tanger',
      'Tétouan',
    ]);
    expect(territories.populationClass('01.571.01.11')).to.equal('aboveFiftyThousand');
    expect(territories.populationClass('01.151.01.01')).to.equal('upToFiftyThousand');
    expect(territories.populationClass('01.511.01.03')).to.equal('aboveFiftyThousand');
    expect(() => territories.populationClass('01.511')).to.throw(DomainError, 'TERRITORY_NOT_FOUND');
  });

  it('refuses a code that it does not know', () => {
    expect(territories.find('99')).to.equal(null);
    expect(() => territories.get('99')).to.throw(DomainError, 'TERRITORY_NOT_FOUND');
    expect(() => territories.provinceOf('01')).to.throw(DomainError, 'TERRITORY_NOT_FOUND');
  });
});

describe('loadTerritories', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'territories-'));
  });
  afterEach(() => rm(dir, { recursive: true }));

  const name = { ar: 'اسم', fr: 'Nom', en: 'Name' };
  const region = { code: '98', kind: 'region', parent: null, name };
  const province = { code: '98.001', kind: 'province', parent: '98', name };
  const commune = {
    code: '98.001.01.01',
    kind: 'commune',
    parent: '98.001',
    name,
    setting: 'urban',
    population: 60_000,
  };

  const write = (file: string, territories: object[], more: object = {}) =>
    writeFile(join(dir, file), JSON.stringify({ id: 'x', version: '1', sources: {}, territories, ...more }));
  const refusal = async (): Promise<Error> =>
    loadTerritories(dir).then(
      () => new Error('was accepted'),
      (error) => error,
    );

  it('takes a second region by its file alone', async () => {
    // given
    await writeFile(join(dir, 'ma-01.json'), await readFile(join(SHIPPED, 'ma-01.json')));
    await write('zz-98.json', [region, province, commune]);
    // when
    const territories = await loadTerritories(dir);
    // then
    expect(territories.communes()).to.have.length(147);
    expect(territories.list({ kind: 'region' }).map(({ code }) => code)).to.deep.equal(['01', '98']);
    expect(territories.provinceOf('98.001.01.01').code).to.equal('98.001');
    expect(territories.populationClass('98.001.01.01')).to.equal('unknown');
  });

  const faults: [string, object[], string][] = [
    ['a code given twice', [region, region], 'code 98 is given already'],
    ['an unknown parent', [region, { ...province, parent: '97' }], '98.001 has an unknown parent 97'],
    ['a province without a parent', [{ ...province, parent: null }], 'is a province without a parent'],
    [
      'a commune right under a region',
      [region, { ...commune, parent: '98' }],
      'cannot be under the region 98',
    ],
    [
      'a code that is not of its parent',
      [region, { ...province, code: '97.001' }],
      'does not bear the code of its parent',
    ],
    ['a code of no known shape', [{ ...region, code: '9' }], '/territories/0/code must match pattern'],
    ['an unknown kind', [{ ...region, kind: 'canton' }], '/territories/0/kind must be equal to one of'],
    [
      'a name without Arabic',
      [{ ...region, name: { fr: 'Nom', en: 'Name' } }],
      "must have required property 'ar'",
    ],
    ['an unknown field', [{ ...region, mayor: 'x' }], 'must NOT have additional properties'],
    [
      'people who do not fit the class',
      [region, province, { ...commune, aboveFiftyThousand: false }],
      'has 60000 inhabitants',
    ],
    ['a code of our own without a reason', [{ ...region, ownCode: true }], 'no note that says why'],
  ];
  for (const [what, entries, message] of faults) {
    it(`refuses ${what}`, async () => {
      await write('zz-98.json', entries);
      const error = await refusal();
      expect(error).to.be.instanceOf(TerritoryDataError);
      expect(error.message).to.include(message).and.to.include('zz-98.json');
    });
  }

  it('refuses a code that two files give, a file it cannot read, and an empty folder', async () => {
    expect((await refusal()).message).to.include('holds no file of territories');
    await write('a.json', [region]);
    await write('b.json', [region]);
    expect((await refusal()).message).to.include('b.json: code 98 is given already in a.json');
    await writeFile(join(dir, 'b.json'), '{');
    expect((await refusal()).message).to.include('b.json cannot be read');
    await write('b.json', [], {});
    expect((await refusal()).message).to.include('/territories must NOT have fewer than 1 items');
  });
});
