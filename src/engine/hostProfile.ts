import type { Definition, FlowNode } from '@shubbak/bpmn-core';
import { compileCore } from './bpmnCore.ts';
import { type Interpreter, type Refusal, RefusedDefinition } from './interpreter.ts';

/** A construct that the interpreter runs but whose effect nobody would carry out. */
interface Unserved {
  construct: string;
  isIn: (node: FlowNode, definition: Definition) => boolean;
  instead: string;
}

/** Whether a process begins here otherwise than by being started. */
function isStartedBy({ id, container }: FlowNode, { processes, containers }: Definition): boolean {
  if (processes[container] === undefined) return false;
  const { messageStarts = [], signalStarts = [], watchedStarts = [] } = containers[container] ?? {};
  return [...messageStarts, ...signalStarts, ...watchedStarts].includes(id);
}

/** Processes of one dossier speak to each other by messages and signals, but the host alone begins them. */
const UNSERVED: readonly Unserved[] = [
  {
    construct: 'bpmn:CallActivity',
    isIn: ({ type }) => type === 'bpmn:CallActivity',
    instead: 'an embedded sub-process',
  },
  {
    construct: 'a process that an event starts',
    isIn: isStartedBy,
    instead: 'a none start event',
  },
];

/**
 * Why a diagram is not published: what its engine would not run as drawn, or else what the host would not carry out. Empty
 * when both would.
 */
export async function refusalsOf(interpreter: Interpreter, xml: string): Promise<Refusal[]> {
  try {
    await interpreter.compile(xml, 'publication');
    return unservedBy(await compileCore(xml));
  } catch (error) {
    if (error instanceof RefusedDefinition) return error.refusals;
    throw error;
  }
}

function unservedBy(definition: Definition): Refusal[] {
  return Object.values(definition.nodes).flatMap((node) =>
    UNSERVED.filter(({ isIn }) => isIn(node, definition)).map(({ construct, instead }) => ({
      rule: 'unserved-element',
      element: node.id,
      message: `${construct} is not served here; draw instead: ${instead}`,
      params: { construct, instead },
    })),
  );
}
