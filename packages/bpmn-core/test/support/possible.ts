import type { Command, Variables } from '../../src/index.ts';
import type { Instance } from './instance.ts';

/** All that a host could do next. */
export function possible(instance: Instance, variables: Variables): Command[] {
  const commands: Command[] = [];
  for (const token of instance.state.tokens) {
    if (token.waiting === 'task') commands.push({ type: 'completeTask', id: token.work ?? '', variables });
    if (token.waiting === 'job') commands.push({ type: 'completeJob', id: token.work ?? '', variables });
    if (token.waiting === 'incident') commands.push({ type: 'retry', id: token.work ?? '', variables });
  }
  for (const each of instance.state.subscriptions) {
    if (each.kind === 'timer') commands.push({ type: 'fireTimer', id: each.id });
    else if (each.kind === 'message') commands.push({ type: 'correlateMessage', name: each.name, variables });
    else if (each.kind === 'signal') commands.push({ type: 'broadcastSignal', name: each.name, variables });
    else commands.push({ type: 'setVariables', variables });
  }
  return commands;
}
