import { prepareSubscriptions } from '../events/subscribe.ts';
import type { Kernel } from '../runtime/kernel.ts';
import type { LiveToken } from '../runtime/liveToken.ts';
import type { FlowNode, Subscription, Variables } from '../types.ts';

/**
 * Works out what starts the event sub-processes of a flow (clauses 10.3.5 and 13.5.4), on behalf of the token of the
 * sub-process around them, or of the process. Once subscribed to, it is awaited until that flow is completed.
 */
export function prepareEventStarts(
  kernel: Kernel,
  container: string,
  owner: LiveToken | null,
): Subscription[] {
  const starts = kernel.definition.containers[container]?.eventStarts ?? [];
  return starts.flatMap((id) => prepareSubscriptions(kernel, kernel.node(id), owner));
}

/**
 * An event sub-process begins. An interrupting one first cancels all that runs beside it, and no other of its kind can begin
 * there any more; the flow around it is completed when it is.
 */
export function startEventSubProcess(
  kernel: Kernel,
  start: FlowNode,
  scope: number,
  variables: Variables | undefined,
): void {
  if (start.interrupting) {
    const owner = kernel.scopes.find(({ id }) => id === scope)?.owner ?? 0;
    const isStart = (id: string) => kernel.node(id).type === 'bpmn:StartEvent';
    kernel.unsubscribeAll(({ token, node }) => token === owner && isStart(node));
    for (const other of kernel.tokens) if (other.scope === scope) kernel.kill(other);
  }
  const token = kernel.create(kernel.node(start.container), scope);
  kernel.assign(token, variables);
  kernel.schedule(token, 'enter');
}
