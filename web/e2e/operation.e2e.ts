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
  },
  fr: {
    step: 'Convoquer la commission',
    cause: 'Aucun organisme ouvert',
    retry: 'Réessayer',
    again: 'Le dossier s’est arrêté de nouveau',
    wentOn: 'L’incident est résolu',
    day: 'Avancer d’un jour',
    move: 'Avancer',
  },
};

interface Incident {
  id: string;
  dossier: string;
}

describe('an operator', () => {
  let office: Office;
  const stopped = new Map<string, Filing>();

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
