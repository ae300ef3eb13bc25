import { ModelError } from '../errors.ts';
import type { Kernel } from '../runtime/kernel.ts';
import type { LiveToken } from '../runtime/liveToken.ts';
import type { Json, Loop, MultiInstance, Variables } from '../types.ts';

/**
 * Makes the instances of a multi-instance activity (clauses 10.3.8 and 13.3.7): all of them, or the first if they are
 * sequential. How many there are is decided once, before the first; none at all completes the activity at once.
 */
export function startInstances(kernel: Kernel, activity: LiveToken, definition: MultiInstance): void {
  const items = collection(kernel, activity, definition);
  const total = items === null ? cardinality(kernel, activity, definition) : items.length;
  kernel.countMove(total);
  if (total === 0) {
    kernel.schedule(activity, 'leave');
    return;
  }
  kernel.wait(activity, 'instances');
  const made = definition.sequential ? 1 : total;
  for (let index = 0; index < made; index++) make(kernel, activity, definition, index, items?.[index]);
  activity.loop = { total, made, done: 0 };
  if (definition.sequential && items !== null) activity.loop = { ...activity.loop, items: items.slice(1) };
}

/**
 * An instance has done its work: either the completion condition ends the activity and cancels the other instances, or
 * the last instance does, or the next of a sequence begins.
 */
export function leaveInstance(kernel: Kernel, instance: LiveToken): void {
  const activity = kernel.token(instance.of);
  const { node, loop } = activity;
  if (node.loop === null || loop === null) throw new Error(`${node.id} has no instances`);
  const done = loop.done + 1;
  const condition = node.loop.completionCondition;
  const enough = condition !== null && kernel.test(condition, instance, node.id, counters({ ...loop, done }));
  kernel.consume(instance);
  activity.loop = { ...loop, done };
  kernel.touch(activity);
  if (enough || done === loop.total) {
    for (const other of kernel.tokens) if (other.of === activity.id) kernel.kill(other);
    activity.loop = null;
    kernel.schedule(activity, 'leave');
  } else if (node.loop.sequential) {
    const [item, ...items] = loop.items ?? [];
    make(kernel, activity, node.loop, loop.made, item);
    activity.loop = { ...loop, done, made: loop.made + 1, ...(loop.items && { items }) };
  }
}

function make(
  kernel: Kernel,
  activity: LiveToken,
  definition: MultiInstance,
  index: number,
  item: Json | undefined,
): void {
  const instance = kernel.create(activity.node, activity.scope);
  instance.of = activity.id;
  instance.instance = index;
  instance.variables = { loopCounter: index + 1 };
  if (definition.elementVariable !== null && item !== undefined) {
    instance.variables = { ...instance.variables, [definition.elementVariable]: item };
  }
  kernel.schedule(instance, 'execute');
}

function collection(kernel: Kernel, activity: LiveToken, definition: MultiInstance): Json[] | null {
  if (definition.collection === null) return null;
  const items = kernel.evaluate(definition.collection, activity);
  if (Array.isArray(items)) return items;
  const text = `the collection "${definition.collection.text}" of ${activity.node.id} is not a list`;
  throw new ModelError('COLLECTION_NOT_A_LIST', text);
}

function cardinality(kernel: Kernel, activity: LiveToken, definition: MultiInstance): number {
  const count = definition.cardinality === null ? null : kernel.evaluate(definition.cardinality, activity);
  if (typeof count === 'number' && Number.isInteger(count) && count >= 0) return count;
  const text = `the cardinality of ${activity.node.id} is ${JSON.stringify(count)}, not a number of instances`;
  throw new ModelError('CARDINALITY_INVALID', text);
}

/** The attributes of an instance (clause 10.3.8) under their names in the standard and those that modelling tools use. */
function counters(loop: Loop): Variables {
  const active = loop.made - loop.done;
  return {
    numberOfInstances: loop.total,
    numberOfActiveInstances: active,
    numberOfCompletedInstances: loop.done,
    numberOfTerminatedInstances: 0,
    nrOfInstances: loop.total,
    nrOfActiveInstances: active,
    nrOfCompletedInstances: loop.done,
  };
}
