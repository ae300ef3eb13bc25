import { DomainError, ERRORS, type ErrorCode, type FieldError } from '../domain/errors.ts';
import type { Json, JsonObject, Language } from '../domain/json.ts';
import { findText, TEXTS, type Translate } from '../locales/translate.ts';

/** A refusal as RFC 9457 says it, in the reader's language. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  instance: string;
  code: ErrorCode;
  /** What the code is about, for programs. */
  details?: JsonObject;
  errors?: { field: string; rule: string; message: string; params: JsonObject }[];
}

/** The field that a refusal is about, where it is always the same one; `details.field` names another. */
const FIELD_OF: Partial<Record<ErrorCode, string>> = {
  EMAIL_TAKEN: '/email',
  WEAK_PASSWORD: '/password',
  INVALID_GRANT: '/grants',
  BODY_EXISTS: '/id',
  ARCHITECT_NOT_FOUND: '/architectEmail',
  APPLICANT_NOT_FOUND: '/applicantEmail',
  UNKNOWN_PIECE: '/piece',
  UNSUPPORTED_FILE_TYPE: '/file',
  FILE_TOO_LARGE: '/file',
  EMPTY_FILE: '/file',
  UNREADABLE_FILE: '/file',
  COMMUNE_NOT_SERVED: '/commune',
  PROJECT_IS_LARGE: '/project',
  ARCHITECT_SIGNATURE_MISSING: '/architectSignature',
  NOTHING_TO_SIGN: '/documents',
  COMPLEMENT_ALREADY_REQUESTED: '/complete',
  COMPLEMENT_PIECE_NOT_LISTED: '/missing',
  REQUESTED_PIECE_MISSING: '/documents',
  NEW_PLANS_MISSING: '/documents',
  REMARK_TARGET_UNKNOWN: '/remarks',
  REASON_MISSING: '/reasons',
  BINDING_OPINION_MISSING: '/choice',
  BINDING_OPINION_UNFAVOURABLE: '/choice',
  RESERVES_NOT_LIFTED: '/choice',
  NO_RESERVES: '/choice',
  PAYMENT_AMOUNT_DIFFERS: '/amount',
  RECEIPT_ALREADY_USED: '/receipt',
  CLOCK_BACKWARDS: '/to',
};

/** How many broken fields are told at once. */
const MOST_ERRORS = 50;

/** Says a refusal in a language; `requestId` is the number to quote when asking for help. */
export function problemOf(
  error: DomainError,
  about: { language: Language; requestId: string; translate: Translate },
): Problem {
  const { language, requestId, translate } = about;
  const { errors, field, ...details } = error.details;
  const concerned = typeof field === 'string' ? field : FIELD_OF[error.code];
  const fields = fieldErrors(errors ?? ruleOf(concerned, error.code, details));
  const params = { ...details, count: fields.length };
  return {
    type: `/problems/${error.code.toLowerCase().replaceAll('_', '-')}`,
    title: translate(language, `error.${error.code}.title`, params),
    status: error.status,
    detail: translate(language, `error.${error.code}.detail`, params),
    instance: `urn:uuid:${requestId}`,
    code: error.code,
    ...(error.status < 500 && Object.keys(details).length > 0 ? { details } : {}),
    ...(fields.length > 0
      ? { errors: fields.map((field) => ({ ...field, message: fieldMessage(field, language, translate) })) }
      : {}),
  };
}

/** Headers that a refusal needs beside its body. */
export function problemHeaders(error: DomainError): Record<string, string> {
  const headers: Record<string, string> = {};
  if (error.status === 401) headers['WWW-Authenticate'] = 'Bearer';
  const { allow, seconds } = error.details;
  if (error.code === 'METHOD_NOT_ALLOWED' && Array.isArray(allow)) headers.Allow = allow.join(', ');
  if (error.code === 'TOO_MANY_ATTEMPTS') headers['Retry-After'] = String(seconds ?? 60);
  if (error.status === 503 || error.code === 'REQUEST_IN_PROGRESS') headers['Retry-After'] = '1';
  return headers;
}

/** Turns whatever was thrown into a refusal; what is no refusal is a fault of ours. */
export function refusalOf(error: unknown): DomainError {
  if (error instanceof DomainError) return error;
  if (!(error instanceof Error)) return new DomainError('INTERNAL', {}, { cause: error });
  const { status, type } = error as Error & { status?: unknown; type?: unknown };
  if (type === 'entity.too.large') return new DomainError('PAYLOAD_TOO_LARGE', {}, { cause: error });
  const reason = typeof type === 'string' ? MALFORMED[type] : undefined;
  if (reason !== undefined) return new DomainError('MALFORMED_REQUEST', { reason }, { cause: error });
  if (typeof (error as { code?: unknown }).code === 'string' && status === 400) {
    // A body that is not compressed as it says.
    return new DomainError('MALFORMED_REQUEST', { reason: 'contentType' }, { cause: error });
  }
  if (error instanceof URIError || (status === 400 && error.message.startsWith('Failed to decode param'))) {
    return new DomainError('MALFORMED_REQUEST', { reason: 'address' }, { cause: error });
  }
  return new DomainError('INTERNAL', {}, { cause: error });
}

/** What express's body reader calls its refusals. */
const MALFORMED: Record<string, string> = {
  'entity.parse.failed': 'json',
  'entity.verify.failed': 'json',
  'encoding.unsupported': 'contentType',
  'charset.unsupported': 'contentType',
  'request.aborted': 'aborted',
  'request.size.invalid': 'aborted',
  'stream.encoding.set': 'contentType',
};

/** Tells whether a code of the catalogue is this one: codes also arrive as plain text from libraries. */
export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(ERRORS, code);
}

/** A refusal by one of our own rules as the one broken rule of its field: the rule's name is the code. */
function ruleOf(field: string | undefined, code: ErrorCode, params: JsonObject): Json | undefined {
  return field === undefined ? undefined : [{ field, rule: code, params }];
}

function fieldErrors(errors: Json | undefined): FieldError[] {
  if (!Array.isArray(errors)) return [];
  return (errors as unknown as FieldError[])
    .slice(0, MOST_ERRORS)
    .map(({ field, rule, params }) => ({ field: field.slice(0, 1000), rule, params: params ?? {} }));
}

/** Names the field and says its rule in words; a regular expression is never shown. */
function fieldMessage({ field, rule, params }: FieldError, language: Language, translate: Translate): string {
  const known = findText(TEXTS[language], `validation.${rule}`) !== null;
  const ours = isErrorCode(rule) ? `error.${rule}.detail` : 'validation.other';
  const name = field === '' ? translate(language, 'validation.wholeRequest') : fieldName(field);
  return translate(language, known ? `validation.${rule}` : ours, { ...params, field: name });
}

/** `/grants/0/role` as a reader would say it: `grants.0.role`. */
function fieldName(field: string): string {
  const steps = field.split('/').slice(1);
  return steps.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~')).join('.') || field;
}
