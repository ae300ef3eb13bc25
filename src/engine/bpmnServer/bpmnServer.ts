import type { Definition } from '@shubbak/bpmn-core';
import type { Json } from '../../domain/json.ts';
import { compileCore, nodesOf } from '../bpmnCore.ts';
import {
  type CompiledDefinition,
  type EngineCommand,
  type EngineEffect,
  type Interpreter,
  RefusedDefinition,
  RejectedCommand,
  type StepContext,
  type StepResult,
} from '../interpreter.ts';
import { carryOut } from './commands.ts';
import { runStep, type Step } from './currentStep.ts';
import { embed } from './embedder.ts';
import { statusAtRest } from './guards/ending.ts';
import { toStored, variablesOf } from './instanceDocument.ts';
import type { Library } from './library.ts';
import { loadLibrary } from './load.ts';
import { type Embedded, isServerDefinition, type ServerDefinition } from './model.ts';
import { outsideProfile } from './profile.ts';
import { asStoredState, type StoredState } from './storedState.ts';

/**
 * bpmn-server 2.3.8 behind the interface both engines share, on the part of BPMN that it runs as the standard says: no
 * database, no timers, no services and no log of its own. The package is loaded by the first call.
 */
export async function bpmnServer(): Promise<Interpreter> {
  const library = await loadLibrary();
  const embedded = embed(library);
  return {
    name: 'bpmn-server',
    interventions: ['setVariables'],

    async compile(xml, hash): Promise<ServerDefinition> {
      const core = await compileCore(xml);
      const refusals = outsideProfile(core);
      if (refusals.length > 0) throw new RefusedDefinition(refusals);
      const model = await embedded.read(hash, xml);
      return { engine: 'bpmn-server', hash, nodes: nodesOf(core), core, model };
    },

    async step(definition, state, command, context) {
      if (!isServerDefinition(definition))
        throw new Error(`${definition.hash} was compiled by another engine`);
      return stepServer(library, embedded, definition, state, command, context);
    },

    async inspect(definition, state) {
      const { variables, tokens } = asStoredState(state, definition.hash);
      // Instances of an activity and armed boundary events are no tokens of their own to a reader.
      const resting = tokens.filter(({ role }) => role === undefined || role === 'gateway');
      return {
        variables,
        tokens: resting.map(({ item, node, incident }) => ({
          id: item,
          flowNode: node,
          work: incident?.id ?? item,
          waitsFor: incident === undefined ? 'unknown' : 'incident',
          mayGoTo: [],
        })),
        ways: [],
        starts: [],
      };
    },
  };
}

async function stepServer(
  library: Library,
  embedded: Embedded,
  definition: ServerDefinition,
  state: Json | null,
  command: EngineCommand,
  context: StepContext,
): Promise<StepResult> {
  const before = admit(definition, state, command);
  const { core, model } = definition;
  if (command.type === 'setVariables' && before !== null) {
    // Nothing of its profile looks at variables while it rests: the library need not be woken.
    const after: StoredState = { ...before, variables: { ...before.variables, ...command.variables } };
    const names = Object.keys(command.variables);
    return { state: after as unknown as Json, effects: [{ type: 'variablesSet', names }] };
  }
  const step: Step = {
    core,
    model,
    context,
    before,
    effects: [],
    announced: new Map(),
    terminated: false,
    moves: 0,
  };
  return runStep(step, async () => {
    const execution = await carryOut(library, embedded, command);
    const status = command.type === 'cancel' ? 'cancelled' : statusAtRest(library, execution);
    const after = toStored(execution, definition.hash, status, library);
    if (status !== 'active') {
      step.effects.push({ type: 'instanceEnded', status, variables: variablesOf(execution) });
    }
    // A stored state is plain JSON by design; its members are optional, which the type of JSON cannot say.
    const state = after as unknown as Json;
    return { state, effects: step.effects, awaits: mayAwait(core, step.effects) };
  });
}

/** The library does not say for what it has begun to wait: whoever entered a node may wait for all that is awaited anywhere. */
function mayAwait({ nodes }: Definition, effects: EngineEffect[]): string[] {
  if (!effects.some(({ type }) => type === 'flowNodeEntered')) return [];
  const names = Object.values(nodes).flatMap(({ event, type }) =>
    event?.kind === 'message' && !THROWING.has(type) ? [event.message.name] : [],
  );
  return [...new Set(names)];
}

const THROWING: ReadonlySet<string> = new Set(['bpmn:IntermediateThrowEvent', 'bpmn:EndEvent']);

/** The state to begin with, if the command fits it. @throws RejectedCommand */
function admit(
  definition: CompiledDefinition,
  state: Json | null,
  command: EngineCommand,
): StoredState | null {
  if (state === null) {
    if (command.type === 'start') return null;
    throw new RejectedCommand('OTHER', `${command.type} needs an instance that has started`);
  }
  const before = asStoredState(state, definition.hash);
  if (command.type === 'start') throw new RejectedCommand('OTHER', 'the instance has started already');
  if (before.status !== 'active') throw new RejectedCommand('ENDED', `the instance is ${before.status}`);
  return before;
}
