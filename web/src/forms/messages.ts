import type { TFunction } from 'i18next';
import { number } from '../app/format.ts';
import { type FormTexts, fieldOfPointer, labelOf } from './layout.ts';
import type { Fault } from './validation.ts';

/** Rules that have a sentence of their own under `rule.` in `forms.json`. */
const SPOKEN = new Set([
  'required',
  'minLength',
  'maxLength',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'minItems',
  'maxItems',
  'uniqueItems',
  'enum',
  'const',
]);

/** What to do about a fault, in the reader's language: never the rule's own text, never a pattern. */
export function messageOf(t: TFunction<'forms'>, texts: FormTexts, fault: Fault): string {
  const field = fieldOfPointer(fault.pointer);
  const label = labelOf(texts, field);
  const { rule, params } = fault;
  const limit = typeof params.limit === 'number' ? { limit: number(params.limit), count: params.limit } : {};
  if (rule === 'required' && texts.fields[field]?.options !== undefined) return t('rule.choose', { label });
  if (rule === 'type' && (params.type === 'number' || params.type === 'integer'))
    return t(`rule.${params.type}`, { label });
  if (rule === 'format' && (params.format === 'email' || params.format === 'date'))
    return t(`rule.${params.format}`, { label });
  if ((rule === 'pattern' || rule === 'format') && texts.fields[field]?.help !== undefined)
    return t('rule.asHelped', { label, help: texts.fields[field].help });
  if (SPOKEN.has(rule)) return t(`rule.${rule}` as 'rule.required', { label, ...limit });
  return t('rule.other', { label });
}
