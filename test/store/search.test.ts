import { expect } from 'chai';
import type { Dossier } from '../../src/domain/dossier.ts';
import { askedFor } from '../../src/domain/searchWords.ts';
import type { TestStore } from '../support/testStore.ts';
import { aDossier, anAccount } from './support/builders.ts';
import { eachStore } from './support/eachStore.ts';

eachStore('search', (open) => {
  let store: TestStore;
  const found = async (query: string) => {
    const filter = { scopes: [{}], words: askedFor(query) };
    const page = await store.dossiers.list(filter, { limit: 100, cursor: null });
    return page.items.map(({ id }) => id).sort();
  };
  const insert = (dossier: Dossier) => store.transaction((tx) => store.dossiers.insert(tx, dossier));

  before(async () => {
    store = await open();
  });

  it('finds a dossier by its parties, its title and, once it has one, its number', async () => {
    // given
    const owner = anAccount({ name: 'Fatima Alami', nameAr: 'فاطمة العلمي' });
    await store.transaction((tx) => store.accounts.insert(tx, owner));
    const draft = aDossier({
      status: 'draft',
      applicant: owner.id,
      application: { land: { reference: 'T-4711/19', address: 'شارع الحسن الثاني' } },
    });
    await insert(draft);
    for (const query of ['fatima', 'فاطمه علمي', '4711', 'حسن الثاني'])
      expect(await found(query), query).to.deep.equal([draft.id]);

    // when it is filed and numbered
    const number = '01.151.01.01-PC-2026-00042';
    await store.transaction(async (tx) => {
      await store.dossiers.index(tx, { ...draft, number });
      return store.dossiers.save(tx, { ...draft, number, status: 'filed' });
    });

    // then
    for (const query of ['2026-00042', '42', 'fatima 42'])
      expect(await found(query), query).to.deep.equal([draft.id]);
    expect(await found('fatima 43')).to.deep.equal([]);
  });

  it('follows a draft as it is typed, and a party that changes its name', async () => {
    // given
    const owner = anAccount({ name: 'Youssef Before' });
    await store.transaction((tx) => store.accounts.insert(tx, owner));
    const draft = aDossier({ status: 'draft', applicant: owner.id, createdBy: owner.id });
    await insert(draft);
    // when
    await store.transaction((tx) =>
      store.dossiers.save(tx, { ...draft, application: { address: 'Rue Nouvelle' } }),
    );
    await store.transaction(async (tx) => {
      await store.accounts.save(tx, { ...owner, name: 'Youssef Afterwards' });
      await store.dossiers.indexOf(tx, owner.id);
    });
    // then
    expect(await found('nouvelle afterwards')).to.deep.equal([draft.id]);
    expect(await found('youssef before')).to.deep.equal([]);
  });

  it('finds what was there before there was a search, once the store has been upgraded', async () => {
    // given
    const old = aDossier({ number: '01.151.01.01-PC-2025-00777' });
    await insert(old);
    await store.connection
      .collection<{ _id: string }>('dossiers')
      .updateOne({ _id: old.id }, { $unset: { searchKeys: '' } });
    expect(await found('777')).to.deep.equal([]);
    // when
    await store.upgrade();
    // then
    expect(await found('777')).to.deep.equal([old.id]);
    expect(await store.dossiers.get(old.id)).to.deep.equal(old);
  });
});
