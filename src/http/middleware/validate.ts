import type { RequestHandler } from 'express';
import * as OpenApiValidator from 'express-openapi-validator';
import { DomainError, type FieldError } from '../../domain/errors.ts';
import type { Json, JsonObject } from '../../domain/json.ts';
import type { Contract, OpenApiDocument } from '../contract.ts';

/**
 * Holds requests and answers against the contract: a request that breaks it is refused field by field, an answer that
 * breaks it is a fault of ours.
 */
export function validate(contract: Contract): RequestHandler[] {
  return OpenApiValidator.middleware({
    apiSpec: withoutStreams(contract.document) as never,
    validateApiSpec: false,
    validateRequests: { allErrors: true },
    validateResponses: true,
    // Authentication and streamed uploads are ours.
    validateSecurity: false,
    fileUploader: false,
    ajvFormats: { mode: 'full' },
  });
}

/** An answer of ours that breaks the contract, told apart in the log. */
export class BrokenContract extends Error {
  constructor(message: string, options: ErrorOptions) {
    super(message, options);
    this.name = 'BrokenContract';
  }
}

/** Turns what the validator throws into our own refusals; leaves everything else as it is. */
export function contractError(error: unknown): unknown {
  if (!isValidatorError(error)) return error;
  if (error.status === 415) {
    return new DomainError('MALFORMED_REQUEST', { reason: 'contentType' }, { cause: error });
  }
  if (error.status === 404) return new DomainError('ROUTE_NOT_FOUND', {}, { cause: error });
  if (error.status === 400) {
    const errors = error.errors.map((one) => ({ ...fieldErrorOf(one) }));
    return new DomainError('INVALID_INPUT', { errors }, { cause: error });
  }
  return new BrokenContract(error.message, { cause: error });
}

interface ValidatorError extends Error {
  status: number;
  errors: { path?: string; message: string; errorCode?: string }[];
}

function isValidatorError(error: unknown): error is ValidatorError {
  return Object.values(OpenApiValidator.error).some((Kind) => error instanceof (Kind as never));
}

function fieldErrorOf({ path = '', message, errorCode }: ValidatorError['errors'][number]): FieldError {
  const field = path.startsWith('/body') ? path.slice('/body'.length) : parameterName(path);
  const rule = errorCode?.replace(/\.openapi\.validation$/, '') ?? ruleOfMessage(message);
  return { field, rule, params: paramsOf(rule, message) };
}

function parameterName(path: string): string {
  return path
    .replace(/^\//, '')
    .replace(/^headers\//, 'header/')
    .replace(/^params\//, 'path/');
}

function ruleOfMessage(message: string): string {
  if (message.startsWith('Unknown query parameter')) return 'unknownParameter';
  if (message.startsWith('Empty value')) return 'emptyParameter';
  return 'other';
}

/** The validator keeps only ajv's sentence; what a rule was about is read back from it. */
function paramsOf(rule: string, message: string): JsonObject {
  const number = /-?\d+(?:\.\d+)?/.exec(message)?.[0];
  if (LIMITS.has(rule) && number !== undefined) return { limit: Number(number) };
  if (rule === 'multipleOf' && number !== undefined) return { multipleOf: Number(number) };
  if (rule === 'format') return { format: /"([^"]+)"/.exec(message)?.[1] ?? '' };
  if (rule === 'type') return { type: /^must be (\w+)/.exec(message)?.[1] ?? '' };
  if (rule === 'enum') {
    const values: Json[] = (message.split(': ')[1] ?? '').split(', ').filter((value) => value !== '');
    return values.length > 0 ? { allowedValues: values } : {};
  }
  return {};
}

const LIMITS = new Set([
  'minLength',
  'maxLength',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'minItems',
  'maxItems',
  'minProperties',
  'maxProperties',
]);

/** The validator sees files as empty, since they are streamed past it: the route itself asks for them. */
function withoutStreams(document: OpenApiDocument): OpenApiDocument {
  const copy = structuredClone(document);
  for (const item of Object.values(copy.paths)) {
    for (const operation of Object.values(item)) {
      if (Array.isArray(operation)) continue;
      const content = operation.requestBody?.content as Record<string, { schema: { required?: string[] } }>;
      delete content?.['multipart/form-data']?.schema.required;
      if (content?.['application/pdf'] !== undefined) delete operation.requestBody;
    }
  }
  return copy;
}
