import { PDFDocument, rgb } from '@cantoo/pdf-lib';
import { expect } from 'chai';
import { LANGUAGES } from '../../../src/domain/json.ts';
import { padesSigner } from '../../../src/gateways/pdf/padesSigner.ts';
import { pdfWorker } from '../../../src/gateways/pdf/pdfWorker.ts';
import { REASONS, sentenceOf } from '../../../src/gateways/pdf/reasons.ts';
import { typstRenderer } from '../../../src/gateways/pdf/typstRenderer.ts';
import { verifyPdf } from '../../../src/gateways/pdf/verify.ts';
import { licence } from '../support/letters.ts';
import { pdfOf, planPdf } from '../support/pdfs.ts';
import { cmsSpan, memorySigner, PERSON, signedAnew } from '../support/signing.ts';

const signer = memorySigner();
const request = {
  signer,
  person: PERSON,
  name: PERSON.name,
  reason: 'r',
  location: 'l',
  at: Date.parse('2025-03-02'),
};
const trust = { rootPem: signer.rootPem };

describe('verifyPdf', () => {
  let unsigned: Buffer;
  let signed: Buffer;
  const verdict = (file: Uint8Array): [string, string[]] => {
    const { status, reasons } = verifyPdf(file, trust);
    return [status, reasons.map((reason) => reason.code)];
  };
  const changed = (offset: number, mask = 1): Buffer => {
    const copy = Buffer.from(signed);
    copy[offset] = (copy[offset] as number) ^ mask;
    return copy;
  };

  before(async () => {
    const worker = pdfWorker();
    unsigned = await typstRenderer(worker).render('licence', licence);
    signed = await padesSigner(worker).sign(unsigned, request);
    await worker.close();
  });

  it('finds a licence as it left the office valid', () => {
    expect(verdict(signed)).to.deep.equal(['valid', []]);
  });

  it('finds one changed byte anywhere in what was signed', () => {
    // given
    const { start, end } = cmsSpan(signed);
    const steps = 400;
    const covered = signed.length - (end - start + 2);
    for (let step = 0; step < steps; step += 1) {
      const place = Math.floor((covered * step) / steps);
      const offset = place < start - 1 ? place : place + (end - start + 2);
      // when
      const [status] = verdict(changed(offset));
      // then
      expect(status, `byte ${offset}`).to.equal('invalid');
    }
  });

  it('finds one changed byte anywhere in the signature itself, also one that only changes the case of a digit', () => {
    // given
    const { start, end } = cmsSpan(signed);
    for (let offset = start; offset < end; offset += 37) {
      for (const mask of [1, 0x20]) {
        // when
        const [status] = verdict(changed(offset, mask));
        // then
        expect(status, `byte ${offset} xor ${mask}`).to.equal('invalid');
      }
    }
  });

  it('finds a revision added after the signature, and says how long it is', () => {
    // given
    const added = '\n1 0 obj\n<< /Added true >>\nendobj\n%%EOF\n';
    // when
    const found = verifyPdf(Buffer.concat([signed, Buffer.from(added)]), trust);
    // then
    expect(found.status).to.equal('invalid');
    expect(found.coversWholeFile).to.equal(false);
    expect(found.reasons).to.deep.equal([{ code: 'CHANGED_AFTER_SIGNING', params: { bytes: added.length } }]);
    expect(verdict(Buffer.concat([signed, Buffer.from('\n')]))[0]).to.equal('invalid');
  });

  it('finds a box drawn over the page in a revision of its own', async () => {
    // given
    const doc = await PDFDocument.load(signed, { forIncrementalUpdate: true, updateMetadata: false });
    doc.getPage(0).drawRectangle({ x: 50, y: 50, width: 200, height: 80, color: rgb(1, 1, 1) });
    const boxed = await doc.commit();
    // then
    expect(verdict(boxed)).to.deep.equal(['invalid', ['CHANGED_AFTER_SIGNING']]);
  });

  it('finds data hidden in the padding of the signature', () => {
    // given
    const { end } = cmsSpan(signed);
    const padded = Buffer.from(signed);
    padded.write('abcdef', end - 6, 'latin1');
    // then
    expect(verdict(padded)).to.deep.equal(['invalid', ['PADDING_NOT_EMPTY']]);
  });

  it('finds a signature that was taken away', () => {
    // given
    const { start, end } = cmsSpan(signed);
    const emptied = Buffer.from(signed);
    emptied.fill('0', start, end);
    const renamed = Buffer.from(signed.toString('latin1').replace('/ByteRange', '/BiteRange'), 'latin1');
    // then
    expect(verdict(emptied)).to.deep.equal(['invalid', ['MALFORMED_SIGNATURE']]);
    expect(verdict(renamed)).to.deep.equal(['invalid', ['NOT_SIGNED']]);
    expect(verdict(unsigned)).to.deep.equal(['invalid', ['NOT_SIGNED']]);
  });

  it('finds a signature by a key of another root, under the same name', async () => {
    // given
    const forged = await signedAnew(signed, memorySigner());
    // then
    expect(verdict(forged)).to.deep.equal(['invalid', ['UNTRUSTED_ROOT']]);
    expect(verdict(await signedAnew(signed, signer))).to.deep.equal(['valid', []]);
  });

  it('finds certificates or attributes that nothing signed covers', () => {
    // given
    const { start, end } = cmsSpan(signed);
    const cms = Buffer.from(signed.toString('latin1', start, end), 'hex');
    const root = cms.indexOf(
      Buffer.from('Shubbak test root'),
      cms.indexOf(Buffer.from('Shubbak test root')) + 1,
    );
    // when
    const [status] = verdict(changed(start + root * 2));
    // then
    expect(status).to.equal('invalid');
  });

  it('finds a range that leaves out more than the signature', () => {
    // given
    const { start, end } = cmsSpan(signed);
    const text = signed.toString('latin1');
    const rewritten = (from: number, to: number): Buffer => {
      const range = /\/ByteRange \[[^\]]*\]/.exec(text) as RegExpExecArray;
      const value = `/ByteRange [0 ${from} ${to} ${signed.length - to}`.padEnd(range[0].length - 1);
      return Buffer.from(text.replace(range[0], `${value}]`), 'latin1');
    };
    // then
    expect(verdict(rewritten(start - 101, end + 1))).to.deep.equal(['invalid', ['RANGE_INCONSISTENT']]);
    expect(verdict(rewritten(start - 1, end + 101))).to.deep.equal(['invalid', ['RANGE_INCONSISTENT']]);
    expect(verdict(rewritten(start - 1, signed.length + 5))[0]).not.to.equal('valid');
  });

  it('compares with the digest of the copy that is kept', () => {
    // given
    const { sha256 } = verifyPdf(signed, trust);
    // then
    expect(verifyPdf(signed, { ...trust, expectedSha256: sha256 }).status).to.equal('valid');
    const other = verifyPdf(signed, { ...trust, expectedSha256: '0'.repeat(64) });
    expect(other.status).to.equal('invalid');
    expect(other.reasons.map((reason) => reason.code)).to.deep.equal(['DIFFERENT_FILE']);
  });

  it('calls what is no document unreadable, quickly', async () => {
    // given
    const cyclicXref = pdfOf(['<< /Type /Catalog >>']);
    const start = cyclicXref.indexOf('xref\n');
    const catalog = '<< /Type /Catalog /Pages 2 0 R >>';
    const files: [string, Uint8Array, string][] = [
      ['nothing', Buffer.alloc(0), 'NOT_A_PDF'],
      ['zeros', Buffer.alloc(5_000_000), 'NOT_A_PDF'],
      ['a truncated document', signed.subarray(0, signed.length - 50), 'TRUNCATED'],
      ['the first half of a document', signed.subarray(0, 20_000), 'TRUNCATED'],
      ['a loop of cross-references', pdfOf(['<< /Type /Catalog >>'], `/Prev ${start}`), 'BROKEN_STRUCTURE'],
      [
        'pages that contain themselves',
        pdfOf([catalog, '<< /Type /Pages /Kids [2 0 R] >>']),
        'BROKEN_STRUCTURE',
      ],
      [
        'a cross-reference to nowhere',
        Buffer.from('%PDF-1.7\nstartxref\n99999\n%%EOF\n'),
        'BROKEN_STRUCTURE',
      ],
    ];
    for (const [name, file, code] of files) {
      // when
      const begun = performance.now();
      const found = verdict(file);
      // then
      expect(found, name).to.deep.equal(['unreadable', [code]]);
      expect(performance.now() - begun, name).to.be.lessThan(10_000);
    }
    expect(verdict(await planPdf({ useObjectStreams: true }))).to.deep.equal(['invalid', ['NOT_SIGNED']]);
  });

  it('never fails on random damage', () => {
    // given
    let state = 12345;
    const draw = (below: number): number => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      return state % below;
    };
    for (let round = 0; round < 150; round += 1) {
      const cut = signed.subarray(draw(2000), signed.length - draw(20_000));
      const copy = Buffer.from(cut);
      for (let hit = 0; hit < 20; hit += 1) copy[draw(copy.length)] = draw(256);
      // then
      expect(verdict(copy)[0]).not.to.equal('valid');
    }
  });

  it('wants a root to trust', () => {
    expect(() => verifyPdf(signed, { rootPem: 'nothing' })).to.throw(/root/);
  });

  it('has a sentence in three languages for every reason', () => {
    for (const code of Object.keys(REASONS) as (keyof typeof REASONS)[]) {
      for (const language of LANGUAGES) {
        expect(sentenceOf({ code, params: { bytes: 12 } }, language), code).to.match(/^[^{}]{15,}\.$/);
      }
    }
  });
});
