/** The shortest beginning of a word that finds it; a single letter would find everything. */
const SHORTEST = 2;
/** Beginnings longer than this are no longer kept: the word as a whole still is. */
const LONGEST_BEGINNING = 12;
const MOST_WORDS = 120;

/**
 * Writes a text as it is searched for, whoever typed it and on which keyboard: lower case without accents; Arabic without
 * vowel signs and tatweel, with one form of alef, hamza, ya and ta marbuta; Latin digits.
 */
export function searchable(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f\u064b-\u065f\u0670\u06d6-\u06ed\u0640]/g, '')
    .replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x0660))
    .replace(/[\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) - 0x06f0))
    .replace(/[\u0622\u0623\u0625\u0671]/g, '\u0627')
    .replace(/\u0629/g, '\u0647')
    .replace(/[\u0649\u0626\u06cc]/g, '\u064a')
    .replace(/\u0624/g, '\u0648')
    .replace(/\u0621/g, '')
    .replace(/\u06a9/g, '\u0643')
    .toLowerCase()
    .replace(/œ/g, 'oe')
    .replace(/æ/g, 'ae');
}

/** The words of a text as they are searched for; what is neither letter nor digit parts them. */
export function wordsOf(text: string): string[] {
  const words = searchable(text).match(/[\p{L}\p{N}]+/gu) ?? [];
  // The article is written with the word: "الدار" is found by "دار" too.
  const bare = words.filter((word) => /^\u0627\u0644\p{L}{3,}/u.test(word)).map((word) => word.slice(2));
  // A number is asked for without the zeros that fill it up.
  const short = words.filter((word) => /^0+\d{2,}$/.test(word)).map((word) => word.replace(/^0+/, ''));
  return [...new Set([...words, ...bare, ...short])];
}

/** All by which a text is found: its words and their beginnings, so that an index answers without a scan. */
export function searchKeys(texts: readonly string[]): string[] {
  const words = [...new Set(texts.flatMap(wordsOf))].slice(0, MOST_WORDS);
  const keys = new Set<string>();
  for (const word of words) {
    const letters = [...word];
    for (let length = SHORTEST; length < Math.min(letters.length, LONGEST_BEGINNING + 1); length++)
      keys.add(letters.slice(0, length).join(''));
    keys.add(letters.slice(0, 60).join(''));
  }
  return [...keys];
}

/** What a person typed, as keys that must all be there; words too short to find anything by are left out. */
export function askedFor(query: string): string[] {
  const words = searchable(query).match(/[\p{L}\p{N}]+/gu) ?? [];
  const asked = words.map((word) => {
    const letters = [...word];
    return letters.length > LONGEST_BEGINNING ? letters.slice(0, 60).join('') : word;
  });
  return [...new Set(asked)].filter((word) => word.length >= SHORTEST || /^\d$/.test(word)).slice(0, 8);
}
