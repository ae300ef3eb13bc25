import { DomainError } from '../domain/errors.ts';

/** Deeper documents are refused by MongoDB itself (100 levels), with a message no user could read. */
const DEEPEST = 80;

/** Half a character, which UTF-8 cannot write. */
const LONE_SURROGATE = /\p{Surrogate}/gu;

/**
 * Refuses what the database would change, misread or reject: keys with `$`, `.` or NUL, texts that are no valid
 * Unicode, numbers that are no JSON, and documents nested too deeply.
 * @throws DomainError INVALID_INPUT (details: `errors` with the JSON pointer of the first offence)
 */
export function assertStorable(value: unknown): void {
  const offence = offenceIn(value, 0);
  if (offence === null) return;
  const pointer = offence.path.map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
  throw new DomainError('INVALID_INPUT', {
    errors: [{ field: pointer.replace(LONE_SURROGATE, '\uFFFD'), rule: offence.rule, params: {} }],
  });
}

interface Offence {
  path: string[];
  rule: string;
}

/** The first offence; its path is only written where there is one, since every record of every step comes by here. */
function offenceIn(value: unknown, depth: number): Offence | null {
  if (depth > DEEPEST) return { path: [], rule: 'depth' };
  switch (typeof value) {
    case 'string':
      return value.isWellFormed() ? null : { path: [], rule: 'unicode' };
    case 'number':
      return Number.isFinite(value) ? null : { path: [], rule: 'number' };
    case 'object':
      return value === null || value instanceof Date ? null : offenceInside(value, depth);
    default:
      return null;
  }
}

function offenceInside(value: object, depth: number): Offence | null {
  const isArray = Array.isArray(value);
  for (const key of Object.keys(value)) {
    const offence =
      isArray || isStorableKey(key)
        ? offenceIn((value as Record<string, unknown>)[key], depth + 1)
        : { path: [], rule: 'key' };
    if (offence === null) continue;
    offence.path.unshift(key);
    return offence;
  }
  return null;
}

function isStorableKey(key: string): boolean {
  return (
    !key.startsWith('$') &&
    !key.includes('.') &&
    !key.includes('\0') &&
    key !== '__proto__' &&
    key.isWellFormed()
  );
}
