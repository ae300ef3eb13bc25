import { badValue } from '../errors.ts';
import { parseSort } from '../query/sort.ts';
import type { Plan } from '../storage/planner.ts';
import { find as findIn } from '../storage/view.ts';
import type { Document } from '../values/value.ts';
import { isDocument } from '../values/value.ts';
import { type Command, checkFields, namespaceOf } from './command.ts';
import { findFields, readSearch } from './find.ts';

/** Tells which index a find uses and, unless only the plan is asked for, what reading it costs. */
export const explain: Command = {
  name: 'explain',
  fields: ['verbosity'],
  kind: 'read',
  inTransaction: false,
  run(request) {
    const { body, workspace } = request;
    const inner = body.explain;
    if (!isDocument(inner) || Object.keys(inner)[0] !== 'find') throw badValue('only find can be explained');
    checkFields(inner, 'find', findFields);
    const verbosity = body.verbosity ?? 'allPlansExecution';
    if (!['queryPlanner', 'executionStats', 'allPlansExecution'].includes(String(verbosity)))
      throw badValue(`unknown verbosity ${String(verbosity)}`);
    const namespace = namespaceOf(request.database, inner.find);
    const collection = workspace.collection(namespace);
    const search = readSearch(inner, request.timeLimit);
    if (!collection) return { queryPlanner: { namespace, winningPlan: { stage: 'EOF' } }, ok: 1 };
    const { plan, records, counts } = findIn(workspace, collection, search);
    const isSorting = parseSort(inner.sort).length > 0 && !plan.isSorted;
    const winningPlan = isSorting ? { stage: 'SORT', inputStage: describe(plan) } : describe(plan);
    const queryPlanner = { namespace, winningPlan };
    if (verbosity === 'queryPlanner') return { queryPlanner, ok: 1 };
    const started = Date.now();
    const nReturned = [...records].length;
    const executionStats = {
      executionSuccess: true,
      nReturned,
      executionTimeMillis: Date.now() - started,
      totalKeysExamined: counts.keys,
      totalDocsExamined: counts.documents,
    };
    return { queryPlanner, executionStats, ok: 1 };
  },
};

function describe(plan: Plan): Record<string, unknown> {
  switch (plan.kind) {
    case 'collection':
      return { stage: 'COLLSCAN', direction: 'forward' };
    case 'or':
      return { stage: 'FETCH', inputStage: { stage: 'OR', inputStages: plan.plans.map(describe) } };
    case 'index': {
      const { index, direction } = plan;
      return {
        stage: 'FETCH',
        inputStage: {
          stage: 'IXSCAN',
          indexName: index.name,
          keyPattern: index.spec.key as Document,
          isMultiKey: index.multikey.includes(true),
          direction: direction === 1 ? 'forward' : 'backward',
          stretches: plan.stretches.length,
        },
      };
    }
  }
}
