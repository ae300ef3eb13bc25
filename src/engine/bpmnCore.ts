import {
  type Command,
  CommandError,
  CompileError,
  compile,
  type Definition,
  type State,
  StateError,
  step,
  upgradeState,
} from '@shubbak/bpmn-core';
import type { Json } from '../domain/json.ts';
import { insideCore } from './insideCore.ts';
import {
  type CompiledDefinition,
  type EngineCommand,
  type EngineEffect,
  INTERVENTIONS,
  type Interpreter,
  RefusedDefinition,
  RejectedCommand,
  type StepContext,
} from './interpreter.ts';

/** A definition that bpmn-core has compiled. */
interface CoreDefinition extends CompiledDefinition {
  readonly engine: 'bpmn-core';
  readonly core: Definition;
}

/** The default engine: the interpreter of packages/bpmn-core behind the interface both engines share. */
export function bpmnCore(): Interpreter {
  return {
    name: 'bpmn-core',
    interventions: INTERVENTIONS,

    async compile(xml, hash): Promise<CoreDefinition> {
      const core = await compileCore(xml);
      return { engine: 'bpmn-core', hash, nodes: nodesOf(core), core };
    },

    async step(definition, state, command, context) {
      if (!isCoreDefinition(definition)) throw new Error(`${definition.hash} was compiled by another engine`);
      return stepCore(definition.core, state, command, context);
    },

    async inspect(definition, state) {
      if (!isCoreDefinition(definition)) throw new Error(`${definition.hash} was compiled by another engine`);
      return insideCore(definition.core, readState(state));
    },
  };
}

/** Compiles with bpmn-core. @throws RefusedDefinition with every reason why the diagram would not run as drawn */
export async function compileCore(xml: string): Promise<Definition> {
  try {
    return await compile(xml);
  } catch (error) {
    if (error instanceof CompileError) throw new RefusedDefinition(error.refusals);
    throw error;
  }
}

/** What the host needs to know of the flow nodes. */
export function nodesOf(definition: Definition): CompiledDefinition['nodes'] {
  return Object.fromEntries(
    Object.values(definition.nodes).map(({ id, type, extension }) => [
      id,
      { type, extension: { ...extension } },
    ]),
  );
}

function isCoreDefinition(definition: CompiledDefinition): definition is CoreDefinition {
  return 'engine' in definition && definition.engine === 'bpmn-core';
}

function stepCore(definition: Definition, state: Json | null, command: EngineCommand, context: StepContext) {
  try {
    const before = state === null ? null : readState(state);
    const result = step(definition, before, asCommand(command), context);
    // A state is plain JSON by design; its members are optional, which the type of JSON cannot say.
    // Commands that the host does not give have effects that it does not know.
    return {
      state: result.state as unknown as Json,
      effects: result.effects as EngineEffect[],
      awaits: awaitedAnew(before, result.state),
    };
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    throw new RejectedCommand(codeOf(error), error.message, { cause: error });
  }
}

/** The messages that a state waits for and the one before did not: subscriptions never get the same name twice. */
function awaitedAnew(before: State | null, after: State): string[] {
  const known = new Set(before?.subscriptions.map(({ id }) => id));
  return after.subscriptions.flatMap((one) =>
    one.kind === 'message' && !known.has(one.id) ? [one.name] : [],
  );
}

/** Outside, tokens are named by text, as all that waits is. */
const asCommand = (command: EngineCommand): Command =>
  command.type === 'moveToken' ? { ...command, token: Number(command.token) } : command;

/** A stored state is what an earlier step gave, of this version or one before; anything else is refused. */
function readState(state: Json): State {
  try {
    return upgradeState(state);
  } catch (error) {
    if (!(error instanceof StateError)) throw error;
    throw new RejectedCommand('OTHER', `the state is none of bpmn-core: ${error.message}`, { cause: error });
  }
}

function codeOf(error: CommandError): RejectedCommand['code'] {
  switch (error.code) {
    case 'ENDED':
    case 'NOT_WAITING':
    case 'NO_SUBSCRIPTION':
    case 'NOT_SKIPPABLE':
    case 'NOT_A_PLACE':
      return error.code;
    case 'UNKNOWN_TOKEN':
      return 'NOT_WAITING';
    case 'TOKEN_OF_LOOP':
      return 'NOT_A_PLACE';
    default:
      return 'OTHER';
  }
}
