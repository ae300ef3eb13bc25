import { currentStep } from '../currentStep.ts';
import { faultOf } from '../fault.ts';
import { raiseIncident } from '../incident.ts';
import { executionOf, type Guard, type Item, type Library, type Token } from '../library.ts';
import { marksOf } from '../marks.ts';

/**
 * bpmn-server pauses 10 ms before each hop, starts a new token at every node with several flows even where one is
 * taken, so that a loop piles tokens up, and lets branches overtake each other. A token goes on along its only flow by
 * itself, at once; several flows are followed one after the other by a token each.
 */
export const hops: Guard = (library) => {
  library.Token.prototype.goNext = async function (this: Token) {
    const step = currentStep();
    const item = this.currentItem;
    if (step.terminated || this.status === 'terminated' || item.status === 'wait') return;
    if (!(await this.preNext())) return;
    const node = this.currentNode;
    let flows: Item[];
    try {
      flows = await node.getOutbounds(item);
    } catch (error) {
      const fault = faultOf(error);
      if (fault === null) throw error;
      raiseIncident(library, this, fault, 'leave');
      return;
    }
    const isEventGateway = node.type === 'bpmn:EventBasedGateway';
    if (node.type === 'bpmn:EndEvent') step.effects.push({ type: 'endEventReached', flowNode: node.id });
    if (!isEventGateway) step.effects.push({ type: 'flowNodeLeft', flowNode: node.id });
    const [only, ...others] = flows;
    if (only === undefined || others.length > 0 || isEventGateway) {
      await this.end();
      for (const flow of flows) await branch(library, this, item, flow);
      return;
    }
    const target = targetOf(only);
    marksOf(this).arrivedBy = only.elementId;
    this._currentNode = target;
    this.path = [];
    this.startNodeId = target.id;
    await this.execute(null);
  };
};

async function branch(library: Library, from: Token, origin: Item, flow: Item): Promise<void> {
  if (currentStep().terminated) return;
  const { Token, TOKEN_TYPE } = library;
  const target = targetOf(flow);
  const execution = executionOf(from);
  const none = { data: null, noExecute: true };
  const token = await Token.startNewToken(
    TOKEN_TYPE.Diverge,
    execution,
    target,
    null,
    from,
    origin,
    from.loop,
    none.data,
    none.noExecute,
  );
  marksOf(token).arrivedBy = flow.elementId;
  await token.execute(null);
}

/** The node a flow leads to; a flow item holds the flow as its element. */
function targetOf(flow: Item): Token['currentNode'] {
  const element: object = flow.element;
  if (!('to' in element)) throw new Error(`${flow.elementId} is no sequence flow`);
  return element.to as Token['currentNode'];
}
