import type { Guard } from '../library.ts';

/**
 * bpmn-server saves before each node that does not wait and once more at the end, 13 times for ten tasks: a step keeps
 * its execution in memory, and its state is taken once, when all is at rest.
 */
export const oneSave: Guard = ({ Execution }) => {
  Execution.prototype.save = async () => {};
};
