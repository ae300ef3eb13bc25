import { expect } from 'chai';
import { LANGUAGES, leave, visit } from './support/browser.ts';
import { inspect } from './support/inspect.ts';
import { sharedOffice } from './support/office.ts';

const WORDS = {
  ar: {
    receipt: /^رقم وصل الأداء/,
    amount: /^المبلغ المؤدى/,
    record: 'تسجيل الأداء',
    take: 'وضع المبلغ الواجب',
    print: 'طباعة',
    prompt: 'إرسال التنبيه',
    openAgency: /الوكالة الحضرية.*عرض المتأخرة/,
    rows: 'الملفات المتأخرة',
    toPrompt: /تنبيه/,
  },
  fr: {
    receipt: /^Numéro de quittance/,
    amount: /^Montant payé/,
    record: 'Enregistrer le paiement',
    take: 'Mettre le montant dû',
    print: 'Imprimer',
    prompt: 'Envoyer la relance',
    openAgency: /Agence urbaine.*voir les retards/,
    rows: 'Dossiers en retard',
    toPrompt: /[Rr]elancer|prompt/,
  },
};
const PAYS = { ar: '01.331.01.03', fr: '01.571.01.11' };
const WAITS = { ar: '01.151.05.01', fr: '01.405.01.09' };

for (const language of LANGUAGES) {
  const words = WORDS[language];

  describe(`the treasurer, ${language}`, () => {
    it('is told kindly of a wrong amount, then records the payment, and finds it in the period’s totals', async () => {
      // given a decision to deliver
      const office = await sharedOffice();
      const { base, people } = office;
      const filing = await office.file(PAYS[language]);
      await filing.checkedComplete();
      await filing.opinions({ value: 'favourable', remarks: [] });
      await filing.minutes('Avis favorables.', 'deliver');
      await filing.decide('deliver');
      const treasurer = people.treasurer(PAYS[language]);
      await filing.task(treasurer, 'RecordPayment');
      const page = await visit({ base, language, as: treasurer.email });
      page.setDefaultTimeout(60_000);

      // when
      await page.goto('/treasury');
      await page.getByRole('link', { name: filing.number }).waitFor();
      await inspect(page, `treasury-${language}`);
      await page
        .getByRole('row', { name: new RegExp(filing.number) })
        .getByRole('link', { name: words.record })
        .click();
      await page.getByRole('textbox', { name: words.receipt }).fill(`Q-${filing.number}`);
      await page.getByRole('textbox', { name: words.amount }).fill('1');
      await page.getByRole('button', { name: words.record }).click();

      // then it says what is due, and keeps what was typed
      await page.getByRole('alert').first().waitFor();
      await inspect(page, `treasury-payment-${language}`);
      expect(await page.getByRole('textbox', { name: words.receipt }).inputValue()).to.equal(
        `Q-${filing.number}`,
      );
      await page.getByRole('button', { name: words.take }).click();
      await page.getByRole('button', { name: words.record }).click();
      await filing.task(people.president(PAYS[language]), 'SignLicence');
      await page.goto('/treasury?tab=payments');
      await page.getByRole('row', { name: new RegExp(filing.number) }).waitFor();
      await inspect(page, `treasury-payments-${language}`);
      await page.goto(`/treasury/orders/${filing.id}`);
      await page.getByRole('article').waitFor();
      await inspect(page, `treasury-order-${language}`);
      await leave(page);
    });
  });

  describe(`the governor, ${language}`, () => {
    it('sees where work waits, opens a figure to its dossiers, and prompts a silent agency', async () => {
      // given an agency that has said nothing for days
      const office = await sharedOffice();
      const { base, people } = office;
      const commune = WAITS[language];
      const filing = await office.file(commune);
      await filing.checkedComplete();
      await filing.opinions({ value: 'favourable', remarks: [] }, { silent: ['urbanAgency'] });
      await office.move({ days: 5 });
      const governor = people.governor(commune.split('.').slice(0, 2).join('.'));
      const task = await filing.task(governor, 'PromptUrbanAgency');
      const page = await visit({ base, language, as: governor.email });
      page.setDefaultTimeout(60_000);

      // when
      await page.goto('/delays');
      // Other communes of the province may wait for it too.
      const { items: territories } = await governor.get<{
        items: { code: string; name: Record<string, string> }[];
      }>('/territories');
      const place = territories.find(({ code }) => code === commune)?.name[language] ?? '';
      await page.getByRole('link', { name: words.openAgency }).filter({ hasText: place }).click();
      await page.getByRole('heading', { name: words.rows }).waitFor();
      await page
        .getByRole('row', { name: new RegExp(filing.number) })
        .last()
        .waitFor();
      await inspect(page, `governor-delays-${language}`);
      await page.goto(`/tasks/${task.id}`);
      await page.getByRole('button', { name: words.prompt }).waitFor();
      await inspect(page, `governor-prompt-${language}`);
      await page.getByRole('button', { name: words.prompt }).click();
      await page.getByRole('dialog').getByRole('button', { name: words.prompt }).click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });

      // then the agency has the letter, and the dossier still waits for it
      const member = people.member('agency-tetouan');
      let told = 0;
      for (let tries = 0; tries < 100 && told === 0; tries++) {
        const { items } = await member.get<{ items: { dossier: string | null; template?: string }[] }>(
          '/notifications?limit=100',
        );
        told = items.filter((one) => one.dossier === filing.id).length;
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
      expect(told).to.be.greaterThan(0);
      await filing.task(member, 'ReviewByUrbanAgency');
      await leave(page);
    });
  });
}
