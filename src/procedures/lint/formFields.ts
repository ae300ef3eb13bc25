import type { Json, JsonObject } from '../../domain/json.ts';
import type { Form } from '../types.ts';

/** A field of a form, by JSON pointer; `*` stands for the items of a list. */
export interface FormField {
  pointer: string;
  schema: JsonObject;
}

/** Fields that a page shows as one, whatever is inside, e.g. a place on the map. */
const WHOLE = ['map'];

/** Every field of a form, the form itself first under the pointer `''`. */
export function formFields(form: Form): FormField[] {
  const widgets = objectOf(form.ui.widgets);
  return fieldsOf('', form.schema, (pointer) => WHOLE.includes(String(widgets[pointer])));
}

function fieldsOf(pointer: string, schema: JsonObject, isWhole: (pointer: string) => boolean): FormField[] {
  const field = { pointer, schema };
  if (isWhole(pointer)) return [field];
  const inner = Object.entries(objectOf(schema.properties)).flatMap(([name, property]) =>
    fieldsOf(`${pointer}/${name}`, objectOf(property), isWhole),
  );
  const items = isObject(schema.items) ? fieldsOf(`${pointer}/*`, schema.items, isWhole) : [];
  return [field, ...inner, ...items];
}

/** The value when it is a JSON object, else an empty one. */
export const objectOf = (value: Json | undefined): JsonObject => (isObject(value) ? value : {});

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
