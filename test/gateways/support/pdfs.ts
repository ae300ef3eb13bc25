import { degrees, PDFDocument, rgb } from '@cantoo/pdf-lib';

/** A small plan of one page per rotation; with object streams its cross-references are a stream too. */
export async function planPdf(
  options: { useObjectStreams?: boolean; rotations?: number[] } = {},
): Promise<Buffer> {
  const doc = await PDFDocument.create({ updateMetadata: false });
  for (const rotation of options.rotations ?? [0]) {
    const page = doc.addPage([600, 400]);
    page.setRotation(degrees(rotation));
    page.drawRectangle({ x: 40, y: 40, width: 300, height: 200, borderColor: rgb(0, 0, 0), borderWidth: 3 });
  }
  return Buffer.from(await doc.save({ useObjectStreams: options.useObjectStreams ?? false }));
}

/** A PDF that wants a password. */
export async function encryptedPdf(): Promise<Buffer> {
  const doc = await PDFDocument.load(await planPdf());
  doc.encrypt({ userPassword: 'secret', ownerPassword: 'secret' });
  return Buffer.from(await doc.save());
}

/** A PDF put together by hand, its cross-reference table right. */
export function pdfOf(objects: string[], trailer = ''): Buffer {
  let text = '%PDF-1.7\n';
  const offsets = objects.map((object, index) => {
    const offset = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const start = text.length;
  const lines = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${lines}`;
  text += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${trailer} >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(text, 'latin1');
}
