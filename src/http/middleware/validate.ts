import { type RequestHandler, Router } from 'express';
import * as OpenApiValidator from 'express-openapi-validator';
import { DomainError, type FieldError } from '../../domain/errors.ts';
import type { Json, JsonObject } from '../../domain/json.ts';
import type { Contract, OpenApiDocument } from '../contract.ts';
import { exchangeOf } from '../exchange.ts';

/**
 * Holds requests and answers against the contract: a request that breaks it is refused field by field, an answer that
 * breaks it is a fault of ours. Each address has a validator of its own, made when it is first asked for: one that knows
 * them all compares each request with a hundred of them.
 */
export function validate(contract: Contract): RequestHandler {
  const validators = new Map<string, RequestHandler>();
  return (req, res, next) => {
    const { operation } = exchangeOf(res);
    if (operation === null) return next();
    const { template } = operation;
    const validator = validators.get(template) ?? validatorOf(contract.document, template);
    validators.set(template, validator);
    validator(req, res, next);
  };
}

function validatorOf(document: OpenApiDocument, template: string): RequestHandler {
  const handlers = OpenApiValidator.middleware({
    apiSpec: withoutStreams(onlyAddress(document, template)) as never,
    validateApiSpec: false,
    validateRequests: { allErrors: true },
    validateResponses: true,
    // Authentication and streamed uploads are ours.
    validateSecurity: false,
    fileUploader: false,
    ajvFormats: { mode: 'full' },
  });
  return Router().use(handlers);
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

/** The document of one address, with the components that it names, as the time to make a validator grows with each. */
function onlyAddress(document: OpenApiDocument, template: string): OpenApiDocument {
  const { components, ...rest } = document;
  const paths = { [template]: document.paths[template] ?? {} };
  const named: Record<string, Record<string, unknown>> = {};
  const wanted = referencesIn(paths);
  // What is added while it runs is visited too.
  for (const reference of wanted) {
    const [, , kind = '', name = ''] = reference.split('/');
    const component = (components[kind] as Record<string, unknown> | undefined)?.[name];
    named[kind] = { ...named[kind], [name]: component };
    for (const further of referencesIn(component)) wanted.add(further);
  }
  return { ...rest, paths, components: named } as OpenApiDocument;
}

/** What the `$ref`s within a part of the document point at. */
function referencesIn(part: unknown): Set<string> {
  const found = new Set<string>();
  JSON.stringify(part, (key, value) => {
    if (key === '$ref') found.add(value);
    return value;
  });
  return found;
}

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
