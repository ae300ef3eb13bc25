import { expect } from 'chai';
import { SYSTEM } from '../../src/domain/party.ts';
import type { Delivery } from '../../src/domain/process.ts';
import { bpmnCore } from '../../src/engine/bpmnCore.ts';
import type { EngineStore } from '../../src/engine/engineStore.ts';
import { createHost } from '../../src/engine/host.ts';
import type { MongoStore } from '../../src/store/mongoStore.ts';
import type { Tx } from '../../src/store/store.ts';
import { openTasksOf } from '../support/openTasksOf.ts';
import { storeTargets, type TestStore } from '../support/testStore.ts';
import {
  boundary,
  catching,
  diagram,
  end,
  message,
  start,
  throwing,
  userTask,
} from './bpmnServer/diagram.ts';
import { runnable } from './support/runnable.ts';

const signal = (id: string) => `<bpmn:signalEventDefinition id="${id}S" signalRef="stop" />`;
const DEFINITIONS: Record<string, string> = {
  asks: diagram(start + throwing('Say', message('Say')) + end('E'), 'Start -> Say -> E'),
  waits: diagram(
    start + catching('Hear', message('Hear')) + userTask('Heard') + end('E'),
    'Start -> Hear -> Heard -> E',
  ),
  calls: diagram(
    `${start}<bpmn:callActivity id="Call" calledElement="visit" />${userTask('Work')}${end('E')}`,
    'Start -> Call -> Work -> E',
  ),
  visit: diagram(`${start}${userTask('Heard')}${end('E')}`, 'Start -> Heard -> E'),
  stops: diagram(start + throwing('Stop', signal('Stop')) + end('E'), 'Start -> Stop -> E'),
  isStopped: diagram(
    start + userTask('Work') + boundary('Stopped', 'Work', signal('Stopped')) + end('E') + end('Over'),
    'Start -> Work -> E',
    'Stopped -> Over',
  ),
};
const DOSSIERS = Number(process.env.DOSSIERS ?? 30);
/** Longer than any lease. */
const AGES = 3_600_000;

type Change = (engine: EngineStore<Tx>) => Partial<EngineStore<Tx>>;

/** A node on a store object of its own; `ahead` of real time, it sees the leases of others as expired. */
function nodeOf(store: MongoStore, ahead = 0, change: Change = () => ({})) {
  const { engine } = store;
  const host = createHost<Tx>({
    interpreter: bpmnCore(),
    store: { ...engine, ...change(engine) },
    loadDefinition: async (hash) => runnable(hash, DEFINITIONS[hash] ?? ''),
    inForce: async (procedure) => procedure,
    handlers: new Map(),
    dossierFacts: async () => ({ territory: '01.151.01.01', round: 1, number: 'N', applicant: 'A' }),
    clock: { now: () => 1_767_600_000_000 },
    realNow: () => Date.now() + ahead,
    dueOf: (_limit, now) => now,
    timerDue: (_timer, now) => now,
    evaluate: () => null,
    calendarVersion: null,
    log: () => {},
  });
  const begin = (definition: string, id = definition, dossier = 'D') =>
    host.start({ id, definition, dossier, procedure: 'p', territory: '', variables: {} }, SYSTEM);
  return { host, begin };
}

const another = (shared: TestStore, ahead = 0) => shared.ofAnotherNode(() => Date.now() + ahead);

async function received(store: MongoStore, dossier = 'D'): Promise<number> {
  const events = await store.events.list({ dossier, types: ['MessageReceived', 'SignalReceived'] }, 100);
  return events.length;
}

/** A promise and the one to open it. */
function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

const left = async (store: MongoStore) => (await store.backlog.count()).deliveries;

for (const target of storeTargets()) {
  describe(`what processes say to each other, between two nodes (${target.name})`, function () {
    this.timeout(120_000);

    it(`is received once, whoever delivers it (${DOSSIERS} dossiers)`, async () => {
      // given
      const shared = await target.open();
      const nodes = [nodeOf(another(shared)), nodeOf(another(shared))] as const;
      const ids = Array.from({ length: DOSSIERS }, (_, n) => `d${n}`);
      // when in each dossier one asks, two wait for it, two are stopped
      await Promise.all(
        ids.map(async (id, n) => {
          const [here, there] = n % 2 === 0 ? nodes : [nodes[1], nodes[0]];
          for (const which of ['isStopped', 'waits']) {
            await here.begin(which, `${id}-${which}-1`, id);
            await there.begin(which, `${id}-${which}-2`, id);
          }
          await Promise.all([here.begin('asks', `${id}-asks`, id), there.begin('stops', `${id}-stops`, id)]);
          await Promise.all([here.host.settle(), there.host.settle()]);
        }),
      );
      await Promise.all(nodes.map(({ host }) => host.settle()));
      // then
      for (const id of ids) {
        expect(await received(shared, id), id).to.equal(3);
        const open = await Promise.all(
          (await shared.instances.ofDossier(id)).map(({ id: one }) => openTasksOf(shared, one)),
        );
        expect(
          open.flat().map(({ flowNode }) => flowNode),
          id,
        ).to.deep.equal(['Heard']);
      }
      expect(await left(shared)).to.equal(0);
      for await (const { seq, fault } of shared.verifyChain()) expect(fault, String(seq)).to.equal(null);
    });

    it('outlives a node that dies between sending and delivering', async () => {
      const shared = await target.open();
      const dying = nodeOf(another(shared), 0, () => ({
        claimDeliveries: () => Promise.reject(new Error('dead')),
      }));
      await dying.begin('waits');
      await dying.begin('asks');
      expect([await received(shared), await left(shared)]).to.deep.equal([0, 1]);
      // when
      await nodeOf(another(shared)).host.settle();
      // then
      expect([await received(shared), await left(shared)]).to.deep.equal([1, 0]);
    });

    it('is received by one, though two nodes bring it to two that wait for it', async () => {
      // given a node that has read the delivery in its transaction when another one takes it over
      const shared = await target.open();
      const [first, second] = ['one', 'two'] as const;
      const [read, goOn] = [gate(), gate()];
      const slow = nodeOf(another(shared), 0, (engine) => ({
        activeInstancesOf: async () => [first],
        async findDelivery(id, tx) {
          const delivery = await engine.findDelivery(id, tx);
          read.open();
          await goOn.opened;
          return delivery;
        },
      }));
      const fast = nodeOf(another(shared, AGES), AGES, () => ({ activeInstancesOf: async () => [second] }));
      await slow.begin('waits', first);
      await slow.begin('waits', second);
      const asking = slow.begin('asks');
      await read.opened;
      await fast.host.settle();
      // when
      goOn.open();
      await asking;
      // then
      expect([await received(shared), await left(shared)]).to.deep.equal([1, 0]);
      expect((await openTasksOf(shared, second)).length).to.equal(1);
    });

    it('is received by one, though two steps that share a transaction bring it', async () => {
      // given one delivery that is given out twice, to two that wait for it
      const shared = await target.open();
      const store = another(shared);
      await nodeOf(store).begin('waits', 'one');
      await nodeOf(store).begin('waits', 'two');
      await nodeOf(store, 0, () => ({ claimDeliveries: async () => [] })).begin('asks');
      const [given] = (await store.engine.claimDeliveries(Date.now(), AGES, 8)) as [Delivery];
      const toEach = ['one', 'two'].map((receiver) => {
        let turn = 0;
        return nodeOf(store, 0, () => ({
          activeInstancesOf: async () => [receiver],
          claimDeliveries: async () => (turn++ === 0 ? [given] : []),
          // Nothing but the delivery, so that both steps come in the same turn.
          claimJobs: async () => [],
          claimTimers: async () => [],
        }));
      });
      // when
      await Promise.all(toEach.map(({ host }) => host.settle()));
      // then
      expect([await received(shared), await left(shared)]).to.deep.equal([1, 0]);
    });

    it('begins what is called once, and its end lets the caller go on once', async () => {
      const shared = await target.open();
      const nodes = [nodeOf(another(shared)), nodeOf(another(shared))] as const;
      const ids = Array.from({ length: 8 }, (_, n) => `d${n}`);
      await Promise.all(
        ids.map(async (id, n) => {
          await nodes[n % 2 === 0 ? 0 : 1].begin('calls', id, id);
          await Promise.all(nodes.map(({ host }) => host.settle()));
        }),
      );
      // when
      for (const id of ids) {
        const called = (await shared.instances.ofDossier(id)).find(({ parent }) => parent !== null);
        const [task] = await openTasksOf(shared, called?.id ?? '');
        if (task === undefined) throw new Error(`what ${id} calls has not begun`);
        await nodes[0].host.complete(task, {}, SYSTEM);
        await Promise.all(nodes.map(({ host }) => host.settle()));
      }
      // then
      for (const id of ids) {
        const all = await shared.instances.ofDossier(id);
        const called = all.filter(({ parent }) => parent !== null);
        const caller = await shared.instances.find(id);
        expect(
          called.map(({ status, parent }) => [status, parent?.instance]),
          id,
        ).to.deep.equal([['completed', id]]);
        expect(
          caller?.openTasks.map(({ flowNode }) => flowNode),
          id,
        ).to.deep.equal(['Work']);
      }
      expect(await left(shared)).to.equal(0);
    });

    it('never begins what is called when the call is given up meanwhile', async () => {
      // given a node that is about to begin it
      const shared = await target.open();
      const [read, goOn] = [gate(), gate()];
      const slow = nodeOf(another(shared), 0, (engine) => ({
        async findDelivery(id, tx) {
          const delivery = await engine.findDelivery(id, tx);
          read.open();
          await goOn.opened;
          return delivery;
        },
      }));
      const calling = slow.begin('calls');
      await read.opened;
      const fast = nodeOf(another(shared));
      await fast.host.cancel('calls', SYSTEM);
      await fast.host.settle();
      // when
      goOn.open();
      await calling;
      // then
      expect((await shared.instances.ofDossier('D')).map(({ id, status }) => [id, status])).to.deep.equal([
        ['calls', 'cancelled'],
      ]);
      expect(await left(shared)).to.equal(0);
    });

    it('stops, and is tried again, without being lost or doubled', async () => {
      // given a message that was tried for the last time
      const shared = await target.open();
      const node = nodeOf(another(shared));
      await node.begin('asks');
      const [sent] = (await shared.engine.claimDeliveries(Date.now() + AGES, 1, 8)) as [Delivery];
      await shared.engine.postponeDelivery(sent, 7, 0);
      await node.host.settle();
      const [incident] = await shared.engine.openIncidentsOf('asks');
      expect(incident).to.include({ kind: 'delivery', code: 'MESSAGE_NOT_RECEIVED', attempts: 8 });
      await node.begin('waits');
      await nodeOf(another(shared, AGES * 100), AGES * 100).host.settle();
      expect([await received(shared), await left(shared)]).to.deep.equal([0, 1]);
      // when
      const answers = await Promise.allSettled([
        node.host.retry(incident?.id ?? '', SYSTEM),
        nodeOf(another(shared)).host.skip(incident?.id ?? '', {}, SYSTEM),
      ]);
      await node.host.settle();
      // then
      expect(answers.map(({ status }) => status).toSorted()).to.deep.equal(['fulfilled', 'rejected']);
      expect(await left(shared)).to.equal(0);
      expect(await received(shared)).to.equal(answers[0]?.status === 'fulfilled' ? 1 : 0);
    });
  });
}
