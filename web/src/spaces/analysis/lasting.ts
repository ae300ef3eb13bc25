import { number } from '../../app/format.ts';
import { currentLanguage, type Language } from '../../app/language.ts';
import type { Clock } from './filters.ts';

const LOCALES: Record<Language, string> = { ar: 'ar-MA-u-nu-latn', fr: 'fr-MA-u-nu-latn', en: 'en-GB' };

/**
 * A duration for a table or a sentence. Working time is told in hours: a day of office hours has another length in another
 * season, and "a day" would be read as a day of the calendar.
 */
export function lasting(
  seconds: number,
  clock: Clock,
  style: 'short' | 'long' = 'short',
  language: Language = currentLanguage(),
): string {
  const [unit, size] =
    clock === 'elapsed' && seconds >= 86_400
      ? (['day', 86_400] as const)
      : seconds >= 3_600
        ? (['hour', 3_600] as const)
        : seconds >= 60 || seconds === 0
          ? (['minute', 60] as const)
          : (['second', 1] as const);
  return new Intl.NumberFormat(LOCALES[language], {
    style: 'unit',
    unit,
    unitDisplay: style,
    maximumFractionDigits: 1,
  }).format(seconds / size);
}

/** "43 %" */
export const share = (part: number): string => number(part, { style: 'percent', maximumFractionDigits: 0 });
