import { crc32, deflateSync } from 'node:zlib';
import { PDFDocument } from '@cantoo/pdf-lib';
import jpeg from 'jpeg-js';

/** What is on a sheet, as a scanner or a telephone would see it. */
export interface Sheet {
  widthMm: number;
  heightMm: number;
  /** Pixels of the width; the height follows. */
  pixels: number;
  draw?: 'letters' | 'plan' | 'signature' | 'stain' | 'card' | 'nothing';
  /** 0 (black) to 255. */
  paper?: number;
  ink?: number;
  /** Degrees by which the sheet lay wrong. */
  lean?: number;
  /** Grain of the picture, in steps of grey. */
  noise?: number;
  /** How much of the light is left on the far side: 1 all. */
  shade?: number;
}

export interface Picture {
  width: number;
  height: number;
  data: Uint8Array;
}

/** The same number for the same numbers, spread over 0..1. */
function chance(a: number, b: number): number {
  let h = (Math.imul(a | 0, 0x9e3779b1) ^ Math.imul(b | 0, 0x85ebca6b)) >>> 0;
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d) >>> 0;
  h = Math.imul(h ^ (h >>> 12), 0x297a2d39) >>> 0;
  return ((h ^ (h >>> 15)) >>> 0) / 2 ** 32;
}

/** Whether there is ink at a point of the sheet, in mm. */
function inkAt(x: number, y: number, { draw = 'letters', widthMm: w, heightMm: h }: Sheet): boolean {
  if (draw === 'nothing') return false;
  if (draw === 'signature') {
    const [sx, sy] = [x - w * 0.6, y - h * 0.8];
    return sx > 0 && sx < 45 && Math.abs(sy - 5 * Math.sin(sx / 3)) < 0.5;
  }
  if (draw === 'stain') return Math.hypot(x - w * 0.3, y - h * 0.3) < 1.2;
  if (draw === 'card') {
    const inside = x > w * 0.1 && x < w * 0.9 && y > h * 0.15 && y < h * 0.85;
    if (!inside) return false;
    const edge = x < w * 0.11 || x > w * 0.89 || y < h * 0.17 || y > h * 0.83;
    return (
      edge ||
      (x < w * 0.35 && y > h * 0.3 && y < h * 0.7) ||
      letters(x, y, w * 0.4, w * 0.85, h * 0.3, h * 0.7, 0.5)
    );
  }
  if (draw === 'plan') {
    const frame = x > 10 && x < w - 10 && y > 10 && y < h - 10;
    if (!frame) return false;
    if (x < 10.7 || x > w - 10.7 || y < 10.7 || y > h - 10.7) return true;
    const [px, py] = [(x - 20) % 47, (y - 20) % 61];
    const wall = x < w - 80 && y < h - 60 && (px < 0.9 || py < 0.9);
    const stair = x > 40 && x < 60 && y > 40 && y < 90 && (y - 40) % 3 < 0.35;
    const roof = Math.abs(((x - 20) * (h - 40)) / (w - 40) - (y - 20)) < 0.4 && y < h - 60;
    return wall || stair || roof || letters(x, y, w - 70, w - 15, h - 50, h - 15, 0.7);
  }
  return letters(x, y, 22, w - 22, 25, h - 25, 1);
}

/** Words of upright strokes on lines: what makes a page a page to a measure of lines. */
function letters(
  x: number,
  y: number,
  left: number,
  right: number,
  top: number,
  bottom: number,
  size: number,
): boolean {
  if (x < left || x > right || y < top || y > bottom) return false;
  const line = Math.floor((y - top) / (6 * size));
  const within = (y - top) % (6 * size);
  if (within > 2.6 * size) return false;
  const word = Math.floor((x - left) / (11 * size));
  if ((x - left) % (11 * size) > (5 + 5 * chance(line, word)) * size) return false;
  const stroke = (x - left) % (1.7 * size);
  return stroke < 0.45 * size || within < 0.35 * size * chance(word, line);
}

/** Draws a sheet as a picture in grey; the same sheet gives the same bytes. */
export function paint(sheet: Sheet): Picture {
  const { widthMm, heightMm, pixels, paper = 250, ink = 25, lean = 0, noise = 0, shade = 1 } = sheet;
  const width = pixels;
  const height = Math.round((pixels * heightMm) / widthMm);
  const data = new Uint8Array(width * height);
  const mm = widthMm / width;
  const [cos, sin] = [Math.cos((lean * Math.PI) / 180), Math.sin((lean * Math.PI) / 180)];
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      const [dx, dy] = [column * mm - widthMm / 2, row * mm - heightMm / 2];
      const isInk = inkAt(dx * cos + dy * sin + widthMm / 2, dy * cos - dx * sin + heightMm / 2, sheet);
      const light = 1 - (1 - shade) * (column / width);
      const grain = noise === 0 ? 0 : (chance(column, row) - 0.5) * 2 * noise;
      data[row * width + column] = Math.max(0, Math.min(255, (isInk ? ink : paper) * light + grain));
    }
  }
  return { width, height, data };
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

/** Writes a picture as PNG. */
export function pngOf({ width, height, data }: Picture): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head[8] = 8;
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1)
    rows.set(data.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows, { level: 1 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Writes a picture as JPEG. */
export function jpegOf({ width, height, data }: Picture, quality = 80): Buffer {
  const rgba = Buffer.alloc(width * height * 4, 255);
  for (let at = 0; at < data.length; at += 1) {
    const value = data[at] as number;
    rgba[at * 4] = value;
    rgba[at * 4 + 1] = value;
    rgba[at * 4 + 2] = value;
  }
  return Buffer.from(jpeg.encode({ width, height, data: rgba }, quality).data);
}

/** Writes a picture as TIFF of one bit a pixel, with its resolution. */
export function tiffOf({ width, height, data }: Picture, dpi: number): Buffer {
  const row = (width + 7) >> 3;
  const bits = Buffer.alloc(row * height);
  for (const [at, value] of data.entries()) {
    const [x, y] = [at % width, Math.floor(at / width)];
    if (value < 128) bits[y * row + (x >> 3)] = (bits[y * row + (x >> 3)] as number) | (0x80 >> (x & 7));
  }
  const entries: [number, number, number][] = [
    [256, 4, width],
    [257, 4, height],
    [258, 3, 1],
    [259, 3, 1],
    [262, 3, 0],
    [273, 4, 0],
    [277, 3, 1],
    [278, 4, height],
    [279, 4, bits.length],
    [282, 5, 0],
    [283, 5, 0],
    [296, 3, 2],
  ];
  const directory = Buffer.alloc(2 + entries.length * 12 + 4 + 8);
  const resolution = 8 + directory.length - 8;
  directory.writeUInt16LE(entries.length, 0);
  for (const [index, [tag, type, value]] of entries.entries()) {
    const at = 2 + index * 12;
    directory.writeUInt16LE(tag, at);
    directory.writeUInt16LE(type, at + 2);
    directory.writeUInt32LE(1, at + 4);
    directory.writeUInt32LE(tag === 273 ? 8 + directory.length : type === 5 ? resolution : value, at + 8);
  }
  directory.writeUInt32LE(dpi, directory.length - 8);
  directory.writeUInt32LE(1, directory.length - 4);
  return Buffer.concat([Buffer.from('49492a0008000000', 'hex'), directory, bits]);
}

const POINT = 72 / 25.4;

/** A PDF whose pages are scans, as an office's scanner makes them. */
export async function scanPdf(sheets: Sheet[], as: 'png' | 'jpeg' = 'jpeg'): Promise<Buffer> {
  const doc = await PDFDocument.create({ updateMetadata: false });
  for (const sheet of sheets) {
    const picture = paint(sheet);
    const image = as === 'png' ? await doc.embedPng(pngOf(picture)) : await doc.embedJpg(jpegOf(picture));
    const size = { width: sheet.widthMm * POINT, height: sheet.heightMm * POINT };
    doc.addPage([size.width, size.height]).drawImage(image, { x: 0, y: 0, ...size });
  }
  return Buffer.from(await doc.save());
}

/** A PDF whose pages are drawn: what a word processor or a drawing program writes. */
export async function drawnPdf(
  pages: { widthMm: number; heightMm: number; lines?: string[] }[],
  options: { encrypt?: boolean } = {},
): Promise<Buffer> {
  const doc = await PDFDocument.create({ updateMetadata: false });
  for (const { widthMm, heightMm, lines = ['SPECIMEN', 'Lorem ipsum dolor sit amet'] } of pages) {
    const page = doc.addPage([widthMm * POINT, heightMm * POINT]);
    for (const [index, line] of lines.entries()) {
      page.drawText(line, { x: 40, y: heightMm * POINT - 60 - index * 18, size: 12 });
      page.drawRectangle({ x: 40, y: 80 + index * 30, width: 200, height: 20, borderWidth: 1 });
    }
  }
  if (options.encrypt === true) doc.encrypt({ userPassword: 'secret', ownerPassword: 'secret' });
  return Buffer.from(await doc.save());
}

/** A drawing of some lines, or of none. */
export function dxfOf(lines: number): Buffer {
  const pairs = [
    '0',
    'SECTION',
    '2',
    'HEADER',
    '9',
    '$ACADVER',
    '1',
    'AC1027',
    '0',
    'ENDSEC',
    '0',
    'SECTION',
    '2',
    'ENTITIES',
  ];
  for (let line = 0; line < lines; line += 1) {
    pairs.push('0', 'LINE', '8', '0', '10', '0', '20', String(line), '11', '10', '21', String(line));
  }
  return Buffer.from(`${[...pairs, '0', 'ENDSEC', '0', 'EOF'].join('\n')}\n`);
}
