import type { Language } from '../app/language.ts';

const PERMIT = 'urn:shubbak:permit:1';
const ATTRIBUTE: Record<Language, string | null> = { ar: 'nameAr', fr: null, en: 'nameEn' };

/** A diagram with its elements named in the reader's language; French where a name lacks. */
export function namedIn(xml: string, language: Language): string {
  const attribute = ATTRIBUTE[language];
  if (attribute === null) return xml;
  const diagram = new DOMParser().parseFromString(xml, 'application/xml');
  for (const element of diagram.querySelectorAll('*')) {
    const name = element.getAttributeNS(PERMIT, attribute);
    if (name !== null) element.setAttribute('name', name);
  }
  return new XMLSerializer().serializeToString(diagram);
}
