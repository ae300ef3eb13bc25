import { addToken } from '../commands/addToken.ts';
import { broadcastSignal } from '../commands/broadcastSignal.ts';
import { cancel } from '../commands/cancel.ts';
import { cancelToken } from '../commands/cancelToken.ts';
import { complete } from '../commands/complete.ts';
import { completeCall } from '../commands/completeCall.ts';
import { correlateMessage } from '../commands/correlateMessage.ts';
import { failJob } from '../commands/failJob.ts';
import { fireTimer } from '../commands/fireTimer.ts';
import { moveToken } from '../commands/moveToken.ts';
import { retry } from '../commands/retry.ts';
import { setVariables } from '../commands/setVariables.ts';
import { skip } from '../commands/skip.ts';
import { begin, beginning } from '../commands/start.ts';
import { throwError } from '../commands/throwError.ts';
import { throwEscalation } from '../commands/throwEscalation.ts';
import { CommandError } from '../errors.ts';
import type { Command, Context, Definition, State, StepResult } from '../types.ts';
import { Run } from './run.ts';

/**
 * Carries out one command and moves tokens until all are at rest. Pure: the same arguments give the same result, nothing
 * given is changed, and the new state shares what did not change. `state` is null before the instance has started, which
 * `start` does, or `correlateMessage` and `broadcastSignal` for a process that a message or signal starts.
 * @throws CommandError if the command does not fit the state
 */
export function step(
  definition: Definition,
  state: State | null,
  command: Command,
  context: Context,
): StepResult {
  if (state === null) return startInstance(definition, command, context);
  if (command.type === 'start') throw new CommandError('ALREADY_STARTED', 'the instance has started already');
  if (state.definition !== definition.hash) {
    throw new CommandError('DEFINITION_MISMATCH', `the instance runs on definition ${state.definition}`);
  }
  if (state.status !== 'active') throw new CommandError('ENDED', `the instance is ${state.status}`);
  const run = new Run(definition, state, context);
  switch (command.type) {
    case 'completeTask':
      complete(run, 'task', command);
      break;
    case 'completeJob':
      complete(run, 'job', command);
      break;
    case 'failJob':
      failJob(run, command);
      break;
    case 'completeCall':
      completeCall(run, command);
      break;
    case 'throwEscalation':
      throwEscalation(run, command);
      break;
    case 'broadcastSignal':
      broadcastSignal(run, command);
      break;
    case 'throwError':
      throwError(run, command);
      break;
    case 'retry':
      retry(run, command);
      break;
    case 'skip':
      skip(run, command);
      break;
    case 'correlateMessage':
      correlateMessage(run, command);
      break;
    case 'fireTimer':
      fireTimer(run, command);
      break;
    case 'setVariables':
      setVariables(run, command);
      break;
    case 'cancel':
      cancel(run, command);
      break;
    case 'moveToken':
      moveToken(run, command);
      break;
    case 'addToken':
      addToken(run, command);
      break;
    case 'cancelToken':
      cancelToken(run, command);
      break;
  }
  run.settle();
  return run.result();
}

function startInstance(definition: Definition, command: Command, context: Context): StepResult {
  const { process, node } = beginning(definition, command);
  const run = new Run(definition, emptyState(definition, process), context);
  if ('variables' in command) run.assign(null, command.variables);
  begin(run, node);
  run.settle();
  return run.result();
}

function emptyState(definition: Definition, process: string): State {
  return {
    schema: 1,
    definition: definition.hash,
    process,
    status: 'active',
    sequence: 0,
    variables: {},
    tokens: [],
    scopes: [],
    subscriptions: [],
  };
}
