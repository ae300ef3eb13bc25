import { expect } from 'chai';
import { refusal } from '../support/refusal.ts';
import type { TestStore } from '../support/testStore.ts';
import { aDossier } from './support/builders.ts';
import { eachStore } from './support/eachStore.ts';

eachStore('pages', (open) => {
  let store: TestStore;
  const scopes = [{ relatedTo: 'me' }, { territories: ['01'] }];
  const insertMany = (from: number, to: number) =>
    store.transaction(async (tx) => {
      for (let i = from; i < to; i++) {
        // Three of each instant: only the identifier tells them apart. Half of them are in both scopes.
        const applicant = i % 2 === 0 ? 'me' : 'you';
        const dossier = aDossier({ id: `d-${i % 7}-${i}`, applicant, createdAt: Math.floor(i / 3) });
        await store.dossiers.insert(tx, dossier);
      }
    });

  before(async () => {
    store = await open();
    await insertMany(0, 60);
  });

  it('show each item once, newest first, whatever is added meanwhile', async () => {
    // given
    const seen: { id: string; createdAt: number }[] = [];
    let cursor: string | null = null;
    let pages = 0;
    // when
    do {
      const page = await store.dossiers.list({ scopes }, { limit: 7, cursor });
      expect(page.items.length).to.be.at.most(7);
      seen.push(...page.items);
      cursor = page.next;
      pages += 1;
      if (pages === 3) await insertMany(60, 66);
    } while (cursor !== null);
    // then
    expect(pages).to.equal(9);
    expect(new Set(seen.map(({ id }) => id)).size).to.equal(60);
    expect(seen).to.have.length(60);
    const order = seen.map(({ createdAt }) => createdAt);
    expect(order).to.deep.equal([...order].sort((a, b) => b - a));
  });

  it('end exactly at the last item', async () => {
    const all = await store.dossiers.list({ scopes: [{}] }, { limit: 66, cursor: null });
    expect(all.items).to.have.length(66);
    expect(all.next).to.equal(null);
  });

  it('take only cursors that this list issued', async () => {
    // given
    const { next } = await store.dossiers.list({ scopes }, { limit: 5, cursor: null });
    const issued = next ?? '';
    const forged = [
      '',
      'x',
      'null',
      `${issued}=`,
      `${issued}A`,
      issued.slice(1),
      'a'.repeat(5000),
      Buffer.from('{"$gt":1}').toString('base64url'),
      Buffer.from(JSON.stringify(['dossiers', 1, 'd'])).toString('base64url'),
    ];
    // when, then
    for (const cursor of forged) {
      await refusal(store.dossiers.list({ scopes }, { limit: 5, cursor }), 'INVALID_CURSOR');
    }
    await refusal(
      store.dossiers.list({ scopes, status: 'filed' }, { limit: 5, cursor: issued }),
      'INVALID_CURSOR',
    );
    await refusal(store.accounts.list({}, { limit: 5, cursor: issued }), 'INVALID_CURSOR');
  });

  it('have 1 to 100 items', async () => {
    for (const limit of [0, 101, 1.5, Number.NaN]) {
      await refusal(store.dossiers.list({ scopes }, { limit, cursor: null }), 'INVALID_INPUT');
    }
  });
});
