/** Characters of a reason, as the server counts them. */
export const REASON = { min: 10, max: 500 } as const;

export const isReason = (text: string): boolean => text.trim().length >= REASON.min;

type Variables = Record<string, unknown>;

/** A JSON object with names of one word, as typed; null when it is none. Nothing typed is an empty one. */
export function variablesOf(text: string): Variables | null {
  if (text.trim() === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
    return Object.keys(value).every((name) => /^[A-Za-z_][A-Za-z0-9_]{0,63}$/.test(name))
      ? (value as Variables)
      : null;
  } catch {
    return null;
  }
}
