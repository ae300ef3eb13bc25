import { readFileSync } from 'node:fs';
import type { Language } from './browser.ts';

/** The texts of the pages, so that a story names things as its reader does: `words('ar', 'tasks')('inbox.title')`. */
export function words(
  language: Language,
  namespace: string,
): (key: string, given?: Record<string, string | number>) => string {
  const texts: unknown = JSON.parse(
    readFileSync(new URL(`../../src/locales/${language}/${namespace}.json`, import.meta.url), 'utf8'),
  );
  return (key, given = {}) => {
    const found = key
      .split('.')
      .reduce<unknown>((node, part) => (node as Record<string, unknown> | undefined)?.[part], texts);
    if (typeof found !== 'string') throw new Error(`${language}/${namespace} has no text ${key}`);
    return found.replace(/\{\{(\w+)\}\}/g, (_all, name: string) => String(given[name] ?? ''));
  };
}
