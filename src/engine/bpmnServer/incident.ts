import { currentStep } from './currentStep.ts';
import { executionOf, type Library, type Token } from './library.ts';
import { marksOf, type Phase } from './marks.ts';

/** Stops a token at an incident, from which `retry` lets it go on at the given point. */
export function raiseIncident(
  library: Library,
  token: Token,
  fault: { code: string; message: string },
  phase: Phase,
): void {
  const step = currentStep();
  const id = executionOf(token).getUUID();
  const flowNode: string = token.currentNode.id;
  marksOf(token).incident = { id, phase };
  token.status = library.TOKEN_STATUS.wait;
  token.currentItem.status = library.ITEM_STATUS.wait;
  step.announced.set(token.currentItem.id, { kind: 'incident', id, flowNode });
  step.effects.push({ type: 'incidentRaised', id, flowNode, code: fault.code, message: fault.message });
}
