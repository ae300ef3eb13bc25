import type { Guard, Item } from '../library.ts';
import { nothingTaken } from './noFlowTaken.ts';

/**
 * Where flows meet at an exclusive gateway, bpmn-server cancels every token that could still come there, parallel
 * branches included: it passes each token on by itself (clause 13.4.2). And it evaluates every condition before it
 * takes the first that is true: it stops at the first.
 */
export const exclusiveGateway: Guard = ({ XORGateway, Item, NODE_ACTION, FLOW_ACTION }) => {
  XORGateway.prototype.start = async () => NODE_ACTION.continue;
  XORGateway.prototype.getOutbounds = async function (item: Item) {
    const fallback: string | undefined = this.def.default?.id;
    for (const flow of this.outbounds) {
      if (flow.id === fallback) continue;
      const flowItem = new Item(flow, item.token);
      if ((await flow.run(flowItem)) === FLOW_ACTION.take) return [flowItem];
    }
    const flow = this.outbounds.find((candidate) => candidate.id === fallback);
    if (flow === undefined) throw nothingTaken(this);
    return [new Item(flow, item.token)];
  };
};
