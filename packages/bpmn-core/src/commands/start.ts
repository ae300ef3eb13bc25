import { CommandError } from '../errors.ts';
import type { Definition, FlowNode, Json } from '../types.ts';

/** The process to run and the start event to run it from. */
export interface Beginning {
  readonly process: string;
  readonly node: FlowNode;
}

/** Finds where `start` begins: at the none start event, or else at the only message start event (clause 13.2). */
export function start(definition: Definition, command: { process?: string }): Beginning {
  const process = command.process ?? Object.keys(definition.processes)[0] ?? '';
  if (definition.processes[process] === undefined) {
    throw new CommandError('UNKNOWN_PROCESS', `the definition has no process ${process}`);
  }
  const { noneStart = null, messageStarts = [] } = definition.containers[process] ?? {};
  const only = messageStarts.length === 1 ? messageStarts[0] : undefined;
  const node = definition.nodes[noneStart ?? only ?? ''];
  if (node !== undefined) return { process, node };
  throw new CommandError('UNKNOWN_PROCESS', `${process} starts with one of several messages: correlate it`);
}

/** Finds the message start event that a message triggers (clause 13.5.1). */
export function startByMessage(definition: Definition, command: { name: string; key?: Json }): Beginning {
  for (const process of Object.keys(definition.processes)) {
    for (const id of definition.containers[process]?.messageStarts ?? []) {
      const node = definition.nodes[id];
      if (node?.event?.kind === 'message' && node.event.message.name === command.name)
        return { process, node };
    }
  }
  throw new CommandError('NO_SUBSCRIPTION', `no process starts with message ${command.name}`);
}
