import { INK, markSpecimen, newDocument, THIN } from './sheet.ts';

/** Writes a one-page A4 paper with a title and lines, marked SPECIMEN across. */
export async function specimenLetter(title: string, lines: string[]): Promise<Uint8Array> {
  const { doc, font, bold } = await newDocument(`${title} (SPECIMEN)`);
  const page = doc.addPage([595.28, 841.89]);
  page.drawText(title, { x: 60, y: 760, size: 18, font: bold, color: INK });
  page.drawLine({ start: { x: 60, y: 748 }, end: { x: 535, y: 748 }, thickness: 1, color: THIN });
  lines.forEach((line, index) => {
    page.drawText(line, { x: 60, y: 715 - index * 22, size: 11, font, color: INK });
  });
  page.drawText('SPECIMEN - document de démonstration sans valeur', {
    x: 60,
    y: 60,
    size: 9,
    font,
    color: THIN,
  });
  markSpecimen(page, bold);
  return doc.save();
}
