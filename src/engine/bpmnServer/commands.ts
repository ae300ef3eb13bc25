import type { Execution } from 'bpmn-server';
import type { JsonObject } from '../../domain/json.ts';
import { type EngineCommand, RejectedCommand } from '../interpreter.ts';
import { type Announced, currentStep } from './currentStep.ts';
import { faultOf } from './fault.ts';
import { startInstances } from './guards/multiInstance.ts';
import { orderOf } from './guards/stableIds.ts';
import { raiseIncident } from './incident.ts';
import { INSTANCE_ID } from './instanceDocument.ts';
import { isLive, type Library, type Token, tokensOf } from './library.ts';
import { marksOf } from './marks.ts';
import type { Embedded } from './model.ts';
import { conclude } from './waiting.ts';

/** Carries out one command within the current step; answers the execution at rest. @throws RejectedCommand */
export async function carryOut(
  library: Library,
  { engine }: Embedded,
  command: EngineCommand,
): Promise<Execution> {
  const { core } = currentStep();
  if (command.type === 'start') return engine.start(core.hash, command.variables);
  const execution = await engine.get({ id: INSTANCE_ID });
  switch (command.type) {
    case 'completeTask':
      return signal(execution, 'task', command.id, command.variables);
    case 'completeJob':
      return signal(execution, 'job', command.id, command.variables);
    case 'fireTimer':
      return signal(execution, 'timer', command.id, {});
    case 'correlateMessage': {
      const token = subscriberOf(execution, command.name);
      if (token !== undefined) return receive(execution, token.currentItem.id, command.variables);
      throw new RejectedCommand('NO_SUBSCRIPTION', `nothing waits for message ${command.name}`);
    }
    case 'retry':
      await retry(library, execution, command.id);
      return execution;
    case 'broadcastSignal':
    case 'completeCall':
    case 'throwError':
    case 'skip':
    case 'setVariables':
    case 'moveToken':
      throw new RejectedCommand('UNSUPPORTED', `bpmn-server has no ${command.type}`);
    case 'cancel':
      for (const token of tokensOf(execution)) await token.terminate();
      return execution;
  }
}

/** The token that has waited longest for a message. */
function subscriberOf(execution: Execution, name: string): Token | undefined {
  const { core } = currentStep();
  const waiting = tokensOf(execution).filter((token) => {
    const event = core.nodes[token.currentNode.id]?.event;
    const isFree = isLive(token) && marksOf(token).incident === undefined;
    return isFree && event?.kind === 'message' && event.message.name === name;
  });
  return waiting.toSorted((a, b) => orderOf(a.currentItem.id) - orderOf(b.currentItem.id))[0];
}

async function signal(
  execution: Execution,
  kind: Announced['kind'],
  id: string,
  variables: JsonObject,
): Promise<Execution> {
  const waiting = currentStep().announced.get(id);
  if (waiting?.kind !== kind) throw new RejectedCommand('NOT_WAITING', `no open ${kind} has the id ${id}`);
  conclude(id, 'done');
  return receive(execution, id, variables);
}

async function receive(execution: Execution, item: string, variables: JsonObject): Promise<Execution> {
  await execution.signalItem(item, variables, null);
  return execution;
}

async function retry(library: Library, execution: Execution, id: string): Promise<void> {
  const token = tokensOf(execution).find((candidate) => marksOf(candidate).incident?.id === id);
  if (token === undefined) throw new RejectedCommand('NOT_WAITING', `no open incident has the id ${id}`);
  const phase = marksOf(token).incident?.phase;
  conclude(token.currentItem.id, 'done');
  if (phase === 'enter' || phase === 'begin') {
    token.path = [];
    await token.execute(null);
    return;
  }
  delete marksOf(token).incident;
  if (phase === 'leave') {
    token.currentItem.status = library.ITEM_STATUS.end;
    await token.goNext();
  } else if (phase === 'instances') await retryInstances(library, token);
}

async function retryInstances(library: Library, activity: Token): Promise<void> {
  try {
    await startInstances(library, activity);
  } catch (error) {
    const fault = faultOf(error);
    if (fault === null || !isLive(activity)) throw error;
    raiseIncident(library, activity, fault, 'instances');
  }
}
