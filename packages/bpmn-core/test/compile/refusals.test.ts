// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the tests are about such text

import { expect } from 'chai';
import { CompileError, compile, type Refusal } from '../../src/index.ts';
import {
  after,
  boundary,
  cancel,
  catching,
  compensation,
  conditional,
  diagram,
  element,
  end,
  ends,
  error,
  errors,
  escalation,
  eventBased,
  eventSubProcess,
  exclusive,
  extensions,
  flow,
  formal,
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
  service,
  start,
  subProcess,
  throwing,
  timer,
  transaction,
  undoing,
  users,
} from '../support/diagram.ts';

async function refusals(xml: string): Promise<Refusal[]> {
  try {
    await compile(xml);
  } catch (error) {
    if (error instanceof CompileError) return error.refusals;
    throw error;
  }
  return [];
}

const line = ends + users('a') + path('s a e');
const task = (inner = '', attributes = '') =>
  ends + element('userTask', 'a', inner, attributes) + path('s a e');
const inside = (type: string, id = 'a') => ends + element(type, id) + path(`s ${id} e`);
const caught = (definition: string) => ends + catching('c', definition) + path('s c e');
const on = (definition: string, interrupting = true) =>
  ends + users('a') + boundary('b', 'a', definition, interrupting) + path('s a e') + path('b e');
const definition = (name: string) => `<bpmn:${name}EventDefinition/>`;

type Case = [
  rule: string,
  what: string,
  body: string,
  element: string | null,
  construct?: string | undefined,
  declarations?: string,
];

/** By rule: what is wrong, the body of the process, the element at fault, the construct if one is named. */
const REFUSED: Case[] = [
  ['unsupported-element', 'a script task', inside('scriptTask'), 'a', 'bpmn:ScriptTask'],
  ...(
    [
      ['a script task in another language', '<bpmn:script>1</bpmn:script>', 'groovy', 'v'],
      ['a script task in no language', '<bpmn:script>1</bpmn:script>', undefined, 'v'],
      ['a script task that computes for nothing', '<bpmn:script>1</bpmn:script>', 'FEEL', undefined],
      ['a script task that computes for two words', '<bpmn:script>1</bpmn:script>', 'FEEL', 'v w'],
      ['a script task that computes for a member', '<bpmn:script>1</bpmn:script>', 'FEEL', 'v.w'],
      ['a script task without script', '', 'FEEL', 'v'],
      ['a script task with an empty script', '<bpmn:script> </bpmn:script>', 'FEEL', 'v'],
    ] as const
  ).map(([what, script, format, variable]): (typeof REFUSED)[number] => [
    'unsupported-element',
    what,
    ends +
      element(
        'scriptTask',
        'a',
        script,
        (format === undefined ? '' : `scriptFormat="${format}" `) +
          (variable === undefined ? '' : `camunda:resultVariable="${variable}"`),
      ) +
      path('s a e'),
    'a',
    'bpmn:ScriptTask',
  ]),
  [
    'invalid-expression',
    'a script that is not FEEL',
    ends + script('a', 'process.exit(1)', 'v') + path('s a e'),
    'a',
  ],
  [
    'code-in-extension',
    'a script in another attribute',
    ends + script('a', '1', 'v', 'camunda:resource="${x}"') + path('s a e'),
    'a',
    'camunda:resource',
  ],
  [
    'unsupported-element',
    'a timer start in a sub-process',
    ends + subProcess('x', start('s1', after('PT1H')) + end('e1') + path('s1 e1')) + path('s x e'),
    's1',
    'bpmn:TimerEventDefinition',
  ],
  [
    'unsupported-element',
    'an event sub-process that nothing starts',
    line + element('subProcess', 'x', start('s1') + end('e1') + path('s1 e1'), 'triggeredByEvent="true"'),
    's1',
    'none',
  ],
  [
    'unsupported-element',
    'a compensation that is not waited for',
    ends + throwing('c', '<bpmn:compensateEventDefinition waitForCompletion="false"/>') + path('s c e'),
    'c',
    'bpmn:waitForCompletion',
  ],
  [
    'unsupported-element',
    'a receive task in a sub-process that begins it',
    ends +
      subProcess(
        'x',
        start('s1') +
          element('receiveTask', 'r', '', 'messageRef="M" instantiate="true"') +
          end('e1') +
          path('r e1') +
          path('s1 e1'),
      ) +
      path('s x e'),
    'r',
    'bpmn:instantiate',
    messages('M'),
  ],
  [
    'missing-start',
    'an event sub-process without start event',
    line + element('subProcess', 'x', end('e1'), 'triggeredByEvent="true"'),
    'x',
  ],
  [
    'multiple-none-starts',
    'an event sub-process with two start events',
    line +
      eventSubProcess(
        'x',
        message('M'),
        start('s2', message('N')) + end('e1') + path('s_x e1') + path('s2 e1'),
      ),
    'x',
    undefined,
    messages('M N'),
  ],
  [
    'error-not-interrupting',
    'an event sub-process that an error starts beside the flow',
    line + eventSubProcess('x', error('E'), end('e1') + path('s_x e1'), false),
    's_x',
    undefined,
    errors('E'),
  ],
  [
    'ambiguous-error',
    'two event sub-processes for the same error',
    line +
      eventSubProcess('x', error('E'), end('e1') + path('s_x e1')) +
      eventSubProcess('y', error('E'), end('e2') + path('s_y e2')),
    's_y',
    undefined,
    errors('E'),
  ],
  [
    'ambiguous-error',
    'two boundary events for every escalation',
    ends +
      users('a') +
      boundary('b', 'a', escalation()) +
      boundary('c', 'a', escalation()) +
      path('s a e') +
      path('b e') +
      path('c e'),
    'c',
  ],
  [
    'unexpected-incoming-flow',
    'a flow into an event sub-process',
    ends +
      eventSubProcess('x', message('M'), end('e1') + path('s_x e1')) +
      path('s e') +
      flow('s', 'x', undefined, 'in'),
    'x',
    undefined,
    messages('M'),
  ],
  [
    'boundary-not-attached',
    'a boundary event on an event sub-process',
    line +
      eventSubProcess('x', message('M'), end('e1') + path('s_x e1')) +
      boundary('b', 'x', after('PT1H')) +
      path('b e'),
    'b',
    undefined,
    messages('M'),
  ],
  [
    'event-sub-process',
    'a compensation event sub-process of the process itself',
    line + eventSubProcess('x', compensation(), end('e1') + path('s_x e1')),
    's_x',
  ],
  ...(
    [
      ['undoes an activity', 'isForCompensation="true"', ''],
      ['repeats', '', repeat({ maximum: 2 })],
      ['has several instances', '', multiple({ cardinality: '2' })],
    ] as const
  ).map(
    ([what, attributes, loop]): Case => [
      'event-sub-process',
      `an event sub-process that ${what}`,
      line +
        element(
          'subProcess',
          'x',
          loop + element('startEvent', 's_x', message('M')) + end('e1') + path('s_x e1'),
          `triggeredByEvent="true" ${attributes}`,
        ),
      'x',
      undefined,
      messages('M'),
    ],
  ),
  ['missing-signal', 'a signal event without signal', caught('<bpmn:signalEventDefinition/>'), 'c'],
  [
    'missing-escalation-code',
    'an escalation thrown without code',
    ends + throwing('c', '<bpmn:escalationEventDefinition/>') + path('s c e'),
    'c',
  ],
  [
    'missing-escalation-code',
    'an escalation without code',
    on('<bpmn:escalationEventDefinition escalationRef="X"/>'),
    'b',
    undefined,
    '<bpmn:escalation id="X"/>',
  ],
  [
    'invalid-expression',
    'a conditional event without condition',
    caught('<bpmn:conditionalEventDefinition/>'),
    'c',
  ],
  [
    'link-ends',
    'a link without name',
    ends + throwing('c', '<bpmn:linkEventDefinition name=""/>') + path('s c'),
    'c',
  ],
  ['link-ends', 'a link that is thrown to nowhere', ends + throwing('c', link('L')) + path('s c'), 'c'],
  [
    'link-ends',
    'a link with two catching ends',
    ends +
      throwing('c', link('L')) +
      catching('d', link('L')) +
      catching('f', link('L')) +
      path('s c') +
      path('d e') +
      path('f e'),
    'c',
  ],
  [
    'link-ends',
    'a link out of a sub-process',
    ends +
      subProcess('x', start('s1') + throwing('c', link('L')) + path('s1 c')) +
      catching('d', link('L')) +
      path('s x e') +
      path('d e'),
    'c',
  ],
  [
    'unexpected-outgoing-flow',
    'a flow out of the throwing end of a link',
    ends + throwing('c', link('L')) + catching('d', link('L')) + path('s c e') + path('d e'),
    'c',
  ],
  [
    'compensation-handler',
    'an activity for compensation that undoes nothing',
    line + element('userTask', 'h', '', 'isForCompensation="true"'),
    'h',
  ],
  [
    'compensation-handler',
    'a compensation event without activity',
    ends + users('a') + boundary('b', 'a', compensation()) + path('s a e'),
    'b',
  ],
  [
    'compensation-handler',
    'a compensation event that leads to an ordinary activity',
    ends +
      users('a h') +
      boundary('b', 'a', compensation()) +
      element('association', 'x', '', 'sourceRef="b" targetRef="h"') +
      path('s a h e'),
    'b',
  ],
  [
    'compensation-handler',
    'a compensation event that leads to two activities',
    ends +
      users('a') +
      undoing('a', 'h1') +
      element('userTask', 'h2', '', 'isForCompensation="true"') +
      element('association', 'x', '', 'sourceRef="c_a" targetRef="h2"') +
      path('s a e'),
    'c_a',
  ],
  [
    'compensation-handler',
    'two compensation events on one activity',
    ends +
      users('a') +
      undoing('a', 'h1') +
      boundary('b', 'a', compensation()) +
      element('association', 'x', '', 'sourceRef="b" targetRef="h1"') +
      path('s a e'),
    'b',
  ],
  [
    'boundary-not-attached',
    'a boundary event on an activity for compensation',
    ends + users('a') + undoing('a', 'h') + boundary('b', 'h', after('PT1H')) + path('s a e') + path('b e'),
    'b',
  ],
  [
    'unexpected-outgoing-flow',
    'a flow out of an activity for compensation',
    ends + users('a') + undoing('a', 'h') + path('s a e') + flow('h', 'e'),
    'h',
  ],
  [
    'compensation-handler',
    'an activity that undoes one of another flow',
    ends +
      users('a') +
      boundary('b', 'a', compensation()) +
      subProcess(
        'x',
        start('s1') + end('e1') + path('s1 e1') + element('userTask', 'h', '', 'isForCompensation="true"'),
      ) +
      element('association', 'y', '', 'sourceRef="b" targetRef="h"') +
      path('s a x e'),
    'b',
  ],
  [
    'compensation-activity',
    'the compensation of a sub-process in which only a message starts something',
    ends +
      subProcess(
        'x',
        start('s1') +
          users('a') +
          end('e1') +
          path('s1 a e1') +
          eventSubProcess('y', message('M'), end('e2') + path('s_y e2')),
      ) +
      throwing('c', compensation('x')) +
      path('s x c e'),
    'c',
    undefined,
    messages('M'),
  ],
  [
    'compensation-activity',
    'the compensation of an activity that nothing undoes',
    ends + users('a') + throwing('c', compensation('a')) + path('s a c e'),
    'c',
  ],
  [
    'compensation-activity',
    'the compensation of an activity in another flow',
    ends +
      users('a') +
      undoing('a') +
      subProcess('x', start('s1') + throwing('c', compensation('a')) + end('e1') + path('s1 c e1')) +
      path('s a x e'),
    'c',
  ],
  ['cancel-event', 'a cancel end event outside a transaction', start() + end('e', cancel) + path('s e'), 'e'],
  [
    'cancel-event',
    'a cancel end event without event to lead on from',
    ends + transaction('t', start('s1') + end('e1', cancel) + path('s1 e1')) + path('s t e'),
    'e1',
  ],
  ['cancel-event', 'a cancel event on a task', on(cancel), 'b'],
  [
    'cancel-event',
    'a cancel event that does not interrupt',
    ends +
      transaction('t', start('s1') + end('e1', cancel) + path('s1 e1')) +
      boundary('b', 't', cancel, false) +
      path('s t e') +
      path('b e'),
    'b',
  ],
  [
    'cancel-event',
    'two cancel events on one transaction',
    ends +
      transaction('t', start('s1') + end('e1', cancel) + path('s1 e1')) +
      boundary('b', 't', cancel) +
      boundary('c', 't', cancel) +
      path('s t e') +
      path('b e') +
      path('c e'),
    'c',
  ],
  ['missing-called-element', 'a call activity that calls nothing', inside('callActivity'), 'a'],
  [
    'call-mapping',
    'a call activity that passes half of something',
    ends +
      element('callActivity', 'a', extensions('<camunda:in source="v"/>'), 'calledElement="p"') +
      path('s a e'),
    'a',
  ],
  [
    'code-in-extension',
    'a call activity whose process is computed',
    ends + element('callActivity', 'a', '', 'calledElement="${p}"') + path('s a e'),
    'a',
    'calledElement',
  ],
  [
    'event-gateway-target',
    'a gateway that waits for all its events in the middle of a process',
    ends +
      element('eventBasedGateway', 'g', '', 'eventGatewayType="Parallel"') +
      catching('m', message('M')) +
      catching('n', message('N')) +
      path('s g m e') +
      path('g n e'),
    'g',
    undefined,
    messages('M N'),
  ],
  [
    'event-gateway-target',
    'a timer that begins a process behind a gateway',
    element('eventBasedGateway', 'g', '', 'instantiate="true"') +
      catching('m', message('M')) +
      catching('t', after('PT1H')) +
      end() +
      path('g m e') +
      path('g t e'),
    't',
    undefined,
    messages('M'),
  ],
  [
    'cycle-without-wait',
    'a cycle by a link',
    ends +
      element('task', 'a') +
      inclusive('x', 'x_c') +
      throwing('c', link('L')) +
      catching('d', link('L')) +
      path('s a x c') +
      path('d a') +
      flow('x', 'e', 'v'),
    'a',
  ],
  [
    'cycle-without-wait',
    'a cycle on which only a condition is waited for',
    ends +
      catching('a', conditional('true')) +
      exclusive('x', 'x_a') +
      path('s a x') +
      flow('x', 'a') +
      flow('x', 'e', 'v'),
    'a',
  ],
  ['unsupported-element', 'a script task', inside('scriptTask'), 'a', 'bpmn:ScriptTask'],
  [
    'unsupported-element',
    'an ad-hoc sub-process',
    ends + element('adHocSubProcess', 'a', users('b')) + path('s a e'),
    'a',
    'bpmn:AdHocSubProcess',
  ],
  [
    'unsupported-element',
    'a document that imports another',
    line,
    'Definitions',
    'bpmn:Import',
    '<bpmn:import namespace="http://example.org/other" location="other.bpmn" importType="http://www.omg.org/spec/BPMN/20100524/MODEL"/>',
  ],
  [
    'unsupported-element',
    'what a process takes in',
    `<bpmn:ioSpecification id="i"/>${line}`,
    'P',
    'bpmn:InputOutputSpecification',
  ],
  [
    'unsupported-element',
    'what a sub-process takes in',
    ends +
      subProcess('x', `<bpmn:ioSpecification id="i"/>${start('s1')}${end('e1')}${path('s1 e1')}`) +
      path('s x e'),
    'x',
    'bpmn:InputOutputSpecification',
  ],
  [
    'unsupported-element',
    'a flow that says it is immediate',
    line.replace('id="a_e"', 'id="a_e" isImmediate="true"'),
    'a_e',
    'bpmn:isImmediate',
  ],
  ['unsupported-element', 'a complex gateway', inside('complexGateway'), 'a', 'bpmn:ComplexGateway'],
  [
    'unsupported-element',
    'a timer thrown',
    ends + throwing('c', after('PT1H')) + path('s c e'),
    'c',
    'bpmn:TimerEventDefinition',
  ],
  [
    'unsupported-element',
    'a terminate event thrown',
    ends + throwing('c', definition('terminate')) + path('s c e'),
    'c',
    'bpmn:TerminateEventDefinition',
  ],
  ['unsupported-element', 'a catch event without definition', caught(''), 'c', 'none'],
  ['unsupported-element', 'a boundary event without definition', on(''), 'b', 'none'],
  [
    'unsupported-element',
    'a link among several definitions',
    caught(after('PT1H') + link('L')),
    'c',
    'bpmn:LinkEventDefinition among several',
  ],
  [
    'unsupported-element',
    'an error among several events that must all occur',
    ends +
      users('a') +
      element('boundaryEvent', 'b', after('PT1H') + error(), 'attachedToRef="a" parallelMultiple="true"') +
      path('s a e') +
      path('b e'),
    'b',
    'bpmn:ErrorEventDefinition among several',
  ],
  ...(
    [
      ['a worked out time', timer('timeDuration', '=wait')],
      ['a cycle', timer('timeCycle', 'R3/PT1H')],
      ['a message with a key', message('M')],
    ] as const
  ).map(
    ([what, one]): Case => [
      'unsupported-element',
      `${what} and a condition that must both occur beside an activity that goes on`,
      ends +
        users('a') +
        element(
          'boundaryEvent',
          'b',
          one + conditional('v'),
          'attachedToRef="a" cancelActivity="false" parallelMultiple="true"',
        ) +
        path('s a e') +
        path('b e'),
      'b',
      'bpmn:parallelMultiple with an expression, beside the flow',
      messages('M', 'camunda:correlationKey="number"'),
    ],
  ),
  [
    'unsupported-element',
    'several events that must all occur to start a process',
    element('startEvent', 's', after('PT1H') + conditional('v'), 'parallelMultiple="true"') +
      end() +
      path('s e'),
    's',
    'bpmn:parallelMultiple',
  ],
  [
    'unsupported-element',
    'a message start in a sub-process',
    ends + subProcess('x', start('s1', message('M')) + end('e1') + path('s1 e1')) + path('s x e'),
    's1',
    'bpmn:MessageEventDefinition',
    messages('M'),
  ],
  ['invalid-quantity', 'no start quantity', task('', 'startQuantity="0"'), 'a'],
  ['invalid-quantity', 'a completion quantity beyond measure', task('', 'completionQuantity="100000"'), 'a'],
  [
    'unsupported-element',
    'a potential owner',
    task('<bpmn:potentialOwner id="o"/>'),
    'a',
    'bpmn:PotentialOwner',
  ],
  [
    'unsupported-element',
    'data inputs',
    task('<bpmn:ioSpecification id="i"/>'),
    'a',
    'bpmn:InputOutputSpecification',
  ],
  [
    'unsupported-element',
    'a data association that computes',
    task(
      '<bpmn:dataInputAssociation id="d"><bpmn:transformation>x</bpmn:transformation></bpmn:dataInputAssociation>',
    ),
    'a',
    'bpmn:DataInputAssociation',
  ],
  [
    'unsupported-element',
    'a multi-instance that throws',
    task(
      '<bpmn:multiInstanceLoopCharacteristics behavior="One"><bpmn:loopCardinality>2</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics>',
    ),
    'a',
    'bpmn:behavior',
  ],
  ['unsupported-element', 'a global task', line, 'G', 'bpmn:GlobalTask', '<bpmn:globalTask id="G"/>'],
  [
    'code-in-extension',
    'an execution listener',
    task(extensions('<camunda:executionListener event="start" class="x"/>')),
    'a',
    'camunda:executionListener',
  ],
  [
    'code-in-extension',
    'a task listener',
    task(extensions('<camunda:taskListener event="create" class="x"/>')),
    'a',
    'camunda:taskListener',
  ],
  ...(
    [
      ['computes by a script', '<camunda:script scriptFormat="groovy">1</camunda:script>', 'camunda:script'],
      ['is a list', '<camunda:list><camunda:value>1</camunda:value></camunda:list>', 'camunda:list'],
      ['is a map', '<camunda:map><camunda:entry key="k">1</camunda:entry></camunda:map>', 'camunda:map'],
      ['is an expression of another language', '${y}', 'camunda:inputParameter'],
      ['hides one in FEEL', '="${y}"', 'camunda:inputParameter'],
    ] as const
  ).map(([what, value, construct]): (typeof REFUSED)[number] => [
    'code-in-extension',
    `an input that ${what}`,
    task(
      extensions(
        `<camunda:inputOutput><camunda:inputParameter name="x">${value}</camunda:inputParameter></camunda:inputOutput>`,
      ),
    ),
    'a',
    construct,
  ]),
  [
    'code-in-extension',
    'an output in another language',
    task(mapping({}, { x: '#{y}' })),
    'a',
    'zeebe:output',
  ],
  [
    'code-in-extension',
    'something else in a mapping',
    task(extensions('<zeebe:ioMapping><zeebe:merge source="=x" target="y"/></zeebe:ioMapping>')),
    'a',
    'zeebe:merge',
  ],
  [
    'code-in-extension',
    'a mapping of an event',
    ends + catching('c', mapping({ x: '=y' }) + after('PT1H')) + path('s c e'),
    'c',
    'zeebe:ioMapping',
  ],
  [
    'code-in-extension',
    'a mapping of a loop',
    task(multiple({ cardinality: '2' }).replace('<bpmn:loopC', `${mapping({ x: '=y' })}$&`)),
    'a',
    'zeebe:ioMapping',
  ],
  [
    'code-in-extension',
    'a mapping within another extension',
    task(extensions('<permit:more><zeebe:ioMapping/></permit:more>')),
    'a',
    'zeebe:ioMapping',
  ],
  ['invalid-mapping', 'a mapping to no variable', task(mapping({ '': '=x' })), 'a'],
  ['invalid-mapping', 'a mapping to a member', task(mapping({ 'x.y': '=x' })), 'a'],
  ['invalid-mapping', 'a mapping to two words', task(mapping({}, { 'x y': '=x' })), 'a'],
  ['invalid-mapping', 'a mapping from nothing', task(mapping({ x: '' })), 'a'],
  [
    'invalid-mapping',
    'a mapping without source',
    task(extensions('<zeebe:ioMapping><zeebe:input target="x"/></zeebe:ioMapping>')),
    'a',
  ],
  ['invalid-mapping', 'two mappings', task(extensions('<zeebe:ioMapping/><camunda:inputOutput/>')), 'a'],
  ['invalid-expression', 'an input that is not FEEL', task(mapping({ x: '=a == 1' })), 'a'],
  ['invalid-expression', 'an input that is empty', task(mapping({ x: '=' })), 'a'],
  ['code-in-extension', 'a connector', task(extensions('<camunda:connector/>')), 'a', 'camunda:connector'],
  [
    'code-in-extension',
    'an expression in an attribute',
    task('', 'camunda:assignee="${x}"'),
    'a',
    'camunda:assignee',
  ],
  [
    'code-in-extension',
    'a delegate expression',
    ends + element('serviceTask', 'a', '', 'camunda:delegateExpression="#{bean}"') + path('s a e'),
    'a',
    'camunda:delegateExpression',
  ],
  [
    'code-in-extension',
    'an expression inside extension elements',
    task(extensions('<camunda:properties><camunda:property name="x" value="${y}"/></camunda:properties>')),
    'a',
    'camunda:property/value',
  ],
  ['unknown-attribute', 'an attribute that BPMN has not', task('', 'assignee="x"'), 'a'],
  ['invalid-xml', 'an element that BPMN has not', `${line}<bpmn:robotTask id="r"/>`, null],
  ['duplicate-id', 'an id used twice', line + users('a'), 'a'],
  ['missing-id', 'an element without id', `${line}<bpmn:userTask/>`, null],
  ['dangling-reference', 'a flow to nowhere', line + flow('a', 'nowhere'), 'a_nowhere'],
  ['dangling-reference', 'a flow without target', `${line}<bpmn:sequenceFlow id="f" sourceRef="a"/>`, 'f'],
  [
    'dangling-reference',
    'an incoming flow that is none',
    task('<bpmn:incoming>nothing</bpmn:incoming>'),
    'a',
  ],
  ...(['a q', 'q a'] as const).map(
    (ends): Case => [
      'dangling-reference',
      `a flow from or to what another process has: ${ends}`,
      line + path(ends),
      ends.replace(' ', '_'),
      undefined,
      '<bpmn:process id="Q"><bpmn:userTask id="q"/></bpmn:process>',
    ],
  ),
  ['dangling-reference', 'a message that is none', caught(message('nothing')), null],
  [
    'dangling-reference',
    'a default flow of another node',
    ends + users('b') + exclusive('x', 's_x') + path('s x') + flow('x', 'e', 'a') + flow('x', 'b', 'b'),
    'x',
  ],
  ['missing-message', 'a message event without message', caught(definition('message')), 'c'],
  ['missing-message', 'a receive task without message', inside('receiveTask'), 'a'],
  ['missing-error-code', 'an error without code', on(error('E')), 'b', undefined, '<bpmn:error id="E"/>'],
  ['missing-error-code', 'an error end event without error', start() + end('e', error()) + path('s e'), 'e'],
  [
    'error-not-interrupting',
    'an error that does not interrupt',
    on(error('E'), false),
    'b',
    undefined,
    errors('E'),
  ],
  [
    'ambiguous-error',
    'two boundary events for one error',
    on(error('E')) + boundary('c', 'a', error('E')) + path('c e'),
    'c',
    undefined,
    errors('E'),
  ],
  ['invalid-timer', 'a timer without time', caught('<bpmn:timerEventDefinition/>'), 'c'],
  [
    'invalid-timer',
    'a timer with two times',
    caught(
      `<bpmn:timerEventDefinition>${formal('timeDate', '2026-01-01')}${formal('timeDuration', 'P1D')}</bpmn:timerEventDefinition>`,
    ),
    'c',
  ],
  ['invalid-timer', 'a duration that is none', caught(after('30 days')), 'c'],
  ['invalid-timer', 'an expression without =', caught(after('wait')), 'c'],
  ['invalid-timer', 'a date that is none', caught(timer('timeDate', '2026-02-30')), 'c'],
  ['invalid-timer', 'a cron text', on(timer('timeCycle', '0 0 * * *'), false), 'b'],
  ['invalid-timer', 'a cycle to wait for', caught(timer('timeCycle', 'R3/PT1H')), 'c'],
  [
    'invalid-expression',
    'a condition that is not FEEL',
    ends + users('a') + exclusive('x', 'x_e') + path('s x e') + flow('x', 'a', 'v == 1') + path('a e'),
    'x_a',
  ],
  [
    'invalid-expression',
    'an empty condition',
    ends + users('a') + exclusive('x', 'x_e') + path('s x e') + flow('x', 'a', ' ') + path('a e'),
    'x_a',
  ],
  ['invalid-expression', 'a timer expression that is not FEEL', caught(after('=a &&')), 'c'],
  [
    'invalid-expression',
    'a collection that is not FEEL',
    task(multiple({ collection: 'names.stream()' })),
    'a',
  ],
  [
    'invalid-expression',
    'a completion condition that is not FEEL',
    task(multiple({ cardinality: '2', until: 'a || b' })),
    'a',
  ],
  ['invalid-expression', 'a cardinality that is not FEEL', task(multiple({ cardinality: '2;' })), 'a'],
  [
    'invalid-expression',
    'a correlation key that is not FEEL',
    caught(message('M')),
    'c',
    undefined,
    messages('M', 'camunda:correlationKey="a.b()"'),
  ],
  [
    'foreign-expression-language',
    'a condition in another language',
    ends +
      users('a') +
      exclusive('x', 'x_e') +
      path('s x e a').replace(path('e a'), '') +
      element(
        'sequenceFlow',
        'f',
        '<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression" language="groovy">x</bpmn:conditionExpression>',
        'sourceRef="x" targetRef="a"',
      ) +
      path('a e'),
    'f',
  ],
  ['multi-instance-count', 'a multi-instance without a number', task(multiple({})), 'a'],
  [
    'multi-instance-count',
    'a multi-instance with two numbers',
    task(multiple({ cardinality: '2', collection: 'x' })),
    'a',
  ],
  [
    'multi-instance-count',
    'an element without collection',
    task(multiple({ cardinality: '2', as: 'x' })),
    'a',
  ],
  ['multi-instance-count', 'an element of two words', task(multiple({ collection: 'x', as: 'x y' })), 'a'],
  ['loop-without-end', 'a standard loop that nothing ends', task(repeat({})), 'a'],
  ['loop-without-end', 'a loop that is only asked before', task(repeat({ before: true })), 'a'],
  ['loop-maximum', 'no iteration', task(repeat({ condition: 'v', maximum: 0 })), 'a'],
  ['loop-maximum', 'fewer iterations than none', task(repeat({ maximum: -1 })), 'a'],
  ['loop-maximum', 'a maximum that is no number', task(repeat({ maximum: 'many' })), 'a'],
  ['invalid-expression', 'an empty loop condition', task(repeat({ condition: ' ' })), 'a'],
  ['invalid-expression', 'a loop condition that is not FEEL', task(repeat({ condition: 'v == 1' })), 'a'],
  ['missing-start', 'a process without start event', users('a') + end() + path('a e'), 'P'],
  [
    'missing-start',
    'a sub-process without start event',
    ends + subProcess('x', users('b')) + path('s x e'),
    'x',
  ],
  ['multiple-none-starts', 'two none start events', line + start('s2') + path('s2 a'), 'P'],
  [
    'ambiguous-start',
    'two start events for one message',
    start('s', message('M')) + start('t', message('M')) + end() + path('s e') + path('t e'),
    't',
    undefined,
    messages('M'),
  ],
  [
    'no-outgoing-flow',
    'a gateway that leads nowhere',
    ends + exclusive('x') + path('s e') + path('s x'),
    'x',
  ],
  ['no-outgoing-flow', 'a start event that leads nowhere', start() + users('a'), 's'],
  [
    'no-outgoing-flow',
    'a catch event that leads nowhere',
    start() + catching('c', after('PT1H')) + path('s c'),
    'c',
  ],
  ['no-outgoing-flow', 'a boundary event that leads nowhere', line + boundary('b', 'a', after('PT1H')), 'b'],
  ['end-with-outgoing-flow', 'a flow out of an end event', line + path('e a'), 'e'],
  ['unexpected-incoming-flow', 'a flow into a start event', line + users('b') + flow('a', 's'), 's'],
  ['unexpected-incoming-flow', 'a flow into a boundary event', on(after('PT1H')) + flow('a', 'b'), 'b'],
  ['unreachable', 'a task that nothing leads to', line + users('b') + path('b e'), 'b'],
  ['unreachable', 'a cycle that nothing leads to', line + users('b c') + path('b c b'), 'b'],
  [
    'flow-crosses-boundary',
    'a flow out of a sub-process',
    ends +
      users('a') +
      subProcess('x', start('s1') + users('b') + path('s1 b')) +
      path('s x a e') +
      flow('b', 'a'),
    'b_a',
  ],
  [
    'missing-condition',
    'an exclusive split without conditions',
    ends + users('a b') + exclusive('x') + path('s x a e') + path('x b e'),
    'x_a',
  ],
  [
    'missing-condition',
    'an exclusive split with a condition missing',
    ends +
      users('a b') +
      exclusive('x', 'x_e') +
      path('s x a e') +
      path('x b e').replace('id="b_e"', 'id="b_e2"') +
      flow('x', 'e'),
    'x_a',
  ],
  [
    'misplaced-condition',
    'a condition after a parallel gateway',
    ends + users('a b') + parallel('g') + path('s g a e') + flow('g', 'b', 'v') + path('b e'),
    'g_b',
  ],
  ['misplaced-condition', 'a condition after a start event', start() + end() + flow('s', 'e', 'v'), 's_e'],
  [
    'default-with-condition',
    'a default flow with a condition',
    ends +
      users('a') +
      exclusive('x', 'x_a') +
      path('s x') +
      flow('x', 'a', 'v') +
      flow('x', 'e', 'w') +
      path('a e'),
    'x_a',
  ],
  [
    'event-gateway-target',
    'a task behind an event-based gateway',
    ends + eventBased('g') + users('a') + catching('t', after('PT1H')) + path('s g a e') + path('g t e'),
    'a',
  ],
  [
    'event-gateway-target',
    'a receive task with a mapping',
    ends +
      eventBased('g') +
      element('receiveTask', 'r', mapping({}, { x: '=y' }), 'messageRef="M"') +
      catching('t', after('PT1H')) +
      path('s g r e') +
      path('g t e'),
    'r',
    undefined,
    messages('M'),
  ],
  [
    'event-gateway-target',
    'a receive task that loops',
    ends +
      eventBased('g') +
      element('receiveTask', 'r', repeat({ maximum: 2 }), 'messageRef="M"') +
      catching('t', after('PT1H')) +
      path('s g r e') +
      path('g t e'),
    'r',
    undefined,
    messages('M'),
  ],
  [
    'event-gateway-target',
    'one event behind an event-based gateway',
    ends + eventBased('g') + catching('t', after('PT1H')) + path('s g t e'),
    'g',
  ],
  [
    'event-gateway-target',
    'an event with another way in',
    ends +
      eventBased('g') +
      users('a') +
      catching('t', after('PT1H')) +
      catching('u', after('PT2H')) +
      path('s g t e') +
      path('g u a t'),
    't',
  ],
  [
    'event-gateway-target',
    'a receive task beside a message event',
    ends +
      eventBased('g') +
      catching('m', message('M')) +
      element('receiveTask', 'r', '', 'messageRef="M"') +
      path('s g m e') +
      path('g r e'),
    'r',
    undefined,
    messages('M'),
  ],
  [
    'boundary-not-attached',
    'a boundary event on nothing',
    line + element('boundaryEvent', 'b', after('PT1H')) + path('b e'),
    'b',
  ],
  [
    'boundary-not-attached',
    'a boundary event on a gateway',
    ends + exclusive('x') + boundary('b', 'x', after('PT1H')) + path('s x e') + path('b e'),
    'b',
  ],
  [
    'cycle-without-wait',
    'a cycle of gateways',
    ends + exclusive('m') + exclusive('x', 'x_m') + path('s m x') + flow('x', 'm') + flow('x', 'e', 'v'),
    'm',
  ],
  [
    'cycle-without-wait',
    'a cycle through a plain task',
    ends +
      element('task', 'a') +
      inclusive('x', 'x_a') +
      path('s a x') +
      flow('x', 'a') +
      flow('x', 'e', 'v'),
    'a',
  ],
  [
    'cycle-without-wait',
    'a cycle through a script task',
    ends +
      script('a', 'v + 1', 'v') +
      exclusive('x', 'x_a') +
      path('s a x a').replace(path('x a'), '') +
      flow('x', 'a') +
      flow('x', 'e', 'v > 3'),
    'a',
  ],
  [
    'cycle-without-wait',
    'a cycle through a sub-process that waits for nothing',
    ends +
      subProcess('a', start('s1') + end('e1') + path('s1 e1')) +
      exclusive('x', 'x_a') +
      path('s a x') +
      flow('x', 'a') +
      flow('x', 'e', 'v'),
    'a',
  ],
  [
    'cycle-without-wait',
    'a cycle by way of an error',
    ends +
      subProcess('a', start('s1') + end('e1', error('E')) + path('s1 e1')) +
      boundary('b', 'a', error('E')) +
      path('s a e') +
      path('b a'),
    'a',
    undefined,
    errors('E'),
  ],
  [
    'cycle-without-wait',
    'a cycle through a loop that may be left out',
    ends +
      users('a', repeat({ condition: 'w', before: true })) +
      exclusive('x', 'x_a') +
      path('s a x') +
      flow('x', 'a') +
      flow('x', 'e', 'v'),
    'a',
  ],
  [
    'cycle-without-wait',
    'a cycle through a loop that waits for nothing',
    ends +
      element('task', 'a', repeat({ condition: 'w' })) +
      exclusive('x', 'x_a') +
      path('s a x') +
      flow('x', 'a') +
      flow('x', 'e', 'v'),
    'a',
  ],
  [
    'cycle-without-wait',
    'a cycle through a sub-process in which a loop may be left out',
    ends +
      subProcess('a', start('s1') + users('b', repeat({ condition: 'w', before: true })) + path('s1 b')) +
      exclusive('x', 'x_a') +
      path('s a x') +
      flow('x', 'a') +
      flow('x', 'e', 'v'),
    'a',
  ],
  [
    'two-lanes',
    'a node in two lanes',
    `<bpmn:laneSet id="ls"><bpmn:lane id="l1"><bpmn:flowNodeRef>a</bpmn:flowNodeRef></bpmn:lane><bpmn:lane id="l2"><bpmn:flowNodeRef>a</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>${line}`,
    'a',
  ],
];

describe('What compile refuses', () => {
  for (const [rule, what, body, id, construct, declarations] of REFUSED) {
    it(`${rule}: ${what}`, async () => {
      // when
      const found = await refusals(diagram(body, declarations));
      // then
      const refusal = found.find((each) => each.rule === rule && each.element === id);
      expect(refusal, JSON.stringify(found)).not.to.equal(undefined);
      expect(refusal?.message).to.be.a('string').that.is.not.empty;
      if (construct === undefined) return;
      expect(refusal?.params.construct).to.equal(construct);
      expect(refusal?.params.instead).to.be.a('string').that.is.not.empty;
    });
  }

  for (const [what, property, instead] of [
    [
      'a collection by reference',
      '<bpmn:loopDataInputRef>names</bpmn:loopDataInputRef>',
      'camunda:collection and camunda:elementVariable',
    ],
    [
      'an element by an item',
      '<bpmn:inputDataItem id="i" name="name"/>',
      'camunda:collection and camunda:elementVariable',
    ],
    [
      'results by reference',
      '<bpmn:loopDataOutputRef>names</bpmn:loopDataOutputRef>',
      'a variable that the task writes',
    ],
    ['results by an item', '<bpmn:outputDataItem id="i" name="name"/>', 'a variable that the task writes'],
  ] as const) {
    it(`unsupported-element: instances over ${what}, with what to draw instead`, async () => {
      const data = '<bpmn:dataObject id="names" isCollection="true"/>';
      const loop = multiple({ cardinality: '2' }).replace(
        '<bpmn:loopCardinality',
        `${property}<bpmn:loopCardinality`,
      );
      const found = await refusals(diagram(data + ends + users('a', loop) + path('s a e')));
      expect(found.map((each) => `${each.rule} ${each.element} ${each.params.instead}`)).to.deep.equal([
        `unsupported-element a ${instead}`,
      ]);
    });
  }

  it('compensation may be asked of a sub-process that undoes itself, and of one with such a sub-process in it', async () => {
    const undoesItself = (id: string, inner: string) =>
      subProcess(
        id,
        start(`in_${id}`) +
          end(`out_${id}`) +
          inner +
          eventSubProcess(`u_${id}`, compensation(), end(`v_${id}`) + path(`s_u_${id} v_${id}`)),
      );
    const around = (inner: string) => ends + inner + throwing('c', compensation('x')) + path('s x c e');
    const self = undoesItself('x', users('a') + path('in_x a out_x'));
    const inner = undoesItself('y', users('a') + path('in_y a out_y'));
    const outer = subProcess('x', start('s1') + end('e1') + inner + path('s1 y e1'));
    expect(await refusals(diagram(around(self)))).to.deep.equal([]);
    expect(await refusals(diagram(around(outer)))).to.deep.equal([]);
  });

  it('expressions of more characters than are compiled, once', async () => {
    const most = 25_000;
    const branches = (...lengths: number[]) =>
      diagram(
        ends +
          exclusive('x', 'x_e') +
          path('s x e') +
          lengths
            .map((length, i) => users(`t${i}`) + flow('x', `t${i}`, 'v'.repeat(length)) + path(`t${i} e`))
            .join(''),
      );
    const limit = async (...lengths: number[]) =>
      (await refusals(branches(...lengths))).filter(({ rule }) => rule === 'too-many-expressions');
    expect(await limit(1_000, most - 1_000)).to.deep.equal([]);
    expect(await limit(1_000, most - 1_000, 1, 1)).to.have.length(1);
    expect((await limit(most + 1))[0]?.params).to.deep.equal({ limit: String(most) });
  });

  it('says of a reference into nothing by which property and to what', async () => {
    const [found] = await refusals(diagram(task('<bpmn:incoming>nothing</bpmn:incoming>')));
    expect(found?.params).to.deep.equal({ property: 'incoming', target: 'nothing' });
  });

  it('tells why a document cannot be read in one line of bounded length', async () => {
    const [found] = await refusals(`<?xml version="1.0"?>\n<a${' x'.repeat(400)}`);
    expect(found?.rule).to.equal('invalid-xml');
    expect(found?.params.reason).to.match(/^\S.{1,199}$/);
  });

  it('reports every fault at once', async () => {
    const found = await refusals(
      diagram(ends + element('scriptTask', 'a') + exclusive('x') + path('s a x e') + users('b')),
    );
    expect(found.map((each) => each.rule)).to.deep.equal(['unsupported-element', 'unreachable']);
  });

  it('a refused condition is not also reported as missing', async () => {
    const body =
      ends + users('a') + exclusive('x', 'x_e') + path('s x e') + flow('x', 'a', 'v == 1') + path('a e');
    expect((await refusals(diagram(body))).map((each) => each.rule)).to.deep.equal(['invalid-expression']);
  });

  it('a document without executable process', async () => {
    const found = await refusals(diagram(line).replace('isExecutable="true"', ''));
    expect(found.map((each) => each.rule)).to.deep.equal(['not-executable']);
  });

  it('a document with two executable processes', async () => {
    const second = `<bpmn:process id="Q" isExecutable="true">${start('qs') + end('qe') + path('qs qe')}</bpmn:process>`;
    const found = await refusals(diagram(line, second));
    expect(found.map((each) => each.rule)).to.deep.equal(['multiple-processes']);
  });

  it('the expression language of a document, if it has expressions', async () => {
    const language = 'expressionLanguage="http://www.w3.org/1999/XPath"';
    const body =
      ends + users('a') + exclusive('x', 'x_e') + path('s x e') + flow('x', 'a', 'v') + path('a e');
    expect((await refusals(diagram(body, '', language))).map((each) => each.rule)).to.deep.equal([
      'foreign-expression-language',
    ]);
    expect(await refusals(diagram(line, '', language))).to.deep.equal([]);
  });

  it('cycles with a wait state are fine', async () => {
    const waiting = [
      users('a'),
      users('a', repeat({ condition: 'w' })),
      users('a', repeat({ before: true, maximum: 3 })),
      service('a'),
      element('sendTask', 'a'),
      element('receiveTask', 'a', '', 'messageRef="M"'),
      catching('a', after('PT1H')),
      subProcess('a', start('s1') + users('b') + end('e1') + path('s1 b e1')),
    ];
    for (const node of waiting) {
      const body = ends + node + exclusive('x', 'x_e') + path('s a x e') + flow('x', 'a', 'v');
      expect(await refusals(diagram(body, messages('M')))).to.deep.equal([]);
    }
    const events = eventBased('a') + catching('m', message('M')) + catching('t', after('PT1H'));
    const body = ends + events + exclusive('x') + path('s x a m x') + path('a t e');
    expect(await refusals(diagram(body, messages('M')))).to.deep.equal([]);
  });

  it('a cycle through a task that only sends is one without wait', async () => {
    const send = element('sendTask', 'a', '', 'messageRef="M"');
    const body = ends + send + exclusive('x', 'x_e') + path('s a x e') + flow('x', 'a', 'v');
    expect((await refusals(diagram(body, messages('M')))).map((each) => each.rule)).to.deep.equal([
      'cycle-without-wait',
    ]);
  });
});
