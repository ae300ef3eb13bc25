import type { Definition, FlowNode } from '@shubbak/bpmn-core';
import type { Refusal } from '../interpreter.ts';

/** A construct that bpmn-core runs and bpmn-server does not, with the fault that keeps it out and what to draw instead. */
interface Exclusion {
  construct: string;
  isIn: (node: FlowNode) => boolean;
  reason: string;
  instead: string;
}

const isType =
  (...types: string[]) =>
  (node: FlowNode) =>
    types.includes(node.type);

/** What is outside the profile of bpmn-server; all else that bpmn-core accepts is inside. */
export const EXCLUSIONS: readonly Exclusion[] = [
  {
    construct: 'bpmn:SubProcess',
    isIn: isType('bpmn:SubProcess'),
    reason: 'its first end event kills the other branches, and a terminate end in it ends the whole instance',
    instead: 'the flow of the sub-process in the process itself',
  },
  {
    construct: 'bpmn:Transaction',
    isIn: isType('bpmn:Transaction'),
    reason: 'it ends like its sub-processes do',
    instead: 'the flow of the transaction in the process itself',
  },
  {
    construct: 'bpmn:CallActivity',
    isIn: isType('bpmn:CallActivity'),
    reason: 'the process that calls is resumed outside the step',
    instead: 'the called flow in the process itself',
  },
  {
    construct: 'bpmn:InclusiveGateway',
    isIn: isType('bpmn:InclusiveGateway'),
    reason: 'its join counts tokens that can only come back through the join itself',
    instead: 'exclusive or parallel gateways',
  },
  {
    construct: 'bpmn:ReceiveTask',
    isIn: isType('bpmn:ReceiveTask'),
    reason: 'it waits for no message',
    instead: 'an intermediate message catch event',
  },
  {
    construct: 'bpmn:BusinessRuleTask',
    isIn: isType('bpmn:BusinessRuleTask'),
    reason: 'it evaluates a decision file in the middle of the step',
    instead: 'a service task',
  },
  {
    construct: 'bpmn:ScriptTask',
    isIn: isType('bpmn:ScriptTask'),
    reason: 'it runs its script as code of the host, if at all',
    instead: 'a service task',
  },
  {
    construct: 'bpmn:SendTask with a message',
    isIn: (node) => node.type === 'bpmn:SendTask' && node.event !== null,
    reason: 'it calls a service instead of sending its message',
    instead: 'an intermediate message throw event',
  },
  {
    construct: 'bpmn:ErrorEventDefinition',
    isIn: (node) => node.event?.kind === 'error',
    reason: 'an error that nothing catches terminates tokens without ending the instance',
    instead: 'an exclusive gateway on a variable',
  },
  {
    construct: 'bpmn:EscalationEventDefinition',
    isIn: (node) => node.event?.kind === 'escalation',
    reason: 'only some of what is drawn to catch it does',
    instead: 'an exclusive gateway on a variable',
  },
  {
    construct: 'bpmn:SignalEventDefinition',
    isIn: (node) => node.event?.kind === 'signal',
    reason: 'it reaches other instances in the middle of the step',
    instead: 'a message',
  },
  {
    construct: 'bpmn:ConditionalEventDefinition',
    isIn: (node) => node.event?.kind === 'condition',
    reason: 'it is never looked at again',
    instead: 'an exclusive gateway after the task that changes the data',
  },
  {
    construct: 'bpmn:LinkEventDefinition',
    isIn: (node) => node.event?.kind === 'link',
    reason: 'it leads nowhere',
    instead: 'a sequence flow',
  },
  {
    construct: 'bpmn:CompensateEventDefinition',
    isIn: (node) => node.event?.kind === 'compensation',
    reason: 'it undoes nothing outside a transaction',
    instead: 'the undoing tasks in the flow',
  },
  {
    construct: 'bpmn:EventBasedGateway that begins a process',
    isIn: (node) => node.instantiates,
    reason: 'it begins no process',
    instead: 'a none start event',
  },
  {
    construct: 'bpmn:startQuantity',
    isIn: (node) => node.startQuantity > 1 || node.completionQuantity > 1,
    reason: 'it is ignored',
    instead: 'a parallel gateway',
  },
  {
    construct: 'multiple event',
    isIn: (node) => node.event?.kind === 'multiple',
    reason: 'only the first of its definitions counts',
    instead: 'one event for each definition',
  },
  {
    construct: 'bpmn:StartEvent with a message',
    isIn: (node) => node.type === 'bpmn:StartEvent' && node.event?.kind === 'message',
    reason: 'the message starts another instance of any process that has read the same name',
    instead: 'a none start event',
  },
  {
    construct: 'bpmn:timeCycle',
    isIn: (node) => node.event?.kind === 'timer' && node.event.timer.kind === 'cycle',
    reason: 'a cycle fires the wrong number of times',
    instead: 'a duration, and a flow back to the task',
  },
  {
    construct: 'correlation key',
    isIn: (node) => node.event?.kind === 'message' && node.event.message.key !== null,
    reason: 'only names of messages are matched within an instance',
    instead: 'a name for each message',
  },
  {
    construct: 'sequential multi-instance',
    isIn: (node) => node.loop?.sequential === true,
    reason: 'its elements must be simple words, and a second round overwrites the first',
    instead: 'a parallel multi-instance activity, or a flow back to the task',
  },
  {
    construct: 'bpmn:loopCardinality',
    isIn: (node) => node.loop !== null && node.loop.cardinality !== null,
    reason: 'it is ignored',
    instead: 'camunda:collection',
  },
  {
    construct: 'bpmn:completionCondition',
    isIn: (node) => node.loop !== null && node.loop.completionCondition !== null,
    reason: 'it is ignored',
    instead: 'an interrupting boundary event',
  },
  {
    construct: 'input and output mapping',
    isIn: (node) => node.mapping !== null,
    reason: 'it is ignored',
    instead: 'variables of the process',
  },
  {
    construct: 'bpmn:StandardLoopCharacteristics',
    isIn: (node) => node.standardLoop !== null,
    reason: 'the activity runs once',
    instead: 'a gateway and a sequence flow back',
  },
  {
    construct: 'default flow of an activity',
    isIn: (node) => node.defaultFlow !== null && !node.type.endsWith('Gateway'),
    reason: 'it is taken besides the flows whose condition is true',
    instead: 'an exclusive gateway behind the activity',
  },
];

/** Every reason why bpmn-server would not run a definition exactly as drawn. */
export function outsideProfile(definition: Definition): Refusal[] {
  return Object.values(definition.nodes).flatMap((node) =>
    EXCLUSIONS.filter(({ isIn }) => isIn(node)).map(({ construct, reason, instead }) => ({
      rule: 'outside-profile',
      element: node.id,
      message: `bpmn-server does not run ${construct} as BPMN 2.0 says: ${reason}; draw instead: ${instead}`,
      params: { construct, engine: 'bpmn-server', reason, instead },
    })),
  );
}
