import { type Language, localText } from '../../app/language.ts';

/** What the editor reads of an element's names. */
interface Named {
  name?: string;
  get?(property: string): unknown;
}

/** An element's name in a language, or in the first that has one. */
export function nameIn(element: Named, language: Language): string {
  const ar = text(element, 'permit:nameAr');
  const en = text(element, 'permit:nameEn');
  const fr = element.name ?? '';
  const wanted = { ar, fr, en }[language];
  return wanted || fr || ar || en;
}

const text = (element: Named, property: string): string => {
  const value = element.get?.(property);
  return typeof value === 'string' ? value : '';
};

export { localText };
