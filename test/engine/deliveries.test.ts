import { expect } from 'chai';
import { DomainError } from '../../src/domain/errors.ts';
import { SYSTEM } from '../../src/domain/party.ts';
import { bpmnCore } from '../../src/engine/bpmnCore.ts';
import type { Interpreter } from '../../src/engine/interpreter.ts';
import { memoryStore } from '../../src/engine/memoryStore.ts';
import { boundary, catching, diagram, end, start, throwing, userTask } from './bpmnServer/diagram.ts';
import { server } from './bpmnServer/onServer.ts';
import { type MemoryOffice, memoryOffice } from './support/memoryOffice.ts';

const told = (id: string, name: string) => `<bpmn:messageEventDefinition id="${id}M" messageRef="${name}"/>`;
const signal = (id: string) => `<bpmn:signalEventDefinition id="${id}S" signalRef="stop" />`;
const byKey = (element: string) => element.replace(' id="', ' camunda:correlationKey="key" id="');

/** Processes by their hash: what says something, and what waits for it. */
const DEFINITIONS: Record<string, string> = {
  asks: diagram(
    start + throwing('Say', told('Say', 'news')) + userTask('Go') + end('E'),
    'Start -> Say -> Go -> E',
  ),
  asksByKey: diagram(
    start + byKey(throwing('Say', told('Say', 'news'))) + userTask('Go') + end('E'),
    'Start -> Say -> Go -> E',
  ),
  waits: diagram(
    start + catching('Hear', told('Hear', 'news')) + userTask('Heard') + end('E'),
    'Start -> Hear -> Heard -> E',
  ),
  waitsForKey: diagram(
    start + byKey(catching('Hear', told('Hear', 'news'))) + userTask('Heard') + end('E'),
    'Start -> Hear -> Heard -> E',
  ),
  waitsLater: diagram(
    start + userTask('First') + catching('Hear', told('Hear', 'news')) + userTask('Heard') + end('E'),
    'Start -> First -> Hear -> Heard -> E',
  ),
  stops: diagram(start + throwing('Stop', signal('Stop')) + end('E'), 'Start -> Stop -> E'),
  isStopped: diagram(
    start + userTask('Work') + boundary('Stopped', 'Work', signal('Stopped')) + end('E') + end('Over'),
    'Start -> Work -> E',
    'Stopped -> Over',
  ),
  asksApplicant: diagram(start + userTask('ApplicantAnswers') + end('E'), 'Start -> ApplicantAnswers -> E'),
  answers: diagram(
    start + catching('Hear', told('Hear', 'news')) + throwing('Reply', told('Reply', 'reply')) + end('E'),
    'Start -> Hear -> Reply -> E',
  ),
  asksAndWaits: diagram(
    start + throwing('Say', told('Say', 'news')) + catching('Hear', told('Hear', 'reply')) + end('E'),
    'Start -> Say -> Hear -> E',
  ),
};
const office = (given: Parameters<typeof memoryOffice>[1] = {}) => memoryOffice(DEFINITIONS, given);

/** Lets a message be tried until there is no pause left. */
async function waitInVain({ time, host }: MemoryOffice) {
  for (let hour = 0; hour < 48; hour++) {
    time.real += 3_600_000;
    await host.settle();
  }
}

describe('a message between processes of a dossier', () => {
  it('reaches the one that waits for it, with its variables, within the step that sent it', async () => {
    const { begin, openTasks, records, events, variablesOf } = office();
    await begin('waits');
    // when
    await begin('asks', 'asks', 'D', { floor: 3 });
    // then
    expect(openTasks()).to.deep.equal(['asks Go', 'waits Heard']);
    expect(records.deliveries.size).to.equal(0);
    const [sent] = events('MessageSent');
    const [received] = events('MessageReceived');
    expect(sent).to.include({ flowNode: 'Say', dossier: 'D' });
    expect(sent?.data).to.deep.equal({ name: 'news' });
    expect(received?.data).to.deep.equal({ name: 'news', from: 'asks' });
    expect(received?.subject).to.equal(sent?.subject);
    expect(await variablesOf('waits')).to.include({ floor: 3 });
  });

  it('reaches one of several: the first begun, never the sender, never another dossier', async () => {
    const { begin, openTasks } = office();
    await begin('waits', 'elsewhere', 'D2');
    await begin('waits', 'first');
    await begin('waits', 'second');
    await begin('asks');
    expect(openTasks()).to.deep.equal(['asks Go', 'first Heard']);
  });

  it('reaches the one whose key it has', async () => {
    const { begin, openTasks } = office();
    await begin('waitsForKey', 'ours', 'D', { key: 'a' });
    await begin('waitsForKey', 'yours', 'D', { key: 'b' });
    await begin('asksByKey', 'asks', 'D', { key: 'b' });
    expect(openTasks()).to.deep.equal(['asks Go', 'yours Heard']);
  });

  it('is kept until somebody waits for it, and is then delivered at once', async () => {
    // given
    const { begin, openTasks, complete, host, time, records } = office();
    await begin('waitsLater');
    await begin('asks');
    time.real += 2_000;
    await host.settle();
    expect(records.deliveries.size).to.equal(1);
    // when
    await complete('waitsLater');
    await host.settle();
    // then
    expect(openTasks()).to.deep.equal(['asks Go', 'waitsLater Heard']);
    expect(records.deliveries.size).to.equal(0);
  });

  it('is kept alike where bpmn-server runs', async () => {
    const { begin, openTasks, complete, host } = office({ interpreter: await server() });
    await begin('waitsLater');
    await begin('asks');
    await complete('waitsLater');
    await host.settle();
    expect(openTasks()).to.deep.equal(['asks Go', 'waitsLater Heard']);
  });

  it('is kept for a process that begins later', async () => {
    const { begin, openTasks, host } = office();
    await begin('asks');
    await begin('waits');
    await host.settle();
    expect(openTasks()).to.deep.equal(['asks Go', 'waits Heard']);
  });

  it('is told with the clock of the dossier, not of the process that receives it', async () => {
    const { begin, records } = office({ main: 'asksApplicant' });
    const clocks = () => records.events.map(({ type, clock }) => `${type} ${clock}`);
    await begin('asksApplicant');
    await begin('waits');
    expect(clocks()).to.include('TaskCreated paused');
    expect(clocks().filter((one) => one.endsWith('running'))).to.deep.equal([]);
    // when the one that waits asks the administration for something
    await begin('asks');
    // then
    expect(clocks()).to.include.members(['MessageReceived running', 'TaskCreated running']);
  });

  it('is answered', async () => {
    const { begin, host, records } = office();
    await begin('answers');
    await begin('asksAndWaits');
    await host.settle();
    expect([...records.instances.values()].map(({ status }) => status)).to.deep.equal([
      'completed',
      'completed',
    ]);
  });

  it('stops with an incident of its sender when nobody waits for it, and a retry delivers it', async () => {
    // given
    const all = office();
    const { begin, openTasks, openIncidents, host, records } = all;
    await begin('asks');
    await waitInVain(all);
    const [incident] = openIncidents();
    expect(incident).to.include({
      kind: 'delivery',
      instance: 'asks',
      flowNode: 'Say',
      code: 'MESSAGE_NOT_RECEIVED',
      attempts: 8,
    });
    // when somebody waits, it stays stopped until a person has seen to it
    await begin('waits');
    await waitInVain(all);
    expect(openTasks()).to.deep.equal(['asks Go']);
    await host.retry(incident?.id ?? '', SYSTEM);
    // then
    expect(openTasks()).to.deep.equal(['asks Go', 'waits Heard']);
    expect(openIncidents()).to.deep.equal([]);
    expect(records.deliveries.size).to.equal(0);
  });

  it('stops again when a retry finds nobody either', async () => {
    const all = office();
    await all.begin('asks');
    await waitInVain(all);
    const [incident] = all.openIncidents();
    await all.host.retry(incident?.id ?? '', SYSTEM);
    await waitInVain(all);
    const [again] = all.openIncidents();
    expect(again?.id).to.not.equal(incident?.id);
  });

  it('is let go when a person skips it; it brings nothing back', async () => {
    const all = office();
    const { begin, openIncidents, host, records } = all;
    await begin('asks');
    await waitInVain(all);
    const id = openIncidents()[0]?.id ?? '';
    const refused = await host.skip(id, { a: 1 }, SYSTEM).catch((error: unknown) => error);
    expect(refused).to.be.instanceOf(DomainError).with.property('code', 'SKIP_NOT_POSSIBLE');
    await host.skip(id, {}, SYSTEM);
    expect(openIncidents()).to.deep.equal([]);
    expect(records.deliveries.size).to.equal(0);
    const again = await host.skip(id, {}, SYSTEM).catch((error: unknown) => error);
    expect(again).to.be.instanceOf(DomainError).with.property('code', 'INCIDENT_ALREADY_RESOLVED');
  });

  it('is tried again after a fault of its receiver, and soon becomes an incident', async () => {
    // given
    const core = bpmnCore();
    let broken = true;
    const faulty: Interpreter = {
      ...core,
      async step(definition, state, command, context) {
        if (broken && command.type === 'correlateMessage') throw new Error('broken');
        return core.step(definition, state, command, context);
      },
    };
    const { begin, openTasks, openIncidents, host, time } = office({ interpreter: faulty });
    await begin('waits');
    await begin('asks');
    for (const pause of [500, 2_000, 10_000, 60_000]) {
      expect(openIncidents()).to.deep.equal([]);
      time.real += pause;
      await host.settle();
    }
    const [incident] = openIncidents();
    expect(incident).to.include({ kind: 'delivery', code: 'INTERNAL', attempts: 5 });
    // when
    broken = false;
    await host.retry(incident?.id ?? '', SYSTEM);
    // then
    expect(openTasks()).to.include('waits Heard');
  });
});

describe('a signal', () => {
  it('reaches each active process of its dossier once, but not its sender or another dossier', async () => {
    const { begin, records, events, openTasks } = office();
    await begin('isStopped', 'one');
    await begin('isStopped', 'two');
    await begin('waits', 'deaf');
    await begin('isStopped', 'elsewhere', 'D2');
    // when
    await begin('stops');
    // then
    expect(openTasks()).to.deep.equal(['elsewhere Work']);
    expect(records.instances.get('one')?.endEvent).to.equal('Over');
    expect(records.instances.get('two')?.endEvent).to.equal('Over');
    expect(events('SignalReceived')).to.have.length(2);
    expect(records.deliveries.size).to.equal(0);
  });

  it('is not kept for a process that begins later', async () => {
    const { begin, openTasks, host, openIncidents } = office();
    await begin('stops');
    await begin('isStopped', 'late');
    await host.settle();
    expect(openTasks()).to.deep.equal(['late Work']);
    expect(openIncidents()).to.deep.equal([]);
  });

  it('goes on to the others after a crash between them, and to none twice', async () => {
    // given a node that dies, holding what it claimed, when the first has received it
    const memory = memoryStore();
    let turns = 0;
    const { begin, events } = office({
      memory,
      change: {
        async claimDeliveries(...given) {
          if (turns++ > 0) throw new Error('dead');
          return (await memory.claimDeliveries(...given)).slice(0, 1);
        },
      },
    });
    for (const id of ['one', 'two', 'three']) await begin('isStopped', id);
    await begin('stops');
    expect(events('SignalReceived')).to.have.length(1);
    // when
    const other = office({ memory });
    other.time.real += 30_000;
    await other.host.settle();
    // then
    expect(events('SignalReceived')).to.have.length(3);
    expect(other.openTasks()).to.deep.equal([]);
    expect(memory.records.deliveries.size).to.equal(0);
  });
});
