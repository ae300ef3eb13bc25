import type { Json } from '../../../src/domain/json.ts';
import {
  type CompiledDefinition,
  type EngineCommand,
  type EngineEffect,
  type Interpreter,
  RejectedCommand,
  type StepContext,
} from '../../../src/engine/interpreter.ts';

/** Something the instance waits for. */
export interface Open {
  kind: 'task' | 'job' | 'timer' | 'incident';
  id: string;
  flowNode: string;
  instance?: number;
}

/** One instance on one engine; between two steps its state has been written as JSON and read again, as in a store. */
export class Runner {
  readonly interpreter: Interpreter;
  readonly definition: CompiledDefinition;
  state: Json | null = null;
  open: Open[] = [];
  ended = false;

  constructor(interpreter: Interpreter, definition: CompiledDefinition) {
    this.interpreter = interpreter;
    this.definition = definition;
  }

  async step(command: EngineCommand, context: StepContext): Promise<EngineEffect[]> {
    const { state, effects } = await this.interpreter.step(this.definition, this.state, command, context);
    this.state = JSON.parse(JSON.stringify(state));
    for (const effect of effects) this.note(effect);
    return effects;
  }

  /** The effects of a step, or the code with which it was rejected. */
  async attempt(command: EngineCommand, context: StepContext): Promise<EngineEffect[] | string> {
    try {
      return await this.step(command, context);
    } catch (error) {
      if (error instanceof RejectedCommand) return error.code;
      throw error;
    }
  }

  /** What waits, in an order that no identifier and no interleaving of branches changes. */
  choices(): Open[] {
    const key = ({ kind, flowNode, instance }: Open) => `${kind} ${flowNode} ${instance ?? ''}`;
    return this.open.toSorted((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
  }

  only(flowNode: string): Open {
    const found = this.open.filter((open) => open.flowNode === flowNode);
    const [first] = found;
    if (first === undefined || found.length > 1) throw new Error(`${found.length} of ${flowNode} are open`);
    return first;
  }

  private note(effect: EngineEffect): void {
    switch (effect.type) {
      case 'taskCreated':
        this.add('task', effect);
        break;
      case 'jobRequested':
        this.add('job', { id: effect.id, flowNode: effect.flowNode });
        break;
      case 'timerScheduled':
        this.add('timer', effect);
        break;
      case 'incidentRaised':
        this.add('incident', effect);
        break;
      case 'instanceEnded':
        this.ended = true;
        if (this.open.length > 0) throw new Error(`ended with ${JSON.stringify(this.open)} open`);
        break;
      case 'taskCompleted':
      case 'taskCancelled':
      case 'jobCompleted':
      case 'jobCancelled':
      case 'timerFired':
      case 'timerCancelled':
      case 'incidentResolved':
        if (!this.open.some(({ id }) => id === effect.id))
          throw new Error(`${effect.type} of unknown ${effect.id}`);
        this.open = this.open.filter(({ id }) => id !== effect.id);
    }
  }

  private add(kind: Open['kind'], effect: { id: string; flowNode: string; instance?: number }): void {
    const { id, flowNode, instance } = effect;
    if (this.open.some((open) => open.id === id)) throw new Error(`${id} is open twice`);
    this.open.push({ kind, id, flowNode, ...(instance !== undefined && { instance }) });
  }
}

/** The command that does what is open. */
export function commandFor(open: Open, variables: Record<string, Json>): EngineCommand {
  switch (open.kind) {
    case 'task':
      return { type: 'completeTask', id: open.id, variables };
    case 'job':
      return { type: 'completeJob', id: open.id, variables };
    case 'timer':
      return { type: 'fireTimer', id: open.id };
    case 'incident':
      return { type: 'retry', id: open.id };
  }
}
