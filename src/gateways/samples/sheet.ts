import { degrees, PDFDocument, type PDFFont, type PDFPage, rgb, StandardFonts } from '@cantoo/pdf-lib';
import type { House } from './house.ts';

/** A3 lying, in points. */
export const SHEET = { width: 1190.55, height: 841.89 };
export const INK = rgb(0.1, 0.1, 0.12);
export const THIN = rgb(0.35, 0.38, 0.42);
export const RED = rgb(0.75, 0.1, 0.1);
const TITLE_WIDTH = 235;
const FRAME = 24;

/** A page with its font, where drawings are made. */
export interface Sheet {
  page: PDFPage;
  font: PDFFont;
  bold: PDFFont;
}

/** Starts a document whose bytes depend on its content alone. */
export async function newDocument(
  title: string,
): Promise<{ doc: PDFDocument; font: PDFFont; bold: PDFFont }> {
  const doc = await PDFDocument.create({ updateMetadata: false });
  const fixed = new Date('2026-01-05T09:00:00Z');
  doc.setTitle(title);
  doc.setProducer('Shubbak samples');
  doc.setCreationDate(fixed);
  doc.setModificationDate(fixed);
  const font = await doc.embedFont(StandardFonts.Helvetica);
  const bold = await doc.embedFont(StandardFonts.HelveticaBold);
  return { doc, font, bold };
}

/** Writes SPECIMEN across a page, so that nobody takes a sample for a document. */
export function markSpecimen(page: PDFPage, font: PDFFont): void {
  const { width, height } = page.getSize();
  const size = Math.min(width, height) / 7;
  page.drawText('SPECIMEN', {
    x: width * 0.18,
    y: height * 0.22,
    size,
    font,
    color: rgb(0.85, 0.2, 0.2),
    opacity: 0.13,
    rotate: degrees(Math.atan2(height, width) * 40),
  });
}

/** Centres text on a point. */
export function centred(sheet: Sheet, text: string, x: number, y: number, size = 9): void {
  const width = sheet.font.widthOfTextAtSize(text, size);
  sheet.page.drawText(text, { x: x - width / 2, y: y - size / 3, size, font: sheet.font, color: INK });
}

/** Adds a framed sheet with its title block and north arrow. */
export function addSheet(
  doc: PDFDocument,
  fonts: { font: PDFFont; bold: PDFFont },
  house: House,
  label: { name: string; number: number; count: number; scale: string },
): Sheet {
  const page = doc.addPage([SHEET.width, SHEET.height]);
  const sheet = { page, ...fonts };
  const border = { borderColor: INK, borderWidth: 1.2 };
  page.drawRectangle({
    x: FRAME,
    y: FRAME,
    width: SHEET.width - 2 * FRAME,
    height: SHEET.height - 2 * FRAME,
    ...border,
  });
  const left = SHEET.width - FRAME - TITLE_WIDTH;
  page.drawRectangle({ x: left, y: FRAME, width: TITLE_WIDTH, height: SHEET.height - 2 * FRAME, ...border });
  const rows: [string, string][] = [
    ['Projet', `Habitation individuelle R+${house.storeys}`],
    ['Terrain', `${house.title} - ${house.lot}`],
    ["Maître d'ouvrage", 'SPECIMEN'],
    ['Architecte', 'SPECIMEN'],
    ['Plan', label.name],
    ['Échelle', label.scale],
    ['Indice', String.fromCharCode(65 + (house.variant % 6))],
    ['Feuille', `${label.number} / ${label.count}`],
  ];
  rows.forEach(([name, value], index) => {
    const y = FRAME + (rows.length - 1 - index) * 40;
    page.drawLine({
      start: { x: left, y: y + 40 },
      end: { x: left + TITLE_WIDTH, y: y + 40 },
      color: INK,
      thickness: 0.6,
    });
    page.drawText(name, { x: left + 8, y: y + 27, size: 7, font: fonts.font, color: THIN });
    page.drawText(value, { x: left + 8, y: y + 11, size: 11, font: fonts.bold, color: INK });
  });
  northArrow(sheet, left + TITLE_WIDTH / 2, SHEET.height - 110);
  markSpecimen(page, fonts.bold);
  return sheet;
}

function northArrow(sheet: Sheet, x: number, y: number): void {
  sheet.page.drawCircle({ x, y, size: 32, borderColor: INK, borderWidth: 0.8 });
  sheet.page.drawSvgPath('M 0 -30 L 9 14 L 0 6 L -9 14 Z', { x, y, color: INK });
  centred(sheet, 'N', x, y + 42, 14);
}

/** Draws a dimension line with ticks and its length in metres above it. */
export function dimension(
  sheet: Sheet,
  from: { x: number; y: number },
  to: { x: number; y: number },
  metres: number,
): void {
  const { page, font } = sheet;
  page.drawLine({ start: from, end: to, color: RED, thickness: 0.5 });
  for (const point of [from, to]) {
    page.drawLine({
      start: { x: point.x - 4, y: point.y - 4 },
      end: { x: point.x + 4, y: point.y + 4 },
      color: RED,
      thickness: 0.9,
    });
  }
  const text = metres.toFixed(2);
  const width = font.widthOfTextAtSize(text, 8);
  const isVertical = Math.abs(from.x - to.x) < 1;
  const middle = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
  page.drawText(text, {
    x: isVertical ? middle.x - 4 : middle.x - width / 2,
    y: isVertical ? middle.y - width / 2 : middle.y + 4,
    size: 8,
    font,
    color: RED,
    ...(isVertical ? { rotate: degrees(90) } : {}),
  });
}
