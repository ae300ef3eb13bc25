import { drawnPdf, dxfOf, jpegOf, paint, pngOf, type Sheet, scanPdf, tiffOf } from './paint.ts';

/** What a careful clerk would say of an upload: nothing, rules of the gate, or why it cannot be opened. */
export type Label = string;

/** One upload of the set, with the labels it was made to deserve. */
export interface LabelledUpload {
  name: string;
  piece: string;
  make(): Promise<Buffer> | Buffer;
  labels: Label[];
}

const A4 = { widthMm: 210, heightMm: 297 };
const A4_WIDE = { widthMm: 297, heightMm: 210 };
const A3 = { widthMm: 420, heightMm: 297 };
const CARD = { widthMm: 100, heightMm: 70 };
const pixels = (mm: number, dpi: number): number => Math.round((mm / 25.4) * dpi);
const scan = (dpi: number, more: Partial<Sheet> = {}): Sheet => {
  const sheet = { ...A4, ...more };
  return { ...sheet, pixels: pixels(sheet.widthMm, dpi) };
};
const plan = (dpi: number, more: Partial<Sheet> = {}): Sheet =>
  scan(dpi, { ...A4_WIDE, draw: 'plan', ...more });
const photo = (longer: number, more: Partial<Sheet> = {}): Sheet => {
  const sheet = { ...A4, ...more };
  const isWide = sheet.widthMm > sheet.heightMm;
  return { ...sheet, pixels: isWide ? longer : Math.round((longer * sheet.widthMm) / sheet.heightMm) };
};
const SVG = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
const HTML = Buffer.from('<!doctype html><html><body onload="alert(1)">plan</body></html>');
const cut = (bytes: Buffer, part: number): Buffer => bytes.subarray(0, Math.floor(bytes.length * part));
const NO_PAGES = Buffer.from(
  '%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\nxref\n0 3\n0000000000 65535 f \n0000000009 00000 n \n0000000056 00000 n \ntrailer\n<</Size 3/Root 1 0 R>>\nstartxref\n107\n%%EOF\n',
);

const upload = (
  piece: string,
  name: string,
  make: LabelledUpload['make'],
  ...labels: Label[]
): LabelledUpload => ({ name, piece, make, labels });

/** Sixty uploads, five for each piece of the small building permit: good ones, and each kind of bad one where it happens. */
export const LABELLED_UPLOADS: LabelledUpload[] = [
  upload('ownershipProof', 'certificate typed and exported', () => drawnPdf([A4])),
  upload('ownershipProof', 'clean scan at 200', () => scanPdf([scan(200, { noise: 6 })])),
  upload('ownershipProof', 'scan at 72', () => scanPdf([scan(72)]), 'resolution'),
  upload(
    'ownershipProof',
    'photo under a desk lamp, all dark',
    () => jpegOf(paint(photo(1800, { paper: 80, ink: 10, noise: 8 }))),
    'tooDark',
  ),
  upload('ownershipProof', 'wants a password', () => drawnPdf([A4], { encrypt: true }), 'encrypted'),

  upload('identityDocument', 'both sides photographed, large', () =>
    jpegOf(paint(photo(1400, { ...CARD, draw: 'card', paper: 235, noise: 6 }))),
  ),
  upload('identityDocument', 'card on the glass of a scanner', () => scanPdf([scan(200, { draw: 'card' })])),
  upload(
    'identityDocument',
    'thumbnail from a message',
    () => jpegOf(paint(photo(480, { ...CARD, draw: 'card' }))),
    'fewPixels',
  ),
  upload(
    'identityDocument',
    'photo cut off by a lost connection',
    () => cut(jpegOf(paint(photo(1200, { ...CARD, draw: 'card' }))), 0.6),
    'truncated',
  ),
  upload('identityDocument', 'drawing with a script, named .png', () => SVG, 'type'),

  upload('signedRequest', 'letter with its signature', () => drawnPdf([A4])),
  upload('signedRequest', 'page with a signature and nothing else', () =>
    scanPdf([scan(150, { draw: 'signature' })], 'png'),
  ),
  upload('signedRequest', 'fed crooked into the scanner', () => scanPdf([scan(150, { lean: 5 })]), 'skewed'),
  upload(
    'signedRequest',
    'the back of the page',
    () => scanPdf([scan(150, { draw: 'nothing', noise: 4 })]),
    'blankPage',
  ),
  upload(
    'signedRequest',
    'pencil, barely there',
    () => pngOf(paint(photo(1700, { paper: 245, ink: 205 }))),
    'faint',
  ),

  upload('siteLogbook', 'logbook typed', () => drawnPdf([A4, A4, A4])),
  upload('siteLogbook', 'leaning by one degree, as scans do', () =>
    scanPdf([scan(150, { lean: 1, noise: 5 })]),
  ),
  upload(
    'siteLogbook',
    'every second page empty',
    () => drawnPdf([A4, { ...A4, lines: [] }, A4]),
    'blankPage',
  ),
  upload(
    'siteLogbook',
    'says page 1 sur 6, and is one',
    () => drawnPdf([{ ...A4, lines: ['Cahier de chantier', 'Page 1 sur 6'] }]),
    'missingPages',
  ),
  upload('siteLogbook', 'cut off', async () => cut(await drawnPdf([A4, A4]), 0.7), 'truncated'),

  upload('architectContract', 'four pages, numbered', () =>
    drawnPdf([1, 2, 3, 4].map((page) => ({ ...A4, lines: ['Contrat', `Page ${page} / 4`] }))),
  ),
  upload('architectContract', 'three scanned pages', () =>
    scanPdf([scan(150), scan(150, { noise: 8 }), scan(150)]),
  ),
  upload(
    'architectContract',
    'first page only',
    () => drawnPdf([{ ...A4, lines: ['Contrat', 'Page 1 / 4'] }]),
    'missingPages',
  ),
  upload('architectContract', 'one scanned page of a contract', () => scanPdf([scan(150)]), 'fewPages'),
  upload('architectContract', 'second page at 60', () => scanPdf([scan(150), scan(60)]), 'resolution'),

  upload('architecturalPlan', 'A3 sheets from the drawing program', () => drawnPdf([A3, A3])),
  upload('architecturalPlan', 'drawing in DXF', () => dxfOf(400)),
  upload('architecturalPlan', 'scan at 100', () => scanPdf([plan(100)]), 'resolution'),
  upload(
    'architecturalPlan',
    'printed to a receipt roll',
    () => drawnPdf([{ widthMm: 80, heightMm: 200 }]),
    'sheetSize',
  ),
  upload('architecturalPlan', 'page where a plan should be', () => HTML, 'type'),

  upload('boundaryPlan', 'scan at 200, one bit', () => tiffOf(paint(plan(200)), 200)),
  upload('boundaryPlan', 'strip of A4 height, folded', () => drawnPdf([{ widthMm: 1050, heightMm: 297 }])),
  upload('boundaryPlan', 'drawing with nothing in it', () => dxfOf(0), 'blankPage'),
  upload('boundaryPlan', 'fax', () => tiffOf(paint(plan(100)), 100), 'resolution'),
  upload('boundaryPlan', 'drawing cut off', () => cut(dxfOf(400), 0.5), 'truncated'),

  upload('dimensionedPlan', 'A1 from the drawing program', () => drawnPdf([{ widthMm: 841, heightMm: 594 }])),
  upload('dimensionedPlan', 'scan at 220 with grain', () => scanPdf([plan(220, { noise: 10 })])),
  upload(
    'dimensionedPlan',
    'scanned crooked and coarse',
    () => scanPdf([plan(120, { lean: 6 })]),
    'resolution',
    'skewed',
  ),
  upload(
    'dimensionedPlan',
    'screen of 500 by 900 mm',
    () => drawnPdf([{ widthMm: 500, heightMm: 900 }]),
    'sheetSize',
  ),
  upload(
    'dimensionedPlan',
    'photograph, which is no plan',
    () => jpegOf(paint(photo(1200, { draw: 'plan' }))),
    'type',
  ),

  upload('seismicCertificate', 'certificate typed', () => drawnPdf([A4])),
  upload('seismicCertificate', 'grey recycled paper', () =>
    scanPdf([scan(150, { paper: 185, ink: 30, noise: 8 })]),
  ),
  upload(
    'seismicCertificate',
    'photographed in the evening',
    () => scanPdf([scan(150, { paper: 75, ink: 12, noise: 6 })]),
    'tooDark',
  ),
  upload(
    'seismicCertificate',
    'copy of a copy',
    () => scanPdf([scan(150, { paper: 250, ink: 212 })]),
    'faint',
  ),
  upload('seismicCertificate', 'no page in it', () => NO_PAGES, 'unopenable'),

  upload('fireSafetyDocument', 'two pages', () => drawnPdf([A4, A4])),
  upload('fireSafetyDocument', 'light from the window', () =>
    jpegOf(paint(photo(1800, { shade: 0.6, noise: 6 }))),
  ),
  upload('fireSafetyDocument', 'photo of 900 pixels', () => jpegOf(paint(photo(900))), 'fewPixels'),
  upload(
    'fireSafetyDocument',
    'blank photo of a blank page',
    () => jpegOf(paint(photo(1700, { draw: 'nothing', paper: 230, noise: 5 }))),
    'blankPage',
  ),
  upload(
    'fireSafetyDocument',
    'damaged on a stick',
    async () => {
      const bytes = Buffer.from(await drawnPdf([A4]));
      return Buffer.concat([bytes.subarray(0, 30), Buffer.alloc(bytes.length - 60, 65), bytes.subarray(-30)]);
    },
    'unopenable',
  ),

  upload('energyEfficiencyDocument', 'scan as PNG', () => pngOf(paint(photo(1754)))),
  upload('energyEfficiencyDocument', 'leaning by two degrees', () => scanPdf([scan(150, { lean: -2 })])),
  upload(
    'energyEfficiencyDocument',
    'leaning by four degrees',
    () => scanPdf([scan(150, { lean: -4, noise: 6 })]),
    'skewed',
  ),
  upload(
    'energyEfficiencyDocument',
    'dust on an empty page',
    () => scanPdf([scan(150, { draw: 'stain' })], 'png'),
    'blankPage',
  ),
  upload(
    'energyEfficiencyDocument',
    'scan at 96 with a dark cover',
    () => scanPdf([scan(96, { paper: 70, ink: 8 })]),
    'resolution',
    'tooDark',
  ),

  upload('companyStatutes', 'statutes whole', () => drawnPdf([A4, A4, A4, A4, A4])),
  upload('companyStatutes', 'scanned whole at 150', () => scanPdf([scan(150), scan(150), scan(150)], 'png')),
  upload('companyStatutes', 'cover alone', () => drawnPdf([A4]), 'fewPages'),
  upload(
    'companyStatutes',
    'last page says 3 of 9',
    () => drawnPdf([1, 2, 3].map((page) => ({ ...A4, lines: ['Statuts', `Page ${page} of 9`] }))),
    'missingPages',
  ),
  upload('companyStatutes', 'PNG cut off', () => cut(pngOf(paint(photo(1700))), 0.5), 'truncated'),
];
