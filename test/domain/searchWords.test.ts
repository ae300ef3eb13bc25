import { expect } from 'chai';
import { askedFor, searchKeys } from '../../src/domain/searchWords.ts';

const finds = (texts: string[], query: string): boolean => {
  const keys = new Set(searchKeys(texts));
  const asked = askedFor(query);
  return asked.length > 0 && asked.every((word) => keys.has(word));
};

describe('search words', () => {
  const ALIKE: [why: string, text: string, query: string][] = [
    ['forms of alef and hamza', 'أحمد الإدريسي', 'احمد الادريسي'],
    ['alef maqsura and ya', 'مصطفى', 'مصطفي'],
    ['ta marbuta and ha', 'فاطمة', 'فاطمه'],
    ['tatweel', 'محمـــد', 'محمد'],
    ['vowel signs', 'مُحَمَّد', 'محمد'],
    ['the article left out', 'شارع الحسن الثاني', 'حسن'],
    ['hamza on waw', 'مؤسسة', 'موسسه'],
    ['Arabic-Indic digits', 'T 12345/09', '١٢٣٤٥'],
    ['accents', 'Élodie Benoît', 'elodie benoit'],
    ['capitals', 'Chefchaouen', 'CHEFCH'],
    ['the beginning of a word', 'Abdelkader', 'abdel'],
    ['parts of a number', '01.151.01.01-PC-2026-00412', '2026-00412'],
    ['a number without its zeros', '01.151.01.01-PC-2026-00412', '412'],
    ['words in another order', 'Ahmed Tazi', 'tazi ahmed'],
    ['a word longer than any beginning kept', 'Sidimohammedbenabdellah', 'sidimohammedbenabdellah'],
  ];
  for (const [why, text, query] of ALIKE) {
    it(`does not tell apart ${why}`, () => {
      expect(finds([text], query), `${query} in ${text}`).to.equal(true);
    });
  }

  it('asks for every word, each from its beginning', () => {
    expect(finds(['Ahmed Tazi'], 'ahmed alami')).to.equal(false);
    expect(finds(['Ahmed Tazi'], 'azi')).to.equal(false);
  });

  it('finds nothing by nothing', () => {
    expect(askedFor(' - . ')).to.deep.equal([]);
    expect(askedFor('a')).to.deep.equal([]);
  });

  it('keeps its keys few, whatever is written', () => {
    const text = Array.from({ length: 2000 }, (_, index) => `word${index}`).join(' ');
    expect(searchKeys([text]).length).to.be.lessThan(2000);
  });
});
