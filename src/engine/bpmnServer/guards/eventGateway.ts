import { currentStep } from '../currentStep.ts';
import { dueOf } from '../dueOf.ts';
import { type EventBasedGateway, executionOf, type Guard, type Item, tokensOf } from '../library.ts';

/**
 * Where flows meet at an event-based gateway bpmn-server waits for all tokens that could come there; and when an event
 * occurs it cancels the events of all tokens at that gateway, later ones included, without waiting for it. Each token is
 * passed on by itself, and the first event cancels those of its own token (clause 13.4.4).
 */
export const eventGateway: Guard = ({ EventBasedGateway, CatchEvent, Event, NODE_ACTION }) => {
  EventBasedGateway.prototype.start = async function (this: EventBasedGateway, item: Item) {
    // All that can fail is done before the first event is awaited.
    for (const { to } of this.outbounds) if (to.subType === 'timer') dueOf(to.id, item.token);
    return NODE_ACTION.continue;
  };
  EventBasedGateway.prototype.cancelAllBranched = async function (this: EventBasedGateway, occurred: Item) {
    for (const token of tokensOf(executionOf(occurred.token))) {
      if (token !== occurred.token && token.originItem === occurred.token.originItem) await token.terminate();
    }
  };
  CatchEvent.prototype.run = async function (item: Item) {
    const origin: Item | null | undefined = item.token.originItem;
    if (origin?.node.type === 'bpmn:EventBasedGateway') {
      await this.cancelEBG(item);
      currentStep().effects.push(
        { type: 'flowNodeLeft', flowNode: origin.elementId },
        { type: 'flowNodeEntered', flowNode: this.id },
      );
      Object.assign(item.token, { originItem: null });
    }
    return Event.prototype.run.call(this, item);
  };
};
