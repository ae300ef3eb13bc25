import { currentStep } from '../currentStep.ts';
import { reawaken } from '../instanceDocument.ts';
import type { Guard } from '../library.ts';

/**
 * After a reload bpmn-server counts its items, tokens and names from what it happened to load, so that numbers collide
 * with those of discarded flows and after some rounds of a loop a task can never be completed again. The counters go on
 * from what the state says.
 */
export const itemOrder: Guard = ({ Execution }) => {
  const restore = Execution.restore;
  Execution.restore = async (server, state, itemId = null) => {
    const execution = await restore.call(Execution, server, state, itemId);
    const step = currentStep();
    if (step.before === null) throw new Error('a new instance cannot be reloaded');
    const { sequence, tokens } = step.before;
    execution.uids = { name: sequence, token: tokens.length, item: tokens.length };
    for (const [item, waiting] of reawaken(execution, step.before)) step.announced.set(item, waiting);
    return execution;
  };
};
