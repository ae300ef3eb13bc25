import type { Definition, FlowNode } from '@shubbak/bpmn-core';
import { compileCore } from './bpmnCore.ts';
import { type Interpreter, type Refusal, RefusedDefinition } from './interpreter.ts';

/**
 * Why a diagram is not published: what its engine would not run as drawn, or else what the host would not carry out. Empty
 * when both would. Processes of one dossier speak to and call each other, but no event begins one.
 */
export async function refusalsOf(
  interpreter: Interpreter,
  xml: string,
  isPublished: (procedure: string) => Promise<boolean>,
): Promise<Refusal[]> {
  try {
    await interpreter.compile(xml, 'publication');
    const definition = await compileCore(xml);
    return [...begunByEvents(definition), ...(await callsOfNothing(definition, isPublished))];
  } catch (error) {
    if (error instanceof RefusedDefinition) return error.refusals;
    throw error;
  }
}

function begunByEvents(definition: Definition): Refusal[] {
  const construct = 'a process that an event starts';
  const instead = 'a none start event';
  return Object.values(definition.nodes)
    .filter((node) => isBegunAt(node, definition))
    .map(({ id }) => ({
      rule: 'unserved-element',
      element: id,
      message: `${construct} is not served here; draw instead: ${instead}`,
      params: { construct, instead },
    }));
}

/** Whether a process begins here otherwise than by being started. */
function isBegunAt({ id, container }: FlowNode, { processes, containers }: Definition): boolean {
  if (processes[container] === undefined) return false;
  const { messageStarts = [], signalStarts = [], watchedStarts = [] } = containers[container] ?? {};
  return [...messageStarts, ...signalStarts, ...watchedStarts].includes(id);
}

/** A call names a procedure, of which the version runs that is in force when it is called. */
async function callsOfNothing(
  { nodes }: Definition,
  isPublished: (procedure: string) => Promise<boolean>,
): Promise<Refusal[]> {
  const refusals: Refusal[] = [];
  for (const { id, call } of Object.values(nodes)) {
    if (call === null || (await isPublished(call.process))) continue;
    const { process } = call;
    const message = `${id} calls ${process}, which is no published procedure; name one, or publish it first`;
    refusals.push({ rule: 'unknown-procedure', element: id, message, params: { process } });
  }
  return refusals;
}
