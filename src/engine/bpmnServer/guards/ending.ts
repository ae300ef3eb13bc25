import { currentStep } from '../currentStep.ts';
import { raiseIncident } from '../incident.ts';
import { type Execution, isLive, type Library, tokensOf } from '../library.ts';
import { marksOf } from '../marks.ts';
import type { StoredState } from '../storedState.ts';

/**
 * What has become of an instance at rest. bpmn-server counts its tokens while some are still being cancelled, and calls
 * an instance ended that has stopped where no way was open: here it has ended when no token is left. Where nothing is
 * left but tokens that wait at joins for others that nothing can bring, each of them becomes an incident instead of
 * waiting for ever (clause 13.3.1).
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
