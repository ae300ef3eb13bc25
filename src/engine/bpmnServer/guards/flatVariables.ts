import type { Item } from 'bpmn-server';
import type { JsonObject } from '../../../domain/json.ts';
import type { Execution, Guard } from '../library.ts';
import { marksOf } from '../marks.ts';

/**
 * bpmn-server nests what an instance of a multi-instance activity brings under the key of the element, so that keys
 * must be simple words and a second round overwrites the first; and a name that begins with `vars.` vanishes. Variables
 * are written where the token sees them defined: at process level, save those of the instance itself.
 */
export const flatVariables: Guard = ({ Execution }) => {
  Execution.prototype.appendData = function (this: Execution, input: JsonObject | null, item?: Item | null) {
    const instance: { data?: JsonObject } = this.instance;
    const locals = item ? marksOf(item.token).locals : undefined;
    const entries = Object.entries(input ?? {}).filter(([name]) => !locals || !Object.hasOwn(locals, name));
    instance.data = { ...instance.data, ...Object.fromEntries(entries) };
  };
  Execution.prototype.getData = function (this: Execution) {
    const instance: { data?: JsonObject } = this.instance;
    return instance.data;
  };
};
