import { ModelError } from '../errors.ts';
import type { Kernel } from '../runtime/kernel.ts';
import type { LiveToken } from '../runtime/liveToken.ts';
import type { FlowNode } from '../types.ts';

/**
 * The outgoing flows a token takes when it leaves its node: clause 13.4.1 for parallel, 13.4.2 for exclusive, 13.4.3 for
 * inclusive gateways; 13.3.1 with 8.4.13 for the conditional and default flows of all other nodes.
 * @throws ModelError if there are flows but none may be taken
 */
export function chooseFlows(kernel: Kernel, token: LiveToken): readonly string[] {
  const node = token.node;
  const type = node.type;
  if (node.outgoing.length === 0 || type === 'bpmn:ParallelGateway') return node.outgoing;
  const chosen = type === 'bpmn:ExclusiveGateway' ? firstTrue(kernel, token) : everyTrue(kernel, token);
  if (chosen.length > 0) return chosen;
  const text = `no condition on the flows out of ${node.id} is true, and it has no default flow`;
  throw new ModelError('NO_FLOW_TAKEN', text);
}

function firstTrue(kernel: Kernel, token: LiveToken): string[] {
  const node = token.node;
  for (const flow of node.outgoing)
    if (flow !== node.defaultFlow && isTrue(kernel, token, flow)) return [flow];
  return byDefault(node);
}

function everyTrue(kernel: Kernel, token: LiveToken): readonly string[] {
  const node = token.node;
  const single = node.outgoing.length === 1 ? node.outgoing[0] : undefined;
  if (single !== undefined && kernel.definition.flows[single]?.condition === null) return node.outgoing;
  const inclusive = node.type === 'bpmn:InclusiveGateway';
  const taken = [];
  let decided = false;
  for (const flow of node.outgoing) {
    if (flow === node.defaultFlow || !isTrue(kernel, token, flow)) continue;
    taken.push(flow);
    if (inclusive || kernel.definition.flows[flow]?.condition !== null) decided = true;
  }
  return decided ? taken : [...taken, ...byDefault(node)];
}

const byDefault = (node: FlowNode): string[] => (node.defaultFlow === null ? [] : [node.defaultFlow]);

function isTrue(kernel: Kernel, token: LiveToken, flow: string): boolean {
  const condition = kernel.definition.flows[flow]?.condition ?? null;
  return condition === null || kernel.test(condition, token, flow);
}
