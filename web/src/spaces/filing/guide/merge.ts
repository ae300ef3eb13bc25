import type { Json, JsonObject, Path } from '../../../forms/layout.ts';

/** One place that two windows have filled in differently. */
export interface Clash {
  path: Path;
  mine: Json | undefined;
  theirs: Json | undefined;
}

const isPlain = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Tells whether two values are the same, whatever the order of their keys. */
export function same(a: unknown, b: unknown): boolean {
  if (isPlain(a) && isPlain(b)) {
    const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
    return [...keys].every((key) => same(a[key], b[key]));
  }
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((one, index) => same(one, b[index]));
  return a === b;
}

/**
 * Puts together what two windows made of one draft: each keeps what only it has changed since `base`. Where both have
 * changed the same place differently, `merged` has mine, and the place is told.
 */
export function merge(
  base: Json | undefined,
  mine: JsonObject,
  theirs: JsonObject,
): { merged: JsonObject; clashes: Clash[] } {
  const clashes: Clash[] = [];
  const walk = (
    before: Json | undefined,
    here: Json | undefined,
    there: Json | undefined,
    path: Path,
  ): Json | undefined => {
    if (same(here, there) || same(there, before)) return here;
    if (same(here, before)) return there;
    if (isPlain(here) && isPlain(there) && !isPlace(here)) {
      const old = isPlain(before) ? before : {};
      const made: JsonObject = {};
      for (const key of new Set([...Object.keys(here), ...Object.keys(there)])) {
        const value = walk(old[key], here[key], there[key], [...path, key]);
        if (value !== undefined) made[key] = value;
      }
      return made;
    }
    clashes.push({ path, mine: here, theirs: there });
    return here;
  };
  return { merged: walk(base, mine, theirs, []) as JsonObject, clashes };
}

/** A point on the map is one answer, whatever is inside. */
const isPlace = (value: JsonObject): boolean => value.type !== undefined && value.coordinates !== undefined;

/** The same value with another at one place. */
export function withValue(value: JsonObject, path: Path, next: Json | undefined): JsonObject {
  const [step, ...rest] = path;
  if (step === undefined) return (next ?? {}) as JsonObject;
  const { [step]: before, ...others } = value;
  const inner = rest.length === 0 ? next : withValue(isPlain(before) ? before : {}, rest, next);
  return inner === undefined ? others : { ...others, [step]: inner };
}
