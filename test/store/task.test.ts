import { expect } from 'chai';
import type { Task } from '../../src/domain/process.ts';
import type { TaskFilter, TaskScope } from '../../src/store/store.ts';
import { refusal } from '../support/refusal.ts';
import type { TestStore } from '../support/testStore.ts';
import { aStep, aTask, begin } from './support/builders.ts';
import { eachStore } from './support/eachStore.ts';

eachStore('tasks', (open) => {
  let store: TestStore;
  const keep = async (task: Task) => {
    await begin(store, { openTasks: [task] });
    return task;
  };
  const claim = (id: string, account: string, version?: number) =>
    store.transaction((tx) => store.tasks.claim(tx, id, account, 5000, version));
  const release = (id: string, account: string, version?: number) =>
    store.transaction((tx) => store.tasks.release(tx, id, account, version));

  beforeEach(async () => {
    store = await open();
  });

  it('come back as they were kept, whatever the keys of their variables', async () => {
    const task = await keep(aTask({ variables: { 'a.b': { $ref: 1 } }, dueAt: 3, body: 'agency' }));
    expect(await store.tasks.find(task.id)).to.deep.equal(task);
    expect(await store.tasks.ofDossier(task.dossier)).to.deep.equal([task]);
    expect(await store.tasks.find('unknown')).to.equal(null);
  });

  it('are claimed by the first, and by nobody else', async () => {
    // given
    const { id } = await keep(aTask());
    // when
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, (_, i) => claim(id, `officer-${i}`)));
    // then
    const won = outcomes.filter((outcome) => outcome.status === 'fulfilled');
    const codes = outcomes.flatMap((o) => (o.status === 'rejected' ? [o.reason.code] : []));
    expect(won).to.have.length(1);
    expect(codes).to.deep.equal(Array(7).fill('TASK_TAKEN'));
    const task = await store.tasks.find(id);
    expect(task).to.deep.include({ version: 2, claimedAt: 5000, assignee: won[0]?.value.assignee });
  });

  it('say why they cannot be claimed or released', async () => {
    // given
    const { id } = await keep(aTask());
    const ended = aTask();
    const instance = await begin(store, { openTasks: [ended] });
    await store.transaction(async (tx) =>
      store.engine.write(
        tx,
        aStep(
          { ...instance, version: 2 },
          {
            expectedVersion: 1,
            endTasks: [{ id: ended.id, status: 'completed', endedAt: 1, completedBy: 'x' }],
          },
        ),
      ),
    );
    // when, then
    await refusal(claim('unknown', 'a'), 'TASK_NOT_FOUND');
    await refusal(claim(ended.id, 'a'), 'TASK_ALREADY_DONE');
    await refusal(claim(id, 'a', 7), 'STALE_VERSION');
    await refusal(release(id, 'a'), 'TASK_NOT_CLAIMED');
    const claimed = await claim(id, 'a', 1);
    expect(await claim(id, 'a')).to.deep.equal(claimed);
    await refusal(claim(id, 'a', 1), 'STALE_VERSION');
    await refusal(release(id, 'b'), 'TASK_NOT_CLAIMED');
    await refusal(release(id, 'a', 1), 'STALE_VERSION');
    expect(await release(id, 'a', 2)).to.deep.include({ assignee: null, claimedAt: null, version: 3 });
    await refusal(release(ended.id, 'a'), 'TASK_ALREADY_DONE');
    await refusal(release('unknown', 'a'), 'TASK_NOT_FOUND');
  });

  it('show in an inbox what may be taken there, the most urgent first and those without a deadline last', async () => {
    // given
    const registry = aTask({ id: 'registry', dueAt: 30 });
    const agency = aTask({ id: 'agency', roles: ['committeeMember'], body: 'agency', dueAt: 20 });
    const protection = aTask({ id: 'protection', roles: ['committeeMember'], body: 'protection', dueAt: 10 });
    const secretary = aTask({ id: 'secretary', roles: ['committeeSecretary', 'committeeMember'] });
    const far = aTask({ id: 'far', territory: '02.001.01.01', dueAt: 5, dossier: 'dossier-2' });
    const own = aTask({ id: 'own', roles: ['applicant'], assignee: 'me', dossier: 'dossier-3' });
    await begin(store, { openTasks: [registry, agency, protection, secretary, far, own] });
    const inbox = async (scope: TaskScope, more: Partial<TaskFilter> = {}) => {
      const filter: TaskFilter = { scopes: [scope], status: 'open', sort: 'dueAt', ...more };
      return (await store.tasks.list(filter, { limit: 50, cursor: null })).items.map(({ id }) => id);
    };
    // when, then
    expect(await inbox({ role: 'registryOfficer', territories: ['01.151'], body: null })).to.deep.equal([
      'registry',
    ]);
    expect(await inbox({ role: 'registryOfficer', territories: ['*'], body: null })).to.deep.equal([
      'far',
      'registry',
    ]);
    expect(await inbox({ role: 'committeeMember', territories: ['01'], body: 'agency' })).to.deep.equal([
      'agency',
      'secretary',
    ]);
    expect(await inbox({ role: 'committeeMember', territories: ['02'], body: 'agency' })).to.deep.equal([]);
    expect(await inbox({ role: 'committeeMember', territories: ['01'] })).to.deep.equal([
      'protection',
      'agency',
      'secretary',
    ]);
    expect(await inbox({ assignee: 'me' })).to.deep.equal(['own']);
    expect(await inbox({ role: 'applicant', dossiers: ['dossier-3', 'dossier-1'] })).to.deep.equal(['own']);
    expect(await inbox({}, { dueBefore: 30 })).to.deep.equal(['far', 'protection', 'agency']);
    expect(await inbox({}, { territory: '02' })).to.deep.equal(['far']);
    expect(
      await inbox({}, { assignee: null, flowNode: 'CheckCompleteness', dossier: 'dossier-2' }),
    ).to.deep.equal(['far']);
    expect(await inbox({}, { status: 'completed' })).to.deep.equal([]);
    expect(await inbox({ territories: [] })).to.deep.equal([]);
  });
});
