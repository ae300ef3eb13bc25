import type { Json } from '../domain/json.ts';

/**
 * Writes a JSON value as text. Values whose keys are not ours (JSON Schemas with `$ref`, process variables, engine
 * state) are kept so, since a document's keys may not hold `$` or `.`.
 */
export function toJson(value: Json | object): string {
  return JSON.stringify(value);
}

/** Reads back what `toJson` wrote. */
export function fromJson<T>(text: string): T {
  return JSON.parse(text) as T;
}
