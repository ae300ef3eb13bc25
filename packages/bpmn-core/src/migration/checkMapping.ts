import type { Definition } from '../types.ts';
import { newId, type Plan } from './plan.ts';

/** Refuses a mapping that speaks of what is not there, and a process that has no counterpart. */
export function checkMapping(plan: Plan): void {
  const { from, to, state, mapping, report } = plan;
  for (const [old, id] of Object.entries(mapping)) {
    const kind = kindOf(from, old);
    if (kind === null) {
      const message = `the mapping names ${old}, which is not in the old definition`;
      report.refuse('mapping-unknown', old, message, { to: id });
    } else if (kindOf(to, id) !== kind) {
      const message = `${old} is mapped to ${id}, which is no ${kind} of the new definition`;
      report.refuse('mapping-unknown', old, message, { to: id });
    }
  }
  const process = newId(plan, state.process);
  if (to.processes[process] !== undefined) return;
  const message = `the new definition has no process ${process}: map ${state.process} to the one it has`;
  report.refuse('process-missing', state.process, message, { to: process });
}

function kindOf(definition: Definition, id: string): string | null {
  if (definition.nodes[id] !== undefined) return 'flow node';
  if (definition.flows[id] !== undefined) return 'sequence flow';
  return definition.processes[id] === undefined ? null : 'process';
}
