import { createHash, randomBytes } from 'node:crypto';
import { PDFDocument } from '@cantoo/pdf-lib';
import { expect } from 'chai';
import { drawnPdf, scanPdf } from '../../test/gateways/quality/paint.ts';
import { LANGUAGES, leave, visit } from './support/browser.ts';
import { inspect, settled } from './support/inspect.ts';
import { sharedOffice } from './support/office.ts';
import { words } from './support/words.ts';

const COMMUNE = '01.151.01.01';
const A4 = { widthMm: 210, heightMm: 297 };
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

interface Filed {
  piece: string;
  fileName: string;
  version: number;
  sha256: string;
}

/** A PDF of some megabytes that nothing makes smaller. */
async function heavyPdf(bytes: number): Promise<Buffer> {
  const doc = await PDFDocument.load(await drawnPdf([A4]));
  await doc.attach(randomBytes(bytes), 'measurements.bin');
  return Buffer.from(await doc.save());
}

async function scriptedPdf(): Promise<Buffer> {
  const doc = await PDFDocument.load(await drawnPdf([A4]));
  doc.addJavaScript('pwn', 'this.pwned = 1; app.alert("pwned");');
  return Buffer.from(await doc.save());
}

/** Markup further on than the first kilobyte, where the server would already have refused it. */
function scriptedDxf(): Buffer {
  const pairs = ['0', 'SECTION', '2', 'ENTITIES'];
  for (let at = 0; at < 60; at += 1)
    pairs.push('0', 'LINE', '8', 'walls', '10', '0', '20', `${at}`, '11', '30', '21', `${20 - at}`);
  for (const text of [
    '<script>globalThis.pwned=1</script>',
    '<img src=x onerror="globalThis.pwned=1">',
    'واجهة',
  ])
    pairs.push('0', 'TEXT', '8', '<b>notes</b>', '10', '2', '20', '4', '40', '2', '1', text);
  return Buffer.from(`${[...pairs, '0', 'ENDSEC', '0', 'EOF'].join('\n')}\n`);
}

for (const language of LANGUAGES) {
  const say = words(language, 'documents');

  describe(`pieces on their way, ${language}`, () => {
    const begin = async () => {
      const office = await sharedOffice();
      const { applicant } = office.people;
      const draft = await applicant.post<{ id: string }>('/dossiers', {
        procedure: 'building-permit-small',
        commune: COMMUNE,
      });
      const page = await visit({ base: office.base, language, as: applicant.email });
      // Files are sent and examined: slower than pages where many things run at once.
      page.setDefaultTimeout(60_000);
      await page.goto(`/my/dossiers/${draft.id}/edit/pieces`);
      await settled(page);
      const filed = async () =>
        (await applicant.get<{ items: Filed[] }>(`/dossiers/${draft.id}/documents?all=true`)).items;
      const give = (piece: string, name: string, buffer: Buffer) =>
        page
          .locator(`input[data-piece="${piece}"]`)
          .setInputFiles({ name, mimeType: 'application/octet-stream', buffer });
      return { office, applicant, dossier: draft.id, page, filed, give };
    };

    it('go on after a lost network by themselves, and after a reload with the same file, sending nothing twice', async () => {
      // given
      const { applicant, dossier, page, filed, give } = await begin();
      const bytes = await heavyPdf(14_000_000);
      const name = language === 'ar' ? 'شهادة الملكية.pdf' : 'certificat de propriété.pdf';
      const offsets: number[] = [];
      let parts = 0;
      let isCut = false;
      await page.route('**/api/v1/dossiers/*/uploads/*', async (route, request) => {
        if (request.method() !== 'PATCH') return isCut ? route.abort() : route.continue();
        parts += 1;
        // The second part meets a hole in the network; after the third there is none.
        if (parts === 2 || isCut) return route.abort();
        offsets.push(Number(request.headers()['upload-offset']));
        if (offsets.length === 2) isCut = true;
        return route.continue();
      });

      // when
      await give('ownershipProof', name, bytes);
      await page.locator('[data-phase="waiting"]').waitFor();
      await page.waitForFunction(() => document.querySelector('[data-phase="sending"]') !== null);
      while (!isCut) await page.waitForTimeout(50);
      await page.locator('[data-phase="waiting"]').waitFor();
      const { items } = await applicant.get<{ items: { id: string; offset: number }[] }>(
        `/dossiers/${dossier}/uploads`,
      );
      await inspect(page, `upload-waiting-${language}`);
      const arrived = items[0]?.offset ?? 0;
      await page.unroute('**/api/v1/dossiers/*/uploads/*');
      const later: number[] = [];
      await page.reload();
      await settled(page);
      const part = Math.floor((arrived / bytes.length) * 100);
      await page.getByText(`${part} %`).first().waitFor();
      page.on('request', (request) => {
        if (request.method() === 'PATCH') later.push(Number(request.headers()['upload-offset']));
      });
      await give('ownershipProof', name, bytes);
      await page.getByRole('link', { name }).waitFor();

      // then
      expect(offsets).to.deep.equal([0, 4 * 1024 * 1024]);
      expect(arrived).to.equal(8 * 1024 * 1024);
      expect(later[0]).to.equal(arrived);
      expect(
        (await filed()).map(({ piece, fileName, version, sha256 }) => [piece, fileName, version, sha256]),
      ).to.deep.equal([['ownershipProof', name, 1, sha256(bytes)]]);
      await leave(page);
    });

    it('are told to be hard to read, in words, and can be replaced', async () => {
      // given
      const { page, filed, give } = await begin();

      // when
      await give('signedRequest', 'scan.pdf', await scanPdf([{ ...A4, pixels: 595, lean: 5 }]));
      const piece = page
        .locator('section', { has: page.locator('input[data-piece="signedRequest"]') })
        .last();
      await piece.getByText(say('quality.title')).waitFor();
      const told = ((await piece.textContent()) ?? '').replaceAll(/[\u2066-\u2069]/g, '');
      await inspect(page, `upload-poor-scan-${language}`);
      await give('signedRequest', 'scan.pdf', await scanPdf([{ ...A4, pixels: 1654 }]));
      await piece.getByText(say('quality.title')).waitFor({ state: 'detached' });

      // then
      for (const rule of ['resolution', 'skewed']) {
        const places: Record<string, [string, string]> = {
          resolution: ['72 dpi', '150 dpi'],
          skewed: ['5°', '< 3°'],
        };
        const [measured, wanted] = places[rule] ?? ['', ''];
        expect(told).to.include(say(`quality.rule.${rule}`, { measured, wanted }));
      }
      expect((await filed()).map(({ version }) => version).sort()).to.deep.equal([1, 2]);
      await leave(page);
    });

    it('are inert, whatever is in them and whatever they are called', async () => {
      // given
      const { applicant, dossier, page, filed, give } = await begin();
      const alarms: string[] = [];
      page.on('dialog', (dialog) => {
        alarms.push(dialog.message());
        void dialog.dismiss();
      });
      const refused = async (piece: string): Promise<void> => {
        await page
          .locator('section', { has: page.locator(`input[data-piece="${piece}"]`) })
          .last()
          .getByRole('alert')
          .waitFor();
      };

      // when
      const markup = '<img src=x onerror="globalThis.pwned=1">.pdf';
      await give('ownershipProof', markup, await scriptedPdf());
      await page.getByRole('link', { name: markup }).waitFor();
      await give('signedRequest', 'plan\u202efdp.pdf', await drawnPdf([A4]));
      await page.getByRole('link', { name: 'planfdp.pdf' }).waitFor();
      const svg =
        '<svg xmlns="http://www.w3.org/2000/svg" onload="globalThis.pwned=1"><script>globalThis.pwned=1</script></svg>';
      await give('identityDocument', 'card.png', Buffer.from(svg));
      await refused('identityDocument');
      await give('fireSafetyDocument', 'page.html', Buffer.from('<script>globalThis.pwned=1</script>'));
      await refused('fireSafetyDocument');
      await give('boundaryPlan', 'plan.dxf', scriptedDxf());
      await page.getByRole('link', { name: 'plan.dxf' }).waitFor();
      await inspect(page, `upload-hostile-${language}`);
      const documents = await filed();
      const { items } = await applicant.get<{ items: { id: string }[] }>(`/dossiers/${dossier}/documents`);
      for (const { id } of items) {
        await page.goto(`/dossiers/${dossier}/documents/${id}`);
        await page.locator('[role="application"][aria-busy="false"]').waitFor();
        expect(await page.evaluate(() => (globalThis as { pwned?: number }).pwned)).to.equal(undefined);
      }

      // then
      expect(documents.map(({ piece }) => piece).sort()).to.deep.equal([
        'boundaryPlan',
        'ownershipProof',
        'signedRequest',
      ]);
      expect(alarms).to.deep.equal([]);
      expect(await page.evaluate(() => (globalThis as { pwned?: number }).pwned)).to.equal(undefined);
      await leave(page);
    });
  });
}
