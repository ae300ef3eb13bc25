import type { ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormatsModule from 'ajv-formats';
import type { JsonObject } from '../domain/json.ts';

// ajv-formats is CommonJS: its function is the default of the default.
const addFormats = addFormatsModule.default;

/**
 * Compiles a form's JSON Schema under draft 2020-12, strictly: unknown keywords and formats are refused.
 * @throws Error that says what is wrong with the schema
 */
export function compileForm(schema: JsonObject): ValidateFunction {
  const ajv = new Ajv2020({ strict: true, allErrors: true, validateSchema: true });
  addFormats(ajv);
  return ajv.compile(schema);
}
