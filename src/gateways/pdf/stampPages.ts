import {
  PDFArray,
  PDFDict,
  type PDFDocument,
  PDFName,
  type PDFObject,
  type PDFPage,
  type PDFRef,
} from '@cantoo/pdf-lib';

type Snapshot = ReturnType<PDFDocument['takeSnapshot']>;
const N = (name: string): PDFName => PDFName.of(name);

interface Box {
  left: number;
  bottom: number;
  right: number;
  top: number;
}

function normalised(box: { x: number; y: number; width: number; height: number }): Box {
  return {
    left: Math.min(box.x, box.x + box.width),
    bottom: Math.min(box.y, box.y + box.height),
    right: Math.max(box.x, box.x + box.width),
    top: Math.max(box.y, box.y + box.height),
  };
}

/** What a reader shows of a page: its crop box, as far as it lies on the sheet. */
function visibleBox(page: PDFPage): Box {
  const media = normalised(page.getMediaBox());
  const crop = normalised(page.getCropBox());
  const box = {
    left: Math.max(media.left, crop.left),
    bottom: Math.max(media.bottom, crop.bottom),
    right: Math.min(media.right, crop.right),
    top: Math.min(media.top, crop.top),
  };
  return box.right > box.left && box.top > box.bottom ? box : media;
}

/** The matrix from the page as it is seen (origin bottom left) to its own space, for a clockwise rotation. */
function matrixFor(box: Box, rotation: number): number[] {
  if (rotation === 90) return [0, 1, -1, 0, box.right, box.bottom];
  if (rotation === 180) return [-1, 0, 0, -1, box.right, box.top];
  if (rotation === 270) return [0, -1, 1, 0, box.left, box.top];
  return [1, 0, 0, 1, box.left, box.bottom];
}

const A4_WIDTH = 595;
const MARGIN = 10;

function placement(page: PDFPage, stamp: { width: number; height: number }): string {
  const box = visibleBox(page);
  const rotation = (((Math.round(page.getRotation().angle / 90) * 90) % 360) + 360) % 360;
  const [width, height] = [box.right - box.left, box.top - box.bottom];
  const seen = rotation % 180 === 0 ? { width, height } : { width: height, height: width };
  // Readable on an A0 sheet, and never wider or higher than most of a small one.
  const wanted = Math.min(3, Math.max(1, Math.min(seen.width, seen.height) / A4_WIDTH));
  const scale = Math.min(wanted, (seen.width * 0.9) / stamp.width, (seen.height * 0.5) / stamp.height);
  const margin = Math.min(MARGIN * scale, seen.width * 0.05, seen.height * 0.05);
  const cm = (numbers: number[]): string => `${numbers.map((n) => n.toFixed(4)).join(' ')} cm`;
  return `${cm(matrixFor(box, rotation))} ${cm([scale, 0, 0, scale, margin, margin])}`;
}

/** The page's own resources with one more XObject; what it shared with other pages stays as it was. */
function resourcesWith(page: PDFPage, doc: PDFDocument, form: PDFRef): { resources: PDFDict; name: string } {
  const inherited = page.node.Resources();
  const resources = inherited === undefined ? doc.context.obj({}) : inherited.clone(doc.context);
  const old = resources.lookup(N('XObject'));
  const objects = old instanceof PDFDict ? old.clone(doc.context) : doc.context.obj({});
  let name = 'NeVarietur';
  while (objects.has(N(name))) name += 'X';
  objects.set(N(name), form);
  resources.set(N('XObject'), objects);
  return { resources, name };
}

function contentsOf(page: PDFPage): PDFObject[] {
  const raw = page.node.get(N('Contents'));
  const contents = page.node.lookup(N('Contents'));
  if (contents instanceof PDFArray) return contents.asArray();
  return raw === undefined || contents === undefined ? [] : [raw];
}

/**
 * Draws the first page of `stamp` at the bottom left of every page as it is seen, whatever its rotation and boxes,
 * as a form XObject on top of the page's own content.
 */
export async function stampPages(doc: PDFDocument, snapshot: Snapshot, stamp: Uint8Array): Promise<void> {
  const [embedded] = await doc.embedPdf(stamp, [0]);
  if (embedded === undefined) throw new Error('the stamp has no page');
  await embedded.embed();
  const open = doc.context.register(doc.context.stream('q\n'));
  for (const page of doc.getPages()) {
    const { resources, name } = resourcesWith(page, doc, embedded.ref);
    const draw = doc.context.register(
      doc.context.stream(`\nQ\nq ${placement(page, embedded)} /${name} Do Q\n`),
    );
    const contents = doc.context.obj([]);
    for (const part of [open, ...contentsOf(page), draw]) contents.push(part);
    page.node.set(N('Resources'), resources);
    page.node.set(N('Contents'), contents);
    snapshot.markRefForSave(page.ref);
  }
}
