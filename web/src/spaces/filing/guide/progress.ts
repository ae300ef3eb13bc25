import { type FormSchema, isRequired, type JsonObject } from '../../../forms/layout.ts';
import { spelledOut } from '../../../forms/settle.ts';
import type { Fault, FormRules } from '../../../forms/validation.ts';

/** How far a section is. */
export type Progress = 'done' | 'begun' | 'empty' | 'optional';

/** What is wrong in a section as it is now; everything for the whole form. */
export function faultsIn(
  rules: FormRules,
  schema: FormSchema,
  application: JsonObject,
  section: string | undefined,
): Fault[] {
  const faults = rules.faults(spelledOut(schema, application));
  if (section === undefined) return faults;
  return faults.filter(({ pointer }) => pointer === `/${section}` || pointer.startsWith(`/${section}/`));
}

/** How far a section is: done once nothing is wrong with it. */
export function progressOf(
  rules: FormRules,
  schema: FormSchema,
  application: JsonObject,
  section: string | undefined,
): Progress {
  const filled =
    section === undefined ? Object.keys(application).length > 0 : application[section] !== undefined;
  if (section !== undefined && !filled && !isRequired(schema, section)) return 'optional';
  if (faultsIn(rules, schema, application, section).length === 0) return 'done';
  return filled ? 'begun' : 'empty';
}
