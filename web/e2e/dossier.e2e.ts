import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import type { Filing } from '../../scripts/demo/filing.ts';
import { makeSamples } from '../../scripts/samples.ts';
import type { Office } from '../../test/support/office.ts';
import { LANGUAGES, leave, visit } from './support/browser.ts';
import { inspect, settled } from './support/inspect.ts';
import { sharedOffice } from './support/office.ts';

const TETOUAN = '01.571.01.11';
const AGENCY = 'agency-tetouan';

const WORDS = {
  ar: {
    registry: 'مكتب الضبط',
    why: 'لماذا؟',
    counted: 'لا يُحتسب يوم الانطلاق',
    committee: 'اللجنة',
    decision: 'القرار',
    asked: 'المطلوب منك',
    see: 'عرض المخطط',
    change: 'عرض ما تغير',
    remarks: /الملاحظات/,
    messages: 'الرسائل',
    documents: 'الوثائق',
    history: 'المراحل',
    audit: 'سجل الأحداث',
    write: 'رسالتك',
    send: 'إرسال',
    answer: 'جوابك على هذه الملاحظة',
    save: 'حفظ الجواب',
    answered: 'تم الجواب',
    compare: /مقارنة مع النسخة/,
    licence: 'تحميل الرخصة',
    refused: 'مرفوض',
    news: /الإشعارات/,
    search: 'ما تتذكره من الملف',
    doNow: 'القيام بذلك الآن',
    yourAnswer: 'جوابك',
    sendAnswer: 'إرسال الجواب',
    submitModified: 'إيداع المشروع المعدل',
    whatChanged: 'عرض التعديلات',
  },
  fr: {
    registry: 'bureau d’ordre',
    why: 'pourquoi ?',
    counted: 'le jour de départ ne compte pas',
    committee: 'Commission',
    decision: 'Décision',
    asked: 'Ce qui vous est demandé',
    see: 'Voir le diagramme',
    change: 'Voir ce qui a changé',
    remarks: /^Remarques/,
    messages: 'Messages',
    documents: 'Documents',
    history: 'Historique',
    audit: 'Journal',
    write: 'Votre message',
    send: 'Envoyer',
    answer: 'Votre réponse à cette remarque',
    save: 'Enregistrer la réponse',
    answered: 'Répondue',
    compare: /Comparer avec la version/,
    licence: 'Télécharger le permis',
    refused: 'Refusé',
    news: /^Notifications/,
    search: 'Ce que vous savez du dossier',
    doNow: 'Le faire maintenant',
    yourAnswer: 'Votre réponse',
    sendAnswer: 'Envoyer la réponse',
    submitModified: 'Déposer le projet modifié',
    whatChanged: 'Présentation des modifications',
  },
} as const;

/** The stage that the page shows as the current one. */
const currentStage = (page: Page) => page.locator('li[aria-current="step"]');

/** The plans of a project drawn again. */
async function newPlan(filing: Filing, office: Office, variant: number): Promise<void> {
  const made = await makeSamples(await mkdtemp(join(tmpdir(), 'shubbak-plans-')), { variant });
  const plan = Object.values(made).find(({ mediaType }) => mediaType === 'application/pdf');
  if (plan === undefined) throw new Error('no plan among the samples');
  await filing.upload({ piece: 'architecturalPlan', path: plan.path, mediaType: plan.mediaType });
  await office.people.architect.post(`/dossiers/${filing.id}/architect-signature`);
}

async function today(office: Office): Promise<string> {
  return (await office.people.operator.get<{ now: string }>('/clock')).now.slice(0, 10);
}

for (const language of LANGUAGES) {
  const words = WORDS[language];

  describe(`a dossier, ${language}`, function () {
    // Every page is looked at in two colours and four widths.
    this.timeout(240_000);
    let office: Office;
    before(async () => {
      office = await sharedOffice();
    });

    it('tells the applicant where it is, and moves on while the page is open', async () => {
      // given
      const filing = await office.file(TETOUAN);
      const page = await visit({ base: office.base, language, as: office.people.applicant.email });
      await page.goto(`/dossiers/${filing.id}`);

      // then
      await page.getByText(words.registry).first().waitFor();
      expect(await currentStage(page).count()).to.equal(1);
      await page.getByRole('button', { name: words.why }).click();
      await page.getByText(words.counted).waitFor();
      await page.keyboard.press('Escape');
      await inspect(page, `dossier-${language}`);
      await page.getByRole('button', { name: words.see }).click();
      await page.locator('.djs-container svg').first().waitFor();
      await page.locator('.bjs-powered-by').waitFor();
      await inspect(page, `dossier-diagram-${language}`);
      await page.goto(`/dossiers/${filing.id}`);
      await settled(page);

      // when the registry office acts, elsewhere
      await filing.checkedComplete();

      // then nothing was loaded again, and the page knows
      await currentStage(page).filter({ hasText: words.committee }).waitFor();
      await page.getByRole('button', { name: words.change }).waitFor();
      await inspect(page, `dossier-changed-${language}`);
      await page.getByRole('button', { name: words.change }).click();
      await inspect(page, `dossier-history-${language}`);
      await page.getByRole('tab', { name: words.documents }).click();
      await inspect(page, `dossier-documents-${language}`);
      await leave(page);
    });

    it('carries messages both ways, and tells the other side', async () => {
      // given
      const filing = await office.file(TETOUAN);
      const registry = office.people.registry(TETOUAN);
      const page = await visit({ base: office.base, language, as: office.people.applicant.email });
      await page.goto(`/dossiers/${filing.id}?tab=messages`);

      // when the applicant writes
      const question = language === 'ar' ? 'متى تجتمع اللجنة؟' : 'Quand la commission se réunit-elle ?';
      await page.getByRole('textbox', { name: words.write }).fill(question);
      await page.getByRole('button', { name: words.send, exact: true }).click();
      await page.getByRole('listitem').filter({ hasText: question }).waitFor();
      expect(await page.getByRole('textbox', { name: words.write }).inputValue()).to.equal('');

      // then the office is told, and answers
      const told = await registry.get<{ items: { dossier: string; template: string }[] }>(
        '/notifications?unread=true&limit=50',
      );
      expect(
        told.items.some((one) => one.dossier === filing.id && one.template.endsWith('messagePosted')),
      ).to.equal(true);
      await registry.post(`/dossiers/${filing.id}/messages`, { text: 'Jeudi. يوم الخميس.' });
      await page.getByText('Jeudi. يوم الخميس.').waitFor();
      await inspect(page, `dossier-messages-${language}`);

      // and the bell says so on every page
      await page.getByRole('link', { name: words.news }).click();
      await page.getByRole('listitem').first().waitFor();
      await inspect(page, `notifications-${language}`);
      await leave(page);
    });

    it('takes an answer to each reserve, and shows the plan before and after', async () => {
      // given
      const filing = await office.file(TETOUAN);
      const { people } = office;
      await filing.checkedComplete();
      const remark = (await filing.remark(
        people.member(AGENCY),
        'architecturalPlan',
        'RGC 38',
        language === 'ar' ? 'بيّن علو الجدار الواقي.' : 'Coter la hauteur de l’acrotère.',
        true,
      )) as object;
      const marked = { ...remark, zone: { kind: 'area', x: 0.3, y: 0.3, width: 0.2, height: 0.1 } };
      await filing.opinions({ value: 'favourableWithReserves', remarks: [marked] });
      await filing.minutes('Une réserve mineure.', 'liftReserves');
      await filing.decide('liftReserves');
      await newPlan(filing, office, 700 + LANGUAGES.indexOf(language));
      const page = await visit({ base: office.base, language, as: people.architect.email });
      await page.goto(`/dossiers/${filing.id}?tab=remarks`);
      await inspect(page, `dossier-remarks-${language}`);

      // when
      await page
        .getByRole('textbox', { name: words.answer })
        .fill(language === 'ar' ? 'تمت الإضافة.' : 'La cote est ajoutée.');
      await page.getByRole('button', { name: words.save }).click();
      await page.getByText(words.answered, { exact: true }).waitFor();
      await page.getByRole('button', { name: words.compare }).click();
      await page.getByRole('region').locator('canvas').first().waitFor();
      await inspect(page, `dossier-compared-${language}`);

      // then the task itself is done from what is asked
      await page.getByRole('link', { name: words.doNow }).click();
      await page.getByRole('textbox', { name: words.yourAnswer, exact: true }).fill('Cote ajoutée. أضيفت.');
      await inspect(page, `panel-reserves-${language}`);
      await page.getByRole('button', { name: words.sendAnswer }).click();
      const registry = people.registry(TETOUAN);
      await filing.task(registry, 'CheckReserves');
      const { items } = await registry.get<{ items: { answer: { document: string | null } | null }[] }>(
        `/dossiers/${filing.id}/remarks`,
      );
      expect(items[0]?.answer?.document).to.be.a('string');
      await filing.complete(registry, 'CheckReserves', { lifted: true });
      await filing.release(`Q-${filing.number}`, await today(office));
      await leave(page);

      // and the licence is there for its holder
      const holder = await visit({ base: office.base, language, as: people.applicant.email });
      await holder.goto(`/dossiers/${filing.id}`);
      const download = holder.waitForEvent('download');
      await holder.getByRole('button', { name: words.licence }).click();
      expect((await download).suggestedFilename()).to.match(/\.pdf$/);
      await inspect(holder, `dossier-delivered-${language}`);
      await leave(holder);
    });

    it('takes a modified project with new plans, and begins a new round', async () => {
      // given
      const filing = await office.file(TETOUAN);
      const { people } = office;
      await filing.checkedComplete();
      const remark = await filing.remark(
        people.member(AGENCY),
        'architecturalPlan',
        'RGC 37',
        'Le recul sur voie n’est pas respecté.',
        false,
      );
      await filing.opinions({ value: 'unfavourable', remarks: [remark] });
      await filing.minutes('Le projet est à modifier.', 'modify');
      await filing.decide('modify');
      await filing.complete(people.president(TETOUAN), 'SignModificationLetter', {
        reasons: [{ article: 'RGC 37', text: 'Porter le recul à quatre mètres.' }],
      });
      await newPlan(filing, office, 800 + LANGUAGES.indexOf(language));
      const page = await visit({ base: office.base, language, as: people.applicant.email });
      await page.goto(`/dossiers/${filing.id}`);

      // when
      await page.getByRole('link', { name: words.doNow }).click();
      await page.getByRole('button', { name: words.compare }).first().click();
      await page.getByRole('textbox', { name: words.whatChanged }).fill('Recul porté à quatre mètres.');
      await inspect(page, `panel-modified-${language}`);
      await page.getByRole('button', { name: words.submitModified }).click();
      await filing.task(people.registry(TETOUAN), 'CheckCompleteness');

      // then
      expect((await filing.read()).dossier.round).to.equal(2);
      await leave(page);
    });

    it('shows a refusal with its reasons', async () => {
      // given
      const filing = await office.file(TETOUAN);
      const { people } = office;
      await filing.checkedComplete();
      const remark = await filing.remark(
        people.member(AGENCY),
        'boundaryPlan',
        'Loi 12-90, art. 43',
        'Zone non aedificandi.',
        false,
      );
      await filing.opinions({ value: 'unfavourable', remarks: [remark] });
      await filing.minutes('Le projet ne peut être autorisé.', 'refuse');
      const reasons = [
        { article: 'Loi 12-90, art. 43', text: 'Terrain grevé d’une servitude non aedificandi.' },
      ];
      await filing.decide('refuse');
      await filing.complete(people.president(TETOUAN), 'SignRefusal', { reasons });
      const page = await visit({ base: office.base, language, as: people.applicant.email });

      // when
      await page.goto(`/dossiers/${filing.id}`);

      // then
      await page.getByText('servitude non aedificandi').first().waitFor();
      await page.getByRole('heading', { level: 1 }).getByText(words.refused).waitFor();
      await inspect(page, `dossier-refused-${language}`);
      await leave(page);
    });

    it('is found by part of its number, by name and by title, in both scripts', async () => {
      // given
      const filing = await office.file(TETOUAN, {
        project: { address: `${language}، شارع محمّد الخامس Rue Élégante` },
      });
      const registry = office.people.registry(TETOUAN);
      const page = await visit({ base: office.base, language, as: registry.email });
      await page.goto('/search');
      const field = page.getByRole('searchbox', { name: words.search });

      for (const query of [filing.number.slice(-10), `${language} elegante`, `${language} محمد الخامس`]) {
        // when
        await field.fill(query);
        // then
        await page.getByRole('link', { name: filing.number }).waitFor();
      }
      await inspect(page, `search-${language}`);
      await field.fill('zzzzzz');
      await page.getByRole('link', { name: filing.number }).waitFor({ state: 'detached' });
      await field.fill(filing.number);
      await page.getByRole('link', { name: filing.number }).click();
      await page.getByRole('tab', { name: words.audit }).click();
      await page.getByRole('cell').first().waitFor();
      await inspect(page, `dossier-audit-${language}`);
      await leave(page);
    });
  });
}
