/** Marks of vowels and the tatweel, which people write or leave out; Latin accents, once taken apart. */
const MARKS = /[\p{Mn}\u0640]/gu;
const SAME: Record<string, string> = { أ: 'ا', إ: 'ا', آ: 'ا', ٱ: 'ا', ى: 'ي', ة: 'ه', ؤ: 'و', ئ: 'ي' };

/** The longest beginning of a word that is kept for searching. */
export const LONGEST_WORD = 40;
const MOST_WORDS = 40;

/** The words of a text as they are compared: without case, accents or the spellings of one Arabic letter. */
export function searchWords(text: string): string[] {
  const folded = [...text.normalize('NFC')].map((letter) => SAME[letter] ?? letter).join('');
  const plain = folded.normalize('NFKD').replace(MARKS, '').toLowerCase();
  const words = plain.match(/[\p{L}\p{N}]+/gu) ?? [];
  return [...new Set(words.map((word) => word.slice(0, LONGEST_WORD)))].slice(0, MOST_WORDS);
}
