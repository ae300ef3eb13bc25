import { expect } from 'chai';
import { LANGUAGES, leave, visit } from './support/browser.ts';
import { inspect } from './support/inspect.ts';
import { sharedOffice } from './support/office.ts';

const WORDS = {
  ar: {
    company: 'شركة',
    architect: 'مهندس معماري',
    name: 'اسم الشركة',
    order: 'رقم التقييد بهيئة المهندسين المعماريين',
    email: 'البريد الإلكتروني',
    password: 'كلمة المرور',
    short: /ينقص|تنقص/,
    create: 'إنشاء حسابي',
    add: 'تعيين مفوض',
    delegateEmail: 'بريده الإلكتروني',
    appoint: 'تعيين',
    inForce: 'ساري المفعول',
    remove: 'سحب',
    none: 'لا أحد حاليا.',
    language: 'اللغة',
    save: 'حفظ',
    french: 'Mon profil',
    secret: 'الرمز المستعمل مرة واحدة',
    chosen: 'كلمة المرور المختارة',
    take: 'تسلم الحساب',
  },
  fr: {
    company: 'Une société',
    architect: 'Architecte',
    name: 'Raison sociale',
    order: 'Numéro d’inscription à l’ordre',
    email: 'Adresse électronique',
    password: 'Mot de passe',
    short: /Encore \d+ caract/,
    create: 'Créer mon compte',
    add: 'Désigner quelqu’un',
    delegateEmail: 'Son adresse électronique',
    appoint: 'Désigner',
    inForce: 'En vigueur',
    remove: 'Retirer',
    none: 'Personne pour l’instant.',
    language: 'Langue',
    save: 'Enregistrer',
    french: 'Mon profil',
    secret: 'Code à usage unique',
    chosen: 'Mot de passe choisi',
    take: 'Prendre mon compte',
  },
};
const PASSWORD = 'une phrase assez longue';

for (const language of LANGUAGES) {
  const words = WORDS[language];

  describe(`one’s own account, ${language}`, () => {
    it('is opened by a company of architects, told the password rule before any refusal', async () => {
      // given
      const { base } = await sharedOffice();
      const page = await visit({ base, language });
      await page.goto('/sign-up?to=/account');

      // when
      await page.getByRole('radio', { name: words.company }).check();
      await page.getByRole('radio', { name: words.architect }).check();
      await page.getByRole('textbox', { name: words.name }).fill('Cabinet spécimen');
      await page.getByRole('textbox', { name: words.order }).fill('CNOA-0');
      await page.getByRole('textbox', { name: words.email }).fill(`cabinet-${language}@shubbak.invalid`);
      const password = page.getByRole('textbox', { name: words.password });
      await password.fill('court');
      await password.blur();
      await page.getByText(words.short).waitFor();
      await inspect(page, `sign-up-${language}`);
      await password.fill(PASSWORD);
      await page.getByRole('button', { name: words.create }).click();

      // then
      await page.waitForURL(/\/account$/);
      await page.getByText('CNOA-0').waitFor();
      await leave(page);
    });

    it('names a delegate, who then sees the dossiers, and takes the delegation back', async () => {
      // given
      const { base, stranger, file } = await sharedOffice();
      const filing = await file('01.151.01.01');
      const helper = await stranger(`helper-${language}@shubbak.invalid`);
      const seen = async () => (await helper.get<{ items: unknown[] }>('/dossiers')).items.length;
      expect(await seen()).to.equal(0);
      const page = await visit({ base, language, as: 'applicant@shubbak.invalid' });
      await page.goto('/account');

      // when
      await page.getByRole('button', { name: words.add }).click();
      await page.getByRole('textbox', { name: words.delegateEmail }).fill(helper.email);
      await page.getByRole('button', { name: words.appoint, exact: true }).click();
      await page.getByText(words.inForce).waitFor();
      await inspect(page, `account-${language}`);

      // then
      expect(await seen()).to.be.greaterThan(0);
      await helper.get(`/dossiers/${filing.id}`);

      // when
      await page.getByRole('button', { name: words.remove }).click();
      await page.getByRole('dialog').getByRole('button', { name: words.remove }).click();
      await page.getByText(words.none).waitFor();

      // then
      expect(await seen()).to.equal(0);
      await leave(page);
    });

    it('speaks the language that is chosen in it', async () => {
      // given
      const { base, stranger } = await sharedOffice();
      const { email } = await stranger(`speaker-${language}@shubbak.invalid`);
      const page = await visit({ base, language, as: email, password: 'a-password-of-a-stranger' });
      await page.goto('/account');

      // when
      await page.getByRole('combobox', { name: words.language }).selectOption('fr');
      await page.getByRole('button', { name: words.save }).click();

      // then
      await page.getByRole('heading', { level: 1, name: words.french }).waitFor();
      expect(await page.evaluate(() => document.documentElement.dir)).to.equal('ltr');
      await leave(page);
    });

    it('is taken with a one-time secret, and begins where its role does', async () => {
      // given
      const { base, people } = await sharedOffice();
      const opened = await people.administrator.post<{ secret: string }>('/admin/accounts', {
        kind: 'person',
        email: `analyst-${language}@shubbak.invalid`,
        name: 'Analyste (démonstration)',
        language,
        grants: [{ role: 'analyst', territory: '*', body: null }],
      });
      const page = await visit({ base, language });
      await page.goto('/activate');
      await inspect(page, `activate-${language}`);

      // when
      await page.getByRole('textbox', { name: words.secret }).fill(opened.secret);
      await page.getByRole('textbox', { name: words.chosen }).fill(PASSWORD);
      await page.getByRole('button', { name: words.take }).click();

      // then
      await page.waitForURL(/\/analysis/);
      await leave(page);
    });
  });
}
