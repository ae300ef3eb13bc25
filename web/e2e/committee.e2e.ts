import { expect } from 'chai';
import type { Page } from 'playwright-core';
import type { Filing } from '../../scripts/demo/filing.ts';
import { PASSWORD } from '../../scripts/demo/people.ts';
import type { Office } from '../../test/support/office.ts';
import { LANGUAGES, leave, visit } from './support/browser.ts';
import { inspect, settled } from './support/inspect.ts';
import { sharedOffice } from './support/office.ts';
import { words } from './support/words.ts';

/** Each language has its own commune, so that one inbox holds one story. */
const PLACES = {
  ar: { code: '01.331.01.03', commune: 'commune-01-331-01-03', province: 'province-01-331' },
  fr: { code: '01.571.01.11', commune: 'commune-01-571-01-11', province: 'province-01-571' },
};
const AGENCY = 'agency-tetouan';

interface Opinions {
  items: {
    body: string;
    value: string;
    payload: string;
    remarks: { text: string; article: string; reserve: boolean; zone: { kind: string; x: number } | null }[];
  }[];
}

for (const language of LANGUAGES) {
  const place = PLACES[language];
  const common = words(language, 'common');
  const tasks = words(language, 'tasks');
  const committee = words(language, 'committee');
  const viewer = words(language, 'viewer');

  const openFromInbox = async (page: Page, filing: Filing) => {
    await page.goto('/inbox');
    const row = page.getByRole('listitem').filter({ hasText: filing.number });
    await row.getByRole('link').click();
    await page.waitForURL('**/tasks/*');
  };
  const givePassword = async (page: Page, password = PASSWORD) => {
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: common('account.password') }).fill(password);
    await dialog.getByRole('button', { name: common('sign.action'), exact: true }).click();
  };

  describe(`the committee, ${language}`, () => {
    let office: Office;
    let filing: Filing;
    before(async () => {
      office = await sharedOffice();
      filing = await office.file(place.code);
      await filing.checkedComplete();
      await filing.task(office.people.member(AGENCY), 'ReviewByUrbanAgency');
    });

    it('goes from the inbox to a signed opinion with reserves, pinned by mouse and by keyboard, on one page load', async () => {
      // given
      const member = office.people.member(AGENCY);
      const page = await visit({ base: office.base, language, as: member.email });
      await page.goto('/inbox');
      await page.getByRole('listitem').filter({ hasText: filing.number }).waitFor();
      await inspect(page, `inbox-${language}`);
      await page.evaluate(() => {
        (globalThis as unknown as { loadedOnce: boolean }).loadedOnce = true;
      });

      // when the task is opened
      await page.getByRole('listitem').filter({ hasText: filing.number }).getByRole('link').click();
      const stage = page.getByRole('application');
      await stage.waitFor();
      await page.waitForFunction(
        () => document.querySelector('[role="application"]')?.getAttribute('aria-busy') === 'false',
      );

      // and a place is marked with the mouse, its motive taken from the library
      await page.getByRole('button', { name: viewer('tool.pin') }).click();
      const box = await stage.boundingBox();
      if (box === null) throw new Error('the plan is not there');
      await stage.click({ position: { x: box.width * 0.45, y: box.height * 0.4 } });
      const first = page.getByRole('group', { name: committee('remark.title', { number: 1 }) });
      await first.getByRole('textbox', { name: common('motive.pick') }).fill('43');
      await page.getByRole('option').first().click();
      await first.getByRole('checkbox', { name: committee('remark.reserve') }).check();

      // and another by keyboard alone
      await stage.focus();
      await page.keyboard.press('p');
      for (const key of ['ArrowRight', 'ArrowRight', 'ArrowDown', 'Enter']) await page.keyboard.press(key);
      const second = page.getByRole('group', { name: committee('remark.title', { number: 2 }) });
      await second.waitFor();
      await page.waitForFunction(() => document.activeElement?.id.endsWith('-article'));
      await page.keyboard.type('RGC 38');
      await page.keyboard.press('Tab');
      await page.keyboard.type('Cote manquante sur la façade');

      // then what is missing is said before anything is sent
      await page.getByRole('button', { name: committee('opinion.sign') }).click();
      await page.getByRole('alert').waitFor();
      await page.getByRole('radio', { name: committee('value.favourableWithReserves') }).check();
      await inspect(page, `review-${language}`);

      // when it is signed, first with a wrong password
      await page.getByRole('button', { name: committee('opinion.sign') }).click();
      await givePassword(page, 'not the password');
      await page.getByRole('dialog').getByRole('alert').waitFor();
      await givePassword(page);

      // then it says what follows, and the page was loaded once
      await page.getByRole('heading', { name: tasks('task.done') }).waitFor();
      await inspect(page, `task-done-${language}`);
      expect(
        await page.evaluate(() => (globalThis as unknown as { loadedOnce?: boolean }).loadedOnce),
      ).to.equal(true);
      const { items } = await member.get<Opinions>(`/dossiers/${filing.id}/opinions`);
      const opinion = items.find(({ body }) => body === AGENCY);
      expect(opinion?.value).to.equal('favourableWithReserves');
      expect(opinion?.remarks.map(({ reserve }) => reserve)).to.deep.equal([true, false]);
      expect(opinion?.remarks[0]?.zone).to.include({ kind: 'pin' });
      expect(opinion?.remarks[0]?.zone?.x).to.be.within(0, 1);
      expect(opinion?.remarks[1]).to.deep.include({
        article: 'RGC 38',
        text: 'Cote manquante sur la façade',
      });
      expect(opinion?.payload).to.include('"zone":{"kind":"pin"');
      await leave(page);
    });

    it('loses nothing with two tabs on one task, nor when the sign-in ends while typing', async () => {
      // given one member, two tabs
      const member = office.people.member(place.commune);
      const page = await visit({ base: office.base, language, as: member.email });
      await openFromInbox(page, filing);
      const other = await page.context().newPage();
      await other.goto(page.url());
      const said = 'Rien à ajouter pour la commune.';
      const field = (tab: Page) => tab.getByRole('textbox', { name: committee('opinion.observations') });

      // when one types, then the other shows it
      await field(page).fill(said);
      await page.getByRole('radio', { name: committee('value.favourable'), exact: true }).check();
      await field(other).waitFor();
      await other.waitForFunction(
        (text) => [...document.querySelectorAll('textarea')].some((one) => one.value === text),
        said,
      );

      // when the sign-in has ended
      await page.context().clearCookies();
      let refused = false;
      await page.route('**/completion', async (route) => {
        if (refused) return route.fallback();
        refused = true;
        return route.fulfill({
          status: 401,
          contentType: 'application/problem+json',
          body: JSON.stringify({
            type: 'about:blank',
            title: '',
            status: 401,
            detail: '',
            instance: '',
            code: 'UNAUTHENTICATED',
          }),
        });
      });
      await page.getByRole('button', { name: committee('opinion.sign') }).click();
      const again = page.getByRole('dialog', { name: common('expired.title') });
      await again.getByRole('textbox', { name: common('account.password') }).fill(PASSWORD);
      await again.getByRole('button', { name: common('account.signIn') }).click();
      await again.waitFor({ state: 'detached' });

      // then all that was typed is there and can be signed
      expect(await field(page).inputValue()).to.equal(said);
      await page.getByRole('button', { name: committee('opinion.sign') }).click();
      await givePassword(page);
      await page.getByRole('heading', { name: tasks('task.done') }).waitFor();

      // and the other tab is told when it comes back to it
      await other.reload();
      await other.getByRole('heading', { name: tasks('task.done') }).waitFor();
      const { items } = await member.get<Opinions>(`/dossiers/${filing.id}/opinions`);
      expect(items.filter(({ body }) => body === place.commune)).to.have.length(1);
      await other.close();
      await leave(page);
    });

    it('draws up the minutes from the opinions, seen first as they will print', async () => {
      // given the province's opinion, so that the minutes wait
      await filing.complete(office.people.member(place.province), 'ReviewByMember', {
        value: 'favourable',
        remarks: [],
      });
      const { dossier } = await filing.read();
      const secretary = office.people.secretary(dossier.committee?.secretariat ?? '');
      await filing.task(secretary, 'DrawUpMinutes');
      const page = await visit({ base: office.base, language, as: secretary.email });
      await openFromInbox(page, filing);

      // when
      await page
        .getByRole('textbox', { name: committee('minutes.observations') })
        .fill('La commission demande de lever la réserve de l’agence.');
      await page.getByRole('radio', { name: committee('choice.liftReserves') }).check();
      // At its end nothing lies half behind the bar, which axe would take for a target too small.
      await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
      await inspect(page, `minutes-${language}`);
      await page.getByRole('button', { name: committee('minutes.preview') }).click();

      // then the very minutes are drawn
      await page.getByRole('dialog').getByRole('img').first().waitFor();
      await page
        .getByRole('dialog')
        .getByRole('button', { name: common('action.close') })
        .click();
      await page.getByRole('button', { name: committee('minutes.drawUp') }).click();
      await page.getByRole('heading', { name: tasks('task.done') }).waitFor();
      await settled(page);
      await leave(page);
    });
  });
}
