import { fileTypeFromBuffer, fileTypeFromFile } from 'file-type';
import { ACCEPTED_TYPES, type AcceptedType } from './files.ts';

/** How many bytes from the front decide what a file is, and from the back whether it is whole. */
export const HEAD = 4100;
export const TAIL = 66_000;

const MAGIC: [AcceptedType, string][] = [
  ['application/pdf', '255044462d'],
  ['image/png', '89504e470d0a1a0a'],
  ['image/jpeg', 'ffd8ff'],
  ['image/tiff', '49492a00'],
  ['image/tiff', '4d4d002a'],
];
const BINARY_DXF = 'AutoCAD Binary DXF\r\n\x1a\0';
const ASCII_DXF =
  /^\ufeff?\s*(?:999\r?\n[^\n]*\n\s*)*0[ \t]*\r?\n[ \t]*SECTION[ \t]*\r?\n[ \t]*2[ \t]*\r?\n[ \t]*(?:HEADER|CLASSES|TABLES|BLOCKS|ENTITIES|OBJECTS|THUMBNAILIMAGE)\s/;
const MARKUP: [string, RegExp][] = [
  ['image/svg+xml', /<svg[\s>]/i],
  ['text/html', /<(?:!doctype\s+html|html|script|body)[\s>]/i],
];

function isDxf(head: Buffer): boolean {
  const text = head.toString('latin1');
  return text.startsWith(BINARY_DXF) || ASCII_DXF.test(head.toString('utf8'));
}

/** What the front of a file says it is: an accepted type, or the name of what was found instead. */
export async function typeOfHead(head: Buffer): Promise<{ accepted: AcceptedType } | { found: string }> {
  const text = head.toString('latin1', 0, 1024);
  // A page or a drawing with scripts in front of, or inside, something harmless is still opened as a page by browsers.
  const markup = MARKUP.find(([, pattern]) => pattern.test(text));
  if (markup !== undefined) return { found: markup[0] };
  const magic = MAGIC.find(([, hex]) => head.subarray(0, hex.length / 2).toString('hex') === hex);
  if (magic !== undefined) return { accepted: magic[0] };
  if (isDxf(head)) return { accepted: 'image/vnd.dxf' };
  return { found: (await fileTypeFromBuffer(head))?.mime ?? 'unknown' };
}

function endsAsZip(tail: Buffer): boolean {
  const record = tail.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  if (record < 0 || record + 22 > tail.length) return false;
  return record + 22 + tail.readUInt16LE(record + 20) === tail.length;
}

/**
 * Looks at a file that is stored whole, to find what its front hid: an archive at the end, an animation, a raw photo.
 * Returns what was found instead of `type`, or null.
 */
export async function contradictionIn(
  path: string,
  type: AcceptedType,
  tail: Buffer,
): Promise<string | null> {
  if (endsAsZip(tail)) return 'application/zip';
  if (type === 'image/vnd.dxf') return null;
  const found = (await fileTypeFromFile(path))?.mime;
  return found === undefined || found === type ? null : found;
}

/** Says how a file of an accepted type is unusable, from its end; null when nothing is wrong. */
export function damageIn(
  type: AcceptedType,
  tail: Buffer,
  isEncrypted: boolean,
): 'truncated' | 'encrypted' | null {
  if (type === 'application/pdf') {
    const end = tail.subarray(-2048).toString('latin1');
    if (!end.includes('%%EOF') || !end.includes('startxref')) return 'truncated';
    return isEncrypted ? 'encrypted' : null;
  }
  const isAsciiDxf = type === 'image/vnd.dxf' && tail.at(-1) !== 0;
  if (isAsciiDxf && !/(?:^|\n)\s*0\s*\r?\n\s*EOF\s*$/.test(tail.toString('latin1'))) return 'truncated';
  return null;
}

export const ACCEPTED: string[] = [...ACCEPTED_TYPES];
