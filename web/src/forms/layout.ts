import type { Schema } from '../api/client.ts';
import { currentLanguage, type Language } from '../app/language.ts';

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };
export type FormSchema = { [key: string]: unknown };
export type Path = (string | number)[];
export type Form = Schema<'Form'>;

/** What a form says in one language: its own words, and those of each field by JSON pointer (`*` is an item). */
export interface FormTexts {
  title: string;
  intro?: string;
  submit: string;
  fields: Record<string, FieldTexts>;
}

export interface FieldTexts {
  label: string;
  help?: string;
  options?: Record<string, string>;
}

/** RFC 6901. */
const escaped = (step: string | number): string => String(step).replaceAll('~', '~0').replaceAll('/', '~1');

/** The place of a value: `/land/address`, `/remarks/0/text`. */
export const pointerOf = (path: Path): string => path.map((step) => `/${escaped(step)}`).join('');

/** The place of a field in the form, whatever the item: `/remarks/<any>/text`, with `*` for the item. */
export const fieldOf = (path: Path): string =>
  path.map((step) => (typeof step === 'number' ? '/*' : `/${escaped(step)}`)).join('');

/** The same, from a pointer. */
export const fieldOfPointer = (pointer: string): string => pointer.replace(/\/\d+(?=\/|$)/g, '/*');

/** The steps of a pointer; a number stands for an item. */
export const pathOf = (pointer: string): Path =>
  pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step));

/** What is at a place; undefined when nothing is. */
export function valueAt(value: unknown, path: Path): unknown {
  let at: unknown = value;
  for (const step of path) at = (at as Record<string | number, unknown> | null | undefined)?.[step];
  return at;
}

/** The identifier of a field's element, so that an error can lead to it. */
export const elementOf = (pointer: string): string => `f${pointer.replaceAll('/', '_')}`;

/** The form's words in the reader's language. */
export function textsOf(form: Form, language: Language = currentLanguage()): FormTexts {
  return form.texts[language] as unknown as FormTexts;
}

/** The name of a field; its own key where the form forgot it. */
export function labelOf(texts: FormTexts, field: string): string {
  return texts.fields[field]?.label ?? field.split('/').at(-1) ?? '';
}

/** The hint a form gives for a field's face. */
export function widgetOf(form: Form, field: string): string | undefined {
  return (form.ui.widgets as Record<string, string> | undefined)?.[field];
}

/** The fields of a section, in the order the form wants. */
export function orderOf(form: Form, field: string, schema: FormSchema): string[] {
  const wanted = (form.ui.order as Record<string, string[]> | undefined)?.[field] ?? [];
  const all = Object.keys(propertiesOf(schema));
  return [...wanted.filter((name) => all.includes(name)), ...all.filter((name) => !wanted.includes(name))];
}

const isObject = (one: unknown): one is FormSchema =>
  typeof one === 'object' && one !== null && !Array.isArray(one);

/** All fields a section may have, those of its branches included. */
export function propertiesOf(schema: FormSchema): Record<string, FormSchema> {
  const found: Record<string, FormSchema> = {};
  const branches = ['then', 'else', 'allOf', 'oneOf', 'anyOf'].flatMap((key) => schema[key] ?? []);
  for (const part of [...branches.filter(isObject).map(propertiesOf), schema.properties ?? {}]) {
    for (const [name, one] of Object.entries(part))
      if (isObject(one)) found[name] = { ...found[name], ...one };
  }
  return found;
}

/** The kinds of value a schema takes. */
export function typesOf(schema: FormSchema): string[] {
  const { type } = schema;
  if (type !== undefined) return ([] as string[]).concat(type as string | string[]);
  if (schema.properties !== undefined) return ['object'];
  if (schema.items !== undefined || schema.prefixItems !== undefined) return ['array'];
  const sample = schema.const ?? (schema.enum as unknown[] | undefined)?.[0];
  return sample === undefined ? [] : [typeof sample];
}

export const isNullable = (schema: FormSchema): boolean => typesOf(schema).includes('null');
export const isObjectSchema = (schema: FormSchema): boolean => typesOf(schema).includes('object');
export const isArraySchema = (schema: FormSchema): boolean => typesOf(schema).includes('array');
export const isRequired = (schema: FormSchema, name: string): boolean =>
  ((schema.required as string[] | undefined) ?? []).includes(name);

/** How RJSF is to lay the form out: which of our fields draws which place, and in what order. */
export function uiSchemaOf(form: Form, schema: FormSchema, field: string): FormSchema {
  const face = faceOf(form, schema, field);
  if (face !== undefined) return { 'ui:field': face };
  if (isArraySchema(schema)) {
    const items = (schema.items ?? {}) as FormSchema;
    return { items: uiSchemaOf(form, items, `${field}/*`) };
  }
  if (!isObjectSchema(schema)) return { 'ui:field': 'LeafField' };
  const made: FormSchema = { 'ui:order': [...orderOf(form, field, schema), '*'] };
  for (const [name, one] of Object.entries(propertiesOf(schema))) {
    const inner = uiSchemaOf(form, one, `${field}/${escaped(name)}`);
    const mayLack =
      isObjectSchema(one) &&
      inner['ui:field'] === undefined &&
      (isNullable(one) || !isRequired(schema, name));
    made[name] = mayLack ? { ...inner, 'ui:field': 'PartField' } : inner;
  }
  return made;
}

function faceOf(form: Form, schema: FormSchema, field: string): string | undefined {
  const widget = widgetOf(form, field);
  if (widget === 'map') return 'MapField';
  if (widget === 'checkboxes') return 'LeafField';
  if (isArraySchema(schema) && (schema.items as FormSchema | undefined)?.enum !== undefined)
    return 'LeafField';
  return undefined;
}
