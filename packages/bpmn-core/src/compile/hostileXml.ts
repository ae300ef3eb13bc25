import type { Report } from './report.ts';

const MAX_BYTES = 2_000_000;
const MAX_ELEMENTS = 5_000;
const MAX_DEPTH = 100;

/** Refuses, before any parser sees it, a document made to exhaust one: entities, size, number of elements, depth. */
export function checkDocument(xml: string, report: Report): void {
  const bytes = Buffer.byteLength(xml);
  if (bytes > MAX_BYTES) {
    const params = { bytes: String(bytes), limit: String(MAX_BYTES) };
    report.refuse(
      'too-large',
      null,
      `the document has ${bytes} bytes; at most ${MAX_BYTES} are read`,
      params,
    );
    return;
  }
  if (/<!(DOCTYPE|ENTITY)/i.test(xml)) {
    report.refuse(
      'doctype',
      null,
      'the document declares a DOCTYPE or entities; BPMN needs neither: remove them',
    );
    return;
  }
  const { elements, depth } = measure(xml);
  if (elements > MAX_ELEMENTS) {
    const params = { limit: String(MAX_ELEMENTS) };
    report.refuse('too-many-elements', null, `the document has more than ${MAX_ELEMENTS} elements`, params);
  }
  if (depth > MAX_DEPTH) {
    const params = { limit: String(MAX_DEPTH) };
    report.refuse('too-deep', null, `elements are nested more than ${MAX_DEPTH} deep`, params);
  }
}

/** Counts start tags and their depth in one pass, without building anything; stops as soon as a limit is passed. */
function measure(xml: string): { elements: number; depth: number } {
  let elements = 0;
  let deepest = 0;
  let depth = 0;
  let at = xml.indexOf('<');
  while (at >= 0 && elements <= MAX_ELEMENTS && deepest <= MAX_DEPTH) {
    let end: number;
    if (xml.startsWith('<!--', at)) end = after(xml, '-->', at + 4);
    else if (xml.startsWith('<![CDATA[', at)) end = after(xml, ']]>', at + 9);
    else if (xml.startsWith('<?', at)) end = after(xml, '?>', at + 2);
    else {
      end = endOfTag(xml, at);
      if (xml[at + 1] === '/') depth--;
      else {
        elements++;
        deepest = Math.max(deepest, depth + 1);
        if (xml[end - 2] !== '/') depth++;
      }
    }
    at = xml.indexOf('<', end);
  }
  return { elements, depth: deepest };
}

function after(xml: string, mark: string, from: number): number {
  const found = xml.indexOf(mark, from);
  return found < 0 ? xml.length : found + mark.length;
}

/** The position after the `>` that closes a tag; one inside a quoted attribute closes nothing. */
function endOfTag(xml: string, from: number): number {
  let quote = '';
  for (let at = from + 1; at < xml.length; at++) {
    const character = xml[at] as string;
    if (quote !== '') {
      if (character === quote) quote = '';
    } else if (character === '"' || character === "'") quote = character;
    else if (character === '>') return at + 1;
  }
  return xml.length;
}
