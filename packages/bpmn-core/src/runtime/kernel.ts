import type {
  Completed,
  Context,
  Definition,
  Effect,
  Expression,
  FlowNode,
  Json,
  Phase,
  Scope,
  Status,
  Subscription,
  Variables,
  Waiting,
} from '../types.ts';
import type { LiveToken } from './liveToken.ts';

/** What the chapters of BPMN may do to an instance while a step runs. */
export interface Kernel {
  readonly definition: Definition;
  readonly context: Context;
  /** Every token of the step in order of creation, those that ended included (`alive` false). */
  readonly tokens: readonly LiveToken[];
  readonly scopes: readonly Scope[];
  readonly subscriptions: readonly Subscription[];
  /** What may have to be undone, in the order of completion. */
  completed: readonly Completed[];

  node(id: string): FlowNode;
  token(id: number): LiveToken;
  emit(effect: Effect): void;
  /** A new identifier, unique within the instance for its whole life. */
  identify(prefix: string): string;

  /** Puts a new token on a node; it does nothing until scheduled. */
  create(node: FlowNode, scope: number): LiveToken;
  /** Moves an existing token to a node, on which it does nothing until scheduled. */
  place(token: LiveToken, node: FlowNode, flow: string | null): void;
  /** Lets the token go on from the given point, after all that was scheduled before. */
  schedule(token: LiveToken, phase: Phase): void;
  /** Lets the token rest until something outside, or another token, wakes it. */
  wait(token: LiveToken, waiting: Waiting, work?: string): void;
  /** Marks a token whose members were changed in place. */
  touch(token: LiveToken): void;
  /** The normal end of a token. */
  consume(token: LiveToken): void;
  /** Cancels a token and everything that runs on its behalf. */
  kill(token: LiveToken): void;
  /** Stops the token at an incident, from which `retry` lets it go on at the given point. */
  raise(token: LiveToken, code: string, message: string, phase: Phase): void;
  /** Counts one move against the guard of the step. @throws ModelError */
  countMove(moves?: number): void;

  /** All variables the token sees, or those of the process; read-only. */
  variables(token: LiveToken | null): Variables;
  /** Writes variables where the token sees them defined, else at process level. */
  assign(token: LiveToken | null, variables: Variables | undefined): void;
  evaluate(expression: Expression, token: LiveToken, local?: Variables): Json;
  /** Evaluates a condition: anything but a boolean is a fault of `element`. @throws ModelError */
  test(expression: Expression, token: LiveToken, element: string, local?: Variables): boolean;

  openScope(node: FlowNode, owner: LiveToken): Scope;
  closeScope(scope: Scope): void;
  /** Adds the subscription under the id it has. */
  subscribe(subscription: Subscription): void;
  /** Removes one subscription without a word. */
  remove(subscription: Subscription): void;
  /** Puts another subscription in the place of one. */
  replace(subscription: Subscription, by: Subscription): void;
  /** Removes the subscriptions that meet a test; their timers are cancelled. */
  unsubscribeAll(meets: (subscription: Subscription) => boolean): void;
  /** Removes all subscriptions of a token; its timers are cancelled. */
  unsubscribe(token: LiveToken): void;

  /** Ends the instance: whatever still runs is cancelled. */
  end(status: Exclude<Status, 'active'>, details?: { error?: string; reason?: string }): void;
}

/** What a kind of flow node does. */
export interface Behaviour {
  /** Does the node's own work, once its boundary events are armed and its loop has begun. @throws ModelError */
  execute(kernel: Kernel, token: LiveToken): void;
  /** Whether a token always comes to rest here, so that a cycle through the node is no endless one. */
  waits(node: FlowNode): boolean;
}
