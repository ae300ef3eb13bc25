import { expect } from 'chai';
import { bpmnCore } from '../../src/engine/bpmnCore.ts';
import { refusalsOf } from '../../src/engine/hostProfile.ts';
import { catching, diagram, end, message, start, throwing, timer, userTask } from './bpmnServer/diagram.ts';

const signal = '<bpmn:signalEventDefinition id="D" signalRef="X" />';
const line = (element: string, id: string) => diagram(start + element + end('E'), `Start -> ${id} -> E`);

const isPublished = async (procedure: string) => procedure === 'visit';

/** What the interpreter runs and nobody here would carry out. */
const UNSERVED: Record<string, string> = {
  'a timer that starts a process': diagram(
    `<bpmn:startEvent id="C">${timer('C')}</bpmn:startEvent>${end('E')}`,
    'C -> E',
  ),
  'a message that starts a process': diagram(
    `<bpmn:startEvent id="C">${message('C')}</bpmn:startEvent>${end('E')}`,
    'C -> E',
  ),
  'a signal that starts a process': diagram(
    `<bpmn:startEvent id="C">${signal}</bpmn:startEvent>${end('E')}`,
    'C -> E',
  ),
};

/** What one process says to another of its dossier, and what stays inside a process. */
const SERVED: Record<string, string> = {
  'a message awaited': line(catching('C', message('C')), 'C'),
  'a message thrown': line(throwing('C', message('C')), 'C'),
  'a message that a task sends': line('<bpmn:sendTask id="C" messageRef="call" />', 'C'),
  'a message that an end sends': diagram(
    `${start}<bpmn:endEvent id="C">${message('C')}</bpmn:endEvent>`,
    'Start -> C',
  ),
  'a signal thrown': line(throwing('C', signal), 'C'),
  'a signal awaited': line(catching('C', signal), 'C'),
  'a signal among several events': line(catching('C', message('C') + signal), 'C'),
  'a published procedure called': line('<bpmn:callActivity id="C" calledElement="visit" />', 'C'),
  'an escalation': line(throwing('C', '<bpmn:escalationEventDefinition id="D" escalationRef="X" />'), 'C'),
};

describe('what the host serves', () => {
  for (const [what, xml] of Object.entries(UNSERVED)) {
    it(`refuses ${what} at publication, and says what to draw instead`, async () => {
      const refusals = await refusalsOf(bpmnCore(), xml, isPublished);
      expect(refusals.map(({ rule, element }) => [rule, element])).to.deep.equal([['unserved-element', 'C']]);
      expect(refusals[0]?.message).to.include('draw instead');
    });
  }

  for (const [what, xml] of Object.entries(SERVED)) {
    it(`lets in ${what}`, async () => {
      expect(await refusalsOf(bpmnCore(), xml, isPublished)).to.deep.equal([]);
    });
  }

  it('refuses a call of what is no published procedure, by its name', async () => {
    const xml = line('<bpmn:callActivity id="C" calledElement="dance" />', 'C');
    const [refusal] = await refusalsOf(bpmnCore(), xml, isPublished);
    expect(refusal).to.deep.include({
      rule: 'unknown-procedure',
      element: 'C',
      params: { process: 'dance' },
    });
  });

  it('gives the reasons of the interpreter first', async () => {
    const xml = diagram(start + userTask('A') + end('E'), 'Start -> A');
    expect((await refusalsOf(bpmnCore(), xml, isPublished)).map(({ rule }) => rule)).to.deep.equal([
      'unreachable',
    ]);
  });
});
