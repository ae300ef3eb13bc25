import { PDFDocument } from '@cantoo/pdf-lib';
import { expect } from 'chai';
import { type PdfWorker, pdfWorker } from '../../../src/gateways/pdf/pdfWorker.ts';
import type { PdfRenderer } from '../../../src/gateways/pdf/renderer.ts';
import type { TemplateName } from '../../../src/gateways/pdf/templates.ts';
import { typstRenderer } from '../../../src/gateways/pdf/typstRenderer.ts';
import { letters, licence } from '../support/letters.ts';

describe('typstRenderer', () => {
  let worker: PdfWorker;
  let renderer: PdfRenderer;
  before(() => {
    worker = pdfWorker();
    renderer = typstRenderer(worker);
  });
  after(() => renderer.close());

  for (const name of Object.keys(letters) as TemplateName[]) {
    it(`lays out the letter "${name}" as A4`, async () => {
      // when
      const pdf = await renderer.render(name, letters[name]);
      // then
      const doc = await PDFDocument.load(pdf, { updateMetadata: false });
      expect(doc.getPage(0).getSize().width).to.be.closeTo(595, 1);
      expect(doc.getTitle()).to.contain(letters[name].number);
    });
  }

  it('makes the same bytes from the same data', async () => {
    // when
    const [first, second] = [
      await renderer.render('licence', licence),
      await renderer.render('licence', licence),
    ];
    // then
    expect(first.equals(second)).to.equal(true);
  });

  it('prints what people wrote literally, however it looks', async () => {
    // given
    const hostile = '#panic("x") $x^2$ *bold* `raw` @label <tag> \\u{0} #sys.inputs \u202e \u0000 // /*';
    const data = {
      ...licence,
      conditions: [hostile],
      application: { ...licence.application, works: hostile },
    };
    // when
    const pdf = await renderer.render('licence', data);
    // then
    expect(pdf.subarray(0, 5).toString()).to.equal('%PDF-');
  });

  for (const [what, text] of Object.entries({
    'letters that no font has': '漢字 \u{1f3e0} ⵜⴰⵎⴰⵣⵉⵖⵜ',
    'half a character': 'x\ud800y',
    'control characters': 'a\u0000b\u0007c\ufffe',
    'line breaks': 'one\r\ntwo\nthree\tfour',
    nothing: '',
  })) {
    it(`does not fail on a text with ${what}`, async () => {
      // given
      const application = {
        ...licence.application,
        applicant: text,
        works: text,
        address: text,
        landReference: text,
      };
      // when
      const pdf = await renderer.render('licence', { ...licence, application, conditions: [text] });
      // then
      expect(await PDFDocument.load(pdf).then((doc) => doc.getPageCount())).to.equal(2);
    });
  }

  it('lays out a dossier with very many and very long things', async () => {
    // given
    const long = 'كلمة طويلة جدا '.repeat(200);
    const data = {
      ...licence,
      conditions: Array.from({ length: 60 }, (_, index) => `${index} ${long}`),
      plans: Array.from({ length: 40 }, () => ({
        ...(licence.plans[0] as (typeof licence.plans)[0]),
        fileName: 'x'.repeat(180),
      })),
    };
    // when
    const pdf = await renderer.render('licence', data);
    // then
    expect((await PDFDocument.load(pdf)).getPageCount()).to.be.greaterThan(5);
  });

  it('says which letter lacks data instead of printing half of it', async () => {
    // given
    const { application: _, ...rest } = licence;
    // when
    const outcome = await renderer
      .render('licence', rest as typeof licence)
      .catch((error: Error) => error.message);
    // then
    expect(outcome).to.match(/letter "licence" does not lay out/);
  });

  it('leaves the event loop free', async () => {
    // given
    let ticks = 0;
    const timer = setInterval(() => {
      ticks += 1;
    }, 1);
    // when
    await Promise.all(
      Array.from({ length: 5 }, (_, i) => renderer.render('minutes', { ...letters.minutes, round: i })),
    );
    clearInterval(timer);
    // then
    expect(ticks).to.be.greaterThan(5);
  });
});
