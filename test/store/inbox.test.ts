import { expect } from 'chai';
import type { TaskFilter, TaskScope } from '../../src/store/store.ts';
import type { TestStore } from '../support/testStore.ts';
import { anInstance, aStep, aTask } from './support/builders.ts';
import { eachStore } from './support/eachStore.ts';

const TASKS = 20_000;

eachStore('an inbox among 20,000 tasks', (open) => {
  let store: TestStore;

  before(async function () {
    this.timeout(120_000);
    store = await open();
    const communes = Array.from(
      { length: 40 },
      (_, i) => `01.${151 + (i % 8)}.01.${String(i).padStart(2, '0')}`,
    );
    const bodies = [null, 'agency', 'protection', null];
    for (let batch = 0; batch < TASKS; batch += 2000) {
      const tasks = Array.from({ length: 2000 }, (_, j) => {
        const i = batch + j;
        const body = bodies[i % 4] ?? null;
        const roles = [body === null ? 'registryOfficer' : 'committeeMember'] as const;
        return aTask({
          id: `task-${String(i).padStart(6, '0')}`,
          instance: `instance-${i}`,
          dossier: `dossier-${i % 5000}`,
          territory: communes[i % 40] ?? '',
          roles: [...roles],
          body,
          createdAt: i,
          dueAt: i % 10 === 0 ? null : (i * 7919) % TASKS,
          assignee: i % 50 === 0 ? 'me' : null,
        });
      });
      await store.transaction(async (tx) =>
        store.engine.write(tx, aStep(anInstance(), { openTasks: tasks })),
      );
    }
  });

  /** The query as the repository asks it. */
  async function queryOf(work: () => Promise<unknown>): Promise<{ filter: object; sort: object }> {
    const queries: { filter: object; sort: object }[] = [];
    store.connection.set(
      'debug',
      (_collection: string, method: string, filter: object, how: { sort: object }) => {
        if (method === 'find') queries.push({ filter, sort: how.sort });
      },
    );
    await work();
    store.connection.set('debug', false);
    expect(queries).to.have.length(1);
    return queries[0] as { filter: object; sort: object };
  }

  const SCOPES: Record<string, TaskScope> = {
    'registry officer of a province': { role: 'registryOfficer', territories: ['01.152'], body: null },
    'member of a body': { role: 'committeeMember', territories: ['01'], body: 'agency' },
    'registry officer of the country': { role: 'registryOfficer', territories: ['*'], body: null },
    'governor of a province': { territories: ['01.153'] },
    'holder of claimed tasks': { assignee: 'me' },
    'applicant of two dossiers': { role: 'applicant', dossiers: ['dossier-3', 'dossier-4'] },
  };

  for (const [person, scope] of Object.entries(SCOPES)) {
    it(`gives the ${person} a page by an index, in its order, without reading the rest`, async () => {
      // given
      const filter: TaskFilter = { scopes: [scope], status: 'open', sort: 'dueAt' };
      const { next } = await store.tasks.list(filter, { limit: 20, cursor: null });
      // when
      const queries = [
        await queryOf(() => store.tasks.list(filter, { limit: 20, cursor: null })),
        await queryOf(() => store.tasks.list(filter, { limit: 20, cursor: next })),
      ];
      // then
      for (const query of queries) {
        const plan = await store.connection
          .collection('tasks')
          .find(query.filter, { sort: query.sort as Record<string, 1>, limit: 21 })
          .explain('executionStats');
        const text = JSON.stringify(plan.queryPlanner.winningPlan);
        expect(text).to.contain('IXSCAN').and.not.contain('COLLSCAN');
        expect(plan.executionStats.totalDocsExamined, text).to.be.below(200);
      }
    });
  }

  it('can be read to its end, each task once', async function () {
    this.timeout(60_000);
    // given
    const filter: TaskFilter = {
      scopes: [{ role: 'committeeMember', territories: ['01.151', '01.152'], body: 'agency' }],
      status: 'open',
      sort: 'dueAt',
    };
    const seen: string[] = [];
    const due: number[] = [];
    // when
    for (let cursor: string | null = null, more = true; more; more = cursor !== null) {
      const page = await store.tasks.list(filter, { limit: 100, cursor });
      seen.push(...page.items.map(({ id }) => id));
      due.push(...page.items.map(({ dueAt }) => dueAt ?? Number.POSITIVE_INFINITY));
      cursor = page.next;
    }
    // then
    const expected = await store.connection.collection('tasks').countDocuments({
      body: { $in: ['agency', null] },
      roles: 'committeeMember',
      territoryPath: { $in: ['01.151', '01.152'] },
    });
    expect(expected).to.be.above(500);
    expect(seen).to.have.length(expected);
    expect(new Set(seen).size).to.equal(expected);
    expect(due).to.deep.equal([...due].sort((a, b) => a - b));
  });

  it('is given without reading all of them', async () => {
    const filter: TaskFilter = {
      scopes: [{ role: 'registryOfficer', territories: ['01.152'], body: null }, { assignee: 'me' }],
      status: 'open',
      sort: 'dueAt',
    };
    const times: number[] = [];
    for (let i = 0; i < 10; i++) {
      const start = performance.now();
      await store.tasks.list(filter, { limit: 50, cursor: null });
      times.push(performance.now() - start);
    }
    times.sort((a, b) => a - b);
    // seconds when it reads all; the benchmark tells how fast it is
    expect(times[5]).to.be.below(1_000);
  });
});
