import { ModelFault } from '../fault.ts';
import type { Guard } from '../library.ts';

/**
 * bpmn-server discards a flow whose condition is anything but `true`, so that a mistyped name silently chooses a way:
 * a condition that is neither true nor false becomes an incident that names its flow.
 */
export const booleanConditions: Guard = ({ Flow }) => {
  const evaluate = Flow.prototype.evaluateCondition;
  Flow.prototype.evaluateCondition = async function (item) {
    const value: unknown = await evaluate.call(this, item);
    if (typeof value === 'boolean') return value;
    const text: string = this.def.conditionExpression.body;
    const message = `the condition "${text}" of ${this.id} is ${JSON.stringify(value)}, not true or false`;
    throw new ModelFault('CONDITION_NOT_BOOLEAN', message);
  };
};
