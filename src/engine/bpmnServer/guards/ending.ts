import { currentStep } from '../currentStep.ts';
import { raiseIncident } from '../incident.ts';
import { type Execution, type Guard, isLive, type Library, tokensOf } from '../library.ts';
import { marksOf } from '../marks.ts';
import type { StoredState } from '../storedState.ts';

/**
 * bpmn-server counts its tokens before those that are being cancelled have ended, and then never ends the instance:
 * whether it has ended is decided by the step, once all is at rest.
 */
export const ending: Guard = ({ Execution }) => {
  Object.assign(Execution.prototype, { async checkEnd() {} });
};

/**
 * What has become of an instance at rest. Where nothing is left but tokens that wait at joins for others that nothing
 * can bring, each of them becomes an incident instead of waiting for ever (clause 13.3.1).
 */
export function statusAtRest(library: Library, execution: Execution): StoredState['status'] {
  if (currentStep().terminated) return 'terminated';
  const live = tokensOf(execution).filter(isLive);
  if (live.length === 0) return 'completed';
  const stuck = live.filter(
    (token) => token.currentNode.type === 'bpmn:ParallelGateway' && !marksOf(token).incident,
  );
  if (stuck.length === live.length) {
    for (const token of stuck) {
      const message = `${token.currentNode.id} waits for tokens that can no longer arrive`;
      raiseIncident(library, token, { code: 'DEADLOCK', message }, 'join');
    }
  }
  return 'active';
}
