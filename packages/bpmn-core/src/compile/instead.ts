/** What to draw instead of a construct that does not run. */
export function insteadOf(construct: string): string {
  return INSTEAD[construct] ?? 'leave it out, or model it with tasks, gateways and events that run';
}

const INSTEAD: Readonly<Record<string, string>> = {
  'bpmn:ScriptTask':
    'a script task in FEEL with a result variable, or a service task whose handler does the computing',
  'bpmn:AdHocSubProcess': 'user tasks between inclusive gateways',
  'bpmn:ComplexGateway': 'an inclusive or parallel gateway',
  'bpmn:ConditionalEventDefinition': 'an event sub-process or a catch event with the condition',
  'bpmn:ErrorEventDefinition': 'an error end event',
  'bpmn:TerminateEventDefinition': 'a terminate end event',
  'bpmn:CompensateEventDefinition': 'a throw event or an end event that compensates',
  'bpmn:CancelEventDefinition': 'a cancel end event in a transaction',
  'bpmn:GlobalTask': 'a task in the process',
  'bpmn:Choreography': 'a collaboration with one executable process',
  'bpmn:PotentialOwner': 'an attribute that names the group, e.g. camunda:candidateGroups',
  'bpmn:HumanPerformer': 'an attribute that names the person, e.g. camunda:assignee',
  'bpmn:InputOutputSpecification': 'variables of the process',
  'bpmn:eventDefinitionRef': 'the event definition inside the event',
  'bpmn:parallelMultiple': 'parallel branches with one event each',
  'bpmn:waitForCompletion': 'a parallel branch that compensates',
  'bpmn:method': 'a transaction that compensates',
  'bpmn:loopDataInputRef': 'camunda:collection and camunda:elementVariable',
  'bpmn:inputDataItem': 'camunda:collection and camunda:elementVariable',
  'bpmn:loopDataOutputRef': 'a variable that the task writes',
  'bpmn:outputDataItem': 'a variable that the task writes',
  'bpmn:behavior': 'a completion condition',
};
