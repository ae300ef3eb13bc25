import type { Completed, FlowNode, Loop, Phase, Token, Variables, Waiting } from '../types.ts';

/** A token while a step runs: it always has the same members, and knows the stored token it was read from. */
export class LiveToken {
  readonly id: number;
  /** 0 at process level. */
  readonly scope: number;
  node: FlowNode;
  waiting: Waiting | null = null;
  work: string | null = null;
  flow: string | null = null;
  phase: Phase | null = null;
  loop: Loop | null = null;
  /** Id of the token of the activity that loops, 0 if the token is no instance or iteration of one. */
  of = 0;
  instance = -1;
  variables: Variables | null = null;
  mapped: Variables | null = null;
  undo: readonly Completed[] | null = null;
  /** Id of the token that waits until this one has undone something, 0 if it undoes nothing. */
  undoes = 0;
  alive = true;
  /** The stored token, as long as nothing has changed: it is then stored again as it was. */
  stored: Token | null = null;

  constructor(id: number, scope: number, node: FlowNode) {
    this.id = id;
    this.scope = scope;
    this.node = node;
  }
}

/** Wakes a stored token up for a step. */
export function wake(stored: Token, node: FlowNode): LiveToken {
  const token = new LiveToken(stored.id, stored.scope ?? 0, node);
  token.waiting = stored.waiting ?? null;
  token.work = stored.work ?? null;
  token.flow = stored.flow ?? null;
  token.phase = stored.phase ?? null;
  token.loop = stored.loop ?? null;
  token.of = stored.of ?? 0;
  token.instance = stored.instance ?? -1;
  token.variables = stored.variables ?? null;
  token.mapped = stored.mapped ?? null;
  token.undo = stored.undo ?? null;
  token.undoes = stored.undoes ?? 0;
  token.stored = stored;
  return token;
}

/** Makes a token plain JSON again, without the members that say nothing. */
export function store(token: LiveToken): Token {
  if (token.stored) return token.stored;
  const plain: Token = { id: token.id, node: token.node.id };
  if (token.scope !== 0) plain.scope = token.scope;
  if (token.waiting !== null) plain.waiting = token.waiting;
  if (token.work !== null) plain.work = token.work;
  const atJoin = token.waiting === 'join' || token.waiting === 'incident';
  if (atJoin && token.flow !== null && token.node.incoming.length > 1) plain.flow = token.flow;
  if (token.phase !== null) plain.phase = token.phase;
  if (token.loop !== null) plain.loop = token.loop;
  if (token.of !== 0) plain.of = token.of;
  if (token.instance !== -1) plain.instance = token.instance;
  if (token.variables !== null) plain.variables = token.variables;
  if (token.mapped !== null) plain.mapped = token.mapped;
  if (token.undo !== null) plain.undo = token.undo;
  if (token.undoes !== 0) plain.undoes = token.undoes;
  return plain;
}
