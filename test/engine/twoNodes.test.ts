import { expect } from 'chai';
import { DomainError } from '../../src/domain/errors.ts';
import type { NewEvent } from '../../src/domain/events.ts';
import { type Actor, SYSTEM } from '../../src/domain/party.ts';
import type { Task } from '../../src/domain/process.ts';
import { bpmnCore } from '../../src/engine/bpmnCore.ts';
import type { RunnableDefinition } from '../../src/engine/definitions.ts';
import { createHost } from '../../src/engine/host.ts';
import type { ServiceHandler } from '../../src/engine/port.ts';
import { evaluate } from '../../src/engine/timerRules.ts';
import type { MongoStore } from '../../src/store/mongoStore.ts';
import type { Tx } from '../../src/store/store.ts';
import { openTasksOf } from '../support/openTasksOf.ts';
import { storeTargets, type TestStore } from '../support/testStore.ts';

const DIAGRAM = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="D" targetNamespace="urn:test">
<bpmn:process id="P" isExecutable="true">
  <bpmn:startEvent id="Start"><bpmn:outgoing>a</bpmn:outgoing></bpmn:startEvent>
  <bpmn:serviceTask id="Prepare"><bpmn:incoming>a</bpmn:incoming><bpmn:outgoing>b</bpmn:outgoing></bpmn:serviceTask>
  <bpmn:userTask id="Review"><bpmn:incoming>b</bpmn:incoming><bpmn:outgoing>c</bpmn:outgoing></bpmn:userTask>
  <bpmn:boundaryEvent id="TooLate" attachedToRef="Review"><bpmn:outgoing>d</bpmn:outgoing><bpmn:timerEventDefinition><bpmn:timeDuration>P2D</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>
  <bpmn:endEvent id="Answered"><bpmn:incoming>c</bpmn:incoming></bpmn:endEvent>
  <bpmn:endEvent id="Silent"><bpmn:incoming>d</bpmn:incoming></bpmn:endEvent>
  <bpmn:sequenceFlow id="a" sourceRef="Start" targetRef="Prepare"/>
  <bpmn:sequenceFlow id="b" sourceRef="Prepare" targetRef="Review"/>
  <bpmn:sequenceFlow id="c" sourceRef="Review" targetRef="Answered"/>
  <bpmn:sequenceFlow id="d" sourceRef="TooLate" targetRef="Silent"/>
</bpmn:process></bpmn:definitions>`;

const name = { ar: 'ا', fr: 'a' };
const DEFINITION: RunnableDefinition = {
  hash: 'two-nodes',
  diagram: DIAGRAM,
  tasks: {
    Review: {
      flowNode: 'Review',
      name,
      roles: ['committeeMember'],
      body: null,
      form: null,
      handler: null,
      limit: null,
      article: null,
      party: 'administration',
    },
  },
  services: { Prepare: { flowNode: 'Prepare', name, handler: 'prepare', template: null } },
};
const BEGIN = 1_767_600_000_000;
const DAY = 86_400_000;
const INSTANCES = Number(process.env.INSTANCES ?? 200);
/** Longer than any lease. */
const AGES = 3_600_000;
const actor = (account: string): Actor => ({ account, name: account, grants: [] });

/** A business clock that all nodes share, as they share the law. */
interface Time {
  now: number;
}

/** A node with a store object of its own; `ahead` of real time, it sees the leases of others as expired. */
function nodeOf(shared: TestStore, time: Time, handler: ServiceHandler<Tx>, ahead = 0) {
  const realNow = () => Date.now() + ahead;
  const store = shared.ofAnotherNode(realNow);
  const logged: string[] = [];
  const host = createHost<Tx>({
    interpreter: bpmnCore(),
    store: store.engine,
    loadDefinition: async () => DEFINITION,
    handlers: new Map([['prepare', handler]]),
    dossierFacts: async () => ({ territory: '01.151.01.01', round: 1, number: 'N', applicant: 'A' }),
    clock: { now: () => time.now },
    realNow,
    dueOf: (_limit, now) => now,
    timerDue: (_timer, now) => now + 2 * DAY,
    evaluate,
    calendarVersion: null,
    log: (_level, message) => logged.push(message),
  });
  return { store, host, logged };
}

/** A handler whose effect can be counted: a numbered record, written with the step. */
const counting =
  (store: () => MongoStore): ServiceHandler<Tx> =>
  async (work) => ({
    async write(tx) {
      await store().counters.next(tx, `effects-${work.instance}`);
      return [];
    },
  });

const start = (id: string) => ({
  id,
  definition: DEFINITION.hash,
  dossier: id,
  procedure: 'p',
  territory: '',
  variables: {},
});

async function eventsOf(store: MongoStore, dossier: string): Promise<NewEvent[]> {
  return store.events.list({ dossier }, 1000);
}

const told = (events: NewEvent[], type: string) => events.filter((event) => event.type === type).length;

/** A promise and the one to open it. */
function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

for (const target of storeTargets()) {
  describe(`two nodes on one store (${target.name})`, function () {
    this.timeout(120_000);

    it(`do each job once, fire each timer once and lose no step (${INSTANCES} instances)`, async () => {
      // given two nodes that both poll, and see each other's work at every turn
      const shared = await target.open();
      const time = { now: BEGIN };
      const handler = counting(() => shared);
      const nodes = [1, 2].map(() => nodeOf(shared, time, handler));
      const [one, two] = nodes as [ReturnType<typeof nodeOf>, ReturnType<typeof nodeOf>];
      const ids = Array.from({ length: INSTANCES }, (_, n) => `instance-${n}`);
      for (let n = 0; n < ids.length; n += 20) {
        await Promise.all(
          ids.slice(n, n + 20).map(async (id, i) => {
            await (i % 2 === 0 ? one : two).host.start(start(id), SYSTEM);
            await Promise.all([one.host.settle(id), two.host.settle(id)]);
          }),
        );
      }
      // when all timers fall due while someone completes the task on either node
      time.now += 2 * DAY;
      const codes = new Map<string, number>();
      for (let n = 0; n < ids.length; n += 20) {
        const all = ids.slice(n, n + 20).flatMap((id, i) => {
          return [
            completeOpen(one, id),
            completeOpen(two, id),
            i % 2 === 0 ? one.host.settle(id) : two.host.settle(id),
          ];
        });
        for (const answer of await Promise.allSettled(all)) {
          const code =
            answer.status === 'fulfilled'
              ? 'done'
              : answer.reason instanceof DomainError
                ? answer.reason.code
                : String(answer.reason);
          codes.set(code, (codes.get(code) ?? 0) + 1);
        }
      }
      await Promise.all([one.host.settle(), two.host.settle()]);
      // then
      expect([...codes.keys()]).to.have.members(['done', 'TASK_ALREADY_DONE']);
      for (const id of ids) {
        const events = await eventsOf(shared, id);
        const instance = await shared.instances.find(id);
        expect(instance?.status, id).to.equal('completed');
        expect(told(events, 'JobCompleted'), id).to.equal(1);
        expect(told(events, 'TaskCompleted') + told(events, 'TimerFired'), id).to.equal(1);
        expect(told(events, 'InstanceEnded'), id).to.equal(1);
        expect(await shared.transaction((tx) => shared.counters.next(tx, `effects-${id}`)), id).to.equal(2);
        expect(await shared.engine.jobsOf(id)).to.deep.equal([]);
        expect(await shared.engine.timersOf(id)).to.deep.equal([]);
      }
      for await (const { seq, fault } of shared.verifyChain()) expect(fault, String(seq)).to.equal(null);
    });

    it('do not double what a slow handler does when its lease ends before it does', async () => {
      // given a handler that still runs on one node when the other takes the job
      const shared = await target.open();
      const time = { now: BEGIN };
      const effect = counting(() => shared);
      const slow = gate();
      const entered = gate();
      const one = nodeOf(shared, time, async (work) => {
        entered.open();
        await slow.opened;
        return effect(work);
      });
      const two = nodeOf(shared, time, effect, AGES);
      const starting = one.host.start(start('I'), SYSTEM);
      await entered.opened;
      await two.host.settle('I');
      // when
      slow.open();
      await starting;
      // then
      const events = await eventsOf(shared, 'I');
      expect(told(events, 'JobCompleted')).to.equal(1);
      expect(await shared.transaction((tx) => shared.counters.next(tx, 'effects-I'))).to.equal(2);
      expect(one.logged).to.deep.equal(['a job was settled elsewhere; this run of it is dropped']);
    });

    it('raise no incident for a job that another node has done meanwhile', async () => {
      const shared = await target.open();
      const time = { now: BEGIN };
      const slow = gate();
      const entered = gate();
      const one = nodeOf(shared, time, async () => {
        entered.open();
        await slow.opened;
        throw new DomainError('COMMITTEE_BODY_MISSING', {});
      });
      const two = nodeOf(
        shared,
        time,
        counting(() => shared),
        AGES,
      );
      const starting = one.host.start(start('I'), SYSTEM);
      await entered.opened;
      await two.host.settle('I');
      // when
      slow.open();
      await starting;
      // then
      expect(await shared.engine.openIncidentsOf('I')).to.deep.equal([]);
      expect((await eventsOf(shared, 'I')).map((event) => event.type)).not.to.include('IncidentRaised');
    });

    it('leave a job to the node that holds it when an earlier holder fails', async () => {
      const shared = await target.open();
      const time = { now: BEGIN };
      const slow = [gate(), gate()] as const;
      const entered = [gate(), gate()] as const;
      const one = nodeOf(shared, time, async () => {
        entered[0].open();
        await slow[0].opened;
        throw new Error('disk');
      });
      const two = nodeOf(
        shared,
        time,
        async (work) => {
          entered[1].open();
          await slow[1].opened;
          return counting(() => shared)(work);
        },
        AGES,
      );
      const starting = one.host.start(start('I'), SYSTEM);
      await entered[0].opened;
      const settling = two.host.settle('I');
      await entered[1].opened;
      const [held] = await shared.engine.jobsOf('I');
      // when
      slow[0].open();
      await starting;
      // then
      expect(await shared.engine.jobsOf('I')).to.deep.equal([held]);
      slow[1].open();
      await settling;
      expect(told(await eventsOf(shared, 'I'), 'JobCompleted')).to.equal(1);
    });

    it('let the step win that commits first, and refuse the other, however the two overlapped', async () => {
      // given two steps of one task under way
      const shared = await target.open();
      const time = { now: BEGIN };
      const effect = counting(() => shared);
      const nodes = [nodeOf(shared, time, effect), nodeOf(shared, time, effect)];
      await nodes[0]?.host.start(start('I'), SYSTEM);
      const [task] = (await openTasksOf(shared, 'I')) as [Task];
      const steps = nodes.map(({ host }) => {
        const [entered, slow] = [gate(), gate()];
        const done = host.complete(task, {}, actor('ann'), {
          async write() {
            entered.open();
            await slow.opened;
            return [];
          },
        });
        return { done, entered: entered.opened, end: slow.open };
      });
      const [begunFirst, endedFirst] = steps as [(typeof steps)[0], (typeof steps)[0]];
      const refused = begunFirst.done.catch((error: DomainError) => error.code);
      await Promise.all(steps.map(({ entered }) => entered));
      // when
      endedFirst.end();
      const { instance } = await endedFirst.done;
      begunFirst.end();
      // then
      expect(await refused).to.equal('TASK_ALREADY_DONE');
      expect(instance.status).to.equal('completed');
      expect(told(await eventsOf(shared, 'I'), 'TaskCompleted')).to.equal(1);
    });

    it('let one of two operators retry an incident', async () => {
      const shared = await target.open();
      const time = { now: BEGIN };
      let broken = true;
      const effect = counting(() => shared);
      const handler: ServiceHandler<Tx> = async (work) => {
        if (broken) throw new DomainError('COMMITTEE_BODY_MISSING', {});
        return effect(work);
      };
      const one = nodeOf(shared, time, handler);
      const two = nodeOf(shared, time, handler);
      await one.host.start(start('I'), SYSTEM);
      const [incident] = await shared.engine.openIncidentsOf('I');
      broken = false;
      // when
      const answers = await Promise.allSettled(
        [one, two, one, two].map(({ host }) => host.retry(incident?.id ?? '', actor('operator'))),
      );
      await two.host.settle('I');
      // then
      const refusals = answers.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []));
      expect(refusals).to.deep.equal(Array(3).fill('INCIDENT_ALREADY_RESOLVED'));
      const events = await eventsOf(shared, 'I');
      expect(told(events, 'IncidentResolved')).to.equal(1);
      expect(told(events, 'JobCompleted')).to.equal(1);
    });
  });
}

/** Completes the one open task of an instance. */
async function completeOpen({ host, store }: ReturnType<typeof nodeOf>, id: string) {
  const [task] = await openTasksOf(store, id);
  if (task === undefined) throw new DomainError('TASK_ALREADY_DONE', {});
  await host.complete(task, {}, actor('ann'));
}
