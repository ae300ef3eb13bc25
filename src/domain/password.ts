import { DomainError } from './errors.ts';

const SHORTEST = 12;
const LONGEST = 200;
const FEWEST_DISTINCT = 5;

/** The commonest passwords and keyboard walks that are long enough; longer ones made of them are refused too. */
const COMMON = [
  '123456789012',
  '1234567890ab',
  '1q2w3e4r5t6y',
  '1qaz2wsx3edc',
  'abcdefghijkl',
  'administrator',
  'adminadminadmin',
  'azertyazerty',
  'azertyuiopqs',
  'changemenow1',
  'iloveyou1234',
  'letmeinletmein',
  'motdepasse12',
  'motdepasse123',
  'password1234',
  'passwordpassword',
  'passw0rd1234',
  'qazwsxedcrfv',
  'qwerty123456',
  'qwertyqwerty',
  'qwertyuiop12',
  'qwertyuiopas',
  'welcome12345',
  'zaq12wsxcde3',
];

/**
 * Refuses passwords that are guessed first: short ones, the commonest, and the e-mail itself.
 * @throws DomainError WEAK_PASSWORD (details: `reason`: `short`, `long`, `common` or `email`)
 */
export function checkPassword(password: string, email: string): void {
  const length = [...password].length;
  if (length < SHORTEST) throw weak('short');
  if (length > LONGEST) throw weak('long');
  const lower = password.normalize('NFKC').toLowerCase();
  const address = email.toLowerCase();
  if (lower === address || lower === address.split('@')[0]) throw weak('email');
  if (new Set(lower).size < FEWEST_DISTINCT || COMMON.some((common) => lower.startsWith(common))) {
    throw weak('common');
  }
}

const weak = (reason: string) => new DomainError('WEAK_PASSWORD', { reason });
