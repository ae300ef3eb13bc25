import { countMoves, currentStep } from '../currentStep.ts';
import { dueOf } from '../dueOf.ts';
import { executionOf, type Guard, type Item, type Library, type Node, type Token } from '../library.ts';

/**
 * bpmn-server arms the boundary events of a multi-instance activity once for each instance, cancels only one of them,
 * lets the flow behind a boundary event that has occurred die with its activity, and hears a message that does not
 * interrupt only once. They are armed once per activity, all or none; when one occurs, an interrupting one cancels all
 * its activity runs, and its flow is a flow of its own (clause 13.5.3).
 */
export const boundaryEvents: Guard = (library) => {
  const { Node, Event, BoundaryEvent, TOKEN_TYPE } = library;
  const arm = Node.prototype.startBoundaryEvents;
  Node.prototype.startBoundaryEvents = async function (this: Node, item: Item, token: Token) {
    if (token.type === TOKEN_TYPE.Instance) return;
    for (const event of this.attachments) {
      if (event.subType === 'timer') dueOf(event.id, token);
    }
    await arm.call(this, item, token);
  };

  BoundaryEvent.prototype.run = async function (item: Item) {
    const action = await Event.prototype.run.call(this, item);
    const { token } = item;
    const activity = token.parentToken;
    if (activity === undefined) throw new Error(`${this.id} has no activity`);
    delete token.parentToken;
    token.type = TOKEN_TYPE.Diverge;
    if (this.isCancelling) await activity.terminate();
    else if (this.subType === 'message') await rearm(library, activity, item);
    countMoves(1);
    currentStep().effects.push({ type: 'flowNodeEntered', flowNode: this.id });
    return action;
  };
};

/** Waits for the message again; the new item takes the old one's name, and with it its place among those that wait. */
async function rearm({ Token, TOKEN_TYPE }: Library, activity: Token, occurred: Item): Promise<void> {
  const { node } = occurred;
  const execution = executionOf(activity);
  const armed = await Token.startNewToken(
    TOKEN_TYPE.BoundaryEvent,
    execution,
    node,
    null,
    activity,
    activity.currentItem,
    activity.loop,
  );
  const { id } = armed.currentItem;
  armed.currentItem.id = occurred.id;
  occurred.id = id;
}
