import { children, defaultOf, type Element, idOf, isElement, written } from './element.ts';
import { insteadOf } from './instead.ts';
import type { Report } from './report.ts';

const EVERYWHERE = 'id name documentation extensionElements auditing monitoring categoryValueRef';
const FLOW_NODE = 'incoming outgoing lanes';
const ACTIVITY =
  `${FLOW_NODE} default loopCharacteristics properties dataInputAssociations dataOutputAssociations ` +
  'boundaryEventRefs isForCompensation startQuantity completionQuantity';

/** By element, the properties that are carried out or that only describe; any other one would be ignored in silence. */
const UNDERSTOOD: Readonly<Record<string, string>> = {
  'bpmn:Definitions':
    'targetNamespace exporter exporterVersion typeLanguage expressionLanguage rootElements diagrams',
  'bpmn:Process':
    'flowElements laneSets artifacts isExecutable isClosed processType properties definitionalCollaborationRef',
  'bpmn:StartEvent': `${FLOW_NODE} isInterrupting parallelMultiple`,
  'bpmn:EndEvent': FLOW_NODE,
  'bpmn:IntermediateCatchEvent': `${FLOW_NODE} parallelMultiple`,
  'bpmn:IntermediateThrowEvent': FLOW_NODE,
  'bpmn:BoundaryEvent': `${FLOW_NODE} attachedToRef cancelActivity parallelMultiple`,
  'bpmn:Task': ACTIVITY,
  'bpmn:ManualTask': ACTIVITY,
  'bpmn:UserTask': `${ACTIVITY} implementation`,
  'bpmn:ServiceTask': `${ACTIVITY} implementation`,
  'bpmn:BusinessRuleTask': `${ACTIVITY} implementation`,
  'bpmn:ScriptTask': `${ACTIVITY} scriptFormat script`,
  'bpmn:SendTask': `${ACTIVITY} implementation messageRef`,
  'bpmn:ReceiveTask': `${ACTIVITY} implementation messageRef instantiate`,
  'bpmn:CallActivity': `${ACTIVITY} calledElement`,
  'bpmn:SubProcess': `${ACTIVITY} flowElements laneSets artifacts triggeredByEvent`,
  'bpmn:Transaction': `${ACTIVITY} flowElements laneSets artifacts`,
  'bpmn:ExclusiveGateway': `${FLOW_NODE} gatewayDirection default`,
  'bpmn:InclusiveGateway': `${FLOW_NODE} gatewayDirection default`,
  'bpmn:ParallelGateway': `${FLOW_NODE} gatewayDirection`,
  'bpmn:EventBasedGateway': `${FLOW_NODE} gatewayDirection instantiate eventGatewayType`,
  'bpmn:SequenceFlow': 'sourceRef targetRef conditionExpression',
  'bpmn:MultiInstanceLoopCharacteristics': 'isSequential loopCardinality completionCondition',
  'bpmn:StandardLoopCharacteristics': 'testBefore loopCondition loopMaximum',
  'bpmn:TimerEventDefinition': 'timeDate timeDuration timeCycle',
  'bpmn:MessageEventDefinition': 'messageRef',
  'bpmn:ErrorEventDefinition': 'errorRef',
  'bpmn:TerminateEventDefinition': '',
  'bpmn:SignalEventDefinition': 'signalRef',
  'bpmn:EscalationEventDefinition': 'escalationRef',
  'bpmn:ConditionalEventDefinition': 'condition',
  'bpmn:LinkEventDefinition': 'name source target',
  'bpmn:CompensateEventDefinition': 'activityRef',
  'bpmn:CancelEventDefinition': '',
};

/** Event definitions are read, and refused, where the event is. */
const READ_ELSEWHERE = new Set(['eventDefinitions']);

/** Refuses, on account of `owner`, what is written in an element and would not be carried out. */
export function checkUnderstood(element: Element, report: Report, owner: Element = element): void {
  const understood = UNDERSTOOD[element.$type];
  if (understood === undefined) return;
  const known = new Set(`${EVERYWHERE} ${understood}`.split(' '));
  for (const property of written(element)) {
    if (known.has(property) || READ_ELSEWHERE.has(property)) continue;
    const value = element[property];
    if (value === defaultOf(element, property) || (Array.isArray(value) && value.length === 0)) continue;
    const part = Array.isArray(value) ? value[0] : value;
    const construct = isElement(part) && property !== 'eventDefinitionRef' ? part.$type : `bpmn:${property}`;
    const instead = insteadOf(INSTEAD_BY_PROPERTY.has(property) ? `bpmn:${property}` : construct);
    const message = `${property} of ${element.$type} is not supported; draw instead: ${instead}`;
    report.refuse('unsupported-element', idOf(owner), message, { construct, instead });
  }
  for (const property of ['dataInputAssociations', 'dataOutputAssociations']) {
    for (const association of children(element, property)) {
      if (association.transformation === undefined && association.assignment === undefined) continue;
      const instead = 'variables of the process';
      const message = `a data association may show where data goes, not compute it; use instead: ${instead}`;
      report.refuse('unsupported-element', idOf(owner), message, { construct: association.$type, instead });
    }
  }
}

const INSTEAD_BY_PROPERTY = new Set([
  'loopDataInputRef',
  'inputDataItem',
  'loopDataOutputRef',
  'outputDataItem',
]);
