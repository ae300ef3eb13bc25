import {
  type FormSchema,
  isArraySchema,
  isNullable,
  isObjectSchema,
  isRequired,
  type Json,
  type JsonObject,
  propertiesOf,
} from './layout.ts';

/**
 * What a page has typed, as the form wants it: what was emptied is absent, a required list without items is an empty
 * one, and a part that may be null and was not filled in is null. Nothing that was typed is changed.
 */
export function settled(schema: FormSchema, value: JsonObject): JsonObject {
  const known = propertiesOf(schema);
  const made: JsonObject = {};
  for (const [name, one] of Object.entries(value)) {
    const kept = settledValue(known[name] ?? {}, one);
    if (kept !== undefined) made[name] = kept;
  }
  for (const [name, one] of Object.entries(known)) {
    if (made[name] !== undefined || !isRequired(schema, name)) continue;
    if (isNullable(one)) made[name] = null;
    else if (isArraySchema(one) && one.prefixItems === undefined) made[name] = [];
    else if (isObjectSchema(one) && one.const === undefined) {
      const inner = settled(one, {});
      if (Object.keys(inner).length > 0) made[name] = inner;
    }
  }
  return made;
}

/** The same with every required group there, if empty: what it lacks is then said field by field. */
export function spelledOut(schema: FormSchema, value: JsonObject): JsonObject {
  const made = settled(schema, value);
  for (const [name, one] of Object.entries(propertiesOf(schema))) {
    if (!isObjectSchema(one) || isNullable(one) || one.properties === undefined) continue;
    const inner = made[name] ?? (isRequired(schema, name) ? {} : undefined);
    if (isPlain(inner)) made[name] = spelledOut(one, inner);
  }
  return made;
}

function settledValue(schema: FormSchema, value: Json | undefined): Json | undefined {
  if (value === undefined || value === '') return undefined;
  if (isPlain(value)) return settled(schema, value);
  if (!Array.isArray(value)) return value;
  const items = (schema.items ?? {}) as FormSchema;
  // An item that was just added is empty for a while: its place stays.
  const empty = isObjectSchema(items) ? {} : '';
  return value.map((one) => {
    const item = one ?? empty;
    return isPlain(item) ? settled(items, item) : item;
  });
}

const isPlain = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
