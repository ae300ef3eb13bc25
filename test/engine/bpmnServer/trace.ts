import type { EngineEffect } from '../../../src/engine/interpreter.ts';

/**
 * The canonical trace of one step: its effects without identifiers and wording, in alphabetical order, since the order
 * between parallel branches is nobody's promise.
 */
export function canonicalTrace(effects: readonly EngineEffect[]): string[] {
  return effects.map(canonicalEffect).sort();
}

function canonicalEffect(effect: EngineEffect): string {
  switch (effect.type) {
    case 'taskCreated':
      return `${effect.type} ${effect.flowNode} ${effect.instance ?? ''} ${stable(effect.variables)}`;
    case 'jobRequested':
      return `${effect.type} ${effect.flowNode} ${stable(effect.variables)}`;
    case 'timerScheduled':
      return `${effect.type} ${effect.flowNode} ${effect.due}`;
    case 'messageSent':
      return `${effect.type} ${effect.flowNode} ${effect.name} ${stable(effect.variables)}`;
    case 'incidentRaised':
      return `${effect.type} ${effect.flowNode} ${effect.code}`;
    case 'instanceEnded':
      return `${effect.type} ${effect.status} ${stable(effect.variables)}`;
    case 'variablesSet':
      return `${effect.type} ${effect.names.join(' ')}`;
    default:
      return `${effect.type} ${effect.flowNode}`;
  }
}

/** JSON with the members of objects in alphabetical order. */
function stable(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
