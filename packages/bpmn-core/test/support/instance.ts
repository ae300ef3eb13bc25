import { expect } from 'chai';
import {
  type Command,
  CommandError,
  type Context,
  compile,
  type Definition,
  type Effect,
  type Json,
  type Refusal,
  type State,
  type Token,
  type Variables,
} from '../../src/index.ts';
import { checkedMigration, checkedStep } from './checkedStep.ts';
import { diagram } from './diagram.ts';

export const T0 = Date.UTC(2026, 0, 1);
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

export interface Options {
  declarations?: string;
  variables?: Variables;
  timerDue?: Context['timerDue'];
}

/** One instance under test: every step it makes is checked, and every open task, job, timer and incident is kept book of. */
export class Instance {
  now = T0;
  effects: Effect[] = [];
  readonly history: Effect[] = [];
  private definition: Definition;
  private readonly context: Options;
  private current: State | null = null;
  private readonly given = new Set<string>();
  private readonly open_ = new Set<string>();

  constructor(definition: Definition, options: Options = {}) {
    this.definition = definition;
    this.context = options;
  }

  get state(): State {
    if (this.current === null) throw new Error('not started');
    return this.current;
  }

  get status(): string {
    return this.state.status;
  }

  get variables(): Variables {
    return this.state.variables;
  }

  /** Nodes with an open task, job or call, sorted, with blanks between. */
  get open(): string {
    return this.at('task', 'job', 'call');
  }

  /** Nodes with an open incident. */
  get incidents(): string {
    return this.at('incident');
  }

  /** Nodes that a token has entered, in order. */
  get trace(): string {
    return this.nodes('flowNodeEntered');
  }

  nodes(type: Effect['type'], effects = this.history): string {
    return effects
      .flatMap((effect) => (effect.type === type && 'flowNode' in effect ? [effect.flowNode] : []))
      .join(' ');
  }

  /** Every token of a node. */
  tokens(node: string): Token[] {
    return this.state.tokens.filter((token) => token.node === node);
  }

  /** Id of the nth open task, job or incident of a node. */
  work(node: string, nth = 0): string {
    const found = this.tokens(node).filter((token) => token.work !== undefined)[nth]?.work;
    if (found === undefined) throw new Error(`nothing open at ${node}; open: ${this.open}`);
    return found;
  }

  timer(node: string): { id: string; due: number } {
    const found = this.state.subscriptions.find((candidate) => candidate.node === node);
    if (found?.kind !== 'timer') throw new Error(`no timer at ${node}`);
    return found;
  }

  /** Carries out one command, with the checks. */
  do(command: Command): Effect[] {
    const { timerDue } = this.context;
    const context: Context = timerDue ? { now: this.now, timerDue } : { now: this.now };
    const result = checkedStep(this.definition, this.current, command, context);
    for (const effect of result.effects) this.keepBook(effect, command);
    this.current = result.state;
    this.effects = result.effects;
    this.history.push(...result.effects);
    this.compareBook();
    return result.effects;
  }

  /** Moves the instance to another definition, with the checks; the refusals, if it cannot be moved. */
  migrate(to: Definition, mapping: Record<string, string> = {}): Refusal[] {
    const before = JSON.stringify(this.state);
    const result = checkedMigration(this.definition, to, this.state, mapping, { now: this.now });
    expect(JSON.stringify(this.state)).to.equal(before);
    if ('refusals' in result) return result.refusals;
    for (const effect of result.effects) this.keepBook(effect, { type: 'cancel' });
    this.definition = to;
    this.current = result.state;
    this.effects = result.effects;
    this.history.push(...result.effects);
    this.compareBook();
    return [];
  }

  /** Code of the CommandError that a command meets; the instance stays as it was. */
  refusal(command: Command): string {
    const before = JSON.stringify(this.current);
    try {
      this.do(command);
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      expect(JSON.stringify(this.current)).to.equal(before);
      return error.code;
    }
    throw new Error('the command was carried out');
  }

  complete(node: string, variables?: Variables, nth = 0): void {
    const id = this.work(node, nth);
    const type = id.startsWith('task')
      ? 'completeTask'
      : id.startsWith('job')
        ? 'completeJob'
        : 'completeCall';
    this.do(variables ? { type, id, variables } : { type, id });
  }

  send(name: string, key?: Json, variables: Variables = {}): void {
    this.do({ type: 'correlateMessage', name, variables, ...(key !== undefined && { key }) });
  }

  broadcast(name: string, variables: Variables = {}): void {
    this.do({ type: 'broadcastSignal', name, variables });
  }

  escalate(node: string, code: string, variables: Variables = {}): void {
    this.do({ type: 'throwEscalation', id: this.work(node), code, variables });
  }

  set(variables: Variables): void {
    this.do({ type: 'setVariables', variables });
  }

  fire(node: string): void {
    const { id, due } = this.timer(node);
    this.now = Math.max(this.now, due);
    this.do({ type: 'fireTimer', id });
  }

  retry(node: string, variables: Variables = {}): void {
    this.do({ type: 'retry', id: this.work(node), variables });
  }

  throwError(node: string, code: string, variables: Variables = {}): void {
    this.do({ type: 'throwError', id: this.work(node), code, variables });
  }

  private at(...waiting: string[]): string {
    return this.state.tokens
      .filter((token) => waiting.includes(token.waiting ?? ''))
      .map((token) => token.node)
      .sort()
      .join(' ');
  }

  /** Each identifier is given once, and what it names is closed once. */
  private keepBook(effect: Effect, command: Command): void {
    switch (effect.type) {
      case 'taskCreated':
      case 'jobRequested':
      case 'callRequested':
      case 'timerScheduled':
      case 'incidentRaised':
        expect(this.given.has(effect.id), `${effect.id} is new`).to.equal(false);
        this.given.add(effect.id);
        this.open_.add(effect.id);
        if (effect.type === 'incidentRaised' && command.type === 'failJob') this.open_.delete(command.id);
        break;
      case 'taskCompleted':
      case 'taskCancelled':
      case 'jobCompleted':
      case 'jobCancelled':
      case 'callCompleted':
      case 'callCancelled':
      case 'timerFired':
      case 'timerCancelled':
      case 'incidentResolved':
        expect(this.open_.delete(effect.id), `${effect.id} was open`).to.equal(true);
        break;
    }
  }

  private compareBook(): void {
    const works = this.state.tokens.flatMap((token) => token.work ?? []);
    const timers = this.state.subscriptions.flatMap((each) => (each.kind === 'timer' ? [each.id] : []));
    expect([...this.open_].sort(), 'what is open').to.deep.equal([...works, ...timers].sort());
  }
}

/** Compiles the body of a process and starts an instance of it. */
export async function begin(body: string, options: Options = {}): Promise<Instance> {
  const instance = await prepare(body, options);
  const { variables } = options;
  instance.do(variables ? { type: 'start', variables } : { type: 'start' });
  return instance;
}

/** Compiles the body of a process; the instance is not started. */
export async function prepare(body: string, options: Options = {}): Promise<Instance> {
  return new Instance(await compile(diagram(body, options.declarations)), options);
}
