import { expect } from 'chai';
import { LANGUAGES, leave, visit } from './support/browser.ts';
import { inspect } from './support/inspect.ts';
import { sharedOffice } from './support/office.ts';

const WORDS = {
  ar: { signIn: 'تسجيل الدخول', email: 'البريد الإلكتروني', password: 'كلمة المرور' },
  fr: { signIn: 'Se connecter', email: 'Adresse électronique', password: 'Mot de passe' },
};

for (const language of LANGUAGES) {
  const words = WORDS[language];

  describe(`signing in, ${language}`, () => {
    it('takes a person where they wanted to go, and says kindly when the password is wrong', async () => {
      // given
      const { base, people } = await sharedOffice();
      const page = await visit({ base, language });
      await page.goto('/sign-in?to=/sign-in');
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
      await leave(page);
    });
  });
}
