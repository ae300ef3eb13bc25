import { executionOf, type Guard, type Item, isLive, type Token, tokensOf } from '../library.ts';
import { marksOf } from '../marks.ts';

/**
 * bpmn-server lets a parallel join wait for every token that could still come there, and continues with the token that
 * forked: a loop back to the fork, or an open branch that never comes, confuses it. The join waits for one token on each
 * incoming flow and goes on with the last (clause 13.4.1).
 */
export const parallelJoin: Guard = ({ Gateway, NODE_ACTION, ITEM_STATUS }) => {
  Gateway.prototype.start = async function (item: Item) {
    const oldest = new Map<string, Token>();
    for (const token of tokensOf(executionOf(item.token))) {
      const { arrivedBy, incident } = marksOf(token);
      if (!isLive(token) || token.currentNode.id !== this.id || arrivedBy === undefined || incident) continue;
      if (!oldest.has(arrivedBy)) oldest.set(arrivedBy, token);
    }
    if (oldest.size < this.inbounds.length) return NODE_ACTION.wait;
    for (const token of oldest.values()) {
      if (token === item.token) continue;
      token.currentItem.status = ITEM_STATUS.end;
      await token.end(true);
    }
    return NODE_ACTION.continue;
  };
};
