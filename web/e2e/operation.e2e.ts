import { expect } from 'chai';
import type { Filing } from '../../scripts/demo/filing.ts';
import { type Office, openOffice } from '../../test/support/office.ts';
import { LANGUAGES, leave, visit } from './support/browser.ts';
import { inspect, settled } from './support/inspect.ts';

const TETOUAN = '01.571.01.11';
const WORDS = {
  ar: {
    step: 'استدعاء اللجنة',
    cause: 'لا توجد هيئة مفتوحة',
    retry: 'إعادة المحاولة',
    again: 'توقف الملف مرة أخرى',
    wentOn: 'حُلّ التوقف',
    day: 'يوم إلى الأمام',
    move: 'تقديم',
    skip: 'تجاوز',
    skipNow: 'تجاوز العمل',
    reason: 'السبب',
    because: 'استدعيت اللجنة بالهاتف، والعطل معروف.',
    brings: 'المتغيرات التي كان سيأتي بها',
    other: 'تدخلات أخرى',
    number: 'رقم الملف',
    find: 'بحث',
    to: 'المكان الجديد',
    moveIt: 'نقل',
    typed: 'للتأكيد اكتب',
    correct: 'المتغيرات المراد تصحيحها',
    compare: 'المقارنة قبل وبعد',
    correctNow: 'تصحيح',
    stop: 'إيقاف المسطرة',
    stopped: 'أوقفها مشغل المنصة',
  },
  fr: {
    step: 'Convoquer la commission',
    cause: 'Aucun organisme ouvert',
    retry: 'Réessayer',
    again: 'Le dossier s’est arrêté de nouveau',
    wentOn: 'L’incident est résolu',
    day: 'Avancer d’un jour',
    move: 'Avancer',
    skip: 'Passer outre',
    skipNow: 'Passer outre',
    reason: 'Motif',
    because: 'Commission convoquée par téléphone, panne connue.',
    brings: 'Variables qu’il aurait apportées',
    other: 'Autres interventions',
    number: 'Numéro du dossier',
    find: 'Trouver',
    to: 'Nouvelle place',
    moveIt: 'Déplacer',
    typed: 'Pour confirmer',
    correct: 'Variables à corriger',
    compare: 'Comparer avant et après',
    correctNow: 'Corriger',
    stop: 'Arrêter la procédure',
    stopped: 'Arrêtée par l’exploitant',
  },
};

interface Incident {
  id: string;
  dossier: string;
}

describe('an operator', () => {
  let office: Office;
  const stopped = new Map<string, Filing>();
  const toSkip = new Map<string, Filing>();
  const toMove = new Map<string, Filing>();

  /** Closes or opens the agency as its administrator does. */
  async function agency(action: 'Fermer' | 'Rouvrir'): Promise<void> {
    const other = action === 'Fermer' ? 'Rouvrir' : 'Fermer';
    const page = await visit({ base: office.base, as: office.people.administrator.email });
    const main = page.getByRole('main');
    await page.goto('/admin/bodies/agency-tetouan');
    await main.getByRole('button', { name: `${action} l’organisme` }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: `${action} l’organisme` })
      .click();
    await main.getByRole('button', { name: `${other} l’organisme` }).waitFor();
    await leave(page);
  }
  async function incidentOf(filing: Filing): Promise<Incident> {
    for (let tries = 0; tries < 100; tries++) {
      const { items } = await office.people.operator.get<{ items: Incident[] }>(
        '/incidents?open=true&limit=100',
      );
      const found = items.find(({ dossier }) => dossier === filing.id);
      if (found !== undefined) return found;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`${filing.number} was never stopped`);
  }

  before(async function () {
    this.timeout(600_000);
    // given: no urban agency is open where two dossiers are to be studied
    office = await openOffice();
    await agency('Fermer');
    for (const language of LANGUAGES) {
      const filing = await office.file(TETOUAN);
      await filing.checkedComplete();
      stopped.set(language, filing);
      const other = await office.file(TETOUAN);
      await other.checkedComplete();
      toSkip.set(language, other);
      toMove.set(language, await office.file(TETOUAN));
    }
  });
  after(() => office.close());

  for (const language of LANGUAGES) {
    const words = WORDS[language];

    it(`sees what stopped, why and where in the diagram, and tries again, ${language}`, async () => {
      const filing = stopped.get(language) as Filing;
      const incident = await incidentOf(filing);
      const page = await visit({ base: office.base, language, as: office.people.operator.email });

      // when
      await page.goto('/operation');
      await page.getByText(filing.number).waitFor();
      await inspect(page, `operation-${language}`);
      await page
        .getByRole('listitem')
        .filter({ hasText: filing.number })
        .getByRole('link', { name: words.step })
        .click();

      // then
      await page.getByText(words.cause).first().waitFor();
      await page.locator('[data-element-id="ConveneCommittee"].failing').waitFor();
      expect(await page.locator('.failing').count()).to.equal(1);
      await inspect(page, `incident-${language}`);

      // when tried again before the cause is mended
      await page.getByRole('button', { name: words.retry }).click();
      await page.getByRole('dialog').getByRole('button', { name: words.retry }).click();

      // then it says that it stopped again, and leads there
      await page.getByText(words.again).waitFor();
      await page.getByRole('alert').getByRole('link').click();
      const again = await incidentOf(filing);
      expect(again.id).to.not.equal(incident.id);
      await page.waitForURL(`**/operation/incidents/${again.id}`);

      // when the cause is mended
      await agency('Rouvrir');
      await page.getByRole('button', { name: words.retry }).click();
      await page.getByRole('dialog').getByRole('button', { name: words.retry }).click();

      // then the dossier goes on
      await page.getByText(words.wentOn).waitFor();
      await filing.task(office.people.member('agency-tetouan'), 'ReviewByUrbanAgency');
      await inspect(page, `incident-resolved-${language}`);
      await leave(page);
      if (language !== LANGUAGES.at(-1)) await agency('Fermer');
    });

    it(`skips failing work with a reason, and the dossier goes on, ${language}`, async () => {
      const filing = toSkip.get(language) as Filing;
      const incident = await incidentOf(filing);
      const page = await visit({ base: office.base, language, as: office.people.operator.email });
      await page.goto(`/operation/incidents/${incident.id}`);

      // when
      await page.getByRole('button', { name: words.skip, exact: true }).click();
      const dialog = page.getByRole('dialog');
      const skip = dialog.getByRole('button', { name: words.skipNow, exact: true });
      expect(await skip.isDisabled(), 'without a reason').to.equal(true);
      await dialog.getByLabel(words.reason).fill(words.because);
      await dialog.getByLabel(words.brings).fill('{ "members": [');
      expect(await skip.isDisabled(), 'with half a JSON').to.equal(true);
      await dialog
        .getByLabel(words.brings)
        .fill('{ "members": [], "urbanAgency": "agency-tetouan", "secretariat": "agency-tetouan" }');
      await inspect(page, `skip-${language}`);
      await skip.click();
      await dialog.waitFor({ state: 'detached' });

      // then
      await filing.task(office.people.member('agency-tetouan'), 'ReviewByUrbanAgency');
      await page.getByRole('link', { name: words.other }).click();
      await page.getByText(words.because).waitFor();
      await page.locator('[data-element-id="ReviewByUrbanAgency"].waiting').waitFor();
      await inspect(page, `process-skipped-${language}`);
      await leave(page);
    });

    it(`finds a dossier, corrects it, moves it and stops it, ${language}`, async () => {
      const filing = toMove.get(language) as Filing;
      const page = await visit({ base: office.base, language, as: office.people.operator.email });
      await page.goto('/operation');
      await page.getByLabel(words.number).fill(filing.number);
      await page.getByRole('button', { name: words.find, exact: true }).click();
      await page.getByRole('main').getByRole('link', { name: filing.number }).last().click();
      await page.locator('[data-element-id="CheckCompleteness"].waiting').waitFor();
      await inspect(page, `process-${language}`);
      const dialog = page.getByRole('dialog');

      // when corrected: before and after are shown first
      await page.getByLabel(words.correct).fill('{ "complete": true }');
      await page.getByRole('button', { name: words.compare }).click();
      await dialog.getByRole('rowheader', { name: 'complete' }).waitFor();
      await dialog.getByLabel(words.reason).fill(words.because);
      await inspect(page, `variables-${language}`);
      await dialog.getByRole('button', { name: words.correctNow, exact: true }).click();
      await dialog.waitFor({ state: 'detached' });

      // when moved, its number typed
      await page.getByLabel(words.to).selectOption({ label: words.step });
      await page.getByRole('button', { name: words.moveIt, exact: true }).click();
      const move = dialog.getByRole('button', { name: words.moveIt, exact: true });
      await dialog.getByLabel(words.reason).fill(words.because);
      expect(await move.isDisabled(), 'without the number').to.equal(true);
      await dialog.getByLabel(words.typed).fill(filing.number);
      await inspect(page, `move-${language}`);
      await move.click();
      await dialog.waitFor({ state: 'detached' });

      // then
      await page.locator('[data-element-id="CheckCompleteness"].waiting').waitFor({ state: 'detached' });
      await inspect(page, `process-moved-${language}`);

      // when stopped
      await page.getByRole('button', { name: words.stop, exact: true }).click();
      await dialog.getByLabel(words.reason).fill(words.because);
      await dialog.getByLabel(words.typed).fill(filing.number);
      await dialog.getByRole('button', { name: words.stop, exact: true }).click();
      await dialog.waitFor({ state: 'detached' });

      // then
      await page.getByText(words.stopped).first().waitFor();
      expect((await filing.read()).dossier.status).to.equal('stopped');
      await inspect(page, `process-stopped-${language}`);
      await leave(page);
    });

    it(`moves the clock of a demonstration after reading what falls due, ${language}`, async () => {
      const before = Date.parse((await office.people.operator.get<{ now: string }>('/clock')).now);
      const page = await visit({ base: office.base, language, as: office.people.operator.email });
      await page.goto('/operation');
      await settled(page);

      // when
      await page.getByRole('button', { name: words.day }).click();
      await page.getByRole('dialog').getByRole('button', { name: words.move, exact: true }).click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });

      // then
      const after = Date.parse((await office.people.operator.get<{ now: string }>('/clock')).now);
      expect(after - before).to.equal(86_400_000);
      await leave(page);
    });
  }
});
