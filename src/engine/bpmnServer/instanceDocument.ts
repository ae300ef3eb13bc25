import type { JsonObject } from '../../domain/json.ts';
import type { Announced } from './currentStep.ts';
import { type Execution, type Item, isLive, type Library, type Token, tokensOf } from './library.ts';
import { marksOf } from './marks.ts';
import type { StoredState, StoredToken } from './storedState.ts';
import { processVariables } from './variables.ts';
import { announcedBy } from './waiting.ts';

/** The one instance of a step; bpmn-server never sees another. */
export const INSTANCE_ID = 'instance';

/**
 * The document that bpmn-server would have stored: each live token with the one item it waits with. Tokens and items
 * are numbered from 0 again, in their order.
 */
export function toDocument(stored: StoredState, library: Library): Record<string, unknown> {
  const types = library.TOKEN_TYPE;
  const typeOf = { boundary: types.BoundaryEvent, instance: types.Instance, gateway: types.Diverge };
  const tokens = stored.tokens.map((token, id) => ({
    id,
    type: token.role === undefined ? types.Diverge : typeOf[token.role],
    status: token.role === 'gateway' ? library.TOKEN_STATUS.end : library.TOKEN_STATUS.wait,
    dataPath: '',
    loopId: null,
    parentToken: token.role === undefined ? null : token.of,
    originItem: token.of === undefined ? null : stored.tokens[token.of]?.item,
    startNodeId: token.node,
    currentNode: token.node,
    itemsKey: null,
  }));
  const items = stored.tokens.map((token, seq) => ({
    id: token.item,
    seq,
    tokenId: seq,
    elementId: token.node,
    status: token.role === 'gateway' ? library.ITEM_STATUS.end : library.ITEM_STATUS.wait,
    instanceId: INSTANCE_ID,
    vars: {},
    output: {},
  }));
  return {
    id: INSTANCE_ID,
    name: stored.definition,
    status: library.EXECUTION_STATUS.running,
    data: { ...stored.variables },
    tokens,
    items,
    loops: [],
    logs: [],
  };
}

/** Gives a reloaded execution what its document cannot hold, and answers what its host knows to be waiting. */
export function reawaken(execution: Execution, stored: StoredState): Map<string, Announced> {
  const announced = new Map<string, Announced>();
  tokensOf(execution).forEach((token, index) => {
    const known = stored.tokens[index];
    if (known === undefined) throw new Error(`token ${index} was not stored`);
    const { instance, locals, arrivedBy, incident } = known;
    Object.assign(marksOf(token), {
      ...(instance !== undefined && { instance }),
      ...(locals && { locals }),
      ...(arrivedBy !== undefined && { arrivedBy }),
      ...(incident && { incident: { ...incident } }),
    });
    const waiting = known.role === 'gateway' ? null : announcedBy(token);
    if (waiting !== null) announced.set(known.item, waiting);
  });
  return announced;
}

/** What the next step needs of an execution at rest, and nothing else. */
export function toStored(
  execution: Execution,
  definition: string,
  status: StoredState['status'],
  library: Library,
): StoredState {
  const kept: StoredToken[] = [];
  const indexOf = new Map<Token | Item, number>();
  const keep = (key: Token | Item, token: StoredToken) => {
    indexOf.set(key, kept.length);
    kept.push(token);
  };
  for (const token of tokensOf(execution)) {
    if (!isLive(token)) continue;
    const { instance, locals, arrivedBy, incident } = marksOf(token);
    const gateway = gatewayBefore(token);
    if (gateway !== null && !indexOf.has(gateway)) {
      keep(gateway, { node: gateway.elementId, item: gateway.id, role: 'gateway' });
    }
    const of = indexOf.get(gateway ?? token.parentToken ?? token);
    keep(token, {
      node: token.currentNode.id,
      item: token.currentItem.id,
      ...(token.type === library.TOKEN_TYPE.BoundaryEvent && { role: 'boundary' as const }),
      ...(token.type === library.TOKEN_TYPE.Instance && { role: 'instance' as const }),
      ...(of !== undefined && { of }),
      ...(instance !== undefined && { instance }),
      ...(locals && { locals }),
      ...(arrivedBy !== undefined && { arrivedBy }),
      ...(incident && { incident }),
    });
  }
  const numbers: { name?: number } = execution.uids;
  const variables: JsonObject = variablesOf(execution);
  return {
    schema: 1,
    engine: 'bpmn-server',
    definition,
    status,
    sequence: numbers.name ?? 0,
    variables,
    tokens: status === 'active' ? kept : [],
  };
}

export function variablesOf(execution: Execution): JsonObject {
  const [first] = tokensOf(execution);
  return first === undefined ? {} : processVariables(first);
}

/** The item of the event-based gateway behind which a token waits for one of its events. */
function gatewayBefore(token: Token): Item | null {
  const origin: Item | null | undefined = token.originItem;
  return origin?.node.type === 'bpmn:EventBasedGateway' ? origin : null;
}
