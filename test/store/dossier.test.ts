import { expect } from 'chai';
import type { Dossier } from '../../src/domain/dossier.ts';
import type { DossierFilter } from '../../src/store/store.ts';
import { refusal } from '../support/refusal.ts';
import type { TestStore } from '../support/testStore.ts';
import { aDossier } from './support/builders.ts';
import { eachStore } from './support/eachStore.ts';

eachStore('dossiers', (open) => {
  let store: TestStore;
  const insert = (...all: Dossier[]) =>
    store.transaction(async (tx) => {
      for (const dossier of all) await store.dossiers.insert(tx, dossier);
    });
  const idsOf = async (filter: DossierFilter) => {
    const page = await store.dossiers.list(filter, { limit: 100, cursor: null });
    return page.items.map(({ id }) => id).sort();
  };

  before(async () => {
    store = await open();
  });

  it('come back as they were kept', async () => {
    // given
    const dossier = aDossier({
      number: '01-PC-2026-1',
      application: { owner: { name: 'عبد الله', floors: [1, 2.5, null] }, empty: {} },
      records: { Notes: { at: 1 } },
      committee: {
        kind: 'oneStopShop',
        round: 1,
        convenedAt: 1,
        secretariat: 's',
        members: [],
        silent: [],
        rule: 'r',
      },
    });
    // when
    await insert(dossier);
    // then
    expect(await store.dossiers.get(dossier.id)).to.deep.equal(dossier);
    expect(await store.dossiers.find('unknown')).to.equal(null);
    await refusal(store.dossiers.get('unknown'), 'DOSSIER_NOT_FOUND');
  });

  it('are saved once per version', async () => {
    // given
    const dossier = aDossier();
    await insert(dossier);
    // when
    const saved = await store.transaction((tx) => store.dossiers.save(tx, { ...dossier, status: 'refused' }));
    // then
    expect(saved.version).to.equal(2);
    expect(await store.dossiers.get(dossier.id)).to.deep.equal(saved);
    await refusal(
      store.transaction((tx) => store.dossiers.save(tx, dossier)),
      'STALE_VERSION',
    );
  });

  it('refuse application keys that the database would misread', async () => {
    for (const application of [{ $where: 1 }, { 'a.b': 1 }, { deep: [{ 'x\0': 1 }] }, { half: '\uD800' }]) {
      const error = await refusal(insert(aDossier({ application })), 'INVALID_INPUT');
      expect(JSON.stringify(error.details)).to.contain('/application/');
    }
  });

  it('keep numbers unique, but may have none', async () => {
    // given
    await insert(aDossier({ number: 'n-1' }), aDossier(), aDossier());
    // when
    const again = await insert(aDossier({ number: 'n-1' })).then(
      () => null,
      (error: { code?: number }) => error.code,
    );
    // then
    expect(again).to.equal(11000);
  });

  it('are seen by relation, territory and committee, and by nothing else', async () => {
    // given
    const other = await open();
    store = other;
    const mine = aDossier({ applicant: 'me', createdBy: 'clerk' });
    const drawn = aDossier({ architect: 'me' });
    const draft = aDossier({ status: 'draft', applicant: 'you' });
    const far = aDossier({ commune: '02.001.01.01', applicant: 'you' });
    const studied = aDossier({
      commune: '02.001.01.02',
      committee: {
        kind: 'oneStopShop',
        round: 1,
        convenedAt: 1,
        secretariat: 'shop',
        members: [{ body: 'agency', kind: 'urbanAgency', binding: true }],
        silent: [],
        rule: 'r',
      },
    });
    await insert(mine, drawn, draft, far, studied);
    const ids = (...all: Dossier[]) => all.map(({ id }) => id).sort();
    // when, then
    expect(await idsOf({ scopes: [] })).to.deep.equal([]);
    expect(await idsOf({ scopes: [{ relatedTo: 'me' }] })).to.deep.equal(ids(mine, drawn));
    expect(await idsOf({ scopes: [{ territories: ['01.151', '01'] }] })).to.deep.equal(ids(mine, drawn));
    expect(await idsOf({ scopes: [{ territories: ['01.15'] }] })).to.deep.equal([]);
    expect(await idsOf({ scopes: [{ bodies: ['agency'] }] })).to.deep.equal(ids(studied));
    expect(await idsOf({ scopes: [{ bodies: ['shop'] }, { relatedTo: 'me' }] })).to.deep.equal(
      ids(studied, mine, drawn),
    );
    expect(await idsOf({ scopes: [{ territories: ['*'] }] })).to.deep.equal(ids(mine, drawn, far, studied));
    expect(await idsOf({ scopes: [{}], status: 'draft' })).to.deep.equal(ids(draft));
    expect(await idsOf({ scopes: [{}], territory: '02.001' })).to.deep.equal(ids(far, studied));
    expect((await store.dossiers.idsOf('me')).sort()).to.deep.equal(ids(mine, drawn));
    expect(await store.dossiers.idsOf('clerk')).to.deep.equal([]);
    expect(await store.dossiers.proceduresOf([mine.id])).to.deep.equal(
      new Map([[mine.id, { procedure: mine.procedure, definition: mine.definition }]]),
    );
    expect((await store.dossiers.some([mine.id, 'nowhere'])).map(({ id }) => id)).to.deep.equal([mine.id]);
  });
});
