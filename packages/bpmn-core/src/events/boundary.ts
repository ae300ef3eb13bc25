import type { Behaviour, Kernel } from '../runtime/kernel.ts';
import type { LiveToken } from '../runtime/liveToken.ts';
import type { FlowNode, Variables } from '../types.ts';
import { partsOf } from './parts.ts';
import { prepareSubscriptions, subscribe } from './subscribe.ts';

/**
 * A boundary event is entered only when it occurs; from there it leads on (clauses 10.5.4 and 13.5.3). What comes from
 * outside, a message or a timer, gives a token rest; what a token or the data of the instance triggers does not.
 */
export const boundaryEvent: Behaviour = {
  waits: (node) => partsOf(node).every(({ kind }) => kind === 'message' || kind === 'timer'),
  execute(kernel, token) {
    kernel.schedule(token, 'leave');
  },
};

/** Starts to wait for the boundary events of an activity; they stay armed until the activity ends. */
export function armBoundaryEvents(kernel: Kernel, host: LiveToken): void {
  const prepared = host.node.boundary.flatMap((id) => prepareSubscriptions(kernel, kernel.node(id), host));
  for (const subscription of prepared) subscribe(kernel, subscription);
}

/** A boundary event occurs: an interrupting one cancels its activity, then a token leads on from the event. */
export function fireBoundaryEvent(
  kernel: Kernel,
  boundary: FlowNode,
  host: LiveToken,
  variables: Variables | undefined,
): void {
  if (boundary.interrupting) kernel.kill(host);
  const token = kernel.create(boundary, host.scope);
  kernel.assign(token, variables);
  kernel.schedule(token, 'enter');
}
