import type { Json, JsonObject } from '../../domain/json.ts';
import type { KnowsName } from '../feel.ts';
import type { ProcedureVersion } from '../types.ts';

const COMMUNE = ['code', 'kind', 'setting', 'population', 'populationClass'];

/** The names that an application's form gives, so that a misspelt one is not taken for an empty field. */
export function knowsField({ settings, forms }: ProcedureVersion): KnowsName {
  const schema = forms[settings.forms.application]?.schema ?? {};
  return (path) => {
    let at: Json | undefined = schema;
    for (const step of path) {
      const properties: Json | undefined = isObject(at) ? at.properties : undefined;
      at = isObject(properties) && Object.hasOwn(properties, step) ? properties[step] : undefined;
    }
    return at !== undefined;
  };
}

/** The names that decision tables may read: the application's, the commune's and the parameters'. */
export function knowsFact(version: ProcedureVersion): KnowsName {
  const field = knowsField(version);
  return ([root = '', name = '', ...rest]) => {
    const inside = rest.length === 0;
    if (root === 'commune') return inside && COMMUNE.includes(name);
    if (root === 'parameters') return inside && Object.hasOwn(version.settings.parameters, name);
    return field([root, ...(name === '' ? [] : [name]), ...rest]);
  };
}

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
