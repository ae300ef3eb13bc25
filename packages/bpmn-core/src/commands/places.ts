import { undone } from '../compensation/compensate.ts';
import { CommandError } from '../errors.ts';
import type { Kernel } from '../runtime/kernel.ts';
import type { LiveToken } from '../runtime/liveToken.ts';
import type { FlowNode } from '../types.ts';

/** Where a token is put by hand: a node, and the flow by which it comes in if that matters. */
interface Place {
  readonly node: FlowNode;
  readonly flow: string | null;
}

/** A token that may be taken from its node. @throws CommandError UNKNOWN_TOKEN, TOKEN_OF_LOOP */
export function getMovable(kernel: Kernel, id: number): LiveToken {
  const token = kernel.tokens.find((candidate) => candidate.id === id);
  if (token === undefined) throw new CommandError('UNKNOWN_TOKEN', `the instance has no token ${id}`);
  if (token.of === 0) return token;
  const text = `token ${id} is an instance of ${token.node.id}: take token ${token.of}, that of the whole activity`;
  throw new CommandError('TOKEN_OF_LOOP', text);
}

/**
 * The place that a command names within a process or sub-process. Only nodes that a flow leads to are places: a start or
 * boundary event is entered because it occurs.
 * @throws CommandError NOT_A_PLACE
 */
export function getPlace(kernel: Kernel, container: string, command: { node: string; flow?: string }): Place {
  const node = kernel.definition.nodes[command.node];
  if (node === undefined) throw notAPlace(`the definition has no flow node ${command.node}`);
  if (node.container !== container)
    throw notAPlace(`${node.id} is in ${node.container}, not in ${container}`);
  if (node.incoming.length === 0) throw notAPlace(`no sequence flow leads to ${node.id}`);
  const { flow } = command;
  if (flow !== undefined && !node.incoming.includes(flow))
    throw notAPlace(`${flow} does not lead to ${node.id}`);
  if (flow !== undefined) return { node, flow };
  const [first, second] = node.incoming;
  if (second === undefined) return { node, flow: first ?? null };
  if (node.type === 'bpmn:ParallelGateway' || node.type === 'bpmn:InclusiveGateway') {
    throw notAPlace(`${node.id} is a join: say by which flow the token comes in`);
  }
  return { node, flow: null };
}

/** Puts a new token on a place, from which it goes on. */
export function put(kernel: Kernel, place: Place, scope: number): LiveToken {
  const token = kernel.create(place.node, scope);
  kernel.place(token, place.node, place.flow);
  kernel.schedule(token, 'enter');
  return token;
}

/** Takes a token from where it waits, with all that it waits for. What undid something is taken to have done so. */
export function take(kernel: Kernel, token: LiveToken): void {
  kernel.kill(token);
  if (token.undoes !== 0) undone(kernel, token);
}

const notAPlace = (text: string): CommandError => new CommandError('NOT_A_PLACE', text);
