import { expect } from 'chai';
import { DomainError } from '../../src/domain/errors.ts';
import { SYSTEM } from '../../src/domain/party.ts';
import { memoryStore } from '../../src/engine/memoryStore.ts';
import { callId } from '../../src/engine/outbox.ts';
import { boundary, diagram, end, message, start, userTask } from './bpmnServer/diagram.ts';
import { memoryOffice } from './support/memoryOffice.ts';

const call = (procedure: string) => `
  <bpmn:callActivity id="Call" calledElement="${procedure}"><bpmn:extensionElements>
    <camunda:in source="floor" target="storey" /><camunda:out source="finding" target="result" />
  </bpmn:extensionElements></bpmn:callActivity>`;
const error = '<bpmn:errorEventDefinition id="ED" errorRef="Refused" />';
const withError = (xml: string) =>
  xml.replace('<bpmn:process', '<bpmn:error id="Refused" errorCode="Refused" /><bpmn:process');
const line = (element: string, ...nodes: string[]) =>
  diagram(start + element + end('E'), ['Start', ...nodes, 'E'].join(' -> '));

const DIAGRAMS = {
  visit: line(userTask('Visit'), 'Visit'),
  refuses: withError(
    diagram(
      `${start}${userTask('Visit')}<bpmn:endEvent id="No">${error}</bpmn:endEvent>`,
      'Start -> Visit -> No',
    ),
  ),
  calls: line(call('visit') + userTask('After'), 'Call', 'After'),
  callsUntilStopped: diagram(
    start +
      call('visit') +
      boundary('Stop', 'Call', message('Stop', 'stop')) +
      userTask('Stopped') +
      end('E') +
      end('F'),
    'Start -> Call -> E',
    'Stop -> Stopped -> F',
  ),
  callsWhatRefuses: withError(
    diagram(
      start + call('refuses') + boundary('Caught', 'Call', error) + userTask('Told') + end('E') + end('F'),
      'Start -> Call -> E',
      'Caught -> Told -> F',
    ),
  ),
  callsUncaught: line(call('refuses'), 'Call'),
  callsNothing: line(call('nowhere') + userTask('After'), 'Call', 'After'),
  callsNothingUntilStopped: diagram(
    start +
      call('nowhere') +
      boundary('Stop', 'Call', message('Stop', 'stop')) +
      userTask('Stopped') +
      end('E') +
      end('F'),
    'Start -> Call -> E',
    'Stop -> Stopped -> F',
  ),
  callsItself: line(call('callsItself'), 'Call'),
};
/** The first call of an instance, and what it begins. */
const CHILD = callId('calls', 'call2');

const office = (given: Parameters<typeof memoryOffice>[1] = {}) => memoryOffice(DIAGRAMS, given);

describe('a process that calls another one', () => {
  it('goes on when it has ended, with the data that is drawn to go in and come out', async () => {
    // given
    const { begin, openTasks, complete, records, variablesOf, events } = office();
    await begin('calls', 'calls', 'D', { floor: 3, secret: 1 });
    expect(openTasks()).to.deep.equal([`${CHILD} Visit`]);
    expect(records.instances.get(CHILD)).to.deep.include({
      dossier: 'D',
      procedure: 'visit',
      definition: 'visit',
      parent: { instance: 'calls', token: 'call2', flowNode: 'Call', depth: 1 },
    });
    expect(await variablesOf(CHILD)).to.deep.equal({ storey: 3 });
    // when
    await complete(CHILD, { finding: 'built', aside: 1 });
    // then
    expect(openTasks()).to.deep.equal(['calls After']);
    expect(await variablesOf('calls')).to.deep.equal({ floor: 3, secret: 1, result: 'built' });
    expect(records.deliveries.size).to.equal(0);
    expect(events('InstanceStarted').map(({ subject }) => subject)).to.deep.equal(['calls', CHILD]);
    for (const type of ['CallRequested', 'CallCompleted']) {
      expect(
        events(type).map(({ subject }) => subject),
        type,
      ).to.deep.equal([CHILD]);
    }
  });

  it('cancels it when the call is interrupted, and hears no more of it', async () => {
    const { begin, openTasks, host, records, events, openIncidents } = office();
    await begin('callsUntilStopped', 'calls');
    // when
    await host.correlate('calls', 'stop', {}, SYSTEM);
    await host.settle();
    // then
    expect(openTasks()).to.deep.equal(['calls Stopped']);
    const called = [...records.instances.values()].filter(({ parent }) => parent !== null);
    expect(called.map(({ status }) => status)).to.deep.equal(['cancelled']);
    expect(events('CallCancelled')).to.have.length(1);
    expect(records.deliveries.size).to.equal(0);
    expect(openIncidents()).to.deep.equal([]);
  });

  it('never begins it when the call is interrupted before that', async () => {
    // given a node that dies before it carries the call
    const memory = memoryStore();
    const dead = office({ memory, change: { claimDeliveries: () => Promise.reject(new Error('dead')) } });
    await dead.begin('callsUntilStopped', 'calls');
    await dead.host.correlate('calls', 'stop', {}, SYSTEM);
    expect(memory.records.deliveries.size).to.equal(2);
    // when another one finds the giving up first
    const { host, records, openTasks } = office({
      memory,
      change: {
        claimDeliveries: async (...given) => (await memory.claimDeliveries(...given)).reverse(),
      },
    });
    await host.settle();
    // then
    expect([...records.instances.keys()]).to.deep.equal(['calls']);
    expect(openTasks()).to.deep.equal(['calls Stopped']);
    expect(records.deliveries.size).to.equal(0);
  });

  it('catches the error that ended it', async () => {
    const { begin, openTasks, complete, host, records, openIncidents } = office();
    await begin('callsWhatRefuses', 'calls');
    await complete(CHILD);
    await host.settle();
    expect(openTasks()).to.deep.equal(['calls Told']);
    expect(records.instances.get(CHILD)?.status).to.equal('failed');
    expect(records.deliveries.size).to.equal(0);
    expect(openIncidents()).to.deep.equal([]);
  });

  it('fails with it when nothing catches the error', async () => {
    const { begin, complete, records, host } = office();
    await begin('callsUncaught', 'calls');
    await complete(CHILD);
    await host.settle();
    expect(records.instances.get('calls')?.status).to.equal('failed');
    expect(records.deliveries.size).to.equal(0);
  });

  it('cancels it when it is cancelled itself', async () => {
    const { begin, host, records, openTasks, openIncidents } = office();
    await begin('calls');
    await host.cancel('calls', SYSTEM);
    await host.settle();
    expect(records.instances.get(CHILD)?.status).to.equal('cancelled');
    expect([openTasks(), openIncidents(), records.deliveries.size]).to.deep.equal([[], [], 0]);
  });

  it('stops when a person cancels what it called, and goes on when a person says with what', async () => {
    // given
    const { begin, host, records, openTasks, openIncidents, variablesOf } = office();
    await begin('calls');
    await host.cancel(CHILD, SYSTEM);
    const [incident] = openIncidents();
    expect(incident).to.include({
      instance: 'calls',
      flowNode: 'Call',
      kind: 'delivery',
      code: 'CALLED_PROCESS_CANCELLED',
    });
    // when
    await host.skip(incident?.id ?? '', { finding: 'none' }, SYSTEM);
    // then
    expect(openTasks()).to.deep.equal(['calls After']);
    expect(await variablesOf('calls')).to.include({ result: 'none' });
    expect([openIncidents(), records.deliveries.size]).to.deep.equal([[], 0]);
    const again = await host.skip(incident?.id ?? '', {}, SYSTEM).catch((error: unknown) => error);
    expect(again).to.be.instanceOf(DomainError).with.property('code', 'INCIDENT_ALREADY_RESOLVED');
  });

  it('stops at once where no version of it is in force, and a retry calls the one that is then', async () => {
    const diagrams: Record<string, string> = { ...DIAGRAMS };
    const { begin, host, openTasks, openIncidents } = memoryOffice(diagrams);
    await begin('callsNothing', 'calls');
    const [incident] = openIncidents();
    expect(incident).to.include({ instance: 'calls', flowNode: 'Call', code: 'PROCEDURE_NOT_FOUND' });
    // when
    diagrams.nowhere = DIAGRAMS.visit;
    await host.retry(incident?.id ?? '', SYSTEM);
    // then
    expect(openTasks()).to.deep.equal([`${CHILD} Visit`]);
    expect(openIncidents()).to.deep.equal([]);
  });

  it('leaves no incident of a call that was given up', async () => {
    const { begin, host, openTasks, openIncidents, records } = office();
    await begin('callsNothingUntilStopped', 'calls');
    expect(openIncidents()).to.have.length(1);
    await host.correlate('calls', 'stop', {}, SYSTEM);
    await host.settle();
    expect(openTasks()).to.deep.equal(['calls Stopped']);
    expect([openIncidents(), records.deliveries.size]).to.deep.equal([[], 0]);
  });

  it('does not call itself without end', async () => {
    const { begin, host, records, openIncidents } = office();
    await begin('callsItself');
    await host.settle();
    expect(records.instances.size).to.equal(21);
    expect(openIncidents().map(({ code }) => code)).to.deep.equal(['CALLS_TOO_DEEP']);
  });
});
