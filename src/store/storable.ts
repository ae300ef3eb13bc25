import { DomainError } from '../domain/errors.ts';

/** Deeper documents are refused by MongoDB itself (100 levels), with a message no user could read. */
const DEEPEST = 80;

/** Half a character, which UTF-8 cannot write. */
const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * Refuses what the database would change, misread or reject: keys with `$`, `.` or NUL, texts that are no valid
 * Unicode, numbers that are no JSON, and documents nested too deeply.
 * @throws DomainError INVALID_INPUT (details: `errors` with the JSON pointer of the first offence)
 */
export function assertStorable(value: unknown, pointer = '', depth = 0): void {
  if (depth > DEEPEST) throw refusal(pointer, 'depth');
  if (typeof value === 'string') {
    if (LONE_SURROGATE.test(value)) throw refusal(pointer, 'unicode');
  } else if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw refusal(pointer, 'number');
  } else if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) assertStorable(value[i], `${pointer}/${i}`, depth + 1);
  } else if (value !== null && typeof value === 'object' && !(value instanceof Date)) {
    for (const [key, item] of Object.entries(value)) {
      const inside = `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
      if (!isStorableKey(key)) throw refusal(inside, 'key');
      assertStorable(item, inside, depth + 1);
    }
  }
}

function isStorableKey(key: string): boolean {
  return (
    !key.startsWith('$') &&
    !key.includes('.') &&
    !key.includes('\0') &&
    key !== '__proto__' &&
    !LONE_SURROGATE.test(key)
  );
}

function refusal(field: string, rule: string): DomainError {
  return new DomainError('INVALID_INPUT', {
    errors: [{ field: field.replace(LONE_SURROGATE, '\uFFFD'), rule, params: {} }],
  });
}
