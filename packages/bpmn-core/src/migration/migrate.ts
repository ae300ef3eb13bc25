import { Report } from '../compile/report.ts';
import { CommandError } from '../errors.ts';
import { Run } from '../runtime/run.ts';
import type { Context, Definition, MigrationResult, State } from '../types.ts';
import { checkMapping } from './checkMapping.ts';
import { checkSubscriptions } from './checkSubscriptions.ts';
import { checkTokens } from './checkTokens.ts';
import { armNewEvents } from './newEvents.ts';
import { newId, type Plan } from './plan.ts';
import { rewrite } from './rewrite.ts';

/**
 * Moves an instance to another definition, or says of everything that waits in it why it cannot go on there. `mapping`
 * gives the new ids of flow nodes, flows and the process, old to new; what it does not name keeps its id. Pure, as `step`.
 * @throws CommandError if the instance has ended or does not run on `from`
 */
export function migrate(
  from: Definition,
  to: Definition,
  state: State,
  mapping: Readonly<Record<string, string>>,
  context: Context,
): MigrationResult {
  if (state.definition !== from.hash) {
    throw new CommandError('DEFINITION_MISMATCH', `the instance runs on definition ${state.definition}`);
  }
  if (state.status !== 'active') throw new CommandError('ENDED', `the instance is ${state.status}`);
  const plan: Plan = { from, to, state, mapping, report: new Report() };
  for (const check of [checkMapping, checkTokens, checkSubscriptions]) check(plan);
  const { refusals } = plan.report;
  if (refusals.length > 0) return { refusals };
  const run = new Run(to, rewrite(plan), context);
  run.emit({ type: 'instanceMigrated', from: from.hash, to: to.hash, flowNodes: renamed(plan) });
  armNewEvents(plan, run);
  if (refusals.length > 0) return { refusals };
  recount(run);
  run.settle();
  return run.result();
}

/** New ids, by the old, of the nodes where something waits. */
function renamed(plan: Plan): Record<string, string> {
  const waiting = [...plan.state.tokens, ...plan.state.subscriptions].map(({ node }) => node);
  return Object.fromEntries(
    [...new Set(waiting)].flatMap((id) => (newId(plan, id) === id ? [] : [[id, newId(plan, id)]])),
  );
}

/** A parallel join that has fewer flows now may have all the tokens that it needs. */
function recount(run: Run): void {
  for (const token of run.tokens) {
    if (token.waiting === 'join' && token.node.type === 'bpmn:ParallelGateway')
      run.schedule(token, 'execute');
  }
}
