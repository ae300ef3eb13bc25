import { ModelFault } from '../fault.ts';
import type { Guard, Item, Node } from '../library.ts';

/**
 * Where no condition is true and there is no default flow, bpmn-server ends the token, and often the instance, without
 * a word: it becomes an incident (clause 13.4.2 wants an exception).
 */
export const noFlowTaken: Guard = ({ Node }) => {
  const choose = Node.prototype.getOutbounds;
  Node.prototype.getOutbounds = async function (this: Node, item: Item) {
    const taken = await choose.call(this, item);
    if (taken.length === 0 && this.outbounds.length > 0) throw nothingTaken(this);
    return taken;
  };
};

export function nothingTaken(node: Node): ModelFault {
  return new ModelFault(
    'NO_FLOW_TAKEN',
    `no condition on the flows out of ${node.id} is true, and it has no default flow`,
  );
}
