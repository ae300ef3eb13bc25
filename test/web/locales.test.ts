import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';

const FOLDER = fileURLToPath(new URL('../../web/src/locales/', import.meta.url));
const LANGUAGES = ['ar', 'fr', 'en'] as const;
const PLURAL = /_(zero|one|two|few|many|other)$/;

type Texts = { [key: string]: string | Texts };

/** Every text by its key, plural forms under one key. */
function flat(texts: Texts, path = ''): Map<string, string[]> {
  const found = new Map<string, string[]>();
  const add = (key: string, values: string[]) => found.set(key, [...(found.get(key) ?? []), ...values]);
  for (const [key, value] of Object.entries(texts)) {
    if (typeof value === 'string') add((path + key).replace(PLURAL, ''), [value]);
    else for (const [inner, values] of flat(value, `${path}${key}.`)) add(inner, values);
  }
  return found;
}

const read = (language: string, file: string): Texts =>
  JSON.parse(readFileSync(`${FOLDER}${language}/${file}`, 'utf8')) as Texts;
const placesOf = (texts: string[]): string[] =>
  [
    ...new Set(texts.flatMap((text) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? ''))),
  ].sort();

describe('locales of the pages', () => {
  const files = readdirSync(`${FOLDER}fr`).sort();

  it('have the same files in all three languages', () => {
    for (const language of LANGUAGES)
      expect(readdirSync(FOLDER + language).sort(), language).to.deep.equal(files);
  });

  for (const file of files) {
    it(`${file} says the same things, with the same places, in all three`, () => {
      const french = flat(read('fr', file));
      for (const language of LANGUAGES) {
        const texts = flat(read(language, file));
        expect([...texts.keys()].sort(), language).to.deep.equal([...french.keys()].sort());
        for (const [key, values] of texts) {
          expect(
            values.every((value) => value.trim() !== ''),
            `${language} ${key}`,
          ).to.equal(true);
          // A plural form may leave the number to the word ("one day").
          const places = placesOf(values).filter((name) => name !== 'count');
          expect(places, `${language} ${key}`).to.deep.equal(
            placesOf(french.get(key) ?? []).filter((name) => name !== 'count'),
          );
        }
      }
    });

    it(`${file} counts in the forms of each language`, () => {
      const forms: Record<string, string[]> = {
        ar: ['zero', 'one', 'two', 'few', 'many', 'other'],
        fr: ['one', 'many', 'other'],
        en: ['one', 'other'],
      };
      for (const language of LANGUAGES) {
        const keys = keysOf(read(language, file));
        const plurals = new Set(keys.filter((key) => PLURAL.test(key)).map((key) => key.replace(PLURAL, '')));
        for (const plural of plurals) {
          const missing = (forms[language] ?? []).filter((form) => !keys.includes(`${plural}_${form}`));
          expect(missing, `${language} ${plural}`).to.deep.equal([]);
        }
      }
    });
  }
});

function keysOf(texts: Texts, path = ''): string[] {
  return Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string' ? [path + key] : keysOf(value, `${path}${key}.`),
  );
}
