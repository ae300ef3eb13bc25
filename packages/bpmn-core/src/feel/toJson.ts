import type { Json } from '../types.ts';

/** Turns a FEEL value into JSON: dates, times and durations become ISO 8601 text, numbers that are none become null. */
export function toJson(value: unknown): Json {
  switch (typeof value) {
    case 'boolean':
    case 'string':
      return value;
    case 'number':
      return Number.isFinite(value) ? value : null;
    case 'undefined':
      return null;
    case 'object':
      if (value === null) return null;
      if (Array.isArray(value)) return value.map(toJson);
      if (isTemporal(value)) return temporalText(value);
      if (Object.getPrototypeOf(value) === Object.prototype) {
        return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, toJson(entry)]));
      }
      throw new Error('the result is a range or a function, not a value');
    default:
      throw new Error('the result is a range or a function, not a value');
  }
}

interface Temporal {
  toISO(): string | null;
  toISODate?: () => string | null;
}

function isTemporal(value: object): value is Temporal {
  return 'toISO' in value && typeof value.toISO === 'function';
}

/** FEEL dates are midnights at UTC in feelin: they come out as dates. */
function temporalText(value: Temporal): string | null {
  const text = value.toISO();
  return text?.endsWith('T00:00:00.000Z') && value.toISODate ? value.toISODate() : text;
}
