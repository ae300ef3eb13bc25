import i18next, { type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';

export const LANGUAGES = ['ar', 'fr', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** What the languages call themselves. */
export const LANGUAGE_NAMES: Record<Language, string> = { ar: 'العربية', fr: 'Français', en: 'English' };

const KEPT_UNDER = 'shubbak.language';

/** Where each space's file of a language is; it is fetched with the space's code, never before. */
const FILES = import.meta.glob<string>('../locales/*/*.json', {
  query: '?url',
  import: 'default',
  eager: true,
});

/** @throws TypeError when the network or the server has none to give, as for code that cannot be fetched */
async function textsAt(address: string): Promise<object> {
  const response = await fetch(address);
  if (!response.ok) throw new TypeError(`${address}: ${response.status}`);
  return response.json();
}

/** The language `boot.js` has chosen before the first paint. */
export function firstLanguage(): Language {
  return LANGUAGES.find((one) => one === document.documentElement.lang) ?? 'fr';
}

/** Prepares the texts; only the common ones are fetched at once. */
export async function startLanguage(): Promise<i18n> {
  await i18next
    .use({
      type: 'backend' as const,
      init: () => undefined,
      read(language: string, namespace: string, done: (error: unknown, texts: object | null) => void) {
        const address = FILES[`../locales/${language}/${namespace}.json`];
        if (address === undefined) return done(new Error(`no texts ${language}/${namespace}`), null);
        textsAt(address).then(
          (texts) => done(null, texts),
          (error: unknown) => done(error, null),
        );
      },
    })
    .use(initReactI18next)
    .init({
      lng: firstLanguage(),
      // Texts of pages may be asked for at once, beside the common ones.
      initAsync: false,
      fallbackLng: false,
      supportedLngs: [...LANGUAGES],
      ns: ['common'],
      defaultNS: 'common',
      interpolation: { escapeValue: false },
      returnNull: false,
      react: { useSuspense: true },
    });
  return i18next;
}

/** The language the reader reads now. */
export function currentLanguage(): Language {
  return LANGUAGES.find((one) => one === i18next.language) ?? 'fr';
}

/** Changes the language of every page, here and on the next visit; fetches what is missing first, so that nothing blinks. */
export async function chooseLanguage(language: Language): Promise<void> {
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
  document.documentElement.dir = language === 'ar' ? 'rtl' : 'ltr';
  try {
    localStorage.setItem(KEPT_UNDER, language);
  } catch {
    // A browser that keeps nothing asks again next time.
  }
  const address = new URL(location.href);
  if (address.searchParams.has('lang')) {
    address.searchParams.set('lang', language);
    history.replaceState(history.state, '', address);
  }
}

/** A text that the server gives in several languages, in the reader's; French where it lacks. */
export function localText(
  text: { ar: string; fr: string; en?: string | undefined },
  language: Language = currentLanguage(),
): string {
  return text[language] ?? text.fr;
}
