import { CommandError } from '../errors.ts';
import type { Kernel } from '../runtime/kernel.ts';
import { getPlace, put } from './places.ts';

/** Somebody lets one more token go on from a node, of the process or of a sub-process that is running. */
export function addToken(kernel: Kernel, command: { node: string; scope?: number; flow?: string }): void {
  const place = getPlace(kernel, containerOf(kernel, command.scope), command);
  const token = put(kernel, place, command.scope ?? 0);
  kernel.emit({ type: 'tokenAdded', token: token.id, flowNode: place.node.id });
}

/** The process or sub-process whose flow runs in a scope. @throws CommandError UNKNOWN_SCOPE */
function containerOf(kernel: Kernel, id: number | undefined): string {
  if (id === undefined) return Object.keys(kernel.definition.processes)[0] ?? '';
  const scope = kernel.scopes.find((candidate) => candidate.id === id);
  if (scope === undefined) throw new CommandError('UNKNOWN_SCOPE', `the instance has no scope ${id}`);
  return scope.node;
}
