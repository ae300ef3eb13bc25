import type { ErrorObject, ValidateFunction } from 'ajv';
import { DomainError, type FieldError } from '../domain/errors.ts';
import type { Json, JsonObject } from '../domain/json.ts';
import { compileForm } from './compileForm.ts';
import type { ProcedureVersion } from './types.ts';

/** A hostile payload may break one rule a million times; nobody reads further than this. */
const MOST_ERRORS = 200;
const MOST_CACHED = 500;
const cache = new Map<string, ValidateFunction>();

/**
 * Tells what in filled-in data breaks the form, each fault at its field; none means the data may be used.
 * @throws DomainError PROCEDURE_NOT_FOUND when the version has no such form
 */
export function formErrors(
  version: Pick<ProcedureVersion, 'hash' | 'forms'>,
  formId: string,
  data: Json,
): FieldError[] {
  const validate = validatorOf(version, formId);
  if (validate(data)) return [];
  const errors = validate.errors ?? [];
  // `if` only says that its branch failed: the branch's own errors say why.
  return errors
    .filter(({ keyword }) => keyword !== 'if')
    .slice(0, MOST_ERRORS)
    .map(fieldError);
}

function validatorOf(version: Pick<ProcedureVersion, 'hash' | 'forms'>, formId: string): ValidateFunction {
  const key = `${version.hash} ${formId}`;
  const known = cache.get(key);
  if (known !== undefined) return known;
  const form = Object.hasOwn(version.forms, formId) ? version.forms[formId] : undefined;
  if (form === undefined) throw new DomainError('PROCEDURE_NOT_FOUND', { form: formId });
  const validate = compileForm(form.schema);
  if (cache.size >= MOST_CACHED) cache.clear();
  cache.set(key, validate);
  return validate;
}

function fieldError({ instancePath, keyword, params }: ErrorObject): FieldError {
  const property = params.missingProperty ?? params.additionalProperty;
  const field = typeof property === 'string' ? `${instancePath}/${escapePointer(property)}` : instancePath;
  return { field, rule: keyword, params: params as JsonObject };
}

/** RFC 6901. */
const escapePointer = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');
