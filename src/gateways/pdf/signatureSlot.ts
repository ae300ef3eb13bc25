/** Where the last signature of a file lies, and what it says of itself. */
export interface SignatureSlot {
  /** Offset of the `<` before the CMS, and the offset after its `>`. */
  start: number;
  end: number;
  /** Bytes that lie behind what the signature covers; negative when the file ends before. */
  trailing: number;
  /** The text between `<` and `>`. */
  contents: string;
  reason: string;
  location: string;
  /** The claimed instant, UTC epoch milliseconds; NaN when it is missing. */
  at: number;
}

const LONGEST_CONTENTS = 1_000_000;
const LONGEST_LABEL = 16_384;

function textOf(dictionary: string, key: string): string {
  const hex = new RegExp(`/${key}\\s*<([0-9A-Fa-f]*)>`).exec(dictionary)?.[1] ?? '';
  const bytes = Buffer.from(hex, 'hex');
  return bytes.subarray(0, 2).toString('hex') === 'feff' && bytes.length % 2 === 0
    ? bytes.subarray(2).swap16().toString('utf16le')
    : bytes.toString('latin1');
}

function instantOf(dictionary: string): number {
  const digits = /\/M\s*\(D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z\)/.exec(dictionary);
  if (digits === null) return Number.NaN;
  const [, year, month, day, hour, minute, second] = digits;
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

/**
 * Finds the last signature of a file by its `/ByteRange`, without following the file's own references; null when there
 * is none, `'inconsistent'` when it is not of the one form our writer gives it: one gap, in the same object, that holds
 * exactly the value of `/Contents`.
 */
export function lastSignature(file: Buffer): SignatureSlot | 'inconsistent' | null {
  const range = file.lastIndexOf('/ByteRange', undefined, 'latin1');
  if (range < 0) return null;
  const numbers = /^\/ByteRange\s*\[\s*(\d{1,12})\s+(\d{1,12})\s+(\d{1,12})\s+(\d{1,12})\s*\]/.exec(
    file.toString('latin1', range, range + 200),
  );
  if (numbers === null) return 'inconsistent';
  const [first, start, end, length] = numbers.slice(1).map(Number) as [number, number, number, number];
  const key = '/Contents ';
  const isWhole =
    first === 0 &&
    start >= key.length &&
    end > start + 2 &&
    end - start <= LONGEST_CONTENTS &&
    file.toString('latin1', start - key.length, start) === key &&
    file[start] === 0x3c;
  if (!isWhole) return 'inconsistent';
  const trailing = file.length - end - length;
  if (trailing >= 0 && file[end - 1] !== 0x3e) return 'inconsistent';
  const [from, to] = range < start ? [range, start] : [end, range];
  const objectStart = file.lastIndexOf(' obj', Math.min(range, start), 'latin1');
  const objectEnd = file.indexOf('endobj', Math.max(range, end), 'latin1');
  const isOneObject = from <= to && objectStart >= 0 && !file.toString('latin1', from, to).includes('endobj');
  if (!isOneObject || to - from > LONGEST_LABEL || range + 200 > file.length) return 'inconsistent';
  const before = file.toString('latin1', Math.max(objectStart, start - LONGEST_LABEL), start);
  const after = file.toString('latin1', end, Math.min(objectEnd < 0 ? end : objectEnd, end + LONGEST_LABEL));
  const label = before + after;
  if (!/\/SubFilter\s*\/ETSI\.CAdES\.detached\b/.test(label)) return 'inconsistent';
  return {
    start,
    end,
    trailing,
    contents: file.toString('latin1', start + 1, end - 1),
    reason: textOf(label, 'Reason'),
    location: textOf(label, 'Location'),
    at: instantOf(label),
  };
}
