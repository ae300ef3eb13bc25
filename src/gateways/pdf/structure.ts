import type { ReasonCode } from './reasons.ts';

const TAIL = 1024;
const WALKED_LIMIT = 20_000_000;
const LONGEST_WALK = 10_000;

/** Follows the chain of cross-reference sections; a loop or a dead end is damage. */
function isXrefChainSound(bytes: Buffer, text: (from: number, length: number) => string): boolean {
  const start = bytes.lastIndexOf('startxref', undefined, 'latin1');
  let offset = Number(/^startxref\s+(\d{1,12})\s/.exec(text(start, 40))?.[1] ?? Number.NaN);
  const seen = new Set<number>();
  while (seen.size < LONGEST_WALK) {
    if (!Number.isSafeInteger(offset) || offset >= bytes.length || seen.has(offset)) return false;
    seen.add(offset);
    const head = text(offset, 40);
    if (!/^\s*(xref|\d+\s+\d+\s+obj)/.test(head)) return false;
    const from = head.trimStart().startsWith('xref') ? bytes.indexOf('trailer', offset, 'latin1') : offset;
    if (from < 0) return false;
    const dictionary = text(from, 4096).split(/startxref|stream/)[0] ?? '';
    const previous = /\/Prev\s+(\d{1,12})/.exec(dictionary)?.[1];
    if (previous === undefined) return /\/Root\s+\d+\s+\d+\s+R/.test(dictionary);
    offset = Number(previous);
  }
  return false;
}

/** Tells whether the tree of pages, as far as it is written in the clear, loops back on itself. */
function hasCyclicPages(content: string): boolean {
  const bodies = new Map<string, string>();
  for (const match of content.matchAll(/(?:^|[\r\n\s])(\d{1,9})\s+\d{1,5}\s+obj\b/g)) {
    const start = match.index + match[0].length;
    bodies.set(
      match[1] as string,
      content.slice(start, Math.min(start + 20_000, content.indexOf('endobj', start))),
    );
  }
  for (const [root, body] of bodies) {
    if (!/\/Type\s*\/Pages\b/.test(body)) continue;
    const open = [root];
    const seen = new Set<string>();
    while (open.length > 0) {
      const number = open.pop() as string;
      if (seen.has(number) || seen.size > LONGEST_WALK) return true;
      seen.add(number);
      const kids = /\/Kids\s*\[([^\]]*)\]/.exec(bodies.get(number) ?? '')?.[1] ?? '';
      for (const kid of kids.matchAll(/(\d{1,9})\s+\d{1,5}\s+R/g)) open.push(kid[1] as string);
    }
  }
  return false;
}

/** Says why bytes cannot be read as a PDF, or null; linear in their length whatever they hold. */
export function faultInStructure(bytes: Buffer): ReasonCode | null {
  const text = (from: number, length: number): string => bytes.toString('latin1', from, from + length);
  if (!text(0, TAIL).includes('%PDF-')) return 'NOT_A_PDF';
  if (!text(Math.max(0, bytes.length - TAIL), TAIL).includes('%%EOF')) return 'TRUNCATED';
  if (!isXrefChainSound(bytes, text)) return 'BROKEN_STRUCTURE';
  if (bytes.length <= WALKED_LIMIT && hasCyclicPages(bytes.toString('latin1'))) return 'BROKEN_STRUCTURE';
  return null;
}
