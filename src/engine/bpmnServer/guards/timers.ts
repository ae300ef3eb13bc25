import { dueOf } from '../dueOf.ts';
import type { Guard } from '../library.ts';

/**
 * bpmn-server sets each timer with `setTimeout` in every process, where P30D overflows and fires at once, and keeps the
 * text it evaluated first in the shared definition: a timer only records when it is due, as the host reckons it, and
 * waits to be fired.
 */
export const timers: Guard = ({ TimerBehaviour, NODE_ACTION }) => {
  TimerBehaviour.prototype.start = async (item) => {
    item.timeDue = new Date(dueOf(item.elementId, item.token));
    return NODE_ACTION.wait;
  };
  TimerBehaviour.prototype.end = () => {};
};
