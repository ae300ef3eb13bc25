import { expect } from 'chai';
import { DomainError } from '../../src/domain/errors.ts';
import { SYSTEM } from '../../src/domain/party.ts';
import type { Task } from '../../src/domain/process.ts';
import { bpmnCore } from '../../src/engine/bpmnCore.ts';
import type { RunnableDefinition } from '../../src/engine/definitions.ts';
import { createHost } from '../../src/engine/host.ts';
import { type Interpreter, RejectedCommand } from '../../src/engine/interpreter.ts';
import { type MemoryTx, memoryStore } from '../../src/engine/memoryStore.ts';
import type { ServiceHandler } from '../../src/engine/port.ts';
import { server } from './bpmnServer/onServer.ts';

const DIAGRAM = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="D" targetNamespace="urn:test">
<bpmn:process id="P" isExecutable="true">
  <bpmn:startEvent id="Start"><bpmn:outgoing>a</bpmn:outgoing></bpmn:startEvent>
  <bpmn:serviceTask id="Prepare"><bpmn:incoming>a</bpmn:incoming><bpmn:outgoing>b</bpmn:outgoing></bpmn:serviceTask>
  <bpmn:userTask id="Review"><bpmn:incoming>b</bpmn:incoming><bpmn:outgoing>c</bpmn:outgoing>
    <bpmn:multiInstanceLoopCharacteristics camunda:collection="members" camunda:elementVariable="member"/></bpmn:userTask>
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
  hash: 'h',
  diagram: DIAGRAM,
  tasks: {
    Review: {
      flowNode: 'Review',
      name,
      roles: ['committeeMember'],
      body: 'member',
      form: 'p/opinion',
      handler: null,
      limit: { amount: 'P1D', calendar: 'calendarDays' },
      article: 'RGC 19',
      party: 'administration',
    },
  },
  services: { Prepare: { flowNode: 'Prepare', name, handler: 'prepare', template: null } },
};
const DAY = 86_400_000;

/** Lets what is under way go on until it has come so far. */
async function until(reached: () => boolean): Promise<void> {
  while (!reached()) await new Promise((resolve) => setImmediate(resolve));
}

/** A host on the memory store, with a clock the test moves. */
function hostOf(
  handler: ServiceHandler<MemoryTx>,
  interpreter: Interpreter = bpmnCore(),
  store = memoryStore(),
) {
  const time = { now: Date.UTC(2026, 0, 5, 9), real: 0 };
  const host = createHost<MemoryTx>({
    interpreter,
    store,
    loadDefinition: async () => DEFINITION,
    handlers: new Map([['prepare', handler]]),
    dossierFacts: async () => ({ territory: '01.151.01.01', round: 2, number: 'N-1', applicant: 'A' }),
    clock: { now: () => time.now },
    realNow: () => time.real,
    dueOf: (_limit, now) => now + DAY,
    timerDue: (_timer, now) => now + 2 * DAY,
    evaluate: (expression, variables) => variables[expression],
    calendarVersion: 'c1',
    log: () => {},
  });
  const start = () =>
    host.start(
      { id: 'I', definition: 'h', dossier: 'D', procedure: 'p', territory: '', variables: {} },
      SYSTEM,
    );
  const open = () => [...store.records.tasks.values()].filter((task) => task.status === 'open');
  return { store, time, host, start, open };
}

const members: ServiceHandler<MemoryTx> = async () => ({ variables: { members: ['commune', 'province'] } });

function known(task: Task | undefined): Task {
  if (task === undefined) throw new Error('there is no such task');
  return task;
}

describe('engine host', () => {
  it('runs the service task, then opens one task a member with what the diagram says of it', async () => {
    const { start, open, store } = hostOf(members);
    // when
    await start();
    // then
    expect(open().map((task) => task.body)).to.deep.equal(['commune', 'province']);
    const [task] = open();
    expect(task).to.include({ territory: '01.151.01.01', round: 2, dossierNumber: 'N-1', form: 'p/opinion' });
    expect(task?.applicant).to.equal('A');
    expect(task?.dueAt).to.equal(Date.UTC(2026, 0, 6, 9));
    expect(store.records.jobs.size).to.equal(0);
    expect(store.records.timers.size).to.equal(1);
  });

  it('ends the instance when all members have answered, and drops its timer', async () => {
    const { start, open, host, store } = hostOf(members);
    await start();
    for (const task of open()) await host.complete(task, {}, SYSTEM);
    expect(store.records.instances.get('I')).to.include({ status: 'completed', endEvent: 'Answered' });
    expect(store.records.timers.size).to.equal(0);
    expect(store.records.events.at(-1)?.type).to.equal('InstanceEnded');
  });

  it('lets the timer cancel who has not answered', async () => {
    const { start, open, host, store, time } = hostOf(members);
    await start();
    const [first] = open();
    await host.complete(known(first), {}, SYSTEM);
    // when
    time.now += 2 * DAY;
    await host.settle();
    // then
    expect(store.records.instances.get('I')?.endEvent).to.equal('Silent');
    expect([...store.records.tasks.values()].map((task) => task.status)).to.deep.equal([
      'completed',
      'cancelled',
    ]);
  });

  it('refuses to complete a task twice', async () => {
    const { start, open, host } = hostOf(members);
    await start();
    const [first] = open();
    await host.complete(known(first), {}, SYSTEM);
    const again = await host.complete(known(first), {}, SYSTEM).catch((error: unknown) => error);
    expect(again).to.be.instanceOf(DomainError).with.property('code', 'TASK_ALREADY_DONE');
  });

  it('gives one of two completions at once the task, the other a clear refusal', async () => {
    const { start, open, host, store } = hostOf(members);
    await start();
    const [first] = open();
    const answers = await Promise.allSettled([
      host.complete(known(first), {}, SYSTEM),
      host.complete(known(first), {}, SYSTEM),
    ]);
    expect(answers.map((answer) => answer.status).sort()).to.deep.equal(['fulfilled', 'rejected']);
    expect(store.records.events.filter((event) => event.type === 'TaskCompleted')).to.have.length(1);
  });

  it('undoes nothing and writes nothing when the use case refuses', async () => {
    const { start, open, host, store } = hostOf(members);
    await start();
    const before = store.records.events.length;
    const [first] = open();
    const refusal = new DomainError('REASON_MISSING');
    const answer = await host
      .complete(known(first), {}, SYSTEM, { check: () => Promise.reject(refusal) })
      .catch((error: unknown) => error);
    expect(answer).to.equal(refusal);
    expect(store.records.events.length).to.equal(before);
    expect(open()).to.have.length(2);
  });

  it('tries a failing job again after a pause, and the process goes on', async () => {
    let calls = 0;
    const { start, open, host, time } = hostOf(async () => {
      calls++;
      if (calls < 3) throw new Error('the printer is on fire');
      return { variables: { members: ['commune'] } };
    });
    await start();
    expect(open()).to.have.length(0);
    for (const pause of [500, 2_000]) {
      time.real += pause;
      await host.settle();
    }
    expect(calls).to.equal(3);
    expect(open()).to.have.length(1);
  });

  it('makes an incident of a job that a rule refuses, at once, and retries it on request', async () => {
    let bodyExists = false;
    const { start, open, host, store } = hostOf(async () => {
      if (!bodyExists) throw new DomainError('COMMITTEE_BODY_MISSING', { kind: 'urbanAgency' });
      return { variables: { members: ['commune'] } };
    });
    await start();
    const [incident] = [...store.records.incidents.values()];
    expect(incident).to.include({
      code: 'COMMITTEE_BODY_MISSING',
      flowNode: 'Prepare',
      kind: 'job',
      resolvedAt: null,
    });
    // when
    bodyExists = true;
    await host.retry(incident?.id ?? '', SYSTEM);
    // then
    expect(open()).to.have.length(1);
    expect(store.records.incidents.get(incident?.id ?? '')?.resolvedAt).to.not.equal(null);
    const again = await host.retry(incident?.id ?? '', SYSTEM).catch((error: unknown) => error);
    expect(again).to.be.instanceOf(DomainError).with.property('code', 'INCIDENT_ALREADY_RESOLVED');
  });

  it('opens no task for a body that is no text, and says which element and expression', async () => {
    const { start, open, store } = hostOf(async () => ({ variables: { members: ['commune', 7] } }));
    await start();
    const [incident] = [...store.records.incidents.values()];
    expect(incident).to.include({ code: 'TASK_BODY_UNKNOWN', flowNode: 'Prepare', resolvedAt: null });
    expect(JSON.parse(incident?.message ?? '')).to.deep.equal({ flowNode: 'Review', expression: 'member' });
    expect(open()).to.deep.equal([]);
  });

  it('makes an incident after the last pause of a job that keeps failing', async () => {
    const { start, host, store, time } = hostOf(async () => {
      throw new Error('still on fire');
    });
    await start();
    for (const pause of [500, 2_000, 10_000, 60_000]) {
      time.real += pause;
      await host.settle();
    }
    expect([...store.records.incidents.values()][0]).to.include({ code: 'INTERNAL', attempts: 5 });
    expect(store.records.jobs.size).to.equal(0);
  });

  it('makes an incident of a job that ends its process in each attempt, and can be told to try again', async () => {
    // given a handler that nobody hears of again
    let deadly = true;
    const { start, host, store, time, open } = hostOf((work) =>
      deadly ? new Promise(() => {}) : members(work),
    );
    void start();
    for (let attempt = 1; attempt <= 10; attempt++) {
      await until(() => [...store.records.jobs.values()][0]?.attempts === attempt);
      expect(store.records.incidents.size).to.equal(0);
      // when its lease ends, and another node takes it
      time.real += 20_000;
      void host.settle();
    }
    await until(() => store.records.incidents.size > 0);
    // then
    const [incident] = [...store.records.incidents.values()];
    expect(incident).to.include({ code: 'INTERNAL', kind: 'job', flowNode: 'Prepare', attempts: 10 });
    expect(store.records.jobs.size).to.equal(0);
    deadly = false;
    // Not waited for: what the dead attempts would have done is still under way here.
    void host.retry(incident?.id ?? '', SYSTEM);
    await until(() => open().length > 0);
    expect(store.records.jobs.size).to.equal(0);
  });

  it('keeps a job, a timer and a task when the interpreter meets a fault, and drops nothing', async () => {
    // given an interpreter that cannot read a state, for a while
    const core = bpmnCore();
    let broken = true;
    const faulty: Interpreter = {
      ...core,
      async step(definition, state, command, context) {
        if (broken && command.type !== 'start') throw new RejectedCommand('OTHER', 'unknown state');
        return core.step(definition, state, command, context);
      },
    };
    const { start, open, host, store, time } = hostOf(members, faulty);
    await start();
    expect(store.records.jobs.size).to.equal(1);
    broken = false;
    time.real += 1_000;
    await host.settle();
    // when
    broken = true;
    time.now += 2 * DAY;
    await host.settle();
    const [task] = open();
    const refusal = await host.complete(known(task), {}, SYSTEM).catch((error: unknown) => error);
    // then
    expect(refusal).to.be.instanceOf(RejectedCommand);
    expect(store.records.timers.size).to.equal(1);
    broken = false;
    time.real += 30_000;
    await host.settle();
    expect(store.records.instances.get('I')?.endEvent).to.equal('Silent');
  });

  it('takes nothing new once it is asked to stop', async () => {
    // given more jobs than one turn takes
    const ran: string[] = [];
    let begun = () => {};
    const running = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const { host, store } = hostOf(async (work) => {
      ran.push(work.id);
      begun();
      return members(work);
    });
    for (let n = 0; n < 40; n++) {
      const instance = `I${n}`;
      const claimed = store.claimJobs;
      store.claimJobs = async () => [];
      await host.start(
        { id: instance, definition: 'h', dossier: 'D', procedure: 'p', territory: '', variables: {} },
        SYSTEM,
      );
      store.claimJobs = claimed;
    }
    // when
    host.poll();
    await running;
    await host.stop();
    // then
    expect(ran.length).to.equal(8);
    expect(store.records.jobs.size).to.equal(32);
  });

  it('reads no more for a step than the instance, and looks for no work it did not make', async () => {
    // given
    const { start, open, host, store } = hostOf(members);
    await start();
    const [first] = open();
    const calls: string[] = [];
    const watched = ['step', 'findTask', 'claimJobs', 'claimTimers'] as const;
    for (const name of watched) {
      const real = store[name] as (...given: unknown[]) => unknown;
      Object.assign(store, {
        [name]: (...given: unknown[]) => {
          calls.push(name);
          return real(...given);
        },
      });
    }
    // when
    await host.complete(known(first), {}, SYSTEM);
    // then
    expect(calls).to.deep.equal(['step']);
  });

  describe('an intervention by hand', () => {
    const refused: ServiceHandler<MemoryTx> = async () => {
      throw new DomainError('COMMITTEE_BODY_MISSING', {});
    };
    const code = (work: Promise<unknown>) =>
      work.then(
        () => 'accepted',
        (error: unknown) => (error instanceof DomainError ? error.code : String(error)),
      );
    const types = (store: ReturnType<typeof memoryStore>) => store.records.events.map(({ type }) => type);

    it('skips a job that failed for good: the process goes on with the variables given', async () => {
      // given
      const { start, open, host, store } = hostOf(refused);
      await start();
      const [incident] = [...store.records.incidents.values()];
      const before = store.records.events.length;
      // when
      await host.skip(incident?.id ?? '', { members: ['commune'] }, SYSTEM);
      // then
      expect(open().map(({ body }) => body)).to.deep.equal(['commune']);
      expect(store.records.incidents.get(incident?.id ?? '')?.resolvedBy).to.equal(SYSTEM.account);
      const step = types(store).slice(before);
      expect(step).to.include.members(['JobCompleted', 'IncidentResolved', 'TaskCreated']);
      expect(await code(host.skip(incident?.id ?? '', {}, SYSTEM))).to.equal('INCIDENT_ALREADY_RESOLVED');
      expect(await code(host.skip('nothing', {}, SYSTEM))).to.equal('INCIDENT_NOT_FOUND');
    });

    it('writes nothing of a skip that the use case refuses', async () => {
      const { start, open, host, store } = hostOf(refused);
      await start();
      const [incident] = [...store.records.incidents.values()];
      const before = store.records.events.length;
      const check = async () => {
        throw new DomainError('FORBIDDEN', {});
      };
      expect(await code(host.skip(incident?.id ?? '', {}, SYSTEM, { check }))).to.equal('FORBIDDEN');
      expect(store.records.events.length).to.equal(before);
      expect(open()).to.have.length(0);
    });

    it('never takes the task of a person as done', async () => {
      // given a task that cannot begin, since nobody knows for whom
      const { start, host, store } = hostOf(async () => ({ variables: { members: 'nobody' } }));
      await start();
      const [incident] = [...store.records.incidents.values()];
      expect(incident).to.include({ kind: 'model', flowNode: 'Review' });
      // then
      expect(await code(host.skip(incident?.id ?? '', {}, SYSTEM))).to.equal('SKIP_NOT_POSSIBLE');
    });

    it('corrects variables, so that what had failed goes on; the event has names only', async () => {
      const { start, open, host, store } = hostOf(async () => ({ variables: { members: 'nobody' } }));
      await start();
      const [incident] = [...store.records.incidents.values()];
      // when
      await host.setVariables('I', { members: ['province'] }, SYSTEM);
      await host.retry(incident?.id ?? '', SYSTEM);
      // then
      expect(open().map(({ body }) => body)).to.deep.equal(['province']);
      const told = store.records.events.find(({ type }) => type === 'VariablesSet');
      expect(told?.data).to.deep.equal({ names: ['members'] });
    });

    it('moves a token: its tasks and timer are cancelled, and it begins elsewhere', async () => {
      // given
      let calls = 0;
      const { start, open, host, store } = hostOf(async () => {
        calls++;
        return { variables: { members: calls === 1 ? ['commune', 'province'] : ['province'] } };
      });
      await start();
      const instance = () => store.records.instances.get('I') ?? expect.fail();
      const [token] = (await host.inspect(instance())).tokens;
      expect(token).to.include({ flowNode: 'Review', waitsFor: 'instances' });
      expect(token?.mayGoTo).to.deep.equal(['Prepare', 'Review', 'Answered', 'Silent']);
      const move = { token: token?.id ?? '', from: 'Review', to: 'Prepare' };
      // when
      await host.move('I', move, SYSTEM);
      // then
      expect(calls).to.equal(2);
      expect(open().map(({ body }) => body)).to.deep.equal(['province']);
      expect(store.records.timers.size).to.equal(1);
      expect(store.records.events.find(({ type }) => type === 'TokenMoved')?.data).to.deep.equal({
        from: 'Review',
        to: 'Prepare',
      });
      expect(await code(host.move('I', move, SYSTEM))).to.equal('TOKEN_NOT_WAITING');
      const [now] = (await host.inspect(instance())).tokens;
      const nowhere = { token: now?.id ?? '', from: 'Review', to: 'TooLate' };
      expect(await code(host.move('I', nowhere, SYSTEM))).to.equal('PLACE_NOT_ALLOWED');
    });

    it('leaves no incident open of a job that was moved away from, or of a process that was cancelled', async () => {
      for (const act of ['move', 'cancel'] as const) {
        const { start, host, store } = hostOf(refused);
        await start();
        const instance = store.records.instances.get('I') ?? expect.fail();
        const [token] = (await host.inspect(instance)).tokens;
        // when
        if (act === 'cancel') await host.cancel('I', SYSTEM);
        else await host.move('I', { token: token?.id ?? '', from: 'Prepare', to: 'Silent' }, SYSTEM);
        // then
        const [incident] = [...store.records.incidents.values()];
        expect(incident?.resolvedAt, act).to.be.a('number');
        expect(types(store), act).to.include('IncidentResolved');
        const ended = store.records.instances.get('I')?.status;
        expect(ended).to.equal(act === 'cancel' ? 'cancelled' : 'completed');
      }
    });

    it('cancels a process with all that waits, once', async () => {
      const { start, open, host, store } = hostOf(members);
      await start();
      await host.cancel('I', SYSTEM);
      expect(open()).to.have.length(0);
      expect(store.records.timers.size).to.equal(0);
      expect(store.records.instances.get('I')).to.include({ status: 'cancelled', endEvent: null });
      expect(await code(host.cancel('I', SYSTEM))).to.equal('INSTANCE_ENDED');
      expect(await code(host.setVariables('I', { a: 1 }, SYSTEM))).to.equal('INSTANCE_ENDED');
      const move = { token: '1', from: 'Review', to: 'Prepare' };
      expect(await code(host.move('I', move, SYSTEM))).to.equal('INSTANCE_ENDED');
    });

    it('is refused by name where the engine lacks it', async () => {
      // given
      const { start, host, store } = hostOf(refused, await server());
      await start();
      const [incident] = [...store.records.incidents.values()];
      expect(host.interventions).to.deep.equal(['setVariables']);
      const instance = store.records.instances.get('I') ?? expect.fail();
      const [token] = (await host.inspect(instance)).tokens;
      expect(token).to.deep.include({ flowNode: 'Prepare', mayGoTo: [] });
      const move = { token: token?.id ?? '', from: 'Prepare', to: 'Silent' };
      // then
      expect(await code(host.move('I', move, SYSTEM))).to.equal('INTERVENTION_NOT_SUPPORTED');
      await host.setVariables('I', { members: ['x'] }, SYSTEM);
      await host.skip(incident?.id ?? '', { members: ['province'] }, SYSTEM);
      const reviewed = store.records.instances.get('I') ?? expect.fail();
      expect((await host.inspect(reviewed)).variables).to.deep.equal({ members: ['province'] });
      await host.cancel('I', SYSTEM);
      expect(store.records.instances.get('I')?.status).to.equal('cancelled');
    });
  });

  it('gives all events of one advance one instant and one clock state', async () => {
    const { start, open, host, store } = hostOf(members);
    await start();
    const before = store.records.events.length;
    await host.complete(known(open()[0]), {}, SYSTEM);
    const step = store.records.events.slice(before);
    expect(new Set(step.map((event) => event.at)).size).to.equal(1);
    expect(step.find((event) => event.type === 'TaskCompleted')).to.include({
      body: 'commune',
      clock: 'running',
    });
  });
});
