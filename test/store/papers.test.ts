import { expect } from 'chai';
import { refusal } from '../support/refusal.ts';
import type { TestStore } from '../support/testStore.ts';
import { aDecision, aDocument, anOpinion } from './support/builders.ts';
import { eachStore } from './support/eachStore.ts';

eachStore('documents, opinions and decisions', (open) => {
  let store: TestStore;

  before(async () => {
    store = await open();
  });

  it('keep every version of a piece and show the current ones first', async () => {
    // given
    const first = aDocument({ dossier: 'd', piece: 'plan', version: 1 });
    const deed = aDocument({ dossier: 'd', piece: 'titleDeed', version: 1, pages: null });
    const second = aDocument({ dossier: 'd', piece: 'plan', version: 2 });
    // when
    for (const document of [first, deed, second]) {
      await store.transaction((tx) => store.documents.insert(tx, document));
    }
    // then
    expect(await store.documents.ofDossier('d')).to.deep.equal([second, deed, { ...first, current: false }]);
    expect(await store.documents.find(deed.id)).to.deep.equal(deed);
    expect(await store.documents.find('unknown')).to.equal(null);
    const again = aDocument({ dossier: 'd', piece: 'plan', version: 2 });
    await refusal(
      store.transaction((tx) => store.documents.insert(tx, again)),
      'STALE_VERSION',
    );
    expect((await store.documents.find(second.id))?.current).to.equal(true);
  });

  it('take one opinion per task', async () => {
    // given
    const opinion = anOpinion({
      dossier: 'd',
      givenAt: 2,
      remarks: [{ document: 'x', page: 1, article: 'RGC 38', text: 'ارفع', reserve: true }],
    });
    const earlier = anOpinion({ dossier: 'd', givenAt: 1 });
    await store.transaction(async (tx) => {
      await store.opinions.insert(tx, opinion);
      await store.opinions.insert(tx, earlier);
      expect(await store.opinions.ofDossier('d', tx)).to.have.length(2);
    });
    // when
    const again = anOpinion({ task: opinion.task });
    await refusal(
      store.transaction((tx) => store.opinions.insert(tx, again)),
      'TASK_ALREADY_DONE',
    );
    // then
    expect(await store.opinions.ofDossier('d')).to.deep.equal([earlier, opinion]);
  });

  it('find a signed act by its code', async () => {
    // given
    const draft = aDecision({ dossier: 'd' });
    const other = aDecision({ dossier: 'd', decidedAt: 2000 });
    await store.transaction(async (tx) => {
      await store.decisions.insert(tx, draft);
      await store.decisions.insert(tx, other);
    });
    // when
    const issued = { ...draft, status: 'issued', verificationCode: 'code-1', signedAt: 3 } as const;
    await store.transaction((tx) => store.decisions.save(tx, issued));
    // then
    expect(await store.decisions.findByCode('code-1')).to.deep.equal(issued);
    expect(await store.decisions.findByCode('code-2')).to.equal(null);
    expect(await store.decisions.find(draft.id)).to.deep.equal(issued);
    expect(await store.decisions.ofDossier('d')).to.deep.equal([issued, other]);
    await refusal(
      store.transaction((tx) => store.decisions.save(tx, aDecision())),
      'DECISION_NOT_FOUND',
    );
  });
});
