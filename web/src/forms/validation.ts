import { queryOptions } from '@tanstack/react-query';
import type { FormSchema, JsonObject } from './layout.ts';

/** What breaks a rule of the form: where, which, and the rule's figures. */
export interface Fault {
  pointer: string;
  rule: string;
  params: Record<string, unknown>;
}

interface AjvError {
  instancePath: string;
  keyword: string;
  params: Record<string, unknown>;
}
type Check = ((value: unknown) => boolean) & { errors?: AjvError[] | null };

/** The rules of one form, compiled by the server: the browser evaluates no text. */
export interface FormRules {
  faults(value: unknown): Fault[];
  /** Tells whether a value fits one of the form's inner schemas (`if`, `oneOf`…). */
  fits(schema: FormSchema, value: unknown): boolean;
}

/** Fetches the compiled rules of a form from our own server. */
export function rulesQuery(procedure: string, form: string, version: string | undefined, schema: FormSchema) {
  return queryOptions({
    queryKey: ['form-rules', procedure, form, version ?? null],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async (): Promise<FormRules> => {
      const short = form.startsWith(`${procedure}/`) ? form.slice(procedure.length + 1) : form;
      const query = version === undefined ? '' : `?version=${encodeURIComponent(version)}`;
      const address = `/api/v1/procedures/${encodeURIComponent(procedure)}/forms/${encodeURIComponent(short)}/validator.js${query}`;
      return rulesOf((await import(/* @vite-ignore */ address)) as Compiled, schema);
    },
  });
}

interface Compiled {
  validate: Check;
  /** Inner schemas by their pointer in the form's schema. */
  parts: Record<string, Check>;
}

export function rulesOf({ validate, parts }: Compiled, schema: FormSchema): FormRules {
  const known = new Map(
    Object.entries(parts).map(([pointer, check]) => [stable(partAt(schema, pointer)), check]),
  );
  const fits = (part: FormSchema, value: unknown): boolean => {
    const check = known.get(stable(part));
    if (check !== undefined) return check(value);
    // What RJSF puts together from parts of ours.
    const { allOf, anyOf, required } = part as {
      allOf?: FormSchema[];
      anyOf?: FormSchema[];
      required?: string[];
    };
    const has = (name: string) => (value as Record<string, unknown> | null | undefined)?.[name] !== undefined;
    return (
      (allOf === undefined || allOf.every((one) => fits(one, value))) &&
      (anyOf === undefined || anyOf.some((one) => fits(one, value))) &&
      (required === undefined || required.every(has))
    );
  };
  return {
    fits,
    faults(value) {
      if (validate(value)) return [];
      const seen = new Set<string>();
      return (validate.errors ?? [])
        .filter(({ keyword }) => keyword !== 'if')
        .map(({ instancePath, keyword, params }) => {
          const property = params.missingProperty ?? params.additionalProperty;
          const pointer =
            typeof property === 'string'
              ? `${instancePath}/${property.replaceAll('~', '~0').replaceAll('/', '~1')}`
              : instancePath;
          return { pointer, rule: keyword, params };
        })
        .filter(({ pointer }) => !seen.has(pointer) && seen.add(pointer));
    },
  };
}

function partAt(schema: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .reduce<unknown>(
      (at, step) => (at as Record<string, unknown>)?.[step.replaceAll('~1', '/').replaceAll('~0', '~')],
      schema,
    );
}

/** The same text for the same schema, whatever the order of its keys. */
function stable(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(stable).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  return `{${Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, one]) => `${JSON.stringify(key)}:${stable(one)}`)
    .join()}}`;
}

/** Rules that let everything pass, while the real ones are on their way. */
export const NO_RULES: FormRules = { faults: () => [], fits: () => false };

export type { JsonObject };
