import type { FieldError } from './errors.ts';
import type { Json, JsonObject } from './json.ts';

/** How an operator may intervene in a process that its diagram does not bring on. */
export const INTERVENTION_KINDS = ['skip', 'variables', 'move', 'cancel'] as const;
export type InterventionKind = (typeof INTERVENTION_KINDS)[number];

/** What an operator did to a process, and why. The reason may name persons: the event refers to this record. */
export interface Intervention {
  id: string;
  instance: string;
  dossier: string;
  kind: InterventionKind;
  reason: string;
  by: string;
  at: number;
  /** The flow node that was skipped, or moved from. */
  flowNode: string | null;
  /** The flow node moved to. */
  to: string | null;
  /** Names of the variables that were given. */
  names: string[];
}

/** Characters of the reason of an intervention. */
export const REASON_LENGTH = { min: 10, max: 500 } as const;

/** Characters of given variables, written as JSON. */
const MOST_TEXT = 20_000;
const MOST_VARIABLES = 50;
const DEEPEST = 8;
/** Expressions of a diagram know a variable by one word. */
const NAME = /^[A-Za-z_][A-Za-z0-9_]{0,63}$/;

/** What is wrong with the reason of an intervention. */
export function reasonErrors(reason: string): FieldError[] {
  const { length } = reason.trim();
  const broken = (rule: string, limit: number) => [{ field: '/reason', rule, params: { limit } }];
  if (length < REASON_LENGTH.min) return broken('minLength', REASON_LENGTH.min);
  return length > REASON_LENGTH.max ? broken('maxLength', REASON_LENGTH.max) : [];
}

/** What is wrong with variables that an operator gives: names of one word, plain JSON, of bounded size and depth. */
export function variableErrors(variables: JsonObject): FieldError[] {
  const errors: FieldError[] = [];
  const names = Object.keys(variables);
  const add = (field: string, rule: string, params: JsonObject = {}) => errors.push({ field, rule, params });
  if (names.length > MOST_VARIABLES) add('/variables', 'maxProperties', { limit: MOST_VARIABLES });
  for (const name of names) {
    const field = `/variables/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    if (!NAME.test(name) || name in Object.prototype) add(field, 'propertyNames');
    else if (!isPlain(variables[name])) add(field, 'type', { type: 'object' });
    else if (depthOf(variables[name] ?? null) > DEEPEST) add(field, 'other');
  }
  if (errors.length === 0 && JSON.stringify(variables).length > MOST_TEXT)
    add('/variables', 'maxLength', { limit: MOST_TEXT });
  return errors;
}

function isPlain(value: unknown): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object') return false;
  if (Array.isArray(value)) return value.every(isPlain);
  return Object.getPrototypeOf(value) === Object.prototype && Object.values(value).every(isPlain);
}

function depthOf(value: Json): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}

/**
 * The flow nodes that every way from the start of a process to `place` goes through, of those given: the decisions and
 * signatures that a token put there by hand would pass by.
 */
export function mustBePassed(
  place: string,
  candidates: string[],
  { ways, starts }: { ways: { from: string; to: string }[]; starts: string[] },
): string[] {
  const next = new Map<string, string[]>();
  for (const { from, to } of ways) next.set(from, [...(next.get(from) ?? []), to]);
  return candidates.filter((candidate) => {
    if (candidate === place) return false;
    const seen = new Set<string>([candidate]);
    const waiting = [...starts];
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      if (seen.has(at)) continue;
      seen.add(at);
      if (at === place) return false;
      waiting.push(...(next.get(at) ?? []));
    }
    return true;
  });
}
