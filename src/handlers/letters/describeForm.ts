import type { Json, JsonObject } from '../../domain/json.ts';
import type { Bilingual, Fact } from '../../gateways/pdf/templates.ts';
import type { Form } from '../../procedures/types.ts';
import { decimal } from './decimal.ts';

/** A letter names what was asked; nobody reads a table that goes on for pages. */
const MOST_FACTS = 24;
const LONGEST = 300;

/** Says field by field, in the form's own words and order, what was filled in: lists and places on a map are left out. */
export function describeForm(form: Pick<Form, 'ui' | 'texts'>, filled: JsonObject): Fact[] {
  const order = (form.ui.order ?? {}) as Record<string, string[]>;
  const factsAt = (pointer: string, value: JsonObject): Fact[] =>
    (order[pointer] ?? []).flatMap((name) => {
      const at = `${pointer}/${name}`;
      const child = value[name];
      if (isObject(child)) return factsAt(at, child);
      const words = inWords(form, at, child);
      return words === null ? [] : [{ label: labelOf(form, at), value: words }];
    });
  return factsAt('', filled).slice(0, MOST_FACTS);
}

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

interface Texts {
  label?: string;
  options?: Record<string, string>;
}
const textsAt = (form: Pick<Form, 'texts'>, language: 'ar' | 'fr', pointer: string): Texts =>
  ((form.texts[language].fields ?? {}) as Record<string, Texts>)[pointer] ?? {};

const labelOf = (form: Pick<Form, 'texts'>, pointer: string): Bilingual => ({
  ar: textsAt(form, 'ar', pointer).label ?? pointer,
  fr: textsAt(form, 'fr', pointer).label ?? pointer,
});

function inWords(
  form: Pick<Form, 'texts'>,
  pointer: string,
  value: Json | undefined,
): Bilingual | string | null {
  if (typeof value === 'boolean') return value ? { ar: 'نعم', fr: 'oui' } : { ar: 'لا', fr: 'non' };
  if (typeof value === 'number') return decimal(value);
  if (typeof value !== 'string' || value === '') return null;
  const [ar, fr] = (['ar', 'fr'] as const).map(
    (language) => textsAt(form, language, pointer).options?.[value],
  );
  if (ar !== undefined && fr !== undefined) return { ar, fr };
  return value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value;
}
