import { createHmac, timingSafeEqual } from 'node:crypto';

/** The follow-up secrets of dossiers: printed on the receipt, typed by whoever asks where a dossier is. */
export interface FollowUp {
  /** The secret of a dossier, by its identifier: `XXXXX-XXXXX`, without letters that pass for figures. */
  secretOf(dossier: string): string;
  /** Tells, in constant time, whether what was typed is the secret; case, spaces and dashes do not count. */
  isSecretOf(dossier: string, typed: string): boolean;
}

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 10;
/** What people write for figures. */
const LOOKS_LIKE: Record<string, string> = { O: '0', I: '1', L: '1' };

/** Derives the secrets from one key of the server: none of them is kept anywhere. */
export function createFollowUp(key: Uint8Array): FollowUp {
  const lettersOf = (dossier: string): string => {
    const digest = createHmac('sha256', key).update(`follow-up:${dossier}`).digest();
    return Array.from(digest.subarray(0, LENGTH), (byte) => ALPHABET[byte % 32]).join('');
  };
  return {
    secretOf(dossier) {
      const letters = lettersOf(dossier);
      return `${letters.slice(0, LENGTH / 2)}-${letters.slice(LENGTH / 2)}`;
    },
    isSecretOf(dossier, typed) {
      const letters = typed
        .toUpperCase()
        .replace(/[^0-9A-Z]/g, '')
        .replace(/[OIL]/g, (letter) => LOOKS_LIKE[letter] ?? letter);
      const digest = (text: string) => createHmac('sha256', key).update(text).digest();
      return timingSafeEqual(digest(letters), digest(lettersOf(dossier)));
    },
  };
}
