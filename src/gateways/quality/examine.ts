import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { PDFDocument } from '@cantoo/pdf-lib';
import * as pdfjs from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { FileMeasures, PageMeasure, ScanMeasure } from '../../domain/quality.ts';
import type { AcceptedType } from '../files/files.ts';
import { type ImageHead, isWholeJpeg, isWholePng, jpegHead, pngHead, tiffHeads } from './imageHeads.ts';
import { shrink, toneOf } from './tone.ts';

/** Why a file cannot be read at all. */
export type Unreadable = 'truncated' | 'encrypted' | 'broken' | 'noPages';

/** Pages looked at: those of a dossier's plan, and the first of a book. */
const MOST_PAGES = 40;
/** Larger images are not decoded: an A1 sheet at 200 pixels an inch has 31 million. */
const MOST_PIXELS = 64_000_000;
/** Where the decoders of JPEG 2000 and JBIG2 are, which scanners write. */
const DECODERS = join(
  dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json')),
  'wasm',
  '/',
);
const POINTS_AN_INCH = 72;
const MM_A_POINT = 25.4 / POINTS_AN_INCH;
/** An image is a scan when it covers this much of its page. */
const COVERS = 0.5;

/** Measures a file. What cannot be known is left out; only what no reader would open is called unreadable. */
export async function examine(bytes: Buffer, type: AcceptedType): Promise<FileMeasures | Unreadable> {
  if (type === 'application/pdf') return examinePdf(bytes);
  if (type === 'image/vnd.dxf') return examineDxf(bytes);
  if (type === 'image/tiff') {
    const heads = tiffHeads(bytes);
    if (heads === null) return 'broken';
    return file(
      heads.slice(0, MOST_PAGES).map((head, index) => imagePage(index + 1, head, null)),
      heads.length,
    );
  }
  const isPng = type === 'image/png';
  const head = isPng ? pngHead(bytes) : jpegHead(bytes);
  if (head === null) return 'broken';
  if (!(isPng ? isWholePng(bytes) : isWholeJpeg(bytes))) return 'truncated';
  return file([imagePage(1, head, await toneOfImage(bytes, isPng, head))], 1);
}

function file(
  measured: PageMeasure[],
  pages: number | null,
  announcedPages: number | null = null,
): FileMeasures {
  return { pages, measured, announcedPages };
}

function imagePage(page: number, head: ImageHead, tone: ScanMeasure['tone']): PageMeasure {
  return { page, sheet: null, content: 'scan', scan: { ...head, tone } };
}

/** Counts what is drawn: pairs of lines, the code and its value, as far as the section of entities. */
function examineDxf(bytes: Buffer): FileMeasures {
  const page = (content: PageMeasure['content']) => file([{ page: 1, sheet: null, content, scan: null }], 1);
  if (bytes.subarray(0, 22).toString('latin1').startsWith('AutoCAD Binary DXF')) return page('unknown');
  const text = bytes.toString('latin1');
  const start = /\n[ \t]*2[ \t]*\r?\n[ \t]*ENTITIES[ \t]*\r?\n/.exec(text);
  if (start === null) return page('none');
  const next = /^[ \t]*0[ \t]*\r?\n[ \t]*(\w+)/.exec(
    text.slice(start.index + start[0].length, start.index + 400),
  );
  return page(next === null || next[1] === 'ENDSEC' ? 'none' : 'drawn');
}

async function toneOfImage(bytes: Buffer, isPng: boolean, head: ImageHead): Promise<ScanMeasure['tone']> {
  if (head.width * head.height > MOST_PIXELS) return null;
  try {
    // One reader of images for all: the page's own, with the image as its only content.
    const doc = await PDFDocument.create();
    const image = isPng ? await doc.embedPng(bytes) : await doc.embedJpg(bytes);
    const { width, height } = image.size();
    doc.addPage([width, height]).drawImage(image, { x: 0, y: 0, width, height });
    const found = await examinePdf(Buffer.from(await doc.save()));
    return typeof found === 'string' ? null : (found.measured[0]?.scan?.tone ?? null);
  } catch {
    // An image in a way of writing that this reader does not know may still be a good one.
    return null;
  }
}

async function examinePdf(bytes: Buffer): Promise<FileMeasures | Unreadable> {
  const task = pdfjs.getDocument({
    data: new Uint8Array(bytes),
    isEvalSupported: false,
    disableFontFace: true,
    useSystemFonts: false,
    // Nothing is silently left out: a page that cannot be read whole is not judged.
    stopAtErrors: true,
    maxImageSize: MOST_PIXELS,
    isOffscreenCanvasSupported: false,
    isImageDecoderSupported: false,
    wasmUrl: DECODERS,
    verbosity: 0,
  });
  try {
    const doc = await task.promise;
    if (doc.numPages < 1) return 'noPages';
    const measured: PageMeasure[] = [];
    for (let number = 1; number <= Math.min(doc.numPages, MOST_PAGES); number += 1) {
      measured.push(await examinePage(doc, number));
    }
    return file(measured, doc.numPages, await announced(doc));
  } catch (error) {
    if ((error as Error).name === 'PasswordException') return 'encrypted';
    return 'broken';
  } finally {
    await task.destroy();
  }
}

/** "Page 1 sur 4", "1/4" at its foot, "صفحة 1 من 4": what the last page says of itself. */
async function announced(doc: pdfjs.PDFDocumentProxy): Promise<number | null> {
  try {
    const page = await doc.getPage(doc.numPages);
    const { items } = await page.getTextContent();
    const text = items
      .map((item) => ('str' in item ? item.str : ''))
      .join(' ')
      .slice(0, 20_000);
    const told = /(?:\bpage|\bp\.|صفحة|الصفحة)\s*(\d{1,3})\s*(?:\/|sur|of|de|من)\s*(\d{1,3})/iu.exec(text);
    if (told === null || Number(told[1]) !== doc.numPages) return null;
    return Number(told[2]);
  } catch {
    return null;
  }
}

async function examinePage(doc: pdfjs.PDFDocumentProxy, number: number): Promise<PageMeasure> {
  try {
    const page = await doc.getPage(number);
    const { width, height } = page.getViewport({ scale: 1 });
    const sheet = {
      widthMm: width * MM_A_POINT * page.userUnit,
      heightMm: height * MM_A_POINT * page.userUnit,
    };
    try {
      const found = await look(page, width * height);
      return { page: number, sheet, ...found };
    } catch {
      return { page: number, sheet, content: 'unknown', scan: null };
    } finally {
      page.cleanup();
    }
  } catch {
    return { page: number, sheet: null, content: 'unknown', scan: null };
  }
}

type Matrix = [number, number, number, number, number, number];
const OPS = pdfjs.OPS;
const TEXT = new Set([
  OPS.showText,
  OPS.showSpacedText,
  OPS.nextLineShowText,
  OPS.nextLineSetSpacingShowText,
]);
const IMAGES = new Set([
  OPS.paintImageXObject,
  OPS.paintInlineImageXObject,
  OPS.paintImageMaskXObject,
  OPS.paintImageXObjectRepeat,
  OPS.paintImageMaskXObjectRepeat,
  OPS.paintInlineImageXObjectGroup,
  OPS.paintImageMaskXObjectGroup,
  OPS.paintSolidColorImageMask,
]);
const DRAWN = new Set([OPS.constructPath, OPS.shadingFill, OPS.rawFillPath]);

/** Follows the drawing of a page to its largest image, and tells whether anything is drawn. */
async function look(page: pdfjs.PDFPageProxy, area: number): Promise<Pick<PageMeasure, 'content' | 'scan'>> {
  const { fnArray, argsArray } = await page.getOperatorList();
  let matrix: Matrix = [1, 0, 0, 1, 0, 0];
  const stack: Matrix[] = [];
  let isDrawn = false;
  let largest: { op: number; args: unknown[]; wide: number; high: number } | null = null;
  for (const [at, op] of fnArray.entries()) {
    const args = (argsArray[at] ?? []) as unknown[];
    if (op === OPS.save) stack.push(matrix);
    else if (op === OPS.restore) matrix = stack.pop() ?? matrix;
    else if (op === OPS.transform) matrix = times(matrix, args as Matrix);
    else if (op === OPS.paintFormXObjectBegin) {
      stack.push(matrix);
      if (Array.isArray(args[0])) matrix = times(matrix, args[0] as Matrix);
    } else if (op === OPS.paintFormXObjectEnd) matrix = stack.pop() ?? matrix;
    else if (TEXT.has(op)) isDrawn ||= hasGlyphs(args[0]);
    else if (DRAWN.has(op)) isDrawn = true;
    else if (IMAGES.has(op)) {
      const wide = Math.hypot(matrix[0], matrix[1]);
      const high = Math.hypot(matrix[2], matrix[3]);
      if (largest === null || wide * high > largest.wide * largest.high) largest = { op, args, wide, high };
    }
  }
  if (largest === null) return { content: isDrawn ? 'drawn' : 'none', scan: null };
  if (largest.wide * largest.high < COVERS * area) return { content: 'drawn', scan: null };
  return { content: 'scan', scan: await scanOf(page, largest) };
}

const times = (m: Matrix, n: Matrix): Matrix => [
  m[0] * n[0] + m[2] * n[1],
  m[1] * n[0] + m[3] * n[1],
  m[0] * n[2] + m[2] * n[3],
  m[1] * n[2] + m[3] * n[3],
  m[0] * n[4] + m[2] * n[5] + m[4],
  m[1] * n[4] + m[3] * n[5] + m[5],
];

function hasGlyphs(shown: unknown): boolean {
  return (
    Array.isArray(shown) &&
    shown.some((one) => typeof one === 'object' && one !== null && one.isSpace !== true)
  );
}

interface Picture {
  width: number;
  height: number;
  kind?: number;
  data?: Uint8Array | Uint8ClampedArray | string;
}

async function scanOf(
  page: pdfjs.PDFPageProxy,
  { op, args, wide, high }: { op: number; args: unknown[]; wide: number; high: number },
): Promise<ScanMeasure | null> {
  const [first, width, height] = args;
  const picture = typeof first === 'string' ? await pictureOf(page, first) : (first as Picture);
  const size = {
    width: Number(picture?.width ?? width),
    height: Number(picture?.height ?? height),
  };
  if (!(size.width > 0 && size.height > 0)) return null;
  const inches = { wide: wide / POINTS_AN_INCH, high: high / POINTS_AN_INCH };
  const dpi = Math.min(size.width / inches.wide, size.height / inches.high) / page.userUnit;
  // A mask has no paper of its own to be dark.
  const tone =
    op === OPS.paintImageXObject || op === OPS.paintInlineImageXObject ? toneOfPicture(picture) : null;
  return { ...size, dpi, tone };
}

function pictureOf(page: pdfjs.PDFPageProxy, name: string): Promise<Picture | null> {
  const objects = name.startsWith('g_') ? page.commonObjs : page.objs;
  return new Promise((resolve) => objects.get(name, resolve));
}

function toneOfPicture(picture: Picture | null): ScanMeasure['tone'] {
  if (picture === null || typeof picture.data !== 'object') return null;
  const { width, height, kind, data } = picture;
  const { GRAYSCALE_1BPP, RGB_24BPP, RGBA_32BPP } = pdfjs.ImageKind;
  if (kind === GRAYSCALE_1BPP) {
    const row = (width + 7) >> 3;
    return toneOf(
      shrink(width, height, (x, y) => (((data[y * row + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1 ? 255 : 0)),
    );
  }
  const step = kind === RGB_24BPP ? 3 : kind === RGBA_32BPP ? 4 : 0;
  if (step === 0 || data.length < width * height * step) return null;
  return toneOf(
    shrink(width, height, (x, y) => {
      const at = (y * width + x) * step;
      return (
        ((data[at] as number) * 299 + (data[at + 1] as number) * 587 + (data[at + 2] as number) * 114) / 1000
      );
    }),
  );
}
