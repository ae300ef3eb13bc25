import { expect } from 'chai';
import { LANGUAGES, leave, visit } from './support/browser.ts';
import { inspect } from './support/inspect.ts';
import { sharedOffice } from './support/office.ts';

const WORDS = {
  ar: {
    signIn: 'تسجيل الدخول',
    email: 'البريد الإلكتروني',
    password: 'كلمة المرور',
    menu: 'حسابي',
    signOut: 'تسجيل الخروج',
    choose: 'اختيار اللغة',
    other: 'Français',
  },
  fr: {
    signIn: 'Se connecter',
    email: 'Adresse électronique',
    password: 'Mot de passe',
    menu: 'Mon compte',
    signOut: 'Se déconnecter',
    choose: 'Choisir la langue',
    other: 'العربية',
  },
};

for (const language of LANGUAGES) {
  const words = WORDS[language];

  describe(`signing in, ${language}`, () => {
    it('takes a person where they wanted to go, and says kindly when the password is wrong', async () => {
      // given
      const { base, people } = await sharedOffice();
      const page = await visit({ base, language });
      await page.goto('/sign-in?to=/account');
      await inspect(page, `sign-in-${language}`);

      // when the password is wrong
      await page.getByRole('textbox', { name: words.email }).fill(people.applicant.email);
      await page.getByRole('textbox', { name: words.password }).fill('not-the-password');
      await page.getByRole('main').getByRole('button', { name: words.signIn }).click();

      // then what was typed is kept
      await page.getByRole('alert').waitFor();
      expect(await page.getByRole('textbox', { name: words.email }).inputValue()).to.equal(
        people.applicant.email,
      );

      // when it is right
      await page.getByRole('textbox', { name: words.password }).fill('demonstration-shubbak');
      await page.getByRole('main').getByRole('button', { name: words.signIn }).click();
      await page.waitForURL(/\/account$/);
      await leave(page);
    });

    it('never follows an address of another site', async () => {
      const { base, people } = await sharedOffice();
      for (const to of ['//evil.example', '/\\evil.example', 'https://evil.example']) {
        const page = await visit({ base, language, as: people.applicant.email });
        await page.goto(`/sign-in?to=${encodeURIComponent(to)}`);
        await page.waitForURL(/\/my\/dossiers/);
        await leave(page);
      }
    });

    it('opens the frame’s menus by keyboard: another language, and signing out', async () => {
      // given
      const { base, people } = await sharedOffice();
      const page = await visit({ base, language, as: people.applicant.email });
      await page.goto('/');

      // when
      await page.getByRole('button', { name: words.choose }).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('menuitem', { name: words.other }).click();

      // then
      await page.waitForFunction((was) => document.documentElement.lang !== was, language);
      const other = WORDS[language === 'ar' ? 'fr' : 'ar'];

      // when
      await page.getByRole('button', { name: other.menu }).click();
      await page.getByRole('menuitem', { name: other.signOut }).click();

      // then
      await page.getByRole('link', { name: other.signIn }).waitFor();
      await leave(page);
    });
  });
}
