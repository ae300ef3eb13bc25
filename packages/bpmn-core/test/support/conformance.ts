import {
  after,
  boundary,
  cancel,
  catching,
  compensation,
  conditional,
  element,
  end,
  ends,
  error,
  errors,
  escalation,
  escalations,
  eventBased,
  eventSubProcess,
  exclusive,
  flow,
  inclusive,
  link,
  mapping,
  message,
  messages,
  multiple,
  parallel,
  path,
  repeat,
  script,
  signal,
  signals,
  start,
  subProcess,
  terminate,
  throwing,
  timer,
  transaction,
  undoing,
  users,
} from './diagram.ts';

/** One thing of the standard: it runs as written there (`right`), or a diagram that has it is refused. */
export interface Row {
  readonly clause: string;
  readonly what: string;
  readonly verdict: 'right' | 'refused';
  /** Body of a process that has it. */
  readonly body: string;
  readonly declarations?: string;
  /** What was decided where the standard leaves a choice, or why it is refused. */
  readonly note?: string;
}

const line = ends + users('a') + path('s a e');
const inside = (node: string, id = 'x') => ends + node + path(`s ${id} e`);
const task = (type: string, attributes = '') => inside(element(type, 'x', '', attributes));
const begun = (definition: string, attributes = '') =>
  element('startEvent', 's', definition, attributes) + users('a') + end() + path('s a e');
const caught = (definition: string, attributes = '') => inside(catching('x', definition, attributes));
const thrown = (definition: string) => inside(throwing('x', definition));
const ended = (definition: string) => start() + users('a') + end('e', definition) + path('s a e');
const on = (definition: string, interrupting = true, attributes = '') =>
  ends +
  users('a z') +
  element(
    'boundaryEvent',
    'b',
    definition,
    `attachedToRef="a" cancelActivity="${interrupting}" ${attributes}`,
  ) +
  path('s a e') +
  path('b z');
const beside = (definition: string, interrupting = true, attributes = '') =>
  line +
  eventSubProcess('h', definition, users('b') + end('eh') + path('s_h b eh'), interrupting).replace(
    'isInterrupting=',
    `${attributes} isInterrupting=`,
  );
const all = 'parallelMultiple="true"';
const links =
  ends + users('a') + throwing('t', link('L')) + catching('c', link('L')) + path('s a t') + path('c e');
const inner = start('s1') + users('b') + end('e1') + path('s1 b e1');
const undone = ends + users('a') + undoing('a') + throwing('t', compensation()) + path('s a t e');
const cancelled =
  ends +
  users('z') +
  transaction('t', start('s1') + users('b') + end('e1', cancel) + path('s1 b e1')) +
  boundary('c', 't', cancel) +
  path('s t e') +
  path('c z');
const begins = (type: string) =>
  element('eventBasedGateway', 'g', '', `instantiate="true" eventGatewayType="${type}"`) +
  catching('m', message('M')) +
  catching('n', message('N')) +
  end() +
  path('g m e') +
  path('g n e');
const call = element('callActivity', 'x', '', 'calledElement="visit"');

/** Messages, signals, errors and escalations that the rows speak of. */
export const DECLARATIONS = messages('M N') + signals('S T') + errors('E') + escalations('X');

const row = (
  clause: string,
  what: string,
  body: string,
  note = '',
  verdict: Row['verdict'] = 'right',
): Row => ({ clause, what, verdict, body, note });
const refused = (clause: string, what: string, body: string, note: string): Row =>
  row(clause, what, body, note, 'refused');

/** What a process that is executed is made of (BPMN 2.0.2, clauses 8, 10 and 13), one by one. */
export const ROWS: readonly Row[] = [
  row('8.4.13', 'Sequence flow', line),
  row(
    '8.4.13',
    'Conditional sequence flow out of an activity',
    ends +
      users('a b') +
      path('s a') +
      flow('a', 'b', 'v = 1') +
      flow('a', 'e', 'v = 2') +
      path('b e').replace('id="b_e"', 'id="b_e2"'),
    'a condition that is not true or false is an incident',
  ),
  row(
    '8.4.13',
    'Default sequence flow out of an activity',
    ends +
      element('userTask', 'a', '', 'default="a_e"') +
      users('b') +
      path('s a e') +
      flow('a', 'b', 'v = 1') +
      path('b e').replace('id="b_e"', 'id="b_e2"'),
  ),
  row(
    '8.4.13',
    'Several flows out of an activity: all of them',
    ends + users('a b c') + path('s a b') + path('a c e').replace('id="c_e"', 'id="c_e2"'),
  ),
  row(
    '8.4.13',
    'Several flows into an activity: each token by itself',
    ends +
      users('a b') +
      parallel('f') +
      path('s f a e') +
      path('f a b').replace('id="f_a"', 'id="f_a2"').replace('id="a_b"', 'id="a_b2"') +
      path('b e').replace('id="b_e"', 'id="b_e2"'),
  ),
  row(
    '8.4.2',
    'Correlation by key',
    caught(message('M')).replace('id="x"', 'id="x" camunda:correlationKey="v"'),
    'the key is FEEL in an attribute correlationKey of the event, task or message',
  ),
  refused('8.4.2', 'Correlation by correlation subscriptions', line, 'an attribute correlationKey instead'),
  row(
    '8.4.11',
    'Text annotation, association, group',
    line +
      element('textAnnotation', 'n', '<bpmn:text>x</bpmn:text>') +
      element('association', 'as', '', 'sourceRef="a" targetRef="n"'),
  ),
  row('9.3', 'Pools and message flows around one executable process', line, 'shown, not run'),
  row('10.2', 'Process', line, 'one executable process a document'),
  row('10.3.3', 'Abstract task', task('task'), 'leads on at once'),
  row(
    '10.3.3',
    'Manual task',
    task('manualTask'),
    'leads on at once, as the standard leaves it outside execution',
  ),
  row('10.3.3', 'User task', task('userTask')),
  row('10.3.3', 'Service task', task('serviceTask'), 'a job of the host'),
  row('10.3.3', 'Business rule task', task('businessRuleTask'), 'a job of the host'),
  row(
    '10.3.3',
    'Script task',
    inside(script('x', '1 + 1', 'v')),
    'FEEL with a result variable; other languages are refused',
  ),
  row('10.3.3', 'Send task', task('sendTask', 'messageRef="M"')),
  row('10.3.3', 'Receive task', task('receiveTask', 'messageRef="M"')),
  row(
    '10.3.3',
    'Receive task that begins the process',
    element('receiveTask', 'r', '', 'messageRef="M" instantiate="true"') + end() + path('r e'),
  ),
  row('10.3.5', 'Embedded sub-process', inside(subProcess('x', inner))),
  row(
    '10.3.5',
    'Nested sub-processes',
    inside(
      subProcess(
        'x',
        start('s1') +
          subProcess('y', start('s2') + users('b') + end('e2') + path('s2 b e2')) +
          end('e1') +
          path('s1 y e1'),
      ),
    ),
  ),
  row('10.3.5', 'Transaction', inside(transaction('x', inner)), 'by compensation; other methods are refused'),
  refused(
    '10.3.5',
    'Ad-hoc sub-process',
    ends + element('adHocSubProcess', 'x', users('b')) + path('s x e'),
    'user tasks between inclusive gateways instead',
  ),
  row(
    '10.3.6',
    'Call activity of a process',
    inside(call),
    'the host runs it; only data that is drawn goes in and out',
  ),
  refused('10.3.6', 'Call activity of a global task', line, 'a task in the process instead'),
  row(
    '10.3.8',
    'Standard loop, tested before',
    inside(element('userTask', 'x', repeat({ condition: 'v = 1', before: true }))),
  ),
  row(
    '10.3.8',
    'Standard loop, tested after',
    inside(element('userTask', 'x', repeat({ condition: 'v = 1', before: false }))),
  ),
  row('10.3.8', 'Standard loop with a maximum', inside(element('userTask', 'x', repeat({ maximum: 3 })))),
  row(
    '10.3.8',
    'Multi-instance, parallel, by cardinality',
    inside(element('userTask', 'x', multiple({ cardinality: '3' }))),
  ),
  row(
    '10.3.8',
    'Multi-instance, sequential',
    inside(element('userTask', 'x', multiple({ cardinality: '3', sequential: true }))),
  ),
  row(
    '10.3.8',
    'Multi-instance over a collection',
    inside(element('userTask', 'x', multiple({ collection: 'names', as: 'name' }))),
    'camunda:collection and camunda:elementVariable',
  ),
  row(
    '10.3.8',
    'Completion condition',
    inside(element('userTask', 'x', multiple({ cardinality: '3', until: 'numberOfCompletedInstances > 1' }))),
  ),
  row(
    '10.3.8',
    'Multi-instance of a sub-process',
    inside(element('subProcess', 'x', multiple({ cardinality: '3' }) + inner)),
  ),
  refused(
    '10.3.8',
    'Events of a multi-instance activity (behavior One, Complex)',
    inside(
      element(
        'userTask',
        'x',
        '<bpmn:multiInstanceLoopCharacteristics behavior="One"><bpmn:loopCardinality>2</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics>',
      ),
    ),
    'a completion condition instead',
  ),
  row('10.3.1', 'Activity for compensation', undone),
  row(
    '10.3.1',
    'Start and completion quantity',
    inside(element('userTask', 'x', '', 'startQuantity="2" completionQuantity="2"')),
    'from 1 to 1,000',
  ),
  row(
    '10.4',
    'Data objects and stores, as a picture',
    line + element('dataObject', 'd') + element('dataObjectReference', 'r', '', 'dataObjectRef="d"'),
  ),
  row('10.4', 'Variables of the process', line, 'any JSON'),
  row(
    '10.4',
    'Input and output mapping of an activity',
    inside(element('userTask', 'x', mapping({ given: '=v' }, { result: '=w' }))),
    'an extension element ioMapping, since inputSets say less',
  ),
  row('10.5.2', 'Start: none', line),
  row('10.5.2', 'Start: message', begun(message('M'))),
  row('10.5.2', 'Start: timer', begun(after('PT1H')), 'the host says that it is due'),
  row('10.5.2', 'Start: conditional', begun(conditional('v = 1')), 'the host says that it holds'),
  row('10.5.2', 'Start: signal', begun(signal('S'))),
  row('10.5.2', 'Start: multiple', begun(message('M') + signal('S'))),
  refused(
    '10.5.2',
    'Start: parallel multiple',
    begun(message('M') + signal('S'), all),
    'a parallel event-based gateway that begins the process instead',
  ),
  row('10.5.2', 'Start of an event sub-process, interrupting: message', beside(message('M'))),
  row('10.5.2', 'Start of an event sub-process, interrupting: timer', beside(after('PT1H'))),
  row('10.5.2', 'Start of an event sub-process, interrupting: escalation', beside(escalation('X'))),
  row('10.5.2', 'Start of an event sub-process, interrupting: error', beside(error('E'))),
  row('10.5.2', 'Start of an event sub-process, interrupting: conditional', beside(conditional('v = 1'))),
  row('10.5.2', 'Start of an event sub-process, interrupting: signal', beside(signal('S'))),
  row(
    '10.5.2',
    'Start of an event sub-process, interrupting: compensation',
    inside(subProcess('x', inner + eventSubProcess('h', compensation(), end('eh') + path('s_h eh')))),
  ),
  row('10.5.2', 'Start of an event sub-process, interrupting: multiple', beside(message('M') + signal('S'))),
  row(
    '10.5.2',
    'Start of an event sub-process, interrupting: parallel multiple',
    beside(message('M') + signal('S'), true, all),
  ),
  row('10.5.2', 'Start of an event sub-process, non-interrupting: message', beside(message('M'), false)),
  row(
    '10.5.2',
    'Start of an event sub-process, non-interrupting: timer',
    beside(timer('timeCycle', 'R2/PT1H'), false),
  ),
  row(
    '10.5.2',
    'Start of an event sub-process, non-interrupting: escalation',
    beside(escalation('X'), false),
  ),
  row(
    '10.5.2',
    'Start of an event sub-process, non-interrupting: conditional',
    beside(conditional('v = 1'), false),
  ),
  row('10.5.2', 'Start of an event sub-process, non-interrupting: signal', beside(signal('S'), false)),
  row(
    '10.5.2',
    'Start of an event sub-process, non-interrupting: multiple',
    beside(message('M') + signal('S'), false),
  ),
  row(
    '10.5.2',
    'Start of an event sub-process, non-interrupting: parallel multiple',
    beside(message('M') + signal('S'), false, all),
    'awaited anew each time; refused where that needs an expression',
  ),
  row('10.5.3', 'End: none', line),
  row('10.5.3', 'End: message', ended(message('M'))),
  row('10.5.3', 'End: escalation', ended(escalation('X'))),
  row('10.5.3', 'End: error', ended(error('E')), 'caught by none, the instance fails'),
  row('10.5.3', 'End: cancel', cancelled),
  row(
    '10.5.3',
    'End: compensation',
    start() + users('a') + undoing('a') + end('e', compensation()) + path('s a e'),
  ),
  row('10.5.3', 'End: signal', ended(signal('S'))),
  row('10.5.3', 'End: terminate', ended(terminate), 'ends the process, or the sub-process it is in'),
  row('10.5.3', 'End: multiple', ended(message('M') + signal('S')), 'of messages, signals and escalations'),
  row('10.5.4', 'Catch: message', caught(message('M'))),
  row('10.5.4', 'Catch: timer, date', caught(timer('timeDate', '2026-01-01T00:00:00Z'))),
  row('10.5.4', 'Catch: timer, duration', caught(after('PT1H'))),
  row('10.5.4', 'Catch: conditional', caught(conditional('v = 1'))),
  row('10.5.4', 'Catch: link', links),
  row('10.5.4', 'Catch: signal', caught(signal('S'))),
  row('10.5.4', 'Catch: multiple', caught(message('M') + signal('S'))),
  row('10.5.4', 'Catch: parallel multiple', caught(message('M') + signal('S'), all)),
  row('10.5.4', 'Throw: none', thrown('')),
  row('10.5.4', 'Throw: message', thrown(message('M'))),
  row('10.5.4', 'Throw: escalation', thrown(escalation('X')), 'caught by none, the flow goes on'),
  row(
    '10.5.4',
    'Throw: compensation',
    undone,
    'waits until all is undone; waitForCompletion="false" is refused',
  ),
  row('10.5.4', 'Throw: link', links),
  row('10.5.4', 'Throw: signal', thrown(signal('S'))),
  row(
    '10.5.4',
    'Throw: multiple',
    thrown(message('M') + signal('S')),
    'of messages, signals and escalations',
  ),
  row('10.5.4', 'Boundary, interrupting: message', on(message('M'))),
  row('10.5.4', 'Boundary, interrupting: timer', on(after('PT1H'))),
  row('10.5.4', 'Boundary, interrupting: escalation', on(escalation('X'))),
  row('10.5.4', 'Boundary, interrupting: error', on(error('E'))),
  row('10.5.4', 'Boundary, interrupting: cancel', cancelled),
  row('10.5.4', 'Boundary: compensation', undone),
  row('10.5.4', 'Boundary, interrupting: conditional', on(conditional('v = 1'))),
  row('10.5.4', 'Boundary, interrupting: signal', on(signal('S'))),
  row('10.5.4', 'Boundary, interrupting: multiple', on(message('M') + error('E'))),
  row('10.5.4', 'Boundary, interrupting: parallel multiple', on(message('M') + signal('S'), true, all)),
  row('10.5.4', 'Boundary, non-interrupting: message', on(message('M'), false)),
  row('10.5.4', 'Boundary, non-interrupting: timer', on(after('PT1H'), false)),
  row('10.5.4', 'Boundary, non-interrupting: timer, cycle', on(timer('timeCycle', 'R3/PT1H'), false)),
  row('10.5.4', 'Boundary, non-interrupting: escalation', on(escalation('X'), false)),
  row('10.5.4', 'Boundary, non-interrupting: conditional', on(conditional('v = 1'), false)),
  row('10.5.4', 'Boundary, non-interrupting: signal', on(signal('S'), false)),
  row('10.5.4', 'Boundary, non-interrupting: multiple', on(message('M') + signal('S'), false)),
  row(
    '10.5.4',
    'Boundary, non-interrupting: parallel multiple',
    on(message('M') + signal('S'), false, all),
    'awaited anew each time; refused where that needs an expression',
  ),
  row(
    '10.6.2',
    'Exclusive gateway',
    ends +
      users('a b') +
      exclusive('x', 'x_b') +
      path('s x') +
      flow('x', 'a', 'v = 1') +
      flow('x', 'b') +
      path('a e') +
      path('b e'),
    'no condition true and no default flow is an incident',
  ),
  row(
    '10.6.3',
    'Inclusive gateway, split',
    ends +
      users('a b') +
      inclusive('x', 'x_b') +
      path('s x') +
      flow('x', 'a', 'v = 1') +
      flow('x', 'b') +
      path('a e') +
      path('b e'),
  ),
  row(
    '10.6.3',
    'Inclusive gateway, join',
    ends +
      users('a b') +
      inclusive('x', 'x_b') +
      inclusive('j') +
      path('s x') +
      flow('x', 'a', 'v = 1') +
      flow('x', 'b') +
      path('a j e') +
      path('b j'),
    'by the paths on which a token may still come (13.4.3)',
  ),
  row(
    '10.6.4',
    'Parallel gateway, split and join',
    ends + users('a b') + parallel('f j') + path('s f a j e') + path('f b j'),
  ),
  refused(
    '10.6.5',
    'Complex gateway',
    inside(element('complexGateway', 'x')),
    'an inclusive or parallel gateway instead',
  ),
  row(
    '10.6.6',
    'Event-based gateway, exclusive',
    ends +
      eventBased('g') +
      catching('m', message('M')) +
      catching('t', after('PT1H')) +
      path('s g m e') +
      path('g t e'),
  ),
  row('10.6.6', 'Event-based gateway that begins the process, exclusive', begins('Exclusive')),
  row('10.6.6', 'Event-based gateway that begins the process, parallel', begins('Parallel')),
  row(
    '10.6.6',
    'Receive tasks behind an event-based gateway',
    ends +
      eventBased('g') +
      element('receiveTask', 'm', '', 'messageRef="M"') +
      catching('t', after('PT1H')) +
      path('s g m e') +
      path('g t e'),
  ),
  row(
    '10.7',
    'Compensation of one activity',
    ends + users('a') + undoing('a') + throwing('t', compensation('a')) + path('s a t e'),
  ),
  row('10.7', 'Compensation of all that was completed, the last first', undone),
  row(
    '10.7',
    'Compensation of a completed sub-process from the inside',
    ends +
      subProcess('x', start('s1') + users('b') + undoing('b') + end('e1') + path('s1 b e1')) +
      throwing('t', compensation()) +
      path('s x t e'),
  ),
  row(
    '10.7',
    'Compensation event sub-process',
    ends +
      subProcess('x', inner + eventSubProcess('h', compensation(), end('eh') + path('s_h eh'))) +
      throwing('t', compensation()) +
      path('s x t e'),
  ),
  row(
    '10.8',
    'Lanes',
    `<bpmn:laneSet id="ls"><bpmn:lane id="l"><bpmn:flowNodeRef>a</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>${line}`,
    'known to the host',
  ),
  row('13.3.2', 'Interrupting what runs inside and beside an activity', on(message('M'))),
  row(
    '13.3.4',
    'A sub-process is completed when no token is left in it',
    inside(
      subProcess(
        'x',
        start('s1') +
          users('b c') +
          end('e1') +
          path('s1 b e1') +
          flow('s1', 'c') +
          path('c e1').replace('id="c_e1"', 'id="c_e2"'),
      ),
    ),
  ),
  row(
    '13.5.4',
    'Handlers of events: boundary events and event sub-processes from the inside out',
    ends +
      users('z') +
      subProcess('x', inner + eventSubProcess('h', error('E'), end('eh') + path('s_h eh'))) +
      boundary('y', 'x', error('E')) +
      path('s x e') +
      path('y z'),
  ),
  row('13.5.5', 'Compensation in reverse order, waited for', undone),
  row('13.5.6', 'A process is completed when no token is left', line),
];
