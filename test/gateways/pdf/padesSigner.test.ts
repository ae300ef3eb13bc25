import { PDFArray, PDFDocument, PDFName } from '@cantoo/pdf-lib';
import { expect } from 'chai';
import { DomainError } from '../../../src/domain/errors.ts';
import { padesSigner } from '../../../src/gateways/pdf/padesSigner.ts';
import type { PdfSigner, SignatureRequest } from '../../../src/gateways/pdf/pdfSigner.ts';
import { type PdfWorker, pdfWorker } from '../../../src/gateways/pdf/pdfWorker.ts';
import { verifyPdf } from '../../../src/gateways/pdf/verify.ts';
import { letterhead } from '../support/letters.ts';
import { encryptedPdf, pdfOf, planPdf } from '../support/pdfs.ts';
import { memorySigner, PERSON } from '../support/signing.ts';

const signer = memorySigner();
const request: SignatureRequest = {
  signer,
  person: PERSON,
  name: PERSON.name,
  reason: 'رخصة البناء / Permis de construire',
  location: 'شفشاون / Chefchaouen',
  at: Date.parse('2025-03-02T10:00:00Z'),
};
const stamp = { number: letterhead.number, date: '2026-11-23', commune: letterhead.commune, test: true };

describe('padesSigner', () => {
  let worker: PdfWorker;
  let office: PdfSigner;
  before(() => {
    worker = pdfWorker();
    office = padesSigner(worker);
  });
  after(() => worker.close());

  for (const useObjectStreams of [false, true]) {
    it(`signs a PDF with ${useObjectStreams ? 'cross-reference streams' : 'a cross-reference table'}`, async () => {
      // given
      const pdf = await planPdf({ useObjectStreams });
      // when
      const signed = await office.sign(pdf, request);
      // then
      expect(signed.subarray(0, pdf.length).equals(pdf)).to.equal(true);
      const found = verifyPdf(signed, { rootPem: signer.rootPem });
      expect(found).to.deep.include({
        status: 'valid',
        reasons: [],
        signer: { ...PERSON, test: true },
        signedAt: request.at,
        purpose: request.reason,
        location: request.location,
        coversWholeFile: true,
      });
    });
  }

  it('puts no signing time into the CMS, which PAdES forbids', async () => {
    // when
    const signed = await office.sign(await planPdf(), request);
    // then
    expect(signed.toString('latin1')).not.to.contain('06092a864886f70d010905');
  });

  it('stamps every page of a plan and signs it', async () => {
    // given
    const plan = await planPdf({ rotations: [0, 90, 180, 270], useObjectStreams: true });
    // when
    const signed = await office.stampAndSign(plan, { ...request, stamp });
    // then
    expect(verifyPdf(signed, { rootPem: signer.rootPem }).status).to.equal('valid');
    const doc = await PDFDocument.load(signed, { updateMetadata: false });
    const matrices = doc.getPages().map((page) => {
      const contents = page.node.lookup(PDFName.of('Contents'), PDFArray);
      const last = contents.lookup(contents.size() - 1) as unknown as { getContents(): Uint8Array };
      return /q ([-\d. ]+) cm/.exec(Buffer.from(last.getContents()).toString())?.[1]?.split(' ').map(Number);
    });
    expect(matrices).to.deep.equal([
      [1, 0, 0, 1, 0, 0],
      [0, 1, -1, 0, 600, 0],
      [-1, 0, 0, -1, 600, 400],
      [0, -1, 1, 0, 0, 400],
    ]);
  });

  it('stamps a plan that was stamped and signed before, leaving one signature', async () => {
    // given
    const once = await office.stampAndSign(await planPdf(), { ...request, stamp });
    // when
    const twice = await office.stampAndSign(once, { ...request, stamp });
    // then
    expect(verifyPdf(twice, { rootPem: signer.rootPem }).status).to.equal('valid');
    const fields = (await PDFDocument.load(twice)).getForm().getFields();
    expect(fields.map((field) => field.getName())).to.deep.equal(['Signature2']);
  });

  const unusable: [string, () => Promise<Buffer>, string][] = [
    ['is encrypted', encryptedPdf, 'encrypted'],
    ['is cut off', async () => (await planPdf()).subarray(0, 200), 'broken'],
    ['is no PDF', async () => Buffer.from('not a pdf at all'), 'broken'],
    [
      'has no page',
      async () => pdfOf(['<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Kids [] /Count 0 >>']),
      'broken',
    ],
    [
      'has pages that contain themselves',
      async () => pdfOf(['<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Kids [2 0 R] /Count 1 >>']),
      'broken',
    ],
    [
      'has a page whose parent is itself',
      async () =>
        pdfOf([
          '<< /Type /Catalog /Pages 2 0 R >>',
          '<< /Type /Pages /Kids [3 0 R] /Count 1 /Parent 2 0 R >>',
          '<< /Type /Page /Parent 2 0 R >>',
        ]),
      'broken',
    ],
    [
      'nests without end',
      async () =>
        pdfOf(['<< /Type /Catalog /Pages 2 0 R >>', `<< /Type /Pages /Kids ${'['.repeat(50_000)} >>`]),
      'broken',
    ],
  ];
  for (const [what, make, reason] of unusable) {
    it(`refuses a plan that ${what}`, async () => {
      // given
      const plan = await make();
      // when
      const error = await office.stampAndSign(plan, { ...request, stamp }).then(
        () => new Error('signed'),
        (thrown: unknown) => thrown,
      );
      // then
      expect(error).to.be.instanceOf(DomainError);
      expect(error).to.deep.include({ code: 'UNREADABLE_FILE', details: { reason } });
    });
  }
});
