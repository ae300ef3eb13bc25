/** Any value that survives a JSON round trip. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** A JSON object, as forms, process variables and event data are. */
export type JsonObject = { [key: string]: Json };

/** A text in the languages of the product; English may be missing where the law knows only Arabic and French. */
export interface LocalizedText {
  ar: string;
  fr: string;
  en?: string;
}

/** The languages that every page, error and letter speaks. */
export const LANGUAGES = ['ar', 'fr', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];
