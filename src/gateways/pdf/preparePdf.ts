import {
  EncryptedPDFError,
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFHexString,
  PDFName,
  PDFNumber,
  PDFRef,
  PDFString,
} from '@cantoo/pdf-lib';
import { stampPages } from './stampPages.ts';

/** What the signature dictionary says, beside the signature. */
export interface SignatureLabel {
  name: string;
  reason: string;
  location: string;
  at: number;
}

/** Bytes of room for the CMS: two P-256 certificates need about 1,500. */
export const CMS_ROOM = 8192;

/** Thrown when a PDF cannot be signed as it is: it is encrypted, or too broken to be extended. */
export class UnusablePdf extends Error {
  readonly reason: 'encrypted' | 'broken';

  constructor(reason: 'encrypted' | 'broken', options?: ErrorOptions) {
    super(`The PDF is ${reason}.`, options);
    this.name = 'UnusablePdf';
    this.reason = reason;
  }
}

type Snapshot = ReturnType<PDFDocument['takeSnapshot']>;
const N = (name: string): PDFName => PDFName.of(name);

function isSignatureField(field: unknown): boolean {
  return field instanceof PDFDict && field.get(N('FT')) === N('Sig');
}

/** Registers the field in the form; earlier signature fields go when the pages change, as they would show broken. */
function addField(doc: PDFDocument, widget: PDFRef, dropEarlier: boolean): PDFRef[] {
  const old = doc.catalog.lookup(N('AcroForm'));
  const form = old instanceof PDFDict ? old.clone(doc.context) : doc.context.obj({});
  const oldFields = form.lookup(N('Fields'));
  const refs = oldFields instanceof PDFArray ? oldFields.asArray() : [];
  const dropped = dropEarlier ? refs.filter((ref) => isSignatureField(doc.context.lookup(ref))) : [];
  const fields = doc.context.obj([]);
  for (const ref of refs) if (!dropped.includes(ref)) fields.push(ref);
  fields.push(widget);
  form.set(N('Fields'), fields);
  form.set(N('SigFlags'), PDFNumber.of(3));
  doc.catalog.set(N('AcroForm'), doc.context.register(form));
  if (dropEarlier) doc.catalog.delete(N('Perms'));
  return dropped.filter((ref): ref is PDFRef => ref instanceof PDFRef);
}

function replaceAnnotations(doc: PDFDocument, snapshot: Snapshot, widget: PDFRef, dropped: PDFRef[]): void {
  for (const [index, page] of doc.getPages().entries()) {
    const existing = page.node.Annots()?.asArray() ?? [];
    const kept = existing.filter((ref) => !(ref instanceof PDFRef && dropped.includes(ref)));
    if (index > 0 && kept.length === existing.length) continue;
    const annotations = doc.context.obj([]);
    for (const ref of kept) annotations.push(ref);
    if (index === 0) annotations.push(widget);
    page.node.set(N('Annots'), annotations);
    snapshot.markRefForSave(page.ref);
  }
}

function uniqueFieldName(doc: PDFDocument): string {
  const taken = new Set(
    doc.context
      .enumerateIndirectObjects()
      .map(([, object]) => (object instanceof PDFDict ? object.get(N('T')) : undefined))
      .filter((title) => title instanceof PDFString || title instanceof PDFHexString)
      .map((title) => title.decodeText()),
  );
  let number = 1;
  while (taken.has(`Signature${number}`)) number += 1;
  return `Signature${number}`;
}

async function load(pdf: Uint8Array): Promise<PDFDocument> {
  try {
    const doc = await PDFDocument.load(pdf, { forIncrementalUpdate: true, updateMetadata: false });
    if (doc.getPageCount() === 0) throw new Error('no page');
    return doc;
  } catch (cause) {
    throw new UnusablePdf(cause instanceof EncryptedPDFError ? 'encrypted' : 'broken', { cause });
  }
}

/** Pages of a PDF. @throws UnusablePdf */
export async function countPages(pdf: Uint8Array): Promise<number> {
  return (await load(pdf)).getPageCount();
}

/**
 * Appends one revision holding an invisible signature field with room for a CMS and, when a stamp is given, the stamp
 * on every page. The bytes of `pdf` stay as they are in front, so that the document as filed can be cut out again.
 * @throws UnusablePdf
 */
export async function preparePdf(
  pdf: Uint8Array,
  label: SignatureLabel,
  stamp?: Uint8Array,
): Promise<Uint8Array> {
  const doc = await load(pdf);
  const { context, catalog } = doc;
  const snapshot = doc.takeSnapshot();
  try {
    if (stamp !== undefined) await stampPages(doc, snapshot, stamp);
    const signature = context.register(
      context.obj({
        Type: 'Sig',
        Filter: 'Adobe.PPKLite',
        SubFilter: 'ETSI.CAdES.detached',
        ByteRange: [0, 9_999_999_999, 9_999_999_999, 9_999_999_999],
        Contents: PDFHexString.of('0'.repeat(CMS_ROOM * 2)),
        M: PDFString.of(`D:${new Date(label.at).toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`),
        Name: PDFHexString.fromText(label.name),
        Reason: PDFHexString.fromText(label.reason),
        Location: PDFHexString.fromText(label.location),
      }),
    );
    // PDF/A wants an appearance on every widget, even on one without extent.
    const appearance = context.register(
      context.stream('', { Type: 'XObject', Subtype: 'Form', BBox: [0, 0, 0, 0] }),
    );
    const widget = context.register(
      context.obj({
        Type: 'Annot',
        Subtype: 'Widget',
        FT: 'Sig',
        T: PDFString.of(uniqueFieldName(doc)),
        F: 132,
        Rect: [0, 0, 0, 0],
        P: doc.getPage(0).ref,
        AP: { N: appearance },
        V: signature,
      }),
    );
    const dropped = addField(doc, widget, stamp !== undefined);
    replaceAnnotations(doc, snapshot, widget, dropped);
    if (context.trailerInfo.Root instanceof PDFRef) snapshot.markRefForSave(context.trailerInfo.Root);
    catalog.set(N('Extensions'), context.obj({ ESIC: { BaseVersion: N('1.7'), ExtensionLevel: 2 } }));
    const revision = await doc.saveIncremental(snapshot, { useObjectStreams: false });
    return Buffer.concat([pdf, revision]);
  } catch (cause) {
    throw new UnusablePdf('broken', { cause });
  }
}
