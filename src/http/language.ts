import { LANGUAGES, type Language } from '../domain/json.ts';

/** The language of whoever asks for none. */
export const DEFAULT_LANGUAGE: Language = 'fr';

/** Chooses the language of the answer from `Accept-Language`, by weight and then by order (RFC 9110, 12.5.4). */
export function negotiateLanguage(header: string | undefined): Language {
  if (header === undefined) return DEFAULT_LANGUAGE;
  const ranges = header
    .slice(0, 500)
    .split(',')
    .map((part, order) => ({ ...parseRange(part), order }))
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight || a.order - b.order);
  for (const { tag } of ranges) {
    if (tag === '*') return DEFAULT_LANGUAGE;
    const language = LANGUAGES.find((known) => tag === known || tag.startsWith(`${known}-`));
    if (language !== undefined) return language;
  }
  return DEFAULT_LANGUAGE;
}

/** Reads a language named in a query, if it is one of ours. */
export function languageNamed(value: unknown): Language | null {
  return LANGUAGES.find((language) => language === value) ?? null;
}

function parseRange(part: string): { tag: string; weight: number } {
  const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
  const q = parameters.map((parameter) => parameter.trim()).find((parameter) => parameter.startsWith('q='));
  if (q === undefined) return { tag: tag.trim(), weight: tag.trim() === '' ? 0 : 1 };
  const weight = Number(q.slice(2));
  return { tag: tag.trim(), weight: weight >= 0 && weight <= 1 ? weight : 0 };
}
