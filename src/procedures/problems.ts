import type { LocalizedText } from '../domain/json.ts';
import type { Problem } from './types.ts';

/** Builds a problem, with its message in the three languages. */
export function problem(
  rule: string,
  element: string | null,
  fr: string,
  ar: string,
  en: string,
): Problem & { message: Required<LocalizedText> } {
  return { rule, element, message: { ar, fr, en } };
}
