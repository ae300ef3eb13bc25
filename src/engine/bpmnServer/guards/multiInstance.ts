import type { JsonObject } from '../../../domain/json.ts';
import { countMoves, currentStep } from '../currentStep.ts';
import { faultOf, ModelFault } from '../fault.ts';
import { raiseIncident } from '../incident.ts';
import { executionOf, type Guard, type Item, isLive, type Library, type Token } from '../library.ts';
import { marksOf } from '../marks.ts';
import { visibleVariables } from '../variables.ts';

/**
 * bpmn-server hangs on an empty collection, takes its elements for keys that must be simple words, gives instances no
 * element variable, and has no item for the activity as a whole, to which boundary events could be attached. The
 * activity waits with an item of its own; each instance is a token with local variables, and the last to end lets the
 * activity go on (clause 13.3.7).
 */
export const multiInstance: Guard = (library) => {
  const { Loop, Item, TOKEN_TYPE, TOKEN_STATUS, ITEM_STATUS } = library;

  Loop.checkStart = async (token: Token) => {
    const node = token.currentNode;
    if (!node.loopDefinition || token.type === TOKEN_TYPE.Instance) return true;
    const item = new Item(node, token, ITEM_STATUS.wait);
    token.addItemToPath(item);
    token.status = TOKEN_STATUS.wait;
    await node.startBoundaryEvents(item, token);
    await startInstances(library, token).catch((error: unknown) => {
      const fault = faultOf(error);
      if (fault === null) throw error;
      raiseIncident(library, token, fault, 'instances');
    });
    return false;
  };

  Loop.checkNext = async (token: Token) => {
    if (token.type !== TOKEN_TYPE.Instance) return true;
    await token.end();
    const activity = token.parentToken;
    if (activity === undefined) throw new Error(`an instance of ${token.currentNode.id} has no activity`);
    if (!activity.childrenTokens.some((other) => other.type === TOKEN_TYPE.Instance && isLive(other))) {
      await leave(activity);
    }
    return false;
  };

  Loop.cancel = async () => {};
};

/** Makes all instances of the activity a token waits with. @throws ModelFault */
export async function startInstances(library: Library, activity: Token): Promise<void> {
  const node = activity.currentNode;
  const loop = currentStep().core.nodes[node.id]?.loop;
  const elements = loop?.collection?.evaluate(visibleVariables(activity));
  if (!Array.isArray(elements)) {
    const text = `the collection "${loop?.collection?.text}" of ${node.id} is not a list`;
    throw new ModelFault('COLLECTION_NOT_A_LIST', text);
  }
  countMoves(elements.length);
  const item = activity.currentItem;
  const tokens: Token[] = [];
  for (const [instance, element] of elements.entries()) {
    const locals: JsonObject = { loopCounter: instance + 1 };
    if (loop?.elementVariable) locals[loop.elementVariable] = element;
    const token = await newInstance(library, activity, item);
    Object.assign(marksOf(token), { instance, locals });
    tokens.push(token);
  }
  for (const token of tokens) await token.execute(null);
  if (tokens.length === 0) await leave(activity);
}

function newInstance({ Token, TOKEN_TYPE }: Library, activity: Token, item: Item): Promise<Token> {
  const { currentNode, loop } = activity;
  const execution = executionOf(activity);
  return Token.startNewToken(
    TOKEN_TYPE.Instance,
    execution,
    currentNode,
    null,
    activity,
    item,
    loop,
    null,
    true,
  );
}

async function leave(activity: Token): Promise<void> {
  await activity.currentNode.end(activity.currentItem);
  await activity.goNext();
}
