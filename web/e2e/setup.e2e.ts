import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import pino from 'pino';
import { readConfig } from '../../src/config.ts';
import { type Shubbak, startShubbak } from '../../src/main.ts';
import { LANGUAGES, leave, visit } from './support/browser.ts';
import { checkAccess, inspect, look } from './support/inspect.ts';

const WORDS = {
  ar: {
    secret: 'الرمز المستعمل مرة واحدة',
    password: 'كلمة المرور المختارة',
    next: 'متابعة',
    demonstration: 'الجماعة التجريبية',
    begin: 'ابدأ',
    preparing: 'جارٍ إعداد العرض التجريبي',
    ready: 'هذا الشباك جاهز',
    accounts: 'اختيار حساب والتجربة',
    marked: 'عرض تجريبي.',
    president: 'رئيس مجلس الجماعة',
    signIn: 'تسجيل الدخول',
    offline: 'لا اتصال.',
    noNetwork: 'لا يوجد اتصال',
  },
  fr: {
    secret: 'Code à usage unique',
    password: 'Votre mot de passe',
    next: 'Continuer',
    demonstration: 'La commune de démonstration',
    begin: 'Commencer',
    preparing: 'La démonstration se prépare',
    ready: 'Ce guichet est prêt',
    accounts: 'Choisir un compte et essayer',
    marked: 'Démonstration.',
    president: 'Président du conseil communal',
    signIn: 'Se connecter',
    offline: 'Hors ligne.',
    noNetwork: 'Pas de connexion',
  },
};

describe('the first start', function () {
  // Nine dossiers are drawn, filed and studied on the way.
  this.timeout(400_000);
  let directory: string;
  let node: Shubbak;
  let base: string;

  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'shubbak-setup-'));
    const config = readConfig({
      PORT: '0',
      HOST: '127.0.0.1',
      DATA_DIR: join(directory, 'data'),
      LOG_LEVEL: 'silent',
      PUBLIC_URL: 'http://shubbak.invalid',
    });
    node = await startShubbak(config, pino({ level: 'silent' }), (reason) => {
      throw new Error(reason);
    });
    base = `http://127.0.0.1:${node.port}`;
  });
  after(async () => {
    await node.stop();
    await rm(directory, { recursive: true, force: true });
  });

  it('leads the holder of the one-time secret from the home page to a demonstration', async () => {
    // given
    const words = WORDS.ar;
    const page = await visit({ base, language: 'ar' });
    await page.goto('/');
    await page.waitForURL(/\/setup$/);
    await inspect(page, 'setup-secret-ar');

    // when
    await page.getByRole('textbox', { name: words.secret }).fill(node.administrator?.secret ?? '');
    await page.getByRole('textbox', { name: words.password }).fill('une phrase pour commencer');
    await page.getByRole('button', { name: words.next }).click();
    await page.getByRole('radio', { name: new RegExp(words.demonstration) }).waitFor();
    await inspect(page, 'setup-choose-ar');
    await page.getByRole('button', { name: words.begin, exact: true }).click();
    await page.getByRole('heading', { name: words.preparing }).waitFor();
    await checkAccess(page, 'setup-preparing-ar');
    await look(page, 'setup-preparing-ar');

    // then
    await page.getByRole('heading', { name: words.ready }).waitFor({ timeout: 300_000 });
    await inspect(page, 'setup-done-ar');
    await leave(page);
  });

  for (const language of LANGUAGES) {
    const words = WORDS[language];

    it(`marks every page, lists its accounts, and signs in with one press, ${language}`, async () => {
      // given
      const page = await visit({ base, language });
      await page.goto('/sign-in');
      await page.getByText(words.marked).waitFor();
      await inspect(page, `sign-in-demonstration-${language}`);

      // when
      await page.getByRole('button', { name: new RegExp(words.president) }).click();
      await page.getByRole('main').getByRole('button', { name: words.signIn, exact: true }).click();

      // then
      await page.waitForURL(/\/signing/);
      await page.getByText(words.marked).waitFor();
      expect(await page.evaluate(() => document.documentElement.lang)).to.equal(language);
      await page.emulateMedia({ media: 'print' });
      expect(await page.getByText(words.marked).isVisible()).to.equal(true);
      await leave(page);
    });

    it(`keeps its pages for when the network is away, and says so, ${language}`, async () => {
      // given
      const page = await visit({ base, language, worker: true });
      await page.goto('/');
      await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
      await page.reload();
      await page.getByRole('searchbox').waitFor();
      await page.waitForFunction(() => navigator.serviceWorker.controller !== null);

      // when
      await page.context().setOffline(true);

      // then
      await page.getByText(words.offline).waitFor();
      await checkAccess(page, `offline-${language}`);
      await page.goto('/register').catch(() => undefined);
      await page.getByRole('heading', { name: words.noNetwork }).waitFor();
      await look(page, `offline-${language}`);
      const kept = await page.evaluate(async () => {
        const names = await caches.keys();
        const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
        return requests.flat().map(({ url }) => new URL(url).pathname);
      });
      expect(kept.filter((path) => path.startsWith('/api'))).to.deep.equal([]);
      expect(kept.filter((path) => path.startsWith('/app/')).length).to.be.greaterThan(5);
      await page.context().setOffline(false);
      await leave(page);
    });
  }
});
