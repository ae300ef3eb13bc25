import { expect } from 'chai';
import { searchWords } from '../../src/store/searchWords.ts';
import type { TestStore } from '../support/testStore.ts';
import * as builders from './support/builders.ts';
import { eachStore } from './support/eachStore.ts';

eachStore('what waits', (open) => {
  let store: TestStore;

  before(async () => {
    store = await open();
    await builders.begin(store, {
      setTimers: [30, 10, 20].map((dueAt) => builders.aTimer({ dueAt })),
      addJobs: [builders.aJob()],
      addDeliveries: [builders.aDelivery(), builders.aDelivery({ runAfter: null })],
      raiseIncidents: [builders.anIncident(), builders.anIncident({ resolvedAt: 5 })],
    });
  });

  it('is counted: jobs, timers, what is to be delivered, incidents that are still open', async () => {
    expect(await store.backlog.count()).to.deep.equal({ jobs: 1, timers: 3, deliveries: 2, incidents: 1 });
  });

  it('tells the timers due until an instant, the earliest first', async () => {
    const { first, count } = await store.backlog.timersUntil(20, 1);
    expect(first.map(({ dueAt }) => dueAt)).to.deep.equal([10]);
    expect(count).to.equal(2);
  });
});

describe('words to search by', () => {
  it('are the same however a name is written', () => {
    expect(searchWords('Élodie  EL-AMRANI')).to.deep.equal(['elodie', 'el', 'amrani']);
    expect(searchWords('أمينة بنعلى')).to.deep.equal(searchWords('امينه  بنعلي'));
    expect(searchWords('مُحَمَّد')).to.deep.equal(['محمد']);
    expect(searchWords('a.b@example.org')).to.deep.equal(['a', 'b', 'example', 'org']);
    expect(searchWords('^.*$(')).to.deep.equal([]);
  });
});
