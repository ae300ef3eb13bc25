import type { Guard } from '../library.ts';

/**
 * A user task in a lane with candidate groups of its own fails, since bpmn-server pushes the lane onto a string; groups
 * that begin with `#` run as a script. Who may do a task is the host's affair: the attributes are not evaluated.
 */
export const candidateGroups: Guard = ({ UserTask }) => {
  Object.assign(UserTask.prototype, { async setAssignVal() {} });
};
