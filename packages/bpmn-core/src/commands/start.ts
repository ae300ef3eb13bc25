import { CommandError } from '../errors.ts';
import { partsOf } from '../events/parts.ts';
import type { Kernel } from '../runtime/kernel.ts';
import type { Command, Container, Definition, EventDefinition, FlowNode } from '../types.ts';

/** The process to run and the node to run it from. */
export interface Beginning {
  readonly process: string;
  readonly node: FlowNode;
}

/** Finds where an instance begins that does not exist yet (clauses 13.2 and 13.5.1). @throws CommandError */
export function beginning(definition: Definition, command: Command): Beginning {
  switch (command.type) {
    case 'start':
      return start(definition, command);
    case 'correlateMessage': {
      const found = triggered(definition, 'messageStarts', command.name);
      if (found !== null) return found;
      throw new CommandError('NO_SUBSCRIPTION', `no process starts with message ${command.name}`);
    }
    case 'broadcastSignal': {
      const found = triggered(definition, 'signalStarts', command.name);
      if (found !== null) return found;
      throw new CommandError('NO_SUBSCRIPTION', `no process starts with signal ${command.name}`);
    }
    default:
      throw new CommandError('NOT_STARTED', `${command.type} needs an instance that has started`);
  }
}

/** At the timer or conditional start event that has occurred, or the none start event, or else the only message start event. */
function start(definition: Definition, command: { process?: string; startEvent?: string }): Beginning {
  const process = command.process ?? Object.keys(definition.processes)[0] ?? '';
  const container = definition.containers[process];
  if (definition.processes[process] === undefined || container === undefined) {
    throw new CommandError('UNKNOWN_PROCESS', `the definition has no process ${process}`);
  }
  const { startEvent } = command;
  if (startEvent !== undefined) {
    const node = definition.nodes[startEvent];
    if (node !== undefined && container.watchedStarts.includes(startEvent)) return { process, node };
    throw new CommandError('UNKNOWN_PROCESS', `${process} is not started by ${startEvent}`);
  }
  const [only, second] = container.messageStarts;
  const node = definition.nodes[container.noneStart ?? (second === undefined ? only : undefined) ?? ''];
  if (node?.type === 'bpmn:StartEvent') return { process, node };
  throw new CommandError('UNKNOWN_PROCESS', `${process} starts with an event: say which has occurred`);
}

function triggered(
  definition: Definition,
  starts: keyof Pick<Container, 'messageStarts' | 'signalStarts'>,
  name: string,
): Beginning | null {
  for (const process of Object.keys(definition.processes)) {
    for (const id of definition.containers[process]?.[starts] ?? []) {
      const node = definition.nodes[id];
      const names = node === undefined ? [] : partsOf(node).flatMap((event) => nameOf(event, starts) ?? []);
      if (node !== undefined && names.includes(name)) return { process, node };
    }
  }
  return null;
}

function nameOf(event: EventDefinition, starts: 'messageStarts' | 'signalStarts'): string | null {
  if (starts === 'messageStarts') return event.kind === 'message' ? event.message.name : null;
  return event.kind === 'signal' ? event.name : null;
}

/**
 * Puts the first token where the instance begins. A catching node that begins it has caught already; behind a parallel
 * event-based gateway the other events are awaited too (clause 10.6.6).
 */
export function begin(kernel: Kernel, node: FlowNode): void {
  const token = kernel.create(node, 0);
  if (node.type === 'bpmn:StartEvent') {
    kernel.schedule(token, 'enter');
    return;
  }
  const gateway = gatewayBefore(kernel, node);
  if (gateway !== null) {
    kernel.emit({ type: 'flowNodeEntered', flowNode: gateway.id });
    kernel.emit({ type: 'flowNodeLeft', flowNode: gateway.id });
  }
  kernel.emit({ type: 'flowNodeEntered', flowNode: node.id });
  kernel.schedule(token, 'leave');
  if (gateway?.awaitsAll !== true) return;
  for (const flow of gateway.outgoing) {
    const target = kernel.node(kernel.definition.flows[flow]?.target ?? '');
    if (target !== node) kernel.schedule(kernel.create(target, 0), 'enter');
  }
}

function gatewayBefore(kernel: Kernel, node: FlowNode): FlowNode | null {
  const source = kernel.definition.flows[node.incoming[0] ?? '']?.source;
  return source === undefined ? null : kernel.node(source);
}
