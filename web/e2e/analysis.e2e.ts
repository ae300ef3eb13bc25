import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import type { Download, Page } from 'playwright-core';
import type { Filing } from '../../scripts/demo/filing.ts';
import { type Office, openOffice } from '../../test/support/office.ts';
import { LANGUAGES, leave, visit } from './support/browser.ts';
import { inspect, settled } from './support/inspect.ts';

const TETOUAN = '01.571.01.11';
const CHEFCHAOUEN = '01.151.01.01';
const WORDS = {
  ar: {
    step: 'التحقق من اكتمال الملف',
    csv: 'تنزيل CSV',
    boxes: 'تشتت المدد',
    diagram: 'على المخطط',
    open: 'جارية',
  },
  fr: {
    step: 'Vérifier la complétude',
    csv: 'Télécharger le CSV',
    boxes: 'Dispersion',
    diagram: 'Sur le schéma',
    open: 'En cours',
  },
};

async function csvOf(page: Page, press: () => Promise<void>): Promise<string[]> {
  const [download] = await Promise.all([page.waitForEvent('download') as Promise<Download>, press()]);
  const text = await readFile(await download.path(), 'utf8');
  expect(text.charCodeAt(0)).to.equal(0xfeff);
  return text.slice(1).trimEnd().split('\r\n');
}

describe('an analyst', () => {
  let office: Office;
  let slowest: Filing;

  before(async function () {
    this.timeout(600_000);
    // given: checking waits nine days in one commune and one in another, everything else is quick; one dossier is still open
    office = await openOffice();
    slowest = await office.file(TETOUAN);
    await office.move({ days: 8 });
    const quicker = await office.file(TETOUAN);
    const elsewhere = await office.file(CHEFCHAOUEN);
    await office.move({ days: 1 });
    for (const filing of [slowest, quicker, elsewhere]) await filing.checkedComplete();
    await office.move({ minutes: 90 });
    await slowest.opinions({ value: 'favourable', remarks: [] });
    await office.file(CHEFCHAOUEN);
  });
  after(() => office.close());

  for (const language of LANGUAGES) {
    const words = WORDS[language];

    it(`finds the slowest step in the table and its dossiers, ${language}`, async () => {
      const page = await visit({ base: office.base, language, as: office.people.operator.email });

      // when
      await page.goto('/analysis');
      await settled(page);

      // then the sentence and the first row name the step that waited, and every figure is what the API measures
      const first = page.locator('tbody tr').first();
      expect(await first.getByRole('rowheader').textContent()).to.equal(words.step);
      expect(await page.getByRole('main').textContent()).to.match(new RegExp(`[«“] ?\\W*${words.step}`));
      await inspect(page, `analysis-table-${language}`);

      // when compared by commune, in the address
      await page.goto('/analysis?by=commune&sort=-max');
      await settled(page);
      const rows = await page.locator('tbody tr', { hasText: words.step }).count();
      expect(rows).to.equal(2);
      const lines = await csvOf(page, () => page.getByRole('button', { name: words.csv }).click());
      expect(lines[0]).to.match(/^flowNode,procedure,commune,finished,open,/);
      expect(lines.filter((line) => line.startsWith('CheckCompleteness,'))).to.have.length(2);

      // when the figure is opened
      await page.locator('tbody tr').first().getByRole('rowheader').getByRole('link').click();
      await page.getByRole('heading', { level: 1, name: words.step }).waitFor();
      await settled(page);

      // then the dossier that waited longest comes first
      const numbers = await page.locator('tbody tr').getByRole('rowheader').allInnerTexts();
      expect(numbers[0]).to.equal(slowest.number);
      expect(numbers).to.have.length(2);
      await inspect(page, `analysis-dossiers-${language}`);
      const table = await csvOf(page, () => page.getByRole('button', { name: words.csv }).click());
      expect(table).to.have.length(3);
      expect(table[1]?.split(',')[0]).to.equal(slowest.number);
      await leave(page);
    });

    it(`sees the spread of durations, and the slowest step warm on the diagram, ${language}`, async () => {
      const page = await visit({ base: office.base, language, as: office.people.operator.email });

      // when
      await page.goto('/analysis?view=boxes');
      await page.locator('[role="img"] svg path').first().waitFor({ state: 'attached' });
      await inspect(page, `analysis-boxes-${language}`);
      await page.getByRole('tab', { name: words.diagram }).click();
      const mark = page.getByRole('button', { name: new RegExp(words.step) });
      await mark.waitFor();

      // then
      await page.locator('[data-element-id="CheckCompleteness"].heat4').waitFor();
      expect(await page.locator('.heat4').count()).to.equal(1);
      await page.getByTitle('Powered by bpmn.io').waitFor();
      await inspect(page, `analysis-diagram-${language}`);

      // when
      await mark.click();
      await page.getByRole('heading', { level: 1, name: words.step }).waitFor();
      expect(new URL(page.url()).pathname).to.equal('/analysis/steps/CheckCompleteness');
      await page.getByText(words.open, { exact: true }).click();
      await page.locator('tbody tr').first().waitFor();
      expect(new URL(page.url()).searchParams.get('state')).to.equal('open');
      await leave(page);
    });
  }

  it('shows a president the own commune alone, with a way into its dossiers', async () => {
    // given
    const page = await visit({
      base: office.base,
      language: 'ar',
      as: office.people.president(TETOUAN).email,
    });

    // when
    await page.goto('/analysis/steps/CheckCompleteness');
    await settled(page);

    // then
    const link = page.locator('tbody tr').getByRole('rowheader').getByRole('link').first();
    expect(await link.getAttribute('href')).to.equal(`/dossiers/${slowest.id}`);
    expect(await page.locator('tbody tr').count()).to.equal(2);
    await page.goto(`/analysis?territory=${CHEFCHAOUEN}`);
    await page.getByRole('alert').waitFor();
    await leave(page);
  });
});
