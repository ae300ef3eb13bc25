import type { EngineEffect } from '../interpreter.ts';
import { type Announced, currentStep } from './currentStep.ts';
import type { Item, Token } from './library.ts';
import { marksOf } from './marks.ts';
import { visibleVariables } from './variables.ts';

/** What a resting token waits with; null for joins, messages and activities whose instances wait. */
export function announcedBy(token: Token): Announced | null {
  const item = token.currentItem;
  const flowNode: string = token.currentNode.id;
  const { incident } = marksOf(token);
  if (incident !== undefined) return { kind: 'incident', id: incident.id, flowNode };
  const node = currentStep().core.nodes[flowNode];
  if (node === undefined || (node.loop !== null && token.type !== 'Instance')) return null;
  if (node.type === 'bpmn:UserTask') return { kind: 'task', id: item.id, flowNode };
  if (node.type === 'bpmn:ServiceTask' || node.type === 'bpmn:SendTask')
    return { kind: 'job', id: item.id, flowNode };
  return node.event?.kind === 'timer' ? { kind: 'timer', id: item.id, flowNode } : null;
}

/** Tells the host that an item now waits. */
export function announce(item: Item): void {
  const step = currentStep();
  const waiting = announcedBy(item.token);
  if (waiting === null || waiting.kind === 'incident') return;
  step.announced.set(item.id, waiting);
  const { id, flowNode } = waiting;
  if (waiting.kind === 'timer') {
    step.effects.push({ type: 'timerScheduled', id, flowNode, due: item.timeDue.getTime() });
    return;
  }
  const variables = visibleVariables(item.token);
  if (waiting.kind === 'job') {
    step.effects.push({ type: 'jobRequested', id, flowNode, variables });
    return;
  }
  const { instance } = marksOf(item.token);
  step.effects.push({
    type: 'taskCreated',
    id,
    flowNode,
    variables,
    ...(instance !== undefined && { instance }),
  });
}

const DONE = {
  task: 'taskCompleted',
  job: 'jobCompleted',
  timer: 'timerFired',
  incident: 'incidentResolved',
} as const;
const GIVEN_UP = {
  task: 'taskCancelled',
  job: 'jobCancelled',
  timer: 'timerCancelled',
  incident: 'incidentResolved',
} as const;

/** Tells the host that an item waits no more, because its work is done or because it was cancelled. */
export function conclude(itemId: string, how: 'done' | 'cancelled'): void {
  const step = currentStep();
  const waiting = step.announced.get(itemId);
  if (waiting === undefined) return;
  step.announced.delete(itemId);
  const type: EngineEffect['type'] = (how === 'done' ? DONE : GIVEN_UP)[waiting.kind];
  step.effects.push({ type, id: waiting.id, flowNode: waiting.flowNode });
}
