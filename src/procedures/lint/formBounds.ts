import type { JsonObject } from '../../domain/json.ts';
import { problem } from '../problems.ts';
import { formFields } from './formFields.ts';
import type { Rule } from './subject.ts';

/** A form leaves nothing open: unknown properties are refused, and texts, lists and numbers have bounds. */
export const formBounds: Rule = ({ version }) =>
  Object.values(version.forms).flatMap((form) =>
    formFields(form)
      .map(({ pointer, schema }) => ({ pointer, missing: missingBound(schema) }))
      .filter(({ missing }) => missing !== null)
      .map(({ pointer, missing }) =>
        problem(
          'formBounds',
          form.id,
          `Formulaire ${form.id}, champ ${pointer || '/'} : il manque ${missing}.`,
          `الاستمارة ${form.id}، الحقل ${pointer || '/'}: ينقص ${missing}.`,
          `Form ${form.id}, field ${pointer || '/'} lacks ${missing}.`,
        ),
      ),
  );

function missingBound(schema: JsonObject): string | null {
  if ('const' in schema || 'enum' in schema) return null;
  const types = [schema.type].flat();
  if (types.includes('object'))
    return schema.additionalProperties === false ? null : 'additionalProperties: false';
  if (types.includes('array')) return 'maxItems' in schema ? null : 'maxItems';
  if (types.includes('string')) return 'maxLength' in schema || schema.format === 'date' ? null : 'maxLength';
  if (!types.includes('number') && !types.includes('integer')) return types[0] === undefined ? 'type' : null;
  if (!('minimum' in schema) && !('exclusiveMinimum' in schema)) return 'minimum';
  return 'maximum' in schema || 'exclusiveMaximum' in schema ? null : 'maximum';
}
