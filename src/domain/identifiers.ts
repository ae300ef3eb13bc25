const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * A ULID: 48 bits of time, 80 of chance, 26 letters that sort by time. Time and chance are passed in.
 * See github.com/ulid/spec.
 */
export function ulid(time: number, random: (bytes: number) => Uint8Array): string {
  let letters = '';
  for (let rest = time, i = 0; i < 10; i++, rest = Math.floor(rest / 32))
    letters = ALPHABET[rest % 32] + letters;
  for (const byte of random(16)) letters += ALPHABET[byte & 31];
  return letters;
}
