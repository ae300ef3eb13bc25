import type { Found } from '../values/paths.ts';
import type { Value } from '../values/value.ts';

/** Undefined: no match. Otherwise the position of the matching array item, or -1 when no array took part. */
export type Match = number | undefined;

/** One operator with its operand, applied to all values a path leads to. */
export interface Predicate {
  readonly operator: string;
  readonly operand: Value;
  test(found: readonly Found[]): Match;
}

/** Builds a predicate that holds when any value, or any item of an array value, passes. */
export function anyValue(operator: string, operand: Value, passes: (value: Value) => boolean): Predicate {
  return {
    operator,
    operand,
    test(found) {
      for (const { value, positions } of found) {
        if (passes(value)) return positions[0] ?? -1;
        if (!Array.isArray(value)) continue;
        const item = value.findIndex((element) => passes(element ?? null));
        if (item >= 0) return positions[0] ?? item;
      }
      return undefined;
    },
  };
}

/** Builds a predicate on whole values only: an array is not gone into. */
export function wholeValue(operator: string, operand: Value, passes: (value: Value) => boolean): Predicate {
  return {
    operator,
    operand,
    test(found) {
      const hit = found.find(({ value }) => passes(value));
      return hit ? (hit.positions[0] ?? -1) : undefined;
    },
  };
}

/** Builds the opposite of a predicate. */
export function negated(operator: string, operand: Value, inner: readonly Predicate[]): Predicate {
  return {
    operator,
    operand,
    test: (found) => (inner.every((predicate) => predicate.test(found) !== undefined) ? undefined : -1),
  };
}

/** Applies a predicate to one array item. */
export function elementMatch(predicate: Predicate, item: Value): boolean {
  return predicate.test([{ value: item ?? null, positions: [] }]) !== undefined;
}
