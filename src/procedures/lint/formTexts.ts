import { type Json, type JsonObject, LANGUAGES } from '../../domain/json.ts';
import { problem } from '../problems.ts';
import type { Form, Problem } from '../types.ts';
import { type FormField, formFields, objectOf } from './formFields.ts';
import type { Rule } from './subject.ts';

/** A form speaks of each of its fields and options in Arabic, French and English, and of nothing else. */
export const formTexts: Rule = ({ version }) =>
  Object.values(version.forms).flatMap((form) => {
    const fields = formFields(form).filter(({ pointer }) => pointer !== '');
    return LANGUAGES.flatMap((language) =>
      faultsOf(form.texts[language], fields).map((key) => fault(form, language, key)),
    );
  });

/** Keys that are missing, empty or of no field. */
function faultsOf(texts: JsonObject, fields: FormField[]): string[] {
  const entries = objectOf(texts.fields);
  const faults = ['title', 'submit'].filter((key) => !isText(texts[key]));
  faults.push(...Object.keys(texts).filter((key) => !['title', 'intro', 'submit', 'fields'].includes(key)));
  for (const { pointer, schema } of fields) {
    const entry = objectOf(entries[pointer]);
    if (!isText(entry.label)) faults.push(`${pointer} label`);
    if ('help' in entry && !isText(entry.help)) faults.push(`${pointer} help`);
    const options = objectOf(entry.options);
    const values = Array.isArray(schema.enum) ? schema.enum.map(String) : [];
    for (const value of values) if (!isText(options[value])) faults.push(`${pointer} options ${value}`);
    const spoken = schema.type === 'boolean' ? ['true', 'false'] : values;
    for (const value of Object.keys(options))
      if (!spoken.includes(value)) faults.push(`${pointer} options ${value}`);
    for (const key of Object.keys(entry))
      if (!['label', 'help', 'options'].includes(key)) faults.push(`${pointer} ${key}`);
  }
  const known = new Set(fields.map(({ pointer }) => pointer));
  return [...faults, ...Object.keys(entries).filter((pointer) => !known.has(pointer))];
}

const isText = (value: Json | undefined): boolean => typeof value === 'string' && value.trim() !== '';

const fault = (form: Form, language: string, key: string): Problem =>
  problem(
    'formTexts',
    form.id,
    `Formulaire ${form.id}, textes « ${language} » : ${key} manque ou n’a pas lieu d’être.`,
    `الاستمارة ${form.id}، نصوص «${language}»: ${key} ناقص أو لا محل له.`,
    `Form ${form.id}, texts “${language}”: ${key} is missing or has no place.`,
  );
