import { callActivity } from './activities/callActivity.ts';
import { job } from './activities/job.ts';
import { plainTask } from './activities/plainTask.ts';
import { receiveTask } from './activities/receiveTask.ts';
import { scriptTask } from './activities/scriptTask.ts';
import { sendTask } from './activities/sendTask.ts';
import { userTask } from './activities/userTask.ts';
import { boundaryEvent } from './events/boundary.ts';
import { catchEvent } from './events/catchEvent.ts';
import { triggerConditions } from './events/condition.ts';
import { endEvent } from './events/endEvent.ts';
import { startEvent } from './events/startEvent.ts';
import { throwEvent } from './events/throwEvent.ts';
import { eventBasedGateway } from './gateways/eventBasedGateway.ts';
import { exclusiveGateway } from './gateways/exclusiveGateway.ts';
import { fireInclusiveJoins, inclusiveGateway } from './gateways/inclusiveGateway.ts';
import { parallelGateway } from './gateways/parallelGateway.ts';
import type { Behaviour, Kernel } from './runtime/kernel.ts';
import { completeSubProcesses, subProcess } from './subprocess/subProcess.ts';
import type { FlowNode } from './types.ts';

/** What each kind of flow node does: the constructs that run. A construct is added by adding its file and its line. */
const BEHAVIOURS: Readonly<Record<string, Behaviour>> = {
  'bpmn:StartEvent': startEvent,
  'bpmn:EndEvent': endEvent,
  'bpmn:IntermediateCatchEvent': catchEvent,
  'bpmn:IntermediateThrowEvent': throwEvent,
  'bpmn:BoundaryEvent': boundaryEvent,
  'bpmn:Task': plainTask,
  'bpmn:ManualTask': plainTask,
  'bpmn:UserTask': userTask,
  'bpmn:ServiceTask': job,
  'bpmn:BusinessRuleTask': job,
  'bpmn:ScriptTask': scriptTask,
  'bpmn:SendTask': sendTask,
  'bpmn:ReceiveTask': receiveTask,
  'bpmn:CallActivity': callActivity,
  'bpmn:SubProcess': subProcess,
  'bpmn:Transaction': subProcess,
  'bpmn:ExclusiveGateway': exclusiveGateway,
  'bpmn:ParallelGateway': parallelGateway,
  'bpmn:InclusiveGateway': inclusiveGateway,
  'bpmn:EventBasedGateway': eventBasedGateway,
};

/** Whether flow nodes of this type, e.g. `bpmn:UserTask`, run. */
export const isRunnable = (type: string): boolean => Object.hasOwn(BEHAVIOURS, type);

/** What a flow node does; compile() has let no other types in. */
export function behaviourOf(node: FlowNode): Behaviour {
  const behaviour = BEHAVIOURS[node.type];
  if (behaviour === undefined) throw new Error(`no behaviour for ${node.type}`);
  return behaviour;
}

/** What is decided only when no token can move: each hook wakes tokens and says whether it did. */
export const REST_HOOKS: readonly ((kernel: Kernel) => boolean)[] = [
  triggerConditions,
  completeSubProcesses,
  fireInclusiveJoins,
];
