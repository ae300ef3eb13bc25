import { currentLanguage, type Language } from './language.ts';

/** Latin digits in Arabic, as Moroccan administrations write. */
const LOCALES: Record<Language, string> = { ar: 'ar-MA-u-nu-latn', fr: 'fr-MA-u-nu-latn', en: 'en-GB' };
const HIJRI: Record<Language, string> = {
  ar: 'ar-MA-u-ca-islamic-umalqura-nu-latn',
  fr: 'fr-MA-u-ca-islamic-umalqura-nu-latn',
  en: 'en-GB-u-ca-islamic-umalqura',
};
const ZONE = 'Africa/Casablanca';

type Moment = string | number | Date;

/** Keeps what takes long to make: a list asks for the same formats in every row. */
function keeping<Options extends object, Format>(
  make: (locale: string, options: Options) => Format,
): (locale: string, options: Options) => Format {
  const kept = new Map<string, Format>();
  return (locale, options) => {
    const key = locale + JSON.stringify(options);
    let found = kept.get(key);
    if (found === undefined) {
      found = make(locale, options);
      kept.set(key, found);
    }
    return found;
  };
}
const formatter = keeping(
  (locale, options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { timeZone: ZONE, ...options }),
);
const numbers = keeping(
  (locale, options: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options),
);
const distances = keeping(
  (locale, options: Intl.RelativeTimeFormatOptions) => new Intl.RelativeTimeFormat(locale, options),
);

/** "lundi 23 novembre 2026" */
export function longDate(at: Moment, language: Language = currentLanguage()): string {
  return formatter(LOCALES[language], {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  }).format(new Date(at));
}

/** "23 nov. 2026": for tables. */
export function shortDate(at: Moment, language: Language = currentLanguage()): string {
  return formatter(LOCALES[language], { day: 'numeric', month: 'short', year: 'numeric' }).format(
    new Date(at),
  );
}

/** "23 nov. 2026, 14:02" */
export function dateTime(at: Moment, language: Language = currentLanguage()): string {
  return formatter(LOCALES[language], {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  }).format(new Date(at));
}

/** "14:02" */
export function timeOfDay(at: Moment, language: Language = currentLanguage()): string {
  return formatter(LOCALES[language], { hour: '2-digit', minute: '2-digit', hour12: false }).format(
    new Date(at),
  );
}

/** The Hijri date by the Umm al-Qura calendar: a day from the Moroccan one at most, so always shown as approximate. */
export function hijriDate(at: Moment, language: Language = currentLanguage()): string {
  return formatter(HIJRI[language], { day: 'numeric', month: 'long', year: 'numeric' }).format(new Date(at));
}

/** "1 250,50" */
export function number(
  value: number,
  options: Intl.NumberFormatOptions = {},
  language: Language = currentLanguage(),
): string {
  return numbers(LOCALES[language], options).format(value);
}

/** "1 250,50 MAD" */
export function money(value: number, language: Language = currentLanguage()): string {
  return numbers(LOCALES[language], { style: 'currency', currency: 'MAD' }).format(value);
}

/** "il y a 3 jours", "dans 2 heures" */
export function relative(at: Moment, now: number, language: Language = currentLanguage()): string {
  const seconds = (new Date(at).getTime() - now) / 1000;
  const words = distances(LOCALES[language], { numeric: 'auto' });
  const steps: [Intl.RelativeTimeFormatUnit, number][] = [
    ['day', 86_400],
    ['hour', 3_600],
    ['minute', 60],
  ];
  for (const [unit, size] of steps) {
    if (Math.abs(seconds) >= size) return words.format(Math.round(seconds / size), unit);
  }
  return words.format(0, 'minute');
}

/** "3,2 j", "5 h", "12 min": for measures. */
export function duration(seconds: number, language: Language = currentLanguage()): string {
  const unit = seconds >= 86_400 ? 'day' : seconds >= 3_600 ? 'hour' : 'minute';
  const size = { day: 86_400, hour: 3_600, minute: 60 }[unit];
  return numbers(LOCALES[language], {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits: 1,
  }).format(seconds / size);
}

/** A colon as each language writes it: French alone leaves a space before it. */
export function colon(language: Language = currentLanguage()): string {
  return language === 'fr' ? '\u00a0: ' : ': ';
}

/** "1,4 Mo" */
export function fileSize(bytes: number, language: Language = currentLanguage()): string {
  const unit = bytes >= 1_000_000 ? 'megabyte' : bytes >= 1_000 ? 'kilobyte' : 'byte';
  const size = { megabyte: 1_000_000, kilobyte: 1_000, byte: 1 }[unit];
  return numbers(LOCALES[language], { style: 'unit', unit, maximumFractionDigits: 1 }).format(bytes / size);
}
