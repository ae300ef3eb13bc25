import { type Guard, replaceGetter } from '../library.ts';

/**
 * bpmn-server calls the handler of a service or send task in the middle of the step; when it throws, the item is left
 * as it is, with no incident and no retry. Here such a task waits, as a user task does, and the host does its work as a
 * durable job. The diagram is not rewritten for it: an element keeps its type, and the state names what was published.
 */
export const serviceJobs: Guard = ({ ServiceTask, Node }) => {
  replaceGetter(ServiceTask.prototype, 'requiresWait', () => true);
  replaceGetter(ServiceTask.prototype, 'canBeInvoked', () => true);
  ServiceTask.prototype.run = Node.prototype.run;
};
