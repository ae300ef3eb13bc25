import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { DomainError } from '../domain/errors.ts';

/** Where every address of the contract begins. */
export const API_ROOT = '/api/v1';

/** The part of an OpenAPI document that the server reads itself. */
interface OperationObject {
  operationId: string;
  security?: unknown[];
  parameters?: ParameterObject[];
  requestBody?: { required?: boolean; content: Record<string, unknown> };
  responses: Record<string, unknown>;
  'x-rate-limit'?: string;
  'x-codes'?: string[];
}
interface ParameterObject {
  $ref?: string;
  name?: string;
  in?: string;
  required?: boolean;
}
export interface OpenApiDocument {
  openapi: string;
  info: { title: string; version: string };
  paths: Record<string, Record<string, OperationObject | ParameterObject[]>>;
  components: { parameters: Record<string, ParameterObject>; [kind: string]: unknown };
}

/** One thing that the API does, as its contract describes it. */
export interface Operation {
  id: string;
  /** Upper case. */
  method: string;
  /** `/dossiers/{id}` */
  template: string;
  isPublic: boolean;
  /** Whether an Idempotency-Key must, may or cannot come with it. */
  idempotencyKey: 'required' | 'optional' | 'none';
  /** Whether If-Match must come with it. */
  needsIfMatch: boolean;
  /** Media types of its body; empty when it has none. */
  bodyTypes: string[];
  /** Name of the limit on attempts, if there is one. */
  rateLimit: string | null;
  codes: string[];
  statuses: string[];
}

/** What an address means: an operation with the values of its variables, or the methods that exist there. */
export type Match =
  | { kind: 'operation'; operation: Operation; resource: string }
  | { kind: 'otherMethods'; allow: string[] }
  | { kind: 'unknown' };

/** The API's contract: the document itself and what the server needs to find in it. */
export interface Contract {
  document: OpenApiDocument;
  operations: Operation[];
  /** @throws DomainError MALFORMED_REQUEST when the path is badly encoded */
  match(method: string, path: string): Match;
}

const METHODS = ['get', 'put', 'post', 'patch', 'delete'];

/** Reads `openapi.yaml`, beside this file unless told otherwise. */
export function loadContract(path: URL = new URL('./openapi.yaml', import.meta.url)): Contract {
  const document = parse(readFileSync(path, 'utf8')) as OpenApiDocument;
  const operations = Object.entries(document.paths).flatMap(([template, item]) =>
    METHODS.filter((method) => method in item).map((method) =>
      operationOf(document, template, method, item[method] as OperationObject),
    ),
  );
  const routes = [...new Set(operations.map((operation) => operation.template))]
    // A fixed address wins over one with a variable at the same place.
    .sort((a, b) => Number(a.includes('{')) - Number(b.includes('{')))
    .map((template) => ({ template, pattern: patternOf(template) }));
  return {
    document,
    operations,
    match(method, path) {
      const route = routes.find(({ pattern }) => pattern.test(path));
      if (route === undefined) return { kind: 'unknown' };
      const here = operations.filter((operation) => operation.template === route.template);
      const wanted = method === 'HEAD' ? 'GET' : method;
      const operation = here.find((one) => one.method === wanted);
      if (operation === undefined) {
        return { kind: 'otherMethods', allow: here.map((one) => one.method) };
      }
      return { kind: 'operation', operation, resource: decoded(path) };
    },
  };
}

function operationOf(
  document: OpenApiDocument,
  template: string,
  method: string,
  object: OperationObject,
): Operation {
  const parameters = (object.parameters ?? []).map((parameter) => resolve(document, parameter));
  const header = (name: string) =>
    parameters.find((parameter) => parameter.in === 'header' && parameter.name === name);
  const key = header('Idempotency-Key');
  return {
    id: object.operationId,
    method: method.toUpperCase(),
    template,
    isPublic: object.security?.length === 0,
    idempotencyKey: key === undefined ? 'none' : key.required === true ? 'required' : 'optional',
    needsIfMatch: header('If-Match')?.required === true,
    bodyTypes: Object.keys(object.requestBody?.content ?? {}),
    rateLimit: object['x-rate-limit'] ?? null,
    codes: object['x-codes'] ?? [],
    statuses: Object.keys(object.responses),
  };
}

function resolve(document: OpenApiDocument, parameter: ParameterObject): ParameterObject {
  if (parameter.$ref === undefined) return parameter;
  const name = parameter.$ref.replace('#/components/parameters/', '');
  const found = document.components.parameters[name];
  if (found === undefined) throw new Error(`openapi.yaml names an unknown parameter ${parameter.$ref}`);
  return found;
}

function patternOf(template: string): RegExp {
  const escaped = template.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{[^}]+\}/g, '[^/]+');
  return new RegExp(`^${escaped}$`);
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch (cause) {
    throw new DomainError('MALFORMED_REQUEST', { reason: 'address' }, { cause });
  }
}
