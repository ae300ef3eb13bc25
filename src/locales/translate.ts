import type { Json, Language } from '../domain/json.ts';
import ar from './ar.json' with { type: 'json' };
import en from './en.json' with { type: 'json' };
import fr from './fr.json' with { type: 'json' };
import { type Message, type Place, parseMessage } from './message.ts';

/** What fills a message; a text in several languages is said in the reader's. */
export type Params = Readonly<Record<string, Json | undefined>>;

/** Says a text of the product in a language. @throws MissingText when no text has this key */
export type Translate = (language: Language, key: string, params?: Params) => string;

/** Texts by key, in levels: `error.FORBIDDEN.title` is `{ error: { FORBIDDEN: { title } } }`. */
export interface Texts {
  [key: string]: string | Texts;
}

/** Thrown when a key has no text in a language: a fault of ours. */
export class MissingText extends Error {
  constructor(language: Language, key: string) {
    super(`there is no text ${key} in ${language}`);
    this.name = 'MissingText';
  }
}

/** The texts that ship with the product. */
export const TEXTS: Record<Language, Texts> = { ar, fr, en };

/** How numbers, dates and plurals of each language are written here: Latin digits in Arabic, as in Morocco. */
const REGIONS: Record<Language, string> = { ar: 'ar-MA-u-nu-latn', fr: 'fr-FR', en: 'en-GB' };
const TIME_ZONE = 'Africa/Casablanca';

/** Left-to-right isolate and its end: they keep `17-B` from being read as `B-17` inside Arabic. */
const ISOLATE = '\u2066';
const END_ISOLATE = '\u2069';
const ARABIC_LETTER = /\p{Script=Arabic}/u;

/** Makes the function that says texts; messages are parsed once, when they are first said. */
export function createTranslate(texts: Record<Language, Texts> = TEXTS): Translate {
  const parsed = new Map<string, Message>();
  return (language, key, params = {}) => {
    const name = `${language} ${key}`;
    let message = parsed.get(name);
    if (message === undefined) {
      const text = findText(texts[language], key);
      if (text === null) throw new MissingText(language, key);
      message = parseMessage(text);
      parsed.set(name, message);
    }
    return say(message, language, params, null);
  };
}

/** Finds a text by its key, null when there is none. */
export function findText(texts: Texts, key: string): string | null {
  let here: string | Texts | undefined = texts;
  for (const step of key.split('.')) {
    here = typeof here === 'object' && Object.hasOwn(here, step) ? here[step] : undefined;
  }
  return typeof here === 'string' ? here : null;
}

function say(message: Message, language: Language, params: Params, count: number | null): string {
  return message.map((part) => sayPart(part, language, params, count)).join('');
}

function sayPart(part: string | Place, language: Language, params: Params, count: number | null): string {
  if (typeof part === 'string') {
    return count === null ? part : part.replaceAll('#', written(count, language));
  }
  const value = params[part.name];
  switch (part.kind) {
    case 'value':
      return written(value ?? '', language);
    case 'date':
    case 'dateTime':
      return writtenDate(value, part.kind, language);
    case 'given':
      return value === undefined || value === null ? '' : say(part.branch, language, params, count);
    case 'select':
      return say(branchOf(part, String(value)), language, params, count);
    case 'plural': {
      const number = Number(value);
      const category = new Intl.PluralRules(REGIONS[language]).select(number);
      return say(branchOf(part, `=${number}`, category), language, params, number);
    }
  }
}

function branchOf(place: { branches: Record<string, Message> }, ...names: string[]): Message {
  const name = names.find((one) => Object.hasOwn(place.branches, one)) ?? 'other';
  return place.branches[name] ?? [];
}

function written(value: Json, language: Language): string {
  if (typeof value === 'number') return isolated(writtenNumber(value, language), language);
  if (Array.isArray(value)) {
    const items = value.map((item) => written(item, language));
    return new Intl.ListFormat(REGIONS[language], { type: 'conjunction' }).format(items);
  }
  if (typeof value === 'object' && value !== null) {
    return isolated(String(value[language] ?? value.fr ?? ''), language);
  }
  return isolated(String(value ?? ''), language);
}

function writtenNumber(value: number, language: Language): string {
  return new Intl.NumberFormat(REGIONS[language], { maximumFractionDigits: 2 }).format(value);
}

function writtenDate(value: Json | undefined, kind: 'date' | 'dateTime', language: Language): string {
  if (typeof value !== 'number' && typeof value !== 'string') return '';
  const at = new Date(value);
  if (Number.isNaN(at.getTime())) return written(value, language);
  return new Intl.DateTimeFormat(REGIONS[language], {
    dateStyle: 'long',
    ...(kind === 'dateTime' ? { timeStyle: 'short' } : {}),
    timeZone: TIME_ZONE,
  }).format(at);
}

function isolated(text: string, language: Language): string {
  if (language !== 'ar' || text === '' || ARABIC_LETTER.test(text)) return text;
  return `${ISOLATE}${text}${END_ISOLATE}`;
}
