import { expect } from 'chai';
import type { EngineStore } from '../../src/engine/engineStore.ts';
import { createMongoStore } from '../../src/store/mongoStore.ts';
import type { Tx } from '../../src/store/store.ts';
import { createWriter } from '../../src/store/writes.ts';
import { openTasksOf } from '../support/openTasksOf.ts';
import { refusal } from '../support/refusal.ts';
import type { TestStore } from '../support/testStore.ts';
import { aDelivery, aJob, anIncident, anInstance, aStep, aTask, aTimer, begin } from './support/builders.ts';
import { eachStore } from './support/eachStore.ts';

for (const inOneCommand of [true, false]) {
  eachStore(
    `the engine's records, ${inOneCommand ? 'a step in one command' : 'a step write by write'}`,
    (open) => {
      let realNow = 1_000_000;
      let store: TestStore;
      let engine: EngineStore<Tx>;

      beforeEach(async () => {
        realNow = 1_000_000;
        const opened = await open({ realNow: () => realNow });
        const connection = opened.connection.useDb(opened.connection.name);
        const writeTogether = createWriter(connection, inOneCommand);
        store = { ...opened, ...createMongoStore(connection, () => realNow, writeTogether), connection };
        engine = store.engine;
      });

      it('frees all that a node which is gone was holding', async () => {
        // given
        await begin(store, { addJobs: [aJob()], setTimers: [aTimer()], addDeliveries: [aDelivery()] });
        await engine.claimJobs(realNow, 60_000, 8);
        await engine.claimTimers(9999, realNow, 60_000, 8);
        await engine.claimDeliveries(realNow, 60_000, 8);
        // when
        await store.engine.freeAll();
        // then
        expect(await engine.claimJobs(realNow, 1000, 8)).to.have.length(1);
        expect(await engine.claimTimers(9999, realNow, 1000, 8)).to.have.length(1);
        expect(await engine.claimDeliveries(realNow, 1000, 8)).to.have.length(1);
      });

      describe('steps', () => {
        it('are refused as too late, whatever else of the earlier one is in their way', async () => {
          // given a step that opened a task
          const instance = await begin(store);
          const openTasks = [aTask({ instance: instance.id })];
          const late = aStep({ ...instance, version: 2 }, { expectedVersion: 1, openTasks });
          const step = () => store.transaction(async (tx) => engine.write(tx, late));
          await step();
          // when, then
          await refusal(step(), 'INSTANCE_BUSY');
          expect(await openTasksOf(store, instance.id)).to.have.length(1);
        });

        it('are refused when somebody else moved the instance on', async () => {
          // given
          const instance = await begin(store);
          const step = (expectedVersion: number | null) =>
            store.transaction(async (tx) =>
              engine.write(
                tx,
                aStep(
                  { ...instance, version: 2 },
                  {
                    expectedVersion,
                    openTasks: [aTask({ instance: instance.id, dossier: instance.dossier })],
                  },
                ),
              ),
            );
          // when, then
          await refusal(step(7), 'INSTANCE_BUSY');
          await refusal(step(null), 'INSTANCE_BUSY');
          expect(await openTasksOf(store, instance.id)).to.deep.equal([]);
          await step(1);
          expect(await openTasksOf(store, instance.id)).to.have.length(1);
        });

        it('write all that waits, and take away what no longer does', async () => {
          // given
          const task = aTask({ instance: 'i' });
          const second = aTask({ instance: 'i' });
          const third = aTask({ instance: 'i' });
          const timer = aTimer({ instance: 'i' });
          const job = aJob({ instance: 'i', variables: { 'a.b': [1] } });
          const incident = anIncident({ instance: 'i' });
          const instance = await begin(
            store,
            {
              openTasks: [task, second, third],
              setTimers: [timer],
              addJobs: [job],
              raiseIncidents: [incident],
            },
            anInstance({ id: 'i', state: { 'tokens.1': { $at: 'x' } } }),
          );
          expect(await store.instances.find('i')).to.deep.equal(instance);
          expect(await engine.timersOf('i')).to.deep.equal([timer]);
          expect(await engine.jobsOf('i')).to.deep.equal([job]);
          expect(await engine.openIncidentsOf('i')).to.deep.equal([incident]);
          expect(await engine.findTask(task.id)).to.deep.equal(task);
          expect(await engine.findTimer(timer.id)).to.deep.equal(timer);
          expect(await engine.nextTimerAt()).to.equal(timer.dueAt);
          // when
          const end = { endedAt: 9, completedBy: null };
          await store.transaction(async (tx) =>
            engine.write(
              tx,
              aStep(
                { ...instance, version: 2, status: 'completed', endedAt: 9, endEvent: 'End' },
                {
                  expectedVersion: 1,
                  endTasks: [
                    { id: task.id, status: 'completed', endedAt: 9, completedBy: 'officer' },
                    { id: second.id, status: 'cancelled', ...end },
                    { id: third.id, status: 'cancelled', ...end },
                  ],
                  removeTimers: [timer.id],
                  removeJobs: [job.id],
                  resolveIncidents: [{ id: incident.id, resolvedAt: 9, resolvedBy: 'operator' }],
                },
              ),
            ),
          );
          // then
          expect(await store.instances.find('i')).to.deep.include({ status: 'completed', endEvent: 'End' });
          expect(await openTasksOf(store, 'i')).to.deep.equal([]);
          expect(await engine.findTask(task.id)).to.deep.include({
            status: 'completed',
            completedBy: 'officer',
            version: 2,
          });
          expect(await engine.findTask(third.id)).to.deep.include({ status: 'cancelled', endedAt: 9 });
          expect(await engine.timersOf('i')).to.deep.equal([]);
          expect(await engine.jobsOf('i')).to.deep.equal([]);
          expect(await engine.nextTimerAt()).to.equal(null);
          expect(await engine.openIncidentsOf('i')).to.deep.equal([]);
          expect(await engine.findIncident(incident.id)).to.deep.include({ resolvedBy: 'operator' });
        });

        it('cannot end a task or resolve an incident twice', async () => {
          // given
          const task = aTask();
          const incident = anIncident();
          const instance = await begin(store, { openTasks: [task], raiseIncidents: [incident] });
          const endTasks = [{ id: task.id, status: 'completed', endedAt: 1, completedBy: 'a' } as const];
          const resolveIncidents = [{ id: incident.id, resolvedAt: 1, resolvedBy: 'a' }];
          const step = (version: number, changes: object) =>
            store.transaction(async (tx) =>
              engine.write(
                tx,
                aStep({ ...instance, version: version + 1 }, { expectedVersion: version, ...changes }),
              ),
            );
          await step(1, { endTasks, resolveIncidents });
          // when, then
          await refusal(step(2, { endTasks }), 'TASK_ALREADY_DONE');
          await refusal(step(2, { resolveIncidents }), 'INCIDENT_ALREADY_RESOLVED');
          expect((await store.instances.find(instance.id))?.version).to.equal(2);
        });
      });

      describe('timers', () => {
        it('are claimed by one when they are due, the earliest first', async () => {
          // given
          const [late, early, future] = [aTimer({ dueAt: 20 }), aTimer({ dueAt: 10 }), aTimer({ dueAt: 99 })];
          await begin(store, { setTimers: [late, early, future] });
          // when
          const claims = await Promise.all([1, 2, 3].map(() => engine.claimTimers(20, realNow, 1000, 8)));
          // then
          const claimed = claims.flat().map(({ id }) => id);
          expect(claimed.sort()).to.deep.equal([early.id, late.id].sort());
          expect(await engine.claimTimers(20, realNow + 999, 1000, 8)).to.deep.equal([]);
          expect((await engine.claimTimers(20, realNow + 1000, 1000, 1)).map(({ id }) => id)).to.deep.equal([
            early.id,
          ]);
          await engine.releaseTimer(early.id);
          expect(await engine.claimTimers(20, realNow + 1000, 1000, 8, 'other-instance')).to.deep.equal([]);
          expect(await engine.claimTimers(20, realNow + 1000, 1000, 8, 'instance-1')).to.have.length(2);
          expect(await engine.nextTimerAt()).to.equal(10);
        });
      });

      describe('jobs', () => {
        it('are claimed by one when they may run, and again after their lease', async () => {
          // given
          const [now, later] = [aJob(), aJob({ runAfter: realNow + 500 })];
          await begin(store, { addJobs: [now, later] });
          // when
          const claims = await Promise.all([1, 2, 3].map(() => engine.claimJobs(realNow, 1000, 8)));
          // then
          expect(claims.flat().map(({ id }) => id)).to.deep.equal([now.id]);
          expect((await engine.claimJobs(realNow + 500, 1000, 8)).map(({ id }) => id)).to.deep.equal([
            later.id,
          ]);
          expect((await engine.claimJobs(realNow + 1000, 1000, 8)).map(({ id }) => id)).to.deep.equal([
            now.id,
          ]);
        });

        it('are taken one at a time once they were begun in vain', async () => {
          // given three jobs, and a node that has ended twice in the middle of them
          await begin(store, { addJobs: [aJob(), aJob(), aJob()] });
          for (let ended = 0; ended < 2; ended++, realNow += 1000) {
            const claimed = await engine.claimJobs(realNow, 1000, 8);
            expect(claimed.map(({ attempts }) => attempts)).to.deep.equal(Array(3).fill(ended + 1));
          }
          // when, then
          const fresh = aJob();
          await begin(store, { addJobs: [fresh] }, anInstance({ id: 'other' }));
          const claimed = await engine.claimJobs(realNow, 1000, 8);
          expect(claimed.map(({ attempts }) => attempts).sort()).to.deep.equal([1, 3]);
          expect(await engine.claimJobs(realNow, 1000, 8)).to.have.length(1);
        });

        it('wait after a failed attempt', async () => {
          // given
          const job = aJob();
          await begin(store, { addJobs: [job] });
          const [claimed = job] = await engine.claimJobs(realNow, 10_000, 8);
          // when
          await engine.postponeJob(claimed, realNow + 500);
          // then
          expect(await engine.claimJobs(realNow + 499, 1000, 8)).to.deep.equal([]);
          const [again] = await engine.claimJobs(realNow + 500, 1000, 8, 'instance-1');
          expect(again).to.deep.include({ attempts: 2, id: job.id });
          // what an earlier holder says no longer counts
          await engine.postponeJob(claimed, realNow + 9_000);
          expect(await engine.findJob(job.id)).to.deep.equal(again);
        });
      });

      describe('deliveries', () => {
        const signal = { kind: 'signal', name: 'stop', variables: {} } as const;
        const ids = (found: { id: string }[]) => found.map(({ id }) => id);

        it('are kept as they were given, and claimed by one, the first sent first', async () => {
          // given
          const second = aDelivery({
            createdAt: 2,
            says: { kind: 'message', name: 'news', key: 'a', variables: { 'a.b': [1] } },
          });
          const first = aDelivery({ createdAt: 1, says: signal, receiver: 'instance-2' });
          const later = aDelivery({ runAfter: realNow + 500 });
          const stopped = aDelivery({ runAfter: null });
          await begin(store, { addDeliveries: [second, first, later, stopped] });
          expect(await engine.findDelivery(second.id)).to.deep.equal(second);
          expect(await engine.findDelivery(first.id)).to.deep.equal(first);
          expect(await engine.findDelivery(stopped.id)).to.deep.equal(stopped);
          // when
          const claims = await Promise.all([1, 2, 3].map(() => engine.claimDeliveries(realNow, 1000, 8)));
          // then
          expect(ids(claims.flat()).toSorted()).to.deep.equal(ids([first, second]).toSorted());
          const again = await engine.claimDeliveries(realNow + 1000, 1000, 8, 'instance-1');
          expect(ids(again)).to.deep.equal(ids([first, second, later]));
          expect(await engine.claimDeliveries(realNow + 9000, 1000, 8, 'another')).to.deep.equal([]);
        });

        it('wait after an attempt, or are let go, by whoever holds them', async () => {
          const [delivery, other] = [aDelivery(), aDelivery()];
          await begin(store, { addDeliveries: [delivery] });
          const [claimed = delivery] = await engine.claimDeliveries(realNow, 10_000, 8);
          // when
          await engine.postponeDelivery(claimed, 1, realNow + 500);
          // then
          expect(await engine.claimDeliveries(realNow + 499, 1000, 8)).to.deep.equal([]);
          const [again = other] = await engine.claimDeliveries(realNow + 500, 1000, 8);
          expect(again).to.deep.include({ id: delivery.id, attempts: 1 });
          await engine.postponeDelivery(claimed, 2, realNow + 9_000);
          await engine.dropDelivery(claimed);
          expect(await engine.findDelivery(delivery.id)).to.deep.equal(again);
          await engine.dropDelivery(again);
          expect(await engine.findDelivery(delivery.id)).to.equal(null);
        });

        it('cannot be received twice', async () => {
          const delivery = aDelivery();
          const instance = await begin(store, { addDeliveries: [delivery] });
          const receive = (version: number) =>
            store.transaction(async (tx) =>
              engine.write(
                tx,
                aStep(
                  { ...instance, version: version + 1 },
                  { expectedVersion: version, removeDeliveries: [delivery.id] },
                ),
              ),
            );
          await receive(1);
          await refusal(receive(2), 'INSTANCE_BUSY');
          expect(await store.instances.find(instance.id)).to.include({ version: 2 });
        });

        it('may stop in one step and go on in another', async () => {
          const delivery = aDelivery();
          const instance = await begin(store, { addDeliveries: [delivery] });
          const stopped = { ...delivery, attempts: 8, runAfter: null };
          await store.transaction(async (tx) =>
            engine.write(
              tx,
              aStep(
                { ...instance, version: 2 },
                { expectedVersion: 1, removeDeliveries: [delivery.id], addDeliveries: [stopped] },
              ),
            ),
          );
          expect(await engine.findDelivery(delivery.id)).to.deep.equal(stopped);
        });

        it('are tried again when a process of their dossier begins to wait: messages of that name that have not stopped', async () => {
          // given
          const runAfter = realNow + 9_000;
          const message = aDelivery({ runAfter, attempts: 3 });
          const others = [
            aDelivery({ runAfter, dossier: 'dossier-2' }),
            aDelivery({ runAfter, says: signal, receiver: 'i' }),
            aDelivery({ runAfter: null }),
            aDelivery({ runAfter, says: { kind: 'message', name: 'other', key: null, variables: {} } }),
          ];
          const instance = await begin(store, { addDeliveries: [message, ...others] });
          // when
          await store.transaction(async (tx) =>
            engine.write(
              tx,
              aStep({ ...instance, version: 2 }, { expectedVersion: 1, wakeMessages: ['news'] }),
            ),
          );
          // then
          const [woken] = await engine.claimDeliveries(realNow, 1000, 8);
          expect(woken).to.deep.include({ id: message.id, attempts: 3 });
          expect(await engine.claimDeliveries(realNow, 1000, 8)).to.deep.equal([]);
        });

        it('are for the processes of their dossier that have not ended, the first begun first', async () => {
          const ended = anInstance({ status: 'completed', startedAt: 1, endedAt: 5 });
          const [second, first] = [anInstance({ startedAt: 3 }), anInstance({ startedAt: 2 })];
          for (const one of [ended, second, first, anInstance({ dossier: 'dossier-2' })])
            await begin(store, {}, one);
          expect(await engine.activeInstancesOf('dossier-1')).to.deep.equal([first.id, second.id]);
          expect(await engine.findInstance(second.id)).to.deep.equal(second);
          expect(await store.instances.ofDossier('dossier-1')).to.deep.equal([ended, first, second]);
        });
      });

      it('show incidents to the operators of their territory', async () => {
        // given
        const near = anIncident({ createdAt: 1 });
        const far = anIncident({ territory: '02.001.01.01', createdAt: 2, kind: 'model', job: null });
        const done = anIncident({ resolvedAt: 3, resolvedBy: 'x' });
        await begin(store, { raiseIncidents: [near, far, done] });
        const list = async (open: boolean, territories?: string[]) => {
          const filter = { open, ...(territories === undefined ? {} : { territories }) };
          return (await store.incidents.list(filter, { limit: 10, cursor: null })).items;
        };
        // when, then
        expect(await list(true)).to.deep.equal([far, near]);
        expect(await list(true, ['01.151'])).to.deep.equal([near]);
        expect(await list(false)).to.deep.equal([done]);
        expect(await store.incidents.find(far.id)).to.deep.equal(far);
      });
    },
  );
}
