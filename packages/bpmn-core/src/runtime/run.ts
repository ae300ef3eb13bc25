import { isLastToCome, timesCompleted } from '../activities/quantities.ts';
import { behaviourOf, REST_HOOKS } from '../behaviours.ts';
import { giveUp, undone } from '../compensation/compensate.ts';
import { noteCompleted } from '../compensation/completed.ts';
import { ModelError } from '../errors.ts';
import { armBoundaryEvents } from '../events/boundary.ts';
import { chooseFlows } from '../gateways/chooseFlows.ts';
import { leaveInstance, startInstances } from '../loops/multiInstance.ts';
import { leaveIteration, startIterations } from '../loops/standardLoop.ts';
import { mapInputs, mapOutputs } from '../mapping/mapping.ts';
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
  State,
  Status,
  StepResult,
  Subscription,
  Variables,
  Waiting,
} from '../types.ts';
import { reportDeadlock } from './deadlock.ts';
import type { Kernel } from './kernel.ts';
import { LiveToken, store, wake } from './liveToken.ts';
import { assignVariables, visibleVariables } from './variables.ts';

/** Moves of tokens in one step after which the diagram, or its data, is taken to run away. */
export const MAX_MOVES = 10_000;

/** A token that rests like this may be waiting for something to be undone. */
const UNDOING: ReadonlySet<string> = new Set<Waiting>(['compensation', 'subProcess']);

/** One step in progress: the instance woken from its state, the tokens still to move, the effects so far. */
export class Run implements Kernel {
  readonly definition: Definition;
  readonly context: Context;
  readonly tokens: LiveToken[] = [];
  scopes: Scope[];
  subscriptions: Subscription[];
  completed: readonly Completed[];
  root: Variables;

  private readonly process: string;
  private readonly effects: Effect[] = [];
  private readonly queue: LiveToken[] = [];
  private readonly phases: Phase[] = [];
  private status: Status;
  private sequence: number;
  private moves = 0;
  /** Where the current token goes on if what it does now fails. */
  private current: Phase = 'enter';

  constructor(definition: Definition, state: State, context: Context) {
    this.definition = definition;
    this.context = context;
    this.process = state.process;
    this.status = state.status;
    this.sequence = state.sequence;
    this.root = state.variables;
    this.scopes = state.scopes.slice();
    this.subscriptions = state.subscriptions.slice();
    this.completed = state.completed ?? [];
    for (const token of state.tokens) this.tokens.push(wake(token, this.node(token.node)));
  }

  /** Moves tokens until all are at rest or the instance has ended. */
  settle(): void {
    do this.drain();
    while (this.status === 'active' && REST_HOOKS.some((hook) => hook(this)));
    if (this.status !== 'active') return;
    if (this.tokens.some((token) => token.alive)) reportDeadlock(this);
    else this.end('completed');
  }

  result(): StepResult {
    const tokens = [];
    for (const token of this.tokens) if (token.alive) tokens.push(store(token));
    const state: State = {
      schema: 1,
      definition: this.definition.hash,
      process: this.process,
      status: this.status,
      sequence: this.sequence,
      variables: this.root,
      tokens,
      scopes: this.scopes,
      subscriptions: this.subscriptions,
    };
    if (this.completed.length > 0) state.completed = [...this.completed];
    return { state, effects: this.effects };
  }

  private drain(): void {
    for (let next = 0; next < this.queue.length && this.status === 'active'; next++) {
      const token = this.queue[next] as LiveToken;
      if (!token.alive) continue;
      this.current = this.phases[next] as Phase;
      try {
        this.advance(token);
      } catch (error) {
        if (!(error instanceof ModelError)) throw error;
        this.raise(token, error.code, error.message, this.current);
      }
    }
    this.queue.length = 0;
    this.phases.length = 0;
  }

  private advance(token: LiveToken): void {
    const node = token.node;
    if (this.current === 'leave') {
      this.leave(token);
      return;
    }
    if (this.current === 'enter') {
      this.countMove();
      this.effects.push({ type: 'flowNodeEntered', flowNode: node.id });
      if (node.startQuantity > 1 && !isLastToCome(this, token)) return;
      this.current = 'begin';
    }
    if (this.current === 'begin') {
      if (node.boundary.length > 0) armBoundaryEvents(this, token);
      this.current = 'execute';
    }
    if (node.loop !== null && token.of === 0) startInstances(this, token, node.loop);
    else if (node.standardLoop !== null && token.of === 0) startIterations(this, token, node.standardLoop);
    else {
      if (node.mapping !== null) mapInputs(this, token, node.mapping);
      behaviourOf(node).execute(this, token);
    }
  }

  private leave(token: LiveToken): void {
    if (this.subscriptions.length > 0) this.unsubscribe(token);
    if (token.mapped !== null) mapOutputs(this, token);
    if (token.of !== 0) {
      if (token.node.standardLoop !== null) leaveIteration(this, token, token.node.standardLoop);
      else leaveInstance(this, token);
      noteCompleted(this, token);
      return;
    }
    // What undoes something, or is a completed sub-process opened again to be undone, leads nowhere.
    const chosen = token.undoes === 0 ? chooseFlows(this, token) : [];
    const flows = timesCompleted(chosen, token.node.completionQuantity);
    noteCompleted(this, token);
    this.effects.push({ type: 'flowNodeLeft', flowNode: token.node.id });
    if (token.undoes !== 0) {
      this.consume(token);
      undone(this, token);
      return;
    }
    if (flows.length === 0) {
      this.consume(token);
      return;
    }
    for (let i = 0; i < flows.length; i++) {
      const flow = this.definition.flows[flows[i] as string];
      if (flow === undefined) continue;
      const target = this.node(flow.target);
      const moved = i === 0 ? token : this.create(target, token.scope);
      this.place(moved, target, flow.id);
      this.schedule(moved, 'enter');
    }
  }

  raise(token: LiveToken, code: string, message: string, phase: Phase): void {
    const id = this.identify('incident');
    this.wait(token, 'incident', id);
    token.phase = phase;
    this.effects.push({ type: 'incidentRaised', id, flowNode: token.node.id, code, message });
  }

  node(id: string): FlowNode {
    const node = this.definition.nodes[id];
    if (node === undefined) throw new Error(`the definition has no flow node ${id}`);
    return node;
  }

  token(id: number): LiveToken {
    const token = this.tokens.find((candidate) => candidate.id === id);
    if (token === undefined) throw new Error(`the instance has no token ${id}`);
    return token;
  }

  emit(effect: Effect): void {
    this.effects.push(effect);
  }

  identify(prefix: string): string {
    return `${prefix}${++this.sequence}`;
  }

  create(node: FlowNode, scope: number): LiveToken {
    const token = new LiveToken(++this.sequence, scope, node);
    this.tokens.push(token);
    return token;
  }

  place(token: LiveToken, node: FlowNode, flow: string | null): void {
    token.node = node;
    token.flow = flow;
    token.waiting = null;
    token.work = null;
    token.phase = null;
    token.stored = null;
  }

  schedule(token: LiveToken, phase: Phase): void {
    token.waiting = null;
    token.work = null;
    token.phase = null;
    token.stored = null;
    this.queue.push(token);
    this.phases.push(phase);
  }

  wait(token: LiveToken, waiting: Waiting, work?: string): void {
    token.waiting = waiting;
    token.work = work ?? null;
    token.phase = null;
    token.stored = null;
  }

  touch(token: LiveToken): void {
    token.stored = null;
  }

  consume(token: LiveToken): void {
    token.alive = false;
  }

  kill(token: LiveToken): void {
    if (!token.alive) return;
    token.alive = false;
    const flowNode = token.node.id;
    const id = token.work ?? '';
    if (token.waiting === 'task') this.effects.push({ type: 'taskCancelled', id, flowNode });
    else if (token.waiting === 'job') this.effects.push({ type: 'jobCancelled', id, flowNode });
    else if (token.waiting === 'call') this.effects.push({ type: 'callCancelled', id, flowNode });
    else if (token.waiting === 'incident') this.effects.push({ type: 'incidentResolved', id, flowNode });
    this.unsubscribe(token);
    if (token.loop !== null) for (const other of this.tokens) if (other.of === token.id) this.kill(other);
    if (UNDOING.has(token.waiting ?? '')) giveUp(this, token);
    for (const scope of this.scopes) if (scope.owner === token.id) this.clear(scope);
  }

  private clear(scope: Scope): void {
    this.closeScope(scope);
    for (const token of this.tokens) if (token.scope === scope.id) this.kill(token);
    this.completed = this.completed.filter((one) => one.scope !== scope.id);
  }

  countMove(moves = 1): void {
    if (this.moves + moves > MAX_MOVES) {
      throw new ModelError('TOO_MANY_MOVES', `more than ${MAX_MOVES} moves of tokens in one step`);
    }
    this.moves += moves;
  }

  variables(token: LiveToken | null): Variables {
    return token === null ? this.root : visibleVariables(this, token, this.root);
  }

  assign(token: LiveToken | null, variables: Variables | undefined): void {
    if (variables !== undefined) this.root = assignVariables(this, token, this.root, variables);
  }

  evaluate(expression: Expression, token: LiveToken, local?: Variables): Json {
    const visible = this.variables(token);
    return expression.evaluate(local === undefined ? visible : { ...visible, ...local });
  }

  test(expression: Expression, token: LiveToken, element: string, local?: Variables): boolean {
    const value = this.evaluate(expression, token, local);
    if (typeof value === 'boolean') return value;
    const text = `the condition "${expression.text}" of ${element} is ${JSON.stringify(value)}, not true or false`;
    throw new ModelError('CONDITION_NOT_BOOLEAN', text);
  }

  openScope(node: FlowNode, owner: LiveToken): Scope {
    const scope: Scope = { id: ++this.sequence, node: node.id, owner: owner.id };
    if (owner.scope !== 0) scope.parent = owner.scope;
    this.scopes.push(scope);
    return scope;
  }

  closeScope(scope: Scope): void {
    this.scopes = this.scopes.filter((other) => other !== scope);
  }

  subscribe(subscription: Subscription): void {
    this.subscriptions.push(subscription);
  }

  remove(subscription: Subscription): void {
    this.subscriptions = this.subscriptions.filter((other) => other !== subscription);
  }

  replace(subscription: Subscription, by: Subscription): void {
    this.subscriptions = this.subscriptions.map((other) => (other === subscription ? by : other));
  }

  unsubscribe(token: LiveToken): void {
    if (!this.subscriptions.some((subscription) => subscription.token === token.id)) return;
    this.unsubscribeAll((subscription) => subscription.token === token.id);
  }

  unsubscribeAll(meets: (subscription: Subscription) => boolean): void {
    const kept: Subscription[] = [];
    for (const subscription of this.subscriptions) {
      if (!meets(subscription)) kept.push(subscription);
      else if (subscription.kind === 'timer') {
        this.effects.push({ type: 'timerCancelled', id: subscription.id, flowNode: subscription.node });
      }
    }
    this.subscriptions = kept;
  }

  end(status: Exclude<Status, 'active'>, details?: { error?: string; reason?: string }): void {
    for (const token of this.tokens) this.kill(token);
    this.unsubscribeAll(() => true);
    this.completed = [];
    this.status = status;
    this.effects.push({ type: 'instanceEnded', status, variables: this.root, ...details });
  }
}
