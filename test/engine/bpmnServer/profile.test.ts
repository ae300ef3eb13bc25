import { expect } from 'chai';
import { EXCLUSIONS } from '../../../src/engine/bpmnServer/profile.ts';
import { RefusedDefinition } from '../../../src/engine/interpreter.ts';
import {
  boundary,
  catching,
  diagram,
  end,
  message,
  serviceTask,
  start,
  throwing,
  timer,
  userTask,
} from './diagram.ts';
import { server } from './onServer.ts';

const line = (element: string, id: string) => diagram(start + element + end('E'), `Start -> ${id} -> E`);
const loop = (inner: string, attributes = '') =>
  `<bpmn:multiInstanceLoopCharacteristics ${attributes}>${inner}</bpmn:multiInstanceLoopCharacteristics>`;
const over = 'camunda:collection="members"';
const cycle =
  '<bpmn:timerEventDefinition id="T"><bpmn:timeCycle>R3/P1D</bpmn:timeCycle></bpmn:timerEventDefinition>';

/** One diagram for each construct outside the profile. */
const OUTSIDE: Record<string, string> = {
  'bpmn:SubProcess': line(
    '<bpmn:subProcess id="S"><bpmn:startEvent id="S1" /><bpmn:endEvent id="S2" /><bpmn:sequenceFlow id="S3" sourceRef="S1" targetRef="S2" /></bpmn:subProcess>',
    'S',
  ),
  'bpmn:Transaction': line(
    '<bpmn:transaction id="S"><bpmn:startEvent id="S1" /><bpmn:endEvent id="S2" /><bpmn:sequenceFlow id="S3" sourceRef="S1" targetRef="S2" /></bpmn:transaction>',
    'S',
  ),
  'bpmn:CallActivity': line('<bpmn:callActivity id="C" calledElement="visit" />', 'C'),
  'bpmn:EscalationEventDefinition': line(
    throwing('T', '<bpmn:escalationEventDefinition id="D" escalationRef="X" />'),
    'T',
  ),
  'bpmn:SignalEventDefinition': line(
    catching('T', '<bpmn:signalEventDefinition id="D" signalRef="X" />'),
    'T',
  ),
  'bpmn:ConditionalEventDefinition': line(
    catching(
      'T',
      '<bpmn:conditionalEventDefinition id="D"><bpmn:condition xsi:type="bpmn:tFormalExpression">v = 1</bpmn:condition></bpmn:conditionalEventDefinition>',
    ),
    'T',
  ),
  'bpmn:LinkEventDefinition': diagram(
    start +
      throwing('T', '<bpmn:linkEventDefinition id="D" name="L" />') +
      catching('L', '<bpmn:linkEventDefinition id="F" name="L" />') +
      end('E'),
    'Start -> T',
    'L -> E',
  ),
  'bpmn:CompensateEventDefinition': line(throwing('T', '<bpmn:compensateEventDefinition id="D" />'), 'T'),
  'bpmn:EventBasedGateway that begins a process': diagram(
    `<bpmn:eventBasedGateway id="G" instantiate="true" />${catching('M', message('M', 'one'))}${catching('N', message('N', 'two'))}${end('E')}`,
    'G -> M -> E',
    'G -> N -> E',
  ),
  'bpmn:InclusiveGateway': line('<bpmn:inclusiveGateway id="I" />', 'I'),
  'bpmn:ReceiveTask': line('<bpmn:receiveTask id="R" messageRef="call" />', 'R'),
  'bpmn:BusinessRuleTask': line('<bpmn:businessRuleTask id="B" implementation="rule" />', 'B'),
  'bpmn:ScriptTask': line(
    '<bpmn:scriptTask id="B" scriptFormat="feel" camunda:resultVariable="v"><bpmn:script>1</bpmn:script></bpmn:scriptTask>',
    'B',
  ),
  'bpmn:SendTask with a message': line('<bpmn:sendTask id="B" messageRef="call" />', 'B'),
  'bpmn:ErrorEventDefinition': diagram(
    `${start + serviceTask('A') + boundary('Caught', 'A', '<bpmn:errorEventDefinition id="D" />')}${end('E')}${end('F')}`,
    'Start -> A -> E',
    'Caught -> F',
  ),
  'bpmn:startQuantity': line('<bpmn:userTask id="A" startQuantity="1" completionQuantity="2" />', 'A'),
  'multiple event': line(catching('C', message('C', 'one') + message('D', 'two')), 'C'),
  'bpmn:StartEvent with a message': diagram(
    `<bpmn:startEvent id="M">${message('M')}</bpmn:startEvent>${end('E')}`,
    'M -> E',
  ),
  'bpmn:timeCycle': diagram(
    start + userTask('A') + boundary('Often', 'A', cycle, false) + end('E') + end('F'),
    'Start -> A -> E',
    'Often -> F',
  ),
  'correlation key': line(
    catching('C', message('C')).replace('id="C"', 'id="C" camunda:correlationKey="number"'),
    'C',
  ),
  'sequential multi-instance': line(userTask('A', loop('', `${over} isSequential="true"`)), 'A'),
  'bpmn:loopCardinality': line(userTask('A', loop('<bpmn:loopCardinality>3</bpmn:loopCardinality>')), 'A'),
  'bpmn:completionCondition': line(
    userTask(
      'A',
      loop('<bpmn:completionCondition>nrOfCompletedInstances > 1</bpmn:completionCondition>', over),
    ),
    'A',
  ),
  'input and output mapping': line(
    userTask(
      'A',
      '<bpmn:extensionElements><camunda:inputOutput><camunda:inputParameter name="v">1</camunda:inputParameter></camunda:inputOutput></bpmn:extensionElements>',
    ),
    'A',
  ),
  'bpmn:StandardLoopCharacteristics': line(
    userTask('A', '<bpmn:standardLoopCharacteristics loopMaximum="3" />'),
    'A',
  ),
  'default flow of an activity': diagram(
    `${start}<bpmn:userTask id="A" default="A_F" />${end('E')}${end('F')}`,
    'Start -> A',
    'A -> E if k = 1',
    'A -> F',
  ),
};

describe('bpmn-server, profile', () => {
  it('has a diagram here for each construct that it refuses', () => {
    expect(Object.keys(OUTSIDE)).to.have.members(EXCLUSIONS.map(({ construct }) => construct));
  });

  for (const [construct, xml] of Object.entries(OUTSIDE)) {
    it(`refuses ${construct}, and says what to draw instead`, async () => {
      // given
      const engine = await server();

      // when
      const refused = await engine.compile(xml, 'hash').catch((error: unknown) => error);

      // then
      if (!(refused instanceof RefusedDefinition))
        throw new Error(`${construct} was not refused: ${refused}`);
      for (const { rule, params } of refused.refusals)
        expect([rule, params.construct]).to.deep.equal(['outside-profile', construct]);
      expect(refused.message).to.include('draw instead');
    });
  }

  it('refuses what no engine runs with the reasons of bpmn-core', async () => {
    const engine = await server();
    const xml = diagram(start + end('E') + end('Alone'), 'Start -> E');
    const refused = await engine.compile(xml, 'hash').catch((error: unknown) => error);
    expect(refused).to.be.instanceOf(RefusedDefinition);
  });

  it('accepts boundary timers and message events', async () => {
    const engine = await server();
    const xml = diagram(
      start +
        userTask('A') +
        boundary('Late', 'A', timer('Late')) +
        catching('C', message('C')) +
        end('E') +
        end('F'),
      'Start -> A -> C -> E',
      'Late -> F',
    );
    expect((await engine.compile(xml, 'hash')).nodes.Late?.type).to.equal('bpmn:BoundaryEvent');
  });
});
