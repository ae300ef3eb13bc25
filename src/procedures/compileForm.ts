import type { ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormatsModule from 'ajv-formats';
import type { JsonObject } from '../domain/json.ts';

// ajv-formats is CommonJS: its function is the default of the default.
const addFormats = addFormatsModule.default;

/** An instance keeps something of every schema it has compiled: after so many it makes way for a new one. */
const MOST_COMPILED = 200;
let compiled = 0;
let ajv = strictAjv();

/**
 * Compiles a form's JSON Schema under draft 2020-12, strictly: unknown keywords and formats are refused.
 * @throws Error that says what is wrong with the schema
 */
export function compileForm(schema: JsonObject): ValidateFunction {
  compiled += 1;
  if (compiled % MOST_COMPILED === 0) ajv = strictAjv();
  try {
    return ajv.compile(schema);
  } finally {
    ajv.removeSchema(schema);
  }
}

/** Schemas of two versions bear the same `$id`: none is kept under it. */
function strictAjv(): Ajv2020 {
  const made = new Ajv2020({ strict: true, allErrors: true, addUsedSchema: false, logger: false });
  addFormats(made);
  return made;
}
