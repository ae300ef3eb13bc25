import { PDFDocument, rgb } from '@cantoo/pdf-lib';
import { expect } from 'chai';
import type { Locator, Page } from 'playwright-core';
import { jpegOf, paint, tiffOf } from '../../test/gateways/quality/paint.ts';
import { LANGUAGES, leave, visit } from './support/browser.ts';
import { inspect } from './support/inspect.ts';
import { sharedOffice } from './support/office.ts';
import { words } from './support/words.ts';

const COMMUNE = '01.151.01.01';
const POINT = 72 / 25.4;

/** A house of 10 by 8 metres at 1:100 on A3, of two pages; a second version has one more wall. */
async function planPdf(walls: number): Promise<Buffer> {
  const doc = await PDFDocument.create();
  for (let page = 0; page < 2; page += 1) {
    const sheet = doc.addPage([420 * POINT, 297 * POINT]);
    const box = { x: 100 * POINT, y: 100 * POINT, width: 100 * POINT, height: 80 * POINT };
    sheet.drawRectangle({ ...box, borderWidth: 3, borderColor: rgb(0, 0, 0) });
    for (let wall = 1; wall <= walls; wall += 1) {
      const x = box.x + (box.width * wall) / (walls + 1);
      sheet.drawLine({ start: { x, y: box.y }, end: { x, y: box.y + box.height }, thickness: 2 });
    }
    sheet.drawText(`SPECIMEN ${page + 1}`, { x: 40, y: 40, size: 24 });
  }
  return Buffer.from(await doc.save());
}

function planDxf(): Buffer {
  const pairs = [
    '0',
    'SECTION',
    '2',
    'HEADER',
    '9',
    '$ACADVER',
    '1',
    'AC1027',
    '9',
    '$INSUNITS',
    '70',
    '6',
    '0',
    'ENDSEC',
  ];
  pairs.push('0', 'SECTION', '2', 'ENTITIES');
  for (const [x1, y1, x2, y2] of [
    [0, 0, 10, 0],
    [10, 0, 10, 8],
    [10, 8, 0, 8],
    [0, 8, 0, 0],
  ] as const)
    pairs.push('0', 'LINE', '8', 'MURS', '10', `${x1}`, '20', `${y1}`, '11', `${x2}`, '21', `${y2}`);
  pairs.push('0', 'CIRCLE', '8', 'ARBRES', '10', '13', '20', '4', '40', '1.5');
  pairs.push('0', 'TEXT', '8', 'TEXTES', '10', '1', '20', '4', '40', '0.7', '1', 'غرفة الجلوس');
  return Buffer.from(`${[...pairs, '0', 'ENDSEC', '0', 'EOF'].join('\n')}\n`);
}

const drawn = async (page: Page): Promise<void> => {
  await page.locator('[role="application"][aria-busy="false"]').first().waitFor({ timeout: 60_000 });
};
/** How many points of the plan have ink. */
const inkOf = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const canvas = document.querySelector<HTMLCanvasElement>('[role="application"] canvas');
    const data = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
    let ink = 0;
    for (let at = 0; at < data.length; at += 4)
      if ((data[at + 3] ?? 0) > 0 && (data[at] ?? 255) < 128) ink += 1;
    return ink;
  });

for (const language of LANGUAGES) {
  const say = words(language, 'viewer');
  const texts = words(language, 'documents');

  describe(`the plan viewer, ${language}`, () => {
    let dossier: string;
    let base: string;
    let email: string;
    const ids = new Map<string, string>();

    before(async function () {
      this.timeout(600_000);
      const office = await sharedOffice();
      const { applicant } = office.people;
      base = office.base;
      email = applicant.email;
      dossier = (
        await applicant.post<{ id: string }>('/dossiers', {
          procedure: 'building-permit-small',
          commune: COMMUNE,
        })
      ).id;
      const photo = paint({ widthMm: 297, heightMm: 210, pixels: 1700, draw: 'plan' });
      const give = async (key: string, piece: string, name: string, bytes: Buffer): Promise<void> => {
        const document = await applicant.upload<{ id: string }>(`/dossiers/${dossier}/documents`, () => {
          const form = new FormData();
          form.set('piece', piece);
          form.set('file', new Blob([new Uint8Array(bytes)]), name);
          return form;
        });
        ids.set(key, document.id);
      };
      await give('before', 'architecturalPlan', 'plan.pdf', await planPdf(1));
      await give('now', 'architecturalPlan', 'plan-v2.pdf', await planPdf(2));
      await give('dxf', 'boundaryPlan', 'تصميم التحديد.dxf', planDxf());
      await give('tiff', 'dimensionedPlan', 'plan.tif', tiffOf(photo, 200));
      await give('photo', 'fireSafetyDocument', 'photo.jpg', jpegOf(photo));
    });

    /** The scale of a stage once it is the same for a while. */
    const steadyScale = async (stage: Locator): Promise<number> => {
      for (let before = Number.NaN; ; ) {
        const now = Number(await stage.getAttribute('data-scale'));
        if (now === before) return now;
        before = now;
        await stage.page().waitForTimeout(300);
      }
    };

    const open = async (key: string, more = ''): Promise<Page> => {
      const page = await visit({ base, language, as: email });
      // Plans are read and drawn: slower than pages where many things run at once.
      page.setDefaultTimeout(60_000);
      await page.goto(`/dossiers/${dossier}/documents/${ids.get(key)}${more}`);
      return page;
    };

    it('shows a PDF: pages, zoom and turn, and a length measured with the keys alone', async () => {
      // given
      const page = await open('now');
      await drawn(page);
      expect(await inkOf(page)).to.be.greaterThan(500);
      const stage = page.getByRole('application');
      await stage.focus();

      // when
      await page.keyboard.press('+');
      await page.keyboard.press('+');
      await page.getByText('156 %').waitFor();
      await page.keyboard.press('PageDown');
      await page.getByText('2 / 2').waitFor();
      await page.keyboard.press('PageUp');
      await page.keyboard.press('0');
      await page.getByText('100 %').waitFor();
      await page.keyboard.press('m');
      await page.getByRole('textbox', { name: say('measure.scale') }).fill('100');
      await stage.focus();
      // The tools of measuring take room from the stage: the scale is that of when they have it.
      const scale = await steadyScale(stage);
      await page.keyboard.press('Enter');
      for (let step = 0; step < 10; step += 1) await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Enter');

      // then 120 pixels of the stage are as long as the scale says
      const metres = ((120 / scale) * (25.4 / 72) * 100) / 1000;
      const told = await page.getByRole('list', { name: say('measure.list') }).textContent();
      expect(Number(told?.replace(/[^\d,.]/g, '').replace(',', '.'))).to.be.closeTo(metres, 0.06);
      await page.getByRole('button', { name: say('pages.list') }).click();
      await page.getByRole('navigation', { name: say('pages.list') }).waitFor();
      await inspect(page, `viewer-pdf-${language}`);
      await leave(page);
    });

    it('sets two versions beside each other, one over the other, and says how much has changed', async () => {
      // given
      const page = await open('now', `?compare=${ids.get('before')}`);
      await page.getByText(say('compare.before', { version: '1' })).waitFor();
      await drawn(page);
      await page.waitForFunction(() => document.querySelectorAll('[aria-busy="false"] canvas').length === 2);
      await inspect(page, `viewer-side-${language}`);

      // when
      await page.getByText(say('compare.swipe')).click();
      await page.getByRole('slider').focus();
      await page.keyboard.press('ArrowLeft');
      await page.getByText(say('compare.overlay')).click();
      const start =
        say('compare.changed', { part: '\u0000' })
          .split('\u0000')
          .sort((a, b) => b.length - a.length)[0] ?? '';
      await page.getByRole('status').filter({ hasText: start.trim() }).waitFor({ timeout: 60_000 });

      // then
      await inspect(page, `viewer-differences-${language}`);
      await page.getByLabel(texts('page.compare')).selectOption('');
      await page.getByText(say('compare.overlay')).waitFor({ state: 'detached' });
      await leave(page);
    });

    it('draws a DXF with its layers and Arabic letters, in metres, and shows photographs', async () => {
      // given
      const page = await open('dxf');
      await drawn(page);
      const all = await inkOf(page);
      await page.getByRole('button', { name: say('layers.title') }).click();
      await inspect(page, `viewer-dxf-${language}`);

      // when a layer is hidden
      await page.getByRole('checkbox', { name: 'MURS' }).uncheck();
      await page.waitForTimeout(600);
      const fewer = await inkOf(page);

      // then
      expect(all).to.be.greaterThan(500);
      expect(fewer).to.be.greaterThan(0).and.lessThan(all);
      await page.goto(`/dossiers/${dossier}/documents/${ids.get('photo')}`);
      await drawn(page);
      expect(await inkOf(page)).to.be.greaterThan(500);
      await inspect(page, `viewer-photo-${language}`);
      await leave(page);
    });

    it('says what to do with what a browser cannot draw', async () => {
      const page = await open('tiff');
      await page.getByRole('alert').getByText(say('notDrawable.kind')).waitFor();
      await inspect(page, `viewer-tiff-${language}`);
      await leave(page);
    });
  });
}
