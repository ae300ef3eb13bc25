import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import type { Locator, Page } from 'playwright-core';
import type { Sample } from '../../scripts/demo/filing.ts';
import { PASSWORD } from '../../scripts/demo/people.ts';
import { applicationOf, piecesOf } from '../../scripts/demo/projects.ts';
import { LANGUAGES, type Language, leave, visit } from './support/browser.ts';
import { inspect, settled } from './support/inspect.ts';
import { enter, tabTo } from './support/keyboard.ts';
import { sharedOffice } from './support/office.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const COMMUNE = { code: '01.151.01.01', ar: 'شفشاون', fr: 'Chefchaouen' };

type Texts = { [key: string]: string | Texts };
interface FormTexts {
  submit: string;
  fields: Record<string, { label: string; help?: string; options?: Record<string, string> }>;
}
const read = async <T>(path: string): Promise<T> => JSON.parse(await readFile(join(ROOT, path), 'utf8')) as T;

/** The words of the pages in a language: `say('filing', 'guide.next')`. */
async function speaker(language: Language) {
  const files = new Map<string, Texts>();
  for (const name of ['common', 'filing', 'forms', 'documents'])
    files.set(name, await read<Texts>(`web/src/locales/${language}/${name}.json`));
  const form = await read<FormTexts>(`forms/building-permit-small/application.${language}.json`);
  return {
    form,
    say: (file: string, key: string, places: Record<string, string> = {}): string => {
      const text = key
        .split('.')
        .reduce<Texts | string | undefined>((at, step) => (at as Texts)?.[step], files.get(file));
      if (typeof text !== 'string') throw new Error(`no text ${file}:${key}`);
      return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => places[name] ?? '');
    },
  };
}

const field = (page: Page, pointer: string): Locator =>
  page.locator(`[id="f${pointer.replaceAll('/', '_')}"]`);

/** Answers one field by keyboard, whatever its face. */
async function answer(page: Page, pointer: string, value: unknown): Promise<void> {
  const target = field(page, pointer);
  await target.waitFor();
  const face = await target.evaluate((element) => element.tagName);
  if (face === 'SELECT') {
    await tabTo(page, target);
    const index = await target.evaluate(
      (element, wanted) =>
        [...(element as HTMLSelectElement).options].findIndex((one) => one.value === wanted),
      String(value),
    );
    for (let step = 0; step < index; step++) await page.keyboard.press('ArrowDown');
  } else if (face === 'INPUT' || face === 'TEXTAREA') {
    await tabTo(page, target);
    if ((await target.getAttribute('type')) === 'checkbox') {
      if (value === true) await page.keyboard.press('Space');
    } else if ((await target.getAttribute('type')) === 'date') await target.fill(String(value));
    else {
      await page.keyboard.press('Control+A');
      await page.keyboard.type(String(value));
    }
  } else {
    // Radios: the first one takes the focus, arrows go on.
    await tabTo(page, target);
    const values = await target
      .locator('input')
      .evaluateAll((inputs) => inputs.map((one) => (one as HTMLInputElement).value));
    await page.keyboard.press('Space');
    for (let step = 0; step < values.indexOf(String(value)); step++) await page.keyboard.press('ArrowDown');
  }
}

for (const language of LANGUAGES) {
  describe(`filing, ${language}`, () => {
    let folder: string;
    let samples: Sample[];
    before(async () => {
      folder = await mkdtemp(join(tmpdir(), 'shubbak-filing-'));
      samples = await piecesOf(folder, {
        variant: language === 'ar' ? 71 : 72,
        address: 'x',
        at: [-5.27, 35.17],
      });
    });
    after(() => rm(folder, { recursive: true, force: true }));

    it('takes a small house from nothing to its receipt by keyboard alone', async function () {
      // Fifteen pages, each held to all widths and colours.
      this.timeout(600_000);
      // given
      const { base, people } = await sharedOffice();
      const { say, form } = await speaker(language);
      const page = await visit({ base, language, as: people.applicant.email });
      const wanted = applicationOf({ variant: 3, address: '12, rue des Histoires', at: [-5.27, 35.17] });
      const go = (key: string) =>
        page.getByRole('main').getByRole('button', { name: say('filing', key), exact: true });
      const link = (key: string) =>
        page.getByRole('main').getByRole('link', { name: say('filing', key), exact: true });

      // when a request is begun
      await page.goto('/my/dossiers');
      await settled(page);
      await enter(page, link('mine.begin'));
      await page.waitForURL('**/my/new');
      await inspect(page, `filing-new-${language}`);
      await page.locator('body').click({ position: { x: 1, y: 1 } });
      await tabTo(page, page.locator('#new-commune'));
      await page.keyboard.type(COMMUNE[language === 'ar' ? 'fr' : 'ar']);
      await page.getByRole('listbox').getByRole('option').first().waitFor();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await tabTo(page, page.locator('#new-architect'));
      await page.keyboard.type(people.architect.email);
      await enter(page, go('new.begin'));

      // then its task list
      await page.waitForURL('**/my/dossiers/*/edit');
      await page.getByRole('heading', { level: 1, name: say('filing', 'guide.title') }).waitFor();
      await inspect(page, `filing-overview-${language}`);
      const id = page.url().split('/').at(-2) ?? '';

      // when the first section is sent empty, and then with a wrong figure
      await enter(page, link('guide.goOn'));
      await page.waitForURL('**/edit/project');
      await settled(page);
      await enter(page, go('guide.next'));
      await page.getByRole('alert').waitFor();
      await inspect(page, `filing-project-faults-${language}`);
      const height = form.fields['/project/heightMetres']?.label ?? '';
      expect(await page.getByRole('alert').textContent()).to.include(
        say('forms', 'rule.required', { label: height }),
      );
      for (const [name, value] of Object.entries(wanted.project))
        await answer(page, `/project/${name}`, name === 'heightMetres' ? 'douze' : value);
      await enter(page, go('guide.next'));
      expect(await page.getByRole('alert').textContent()).to.include(
        say('forms', 'rule.number', { label: height }),
      );
      expect(await field(page, '/project/heightMetres').inputValue()).to.equal('douze');
      await answer(page, '/project/heightMetres', String(wanted.project.heightMetres).replace('.', ','));
      await enter(page, go('guide.next'));

      // and the land is placed with the arrow keys and two figures
      await page.waitForURL('**/edit/land');
      await settled(page);
      for (const [name, value] of Object.entries(wanted.land)) {
        if (name === 'location') {
          const board = page.getByRole('application');
          await tabTo(page, board);
          await page.keyboard.press('ArrowUp');
          await tabTo(page, page.getByRole('textbox', { name: say('forms', 'map.latitude') }));
          await page.keyboard.press('Control+A');
          await page.keyboard.type('35,1688');
          await tabTo(page, page.getByRole('textbox', { name: say('forms', 'map.longitude') }));
          await page.keyboard.press('Control+A');
          await page.keyboard.type('-5,2636');
        } else if (name === 'subdivision') {
          await tabTo(page, field(page, '/land/subdivision').locator('input').first());
          await page.keyboard.press('Space');
          for (const [inner, one] of Object.entries(value as object))
            await answer(page, `/land/subdivision/${inner}`, one);
        } else if (name !== 'neighbourhoods') await answer(page, `/land/${name}`, value);
      }
      await page.getByText(say('forms', 'map.lambertZone', { zone: 'I' })).waitFor();
      await inspect(page, `filing-land-${language}`);
      await enter(page, go('guide.next'));

      // and the owner is known already, but for a few answers
      await page.waitForURL('**/edit/owner');
      await settled(page);
      expect(await field(page, '/owner/email').inputValue()).to.equal(people.applicant.email);
      await answer(page, '/owner/identityNumber', 'k 1');
      await page.keyboard.press('Tab');
      await page
        .getByText(form.fields['/owner/identityNumber']?.label ?? '')
        .first()
        .waitFor();
      await page.locator('.mantine-InputWrapper-error, [class*="InputWrapper-error"]').first().waitFor();
      for (const name of ['identityNumber', 'capacity', 'address', 'phone'] as const)
        await answer(page, `/owner/${name}`, wanted.owner[name]);
      await enter(page, go('guide.next'));

      await page.waitForURL('**/edit/professionals');
      await settled(page);
      for (const [name, value] of Object.entries(wanted.professionals.architect))
        await answer(page, `/professionals/architect/${name}`, value);
      await enter(page, go('guide.next'));
      await page.waitForURL('**/edit/planning');
      await settled(page);
      await enter(page, go('guide.next'));

      // and the pieces are real files
      await page.waitForURL('**/edit/pieces');
      await settled(page);
      for (const sample of samples) {
        const piece = page.locator(`#piece-${sample.piece}`);
        const chooser = page.waitForEvent('filechooser');
        await enter(page, piece.getByRole('button').first());
        await (await chooser).setFiles(sample.path);
        await piece.locator('[data-state="there"]').waitFor({ timeout: 30_000 });
      }
      await inspect(page, `filing-pieces-there-${language}`);
      await enter(page, link('guide.next'));

      // then it waits for the architect, and says so
      await page.waitForURL('**/edit/check');
      await settled(page);
      await page.getByText(say('filing', 'signature.waits')).waitFor();
      expect(await go('check.file').isDisabled()).to.equal(true);
      await inspect(page, `filing-check-${language}`);

      // when the architect signs in their own browser
      const theirs = await visit({ base, language, as: people.architect.email });
      await theirs.goto(`/my/dossiers/${id}/edit/check`);
      await settled(theirs);
      await enter(theirs, theirs.getByRole('button', { name: say('filing', 'signature.sign') }));
      const dialog = theirs.getByRole('dialog');
      await dialog.getByRole('textbox').fill(PASSWORD);
      await theirs.keyboard.press('Enter');
      await theirs.getByText(say('filing', 'signature.done'), { exact: true }).waitFor();
      await leave(theirs);

      // then the owner files and holds the receipt
      await page.reload();
      await settled(page);
      await enter(page, go('check.file'));
      await enter(page, page.getByRole('dialog').getByRole('button', { name: say('filing', 'check.file') }));
      await page.waitForURL('**/receipt');
      await page.getByText(/01\.151\.01\.01-PC-\d{4}-\d{5}/).waitFor();
      await inspect(page, `filing-receipt-${language}`);
      const download = page.waitForEvent('download');
      await enter(page, go('receipt.download'));
      expect((await download).suggestedFilename()).to.match(/\.pdf$/);
      await page.goto(`/my/dossiers/${id}/print`);
      await settled(page);
      await inspect(page, `filing-print-${language}`);
      await page.goto('/my/dossiers');
      await settled(page);
      await inspect(page, `filing-mine-${language}`);
      const dossier = await people.applicant.get<{ dossier: { application: typeof wanted; status: string } }>(
        `/dossiers/${id}`,
      );
      expect(dossier.dossier.application.project).to.deep.equal(wanted.project);
      expect(dossier.dossier.application.land.location.coordinates).to.deep.equal([-5.2636, 35.1688]);
      expect(dossier.dossier.application.land.neighbourhoods).to.deep.equal([]);
      await leave(page);
    });

    describe('nothing lost', () => {
      const begun = async (): Promise<string> => {
        const { people } = await sharedOffice();
        const draft = await people.applicant.post<{ id: string }>('/dossiers', {
          procedure: 'building-permit-small',
          commune: COMMUNE.code,
          application: {},
        });
        return draft.id;
      };
      const stored = async (id: string): Promise<Record<string, Record<string, unknown>>> => {
        const { people } = await sharedOffice();
        const { dossier } = await people.applicant.get<{
          dossier: { application: Record<string, Record<string, unknown>> };
        }>(`/dossiers/${id}`);
        return dossier.application;
      };
      const until = async (id: string, section: string, name: string, value: unknown): Promise<void> => {
        for (let tries = 0; tries < 100; tries++) {
          if ((await stored(id))[section]?.[name] === value) return;
          await new Promise((resolve) => setTimeout(resolve, 100));
        }
        expect((await stored(id))[section]?.[name]).to.equal(value);
      };
      const openAt = async (
        id: string,
        step: string,
        before: (page: Page) => Promise<unknown> = async () => undefined,
      ): Promise<Page> => {
        const { base, people } = await sharedOffice();
        const page = await visit({ base, language, as: people.applicant.email });
        await before(page);
        await page.goto(`/my/dossiers/${id}/edit/${step}`);
        await settled(page);
        return page;
      };

      it('keeps what was typed when the tab is closed in the middle of a word', async () => {
        // given
        const { say } = await speaker(language);
        const id = await begun();
        const page = await openAt(id, 'land');
        const description = field(page, '/land/address');

        // when the server cannot be reached and the tab is closed at once
        await page.route('**/application', (route) => route.abort());
        await description.pressSequentially('12, rue des Jasm');
        const context = page.context();
        await page.close();

        // then it is there again, and on its way
        const again = await context.newPage();
        await again.goto(`/my/dossiers/${id}/edit/land`);
        await settled(again);
        await again.getByText(say('filing', 'notice.restored')).waitFor();
        expect(await field(again, '/land/address').inputValue()).to.equal('12, rue des Jasm');
        await until(id, 'land', 'address', '12, rue des Jasm');
        await leave(again);
      });

      it('asks for the password when the sign-in ends while typing, and saves what was typed', async () => {
        // given
        const { say } = await speaker(language);
        const id = await begun();
        const page = await openAt(id, 'land');

        // when the sign-in is gone
        await page.context().clearCookies();
        await page.route('**/api/v1/**', async (route) => {
          const headers = { ...route.request().headers() };
          if (headers.authorization !== undefined) headers.authorization = 'Bearer ended';
          await route.continue({ headers });
        });
        await field(page, '/land/reference').fill('T-1234/19');

        // then the password is asked for, over what was typed
        const dialog = page.getByRole('dialog');
        await dialog.waitFor();
        await inspect(page, `filing-expired-${language}`);
        await page.unroute('**/api/v1/**');
        await dialog.getByRole('textbox').fill(PASSWORD);
        await dialog.getByRole('button', { name: say('common', 'account.signIn') }).click();
        await dialog.waitFor({ state: 'hidden' });
        expect(await field(page, '/land/reference').inputValue()).to.equal('T-1234/19');
        await until(id, 'land', 'reference', 'T-1234/19');
        await leave(page);
      });

      it('says that it keeps what is typed without a network, and sends it when it is back', async () => {
        // given
        const { say } = await speaker(language);
        const id = await begun();
        const page = await openAt(id, 'land');

        // when
        await page.context().setOffline(true);
        await field(page, '/land/reference').pressSequentially('R-77');
        await page.getByText(say('common', 'saved.offline')).waitFor();

        // then
        expect((await stored(id)).land).to.equal(undefined);
        await page.context().setOffline(false);
        await until(id, 'land', 'reference', 'R-77');
        await page.getByText(new RegExp(say('common', 'saved.at', { time: '\\d\\d:\\d\\d' }))).waitFor();
        await leave(page);
      });

      it('puts two windows together, and asks where both said something else', async () => {
        // given one draft in two windows, of which only one hears of changes as they come
        const { say } = await speaker(language);
        const id = await begun();
        const page = await openAt(id, 'land', (first) =>
          first.route('**/api/v1/stream', (route) => route.abort()),
        );
        const other = await page.context().newPage();
        await other.goto(`/my/dossiers/${id}/edit/land`);
        await settled(other);

        // when each fills in another field
        await field(page, '/land/reference').pressSequentially('T-1/1');
        await until(id, 'land', 'reference', 'T-1/1');
        await field(other, '/land/address').pressSequentially('1, rue');

        // then both are kept
        await until(id, 'land', 'address', '1, rue');
        await other.getByText(say('filing', 'notice.merged')).waitFor();
        expect(await field(other, '/land/reference').inputValue()).to.equal('T-1/1');

        // when both change the same
        await field(page, '/land/address').pressSequentially('2, rue');
        await page.getByText(say('filing', 'clash.mine')).waitFor();
        await inspect(page, `filing-clash-${language}`);
        await page.getByRole('radio', { name: new RegExp(say('filing', 'clash.theirs')) }).check();
        await page.getByRole('button', { name: say('filing', 'clash.keep') }).click();

        // then the choice holds
        await page.getByText(say('filing', 'clash.mine')).waitFor({ state: 'hidden' });
        expect(await field(page, '/land/address').inputValue()).to.equal('1, rue');
        await until(id, 'land', 'address', '1, rue');
        await page.context().close();
      });
    });
  });
}
