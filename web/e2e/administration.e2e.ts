import { expect } from 'chai';
import { LANGUAGES, leave, visit } from './support/browser.ts';
import { inspect, settled } from './support/inspect.ts';
import { sharedOffice } from './support/office.ts';

const WORDS = {
  ar: {
    name: 'الاسم',
    email: 'البريد الإلكتروني',
    open: 'فتح حساب',
    done: 'تم',
    close: 'إغلاق الحساب',
    reopen: 'إعادة فتح الحساب',
    closed: 'مغلق',
    missing: 'ينقص',
    search: 'الاسم أو البريد الإلكتروني',
    remove: /^سحب/,
    save: 'حفظ الصلاحيات',
    stale: 'غيّر مسؤول آخر هذا الحساب',
    reload: 'عرض الحالة الراهنة',
    title: 'الحسابات',
  },
  fr: {
    name: 'Nom',
    email: 'Adresse électronique',
    open: 'Ouvrir un compte',
    done: 'C’est fait',
    close: 'Fermer le compte',
    reopen: 'Rouvrir le compte',
    closed: 'Fermé',
    missing: 'Manque',
    search: 'Nom ou adresse électronique',
    remove: /^Retirer : Président/,
    save: 'Enregistrer les droits',
    stale: 'Un autre administrateur a modifié',
    reload: 'Afficher l’état présent',
    title: 'Comptes',
  },
};
/** A province of which the demonstration uses no commune. */
const PROVINCE = '01.227';

for (const language of LANGUAGES) {
  const words = WORDS[language];

  describe(`an administrator, ${language}`, () => {
    it('sees whom a commune lacks, invites them with a letter, and runs the account', async () => {
      const { base, people } = await sharedOffice();
      const page = await visit({ base, language, as: people.administrator.email });

      // when looking at who serves which commune
      await page.goto('/admin/territories?territory=01.571');
      await page.locator('tbody tr').first().waitFor();
      await inspect(page, `coverage-${language}`);
      await page.goto(`/admin/territories?territory=${PROVINCE}`);
      await settled(page);
      const row = page.locator('tbody tr').nth(language === 'ar' ? 0 : 1);
      await row.getByRole('link', { name: words.missing }).nth(1).click();

      // then the account to open has the grant that was missing
      await page.getByRole('heading', { level: 1, name: words.open }).waitFor();
      const wanted = new URL(page.url()).searchParams;
      expect(wanted.get('role')).to.equal('president');
      await inspect(page, `account-new-${language}`);

      // when it is opened
      const email = `president-${language}@nouvelle.example`;
      await page.getByRole('textbox', { name: words.name, exact: true }).fill('Zineb Nouvelle-Essai');
      await page.getByRole('textbox', { name: words.email }).fill(email);
      await page.getByRole('main').getByRole('button', { name: words.open }).click();

      // then the secret is shown once, in a letter of both languages
      const letter = page.getByRole('article');
      await letter.waitFor();
      const secrets = await letter.locator('dd:nth-of-type(2)').allInnerTexts();
      expect(secrets).to.have.length(2);
      expect(secrets[0]).to.equal(secrets[1]);
      expect(secrets[0]?.length).to.be.greaterThan(15);
      await inspect(page, `account-letter-${language}`);
      await page.getByRole('button', { name: words.done }).click();
      await page.getByRole('heading', { level: 1, name: 'Zineb Nouvelle-Essai' }).waitFor();
      expect(await page.getByText(secrets[0] ?? '').count()).to.equal(0);
      await inspect(page, `account-${language}`);

      // when somebody else changes it meanwhile
      const address = page.url();
      const other = await page.context().newPage();
      await other.goto(address);
      await other.getByRole('button', { name: words.close }).click();
      await other.getByRole('dialog').getByRole('button', { name: words.close }).click();
      await other.getByText(words.closed, { exact: true }).waitFor();
      await page.getByRole('button', { name: words.remove }).click();
      await page.getByRole('button', { name: words.save }).click();
      await page.getByRole('dialog').getByRole('button', { name: words.save }).click();

      // then that is told kindly, and nothing is overwritten
      await page.getByText(words.stale).waitFor();
      await page.getByRole('button', { name: words.reload }).click();
      await page.getByText(words.closed, { exact: true }).waitFor();
      await page.getByRole('button', { name: words.reopen }).click();
      await page.getByRole('dialog').getByRole('button', { name: words.reopen }).click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.getByRole('main').getByRole('button', { name: words.close }).waitFor();
      await other.close();

      // when searched by the beginnings of words
      await page.goto('/admin/accounts');
      await settled(page);
      await inspect(page, `accounts-${language}`);
      await page.getByRole('searchbox', { name: words.search }).fill('zin nouv');
      await page.waitForURL(/q=zin/);
      await page.getByRole('cell', { name: email }).waitFor();
      const found = await page.locator('tbody tr').getByRole('rowheader').allInnerTexts();
      expect(new Set(found)).to.deep.equal(new Set(['Zineb Nouvelle-Essai']));
      await leave(page);
    });

    it('opens a body where it is missing', async () => {
      const { base, people } = await sharedOffice();
      const page = await visit({ base, language, as: people.administrator.email });

      // when
      await page.goto('/admin/bodies');
      await page.locator('tbody tr').first().waitFor();
      await inspect(page, `bodies-${language}`);
      await page.goto(`/admin/bodies/new?kind=other&territory=${PROVINCE}`);
      await page.locator('#body-ar').fill('هيئة تجريبية');
      await page.locator('#body-fr').fill(`Organisme d’essai ${language}`);
      await inspect(page, `body-new-${language}`);
      await page.getByRole('main').locator('button[type="submit"]').click();

      // then
      await page.waitForURL(`**/admin/bodies/organisme-d-essai-${language}`);
      await settled(page);
      await inspect(page, `body-${language}`);
      await leave(page);
    });
  });
}
