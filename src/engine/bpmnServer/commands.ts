import type { Execution } from 'bpmn-server';
import type { JsonObject } from '../../domain/json.ts';
import { type EngineCommand, RejectedCommand } from '../interpreter.ts';
import { type Announced, currentStep } from './currentStep.ts';
import { faultOf } from './fault.ts';
import { startInstances } from './guards/multiInstance.ts';
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
  const { before, core } = currentStep();
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
      const subscribed = before?.tokens.find(({ node }) => {
        const event = core.nodes[node]?.event;
        return event?.kind === 'message' && event.message.name === command.name;
      });
      if (subscribed !== undefined) return receive(execution, subscribed.item, command.variables);
      throw new RejectedCommand('NO_SUBSCRIPTION', `nothing waits for message ${command.name}`);
    }
    case 'retry':
      await retry(library, execution, command.id);
      return execution;
    case 'cancel':
      for (const token of tokensOf(execution)) await token.terminate();
      return execution;
  }
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
  if (phase === 'begin') {
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
