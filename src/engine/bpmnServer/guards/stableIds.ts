import type { Execution, Guard } from '../library.ts';

const PREFIX = 'item';

/**
 * bpmn-server names instances and items at random, so that no step could be replayed: they are numbered instead, and
 * the number is kept with the state, so that no name is used twice in the life of an instance.
 */
export const stableIds: Guard = ({ Execution }) => {
  Execution.prototype.getUUID = function (this: Execution) {
    return `${PREFIX}${this.getNewId('name')}`;
  };
};

/** Orders items by when they were made: the first comes first. */
export const orderOf = (item: string): number => Number(item.slice(PREFIX.length));
