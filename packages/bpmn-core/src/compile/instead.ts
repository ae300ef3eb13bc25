/** What to draw instead of a construct that does not run. */
export function insteadOf(construct: string): string {
  return INSTEAD[construct] ?? 'leave it out, or model it with tasks, gateways and events that run';
}

const INSTEAD: Readonly<Record<string, string>> = {
  'bpmn:ScriptTask':
    'a script task in FEEL with a result variable, or a service task whose handler does the computing',
  'bpmn:CallActivity': 'an embedded sub-process',
  'bpmn:Transaction': 'an embedded sub-process with error boundary events',
  'bpmn:AdHocSubProcess': 'user tasks between inclusive gateways',
  'bpmn:EventSubProcess': 'a boundary event on a sub-process around the flow',
  'bpmn:ComplexGateway': 'an inclusive or parallel gateway',
  'bpmn:ConditionalEventDefinition': 'a message event, or a gateway after the task that changes the data',
  'bpmn:LinkEventDefinition': 'a sequence flow',
  'bpmn:SignalEventDefinition': 'a message event',
  'bpmn:EscalationEventDefinition': 'a message event, or a non-interrupting boundary event',
  'bpmn:CompensateEventDefinition': 'the undoing tasks in the flow',
  'bpmn:CancelEventDefinition': 'an error event',
  'bpmn:GlobalTask': 'a task in the process',
  'bpmn:Choreography': 'a collaboration with one executable process',
  'bpmn:PotentialOwner': 'an attribute that names the group, e.g. camunda:candidateGroups',
  'bpmn:HumanPerformer': 'an attribute that names the person, e.g. camunda:assignee',
  'bpmn:InputOutputSpecification': 'variables of the process',
  'bpmn:eventDefinitionRef': 'the event definition inside the event',
  'bpmn:parallelMultiple': 'parallel branches with one event each',
  'bpmn:isForCompensation': 'the undoing tasks in the flow',
  'bpmn:loopDataInputRef': 'camunda:collection and camunda:elementVariable',
  'bpmn:inputDataItem': 'camunda:collection and camunda:elementVariable',
  'bpmn:loopDataOutputRef': 'a variable that the task writes',
  'bpmn:outputDataItem': 'a variable that the task writes',
  'bpmn:behavior': 'a completion condition',
  'bpmn:startQuantity': 'a parallel gateway',
  'bpmn:completionQuantity': 'a parallel gateway',
  'bpmn:instantiate': 'a message start event',
  'bpmn:triggeredByEvent': 'a boundary event on a sub-process around the flow',
};
