import { expect } from 'chai';
import type { Page } from 'playwright-core';
import type { Filing } from '../../scripts/demo/filing.ts';
import { PASSWORD } from '../../scripts/demo/people.ts';
import type { Office } from '../../test/support/office.ts';
import { LANGUAGES, leave, visit } from './support/browser.ts';
import { checkAccess, inspect, look } from './support/inspect.ts';
import { sharedOffice } from './support/office.ts';
import { words } from './support/words.ts';

const PLACES = { ar: '01.573.01.03', fr: '01.151.01.01' };

interface Acts {
  items: { kind: string; reasons: { article: string; text: string }[]; verificationCode: string }[];
}

for (const language of LANGUAGES) {
  const commune = PLACES[language];
  const common = words(language, 'common');
  const tasks = words(language, 'tasks');
  const committee = words(language, 'committee');
  const president = words(language, 'president');

  const givePassword = async (page: Page) => {
    const dialog = page.getByRole('dialog', { name: common('sign.title') });
    await dialog.getByRole('textbox', { name: common('account.password') }).fill(PASSWORD);
    await dialog.getByRole('button', { name: common('sign.action'), exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
  };
  const rowOf = (page: Page, filing: Filing) => page.getByRole('listitem').filter({ hasText: filing.number });

  describe(`the president, ${language}`, () => {
    let office: Office;
    const today = async () => (await office.people.operator.get<{ now: string }>('/clock')).now.slice(0, 10);
    const studied = async (): Promise<Filing> => {
      const filing = await office.file(commune);
      await filing.checkedComplete();
      await filing.opinions({ value: 'favourable', remarks: [] });
      await filing.minutes('Rien ne s’oppose au projet.', 'deliver');
      return filing;
    };
    const toSign = async (): Promise<Filing> => {
      const filing = await studied();
      await filing.decide('deliver');
      const amount = (await filing.read()).dossier.tax?.amount ?? 0;
      if (amount > 0)
        await filing.complete(office.people.treasurer(commune), 'RecordPayment', {
          receipt: `Q-${filing.number}`,
          amount,
          paidAt: await today(),
        });
      await filing.task(office.people.president(commune), 'SignLicence');
      return filing;
    };
    before(async () => {
      office = await sharedOffice();
    });

    it('sees all before signing, and signs two licences with one password; the one that fails stays with its cause', async () => {
      // given
      const [good, bad] = [await toSign(), await toSign()];
      const person = office.people.president(commune);
      const page = await visit({ base: office.base, language, as: person.email });
      await page.goto('/signing');
      await rowOf(page, bad).waitFor();
      await inspect(page, `signing-${language}`);

      // when the exact document is looked at
      await rowOf(page, good)
        .getByRole('button', { name: president('queue.preview') })
        .click();
      await page.getByRole('dialog').getByRole('img').first().waitFor();
      await page
        .getByRole('dialog')
        .getByRole('button', { name: common('action.close') })
        .click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });

      // and both are chosen, while one of them is signed elsewhere
      for (const filing of [good, bad]) await rowOf(page, filing).getByRole('checkbox').check();
      await page
        .getByRole('button', {
          name: president(language === 'ar' ? 'queue.sign_two' : 'queue.sign_other', { count: 2 }),
        })
        .click();
      await filingSigned(bad, office);
      const batch = page.getByRole('dialog');
      await batch
        .getByRole('button', {
          name: president(language === 'ar' ? 'batch.action_two' : 'batch.action_other', { count: 2 }),
        })
        .click();
      await givePassword(page);

      // then one is signed, and the other says why it is not
      await batch.getByText(president('batch.signed'), { exact: true }).waitFor();
      await batch
        .getByText(president('batch.failed', { cause: '' }).trim().slice(0, 8))
        .first()
        .waitFor();
      await inspectDialog(page, `batch-${language}`);
      expect(await licences(good)).to.equal(1);
      expect(await licences(bad)).to.equal(1);
      await leave(page);
    });

    it('sends a dossier back with a reason, which the secretariat reads; then refuses it with reasons and signs', async () => {
      // given
      const filing = await studied();
      const person = office.people.president(commune);
      const page = await visit({ base: office.base, language, as: person.email });
      await page.goto('/signing');
      await rowOf(page, filing).getByRole('link').first().click();

      // when
      await page.getByRole('radio', { name: president('decide.sendBack') }).check();
      await page.getByRole('textbox', { name: president('decide.reason') }).fill('Reprendre la conclusion.');
      await inspect(page, `decide-${language}`);
      await page.getByRole('button', { name: president('decide.sendBackAction') }).click();
      await page.getByRole('heading', { name: tasks('task.done') }).waitFor();

      // then the secretariat has it again, with the reason
      const { dossier } = await filing.read();
      const secretary = office.people.secretary(dossier.committee?.secretariat ?? '');
      const task = await filing.task(secretary, 'DrawUpMinutes');
      const desk = await visit({ base: office.base, language, as: secretary.email });
      await desk.goto(`/tasks/${task.id}`);
      await desk.getByText('Reprendre la conclusion.').waitFor();
      await leave(desk);
      await filing.minutes('La commission propose de refuser.', 'refuse');

      // when the president refuses
      const decide = await filing.task(person, 'Decide');
      await page.goto(`/tasks/${decide.id}`);
      await page.getByRole('radio', { name: committee('choice.refuse') }).check();
      await page.getByRole('button', { name: president('decide.action') }).click();
      await page.getByRole('heading', { name: tasks('task.done') }).waitFor();
      const sign = await filing.task(person, 'SignRefusal');
      await page.goto(`/tasks/${sign.id}`);
      await page.getByRole('textbox', { name: common('motive.pick') }).fill('43');
      await page.getByRole('option').first().click();
      await inspect(page, `refusal-${language}`);
      await page.getByRole('button', { name: president('sign.preview') }).click();
      await page.getByRole('dialog').getByRole('img').first().waitFor();
      await page
        .getByRole('dialog')
        .getByRole('button', { name: common('action.close') })
        .click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.getByRole('button', { name: president('sign.action.refusal') }).click();
      await givePassword(page);
      await page.getByRole('heading', { name: tasks('task.done') }).waitFor();

      // then the refusal is signed with its reason
      const { items } = await person.get<Acts>(`/dossiers/${filing.id}/decisions`);
      const refusal = items.find(({ kind }) => kind === 'refusal');
      expect(refusal?.reasons[0]?.article).to.include('art. 43');
      await leave(page);
    });

    async function licences(filing: Filing): Promise<number> {
      const { items } = await office.people.president(commune).get<Acts>(`/dossiers/${filing.id}/decisions`);
      return items.filter(({ kind }) => kind === 'licence').length;
    }
  });

  /** The president signs from elsewhere, as a program would. */
  async function filingSigned(filing: Filing, office: Office): Promise<void> {
    await filing.complete(office.people.president(commune), 'SignLicence', { confirm: true });
  }
}

/** A dialog is held to what pages are, as far as access goes. */
async function inspectDialog(page: Page, name: string): Promise<void> {
  await look(page, name, false);
  await checkAccess(page, name);
}
