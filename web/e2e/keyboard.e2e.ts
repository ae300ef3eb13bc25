import { expect } from 'chai';
import type { Locator, Page } from 'playwright-core';
import type { Filing } from '../../scripts/demo/filing.ts';
import { PASSWORD } from '../../scripts/demo/people.ts';
import type { Office } from '../../test/support/office.ts';
import { LANGUAGES, leave, quiet, visit } from './support/browser.ts';
import { settled } from './support/inspect.ts';
import { tabTo } from './support/keyboard.ts';
import { sharedOffice } from './support/office.ts';
import { words } from './support/words.ts';

const TANGIER = '01.511.01.00';
const AGENCY = 'agency-tanger';

interface Opinions {
  items: {
    body: string;
    value: string;
    remarks: { article: string; text: string; zone: { kind: string; x: number; y: number } | null }[];
  }[];
}

for (const language of LANGUAGES) {
  const common = words(language, 'common');
  const tasks = words(language, 'tasks');
  const registry = words(language, 'registry');
  const committee = words(language, 'committee');
  const president = words(language, 'president');
  const treasury = words(language, 'treasury');
  const dossier = words(language, 'dossier');

  const said = {
    remark: language === 'ar' ? 'تنقص قياسات الواجهة.' : 'Cote manquante sur la façade.',
    minutes: language === 'ar' ? 'لا مانع من المشروع.' : 'Rien ne s’oppose au projet.',
  };
  const rowOf = (page: Page, filing: Filing) => page.getByRole('listitem').filter({ hasText: filing.number });
  /** From the inbox to the task of the dossier. */
  const openTask = async (page: Page, filing: Filing) => {
    await page.goto('/inbox');
    await settled(page);
    await press(page, rowOf(page, filing).getByRole('link'));
    await page.waitForURL('**/tasks/*');
    await settled(page);
    await isInside(page, 'on the page of the task');
  };
  /** Leaves a dialog with Escape: the focus is where it was before. */
  const giveUp = async (page: Page, opener: Locator) => {
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await isOn(page, opener);
  };
  const isDone = async (page: Page) => {
    await page.getByRole('heading', { name: tasks('task.done') }).waitFor();
    await isInside(page, 'when the task is done');
  };

  describe(`by keyboard alone, ${language}`, () => {
    let office: Office;
    let filing: Filing;
    before(async () => {
      office = await sharedOffice();
      filing = await office.file(TANGIER);
      await filing.task(office.people.registry(TANGIER), 'CheckCompleteness');
    });

    it('the registry office looks at every piece and finds the dossier complete', async () => {
      // given
      const page = await visit({
        base: office.base,
        language,
        as: office.people.registry(TANGIER).email,
      });
      await openTask(page, filing);

      // when each piece is looked at
      const looks = page
        .getByRole('list', { name: registry('check.pieces') })
        .getByRole('button', { name: new RegExp(`^${registry('check.look')}`) });
      await looks.first().waitFor();
      const count = await looks.count();
      expect(count).to.be.greaterThan(5);
      for (let index = 0; index < count; index++) {
        await press(page, looks.nth(index));
        await page.waitForFunction(() => document.activeElement?.getAttribute('aria-pressed') === 'true');
        await quiet(page);
      }

      // and the officer thinks again before confirming
      const complete = page.getByRole('button', { name: registry('check.complete'), exact: true });
      await press(page, complete);
      await isInDialog(page);
      await giveUp(page, complete);
      await page.keyboard.press('Enter');
      await isInDialog(page);
      await press(
        page,
        page.getByRole('dialog').getByRole('button', { name: registry('check.confirmComplete') }),
      );

      // then
      await isDone(page);
      await filing.task(office.people.member(AGENCY), 'ReviewByUrbanAgency');
      await leave(page);
    });

    it('a member marks a place on the plan, says what is missing there, and signs the opinion', async () => {
      // given
      const member = office.people.member(AGENCY);
      const page = await visit({ base: office.base, language, as: member.email });
      await openTask(page, filing);
      const stage = page.getByRole('application');
      await page.waitForFunction(
        () => document.querySelector('[role="application"]')?.getAttribute('aria-busy') === 'false',
      );

      // when the pin is brought to its place
      await go(page, stage);
      await page.keyboard.press('p');
      for (const key of ['ArrowRight', 'ArrowRight', 'ArrowUp', 'Enter']) await page.keyboard.press(key);
      await page.waitForFunction(() => document.activeElement?.id.endsWith('-article'));
      await isSeen(page);
      await page.keyboard.type('RGC 38');
      await page.keyboard.press('Tab');
      await isSeen(page);
      await page.keyboard.type(said.remark);

      // and the opinion was forgotten: the summary leads to it
      const sign = page.getByRole('button', { name: committee('opinion.sign') });
      await press(page, sign);
      const fault = page.getByRole('alert').filter({ hasText: committee('fault.value') });
      await fault.waitFor();
      await isOn(page, fault);
      await press(page, fault.getByRole('link'));
      await isOn(page, page.getByRole('radio', { name: committee('value.favourable'), exact: true }));
      await page.keyboard.press('Space');

      // and it is signed at the third attempt: given up, with a wrong password, with the right one
      await press(page, sign);
      await isInDialog(page);
      await giveUp(page, sign);
      await page.keyboard.press('Enter');
      await isInDialog(page);
      await page.keyboard.type('not the password');
      await press(
        page,
        page.getByRole('dialog').getByRole('button', { name: common('sign.action'), exact: true }),
      );
      await page.getByRole('dialog').getByRole('alert').waitFor();
      await isInDialog(page);
      await back(page, page.getByRole('dialog').getByRole('textbox', { name: common('account.password') }));
      await givePassword(page);

      // then
      await isDone(page);
      const { items } = await member.get<Opinions>(`/dossiers/${filing.id}/opinions`);
      const opinion = items.find(({ body }) => body === AGENCY);
      expect(opinion?.value).to.equal('favourable');
      expect(opinion?.remarks).to.have.length(1);
      expect(opinion?.remarks[0]).to.include({ article: 'RGC 38', text: said.remark });
      expect(opinion?.remarks[0]?.zone?.kind).to.equal('pin');
      expect(opinion?.remarks[0]?.zone?.x).to.be.within(0.5, 1);
      expect(opinion?.remarks[0]?.zone?.y).to.be.within(0, 0.5);
      await leave(page);
    });

    it('the secretariat sees the minutes as they will print, and draws them up', async () => {
      // given the opinions of the others
      const { dossier: known } = await filing.read();
      for (const { body, binding } of known.committee?.members ?? [])
        if (!binding)
          await filing.complete(office.people.member(body), 'ReviewByMember', {
            value: 'favourable',
            remarks: [],
          });
      const secretary = office.people.secretary(known.committee?.secretariat ?? '');
      await filing.task(secretary, 'DrawUpMinutes');
      const page = await visit({ base: office.base, language, as: secretary.email });
      await openTask(page, filing);

      // when
      await go(page, page.getByRole('textbox', { name: committee('minutes.observations') }));
      await page.keyboard.type(said.minutes);
      await go(page, page.getByRole('radio', { name: committee('choice.deliver') }));
      await page.keyboard.press('Space');
      const preview = page.getByRole('button', { name: committee('minutes.preview') });
      await press(page, preview);
      await page.getByRole('dialog').getByRole('img').first().waitFor();
      await isInDialog(page);
      await giveUp(page, preview);
      await press(page, page.getByRole('button', { name: committee('minutes.drawUp') }));

      // then
      await isDone(page);
      await filing.task(office.people.president(TANGIER), 'Decide');
      await leave(page);
    });

    it('the president decides, the treasurer records the payment, the president signs what was seen', async () => {
      // given
      const person = office.people.president(TANGIER);
      const page = await visit({ base: office.base, language, as: person.email });
      await page.goto('/signing');
      await settled(page);

      // when the president decides
      await press(page, rowOf(page, filing).getByRole('link', { name: president('queue.decide') }));
      await page.waitForURL('**/tasks/*');
      await settled(page);
      await isInside(page, 'on the page of the decision');
      await go(page, page.getByRole('radio', { name: committee('choice.deliver') }));
      await page.keyboard.press('Space');
      await press(page, page.getByRole('button', { name: president('decide.action') }));
      await isDone(page);

      // and the treasurer takes the money, in another browser
      const treasurer = office.people.treasurer(TANGIER);
      await filing.task(treasurer, 'RecordPayment');
      const desk = await visit({ base: office.base, language, as: treasurer.email });
      await desk.goto('/treasury');
      await settled(desk);
      await press(
        desk,
        desk
          .getByRole('row')
          .filter({ hasText: filing.number })
          .getByRole('link', { name: treasury('orders.record') }),
      );
      await desk.waitForURL('**/tasks/*');
      await settled(desk);
      await isInside(desk, 'on the page of the payment');
      await go(desk, desk.getByRole('textbox', { name: treasury('panel.receipt') }));
      await desk.keyboard.type(`Q-${filing.number}`);
      await press(desk, desk.getByRole('button', { name: treasury('panel.record') }));
      await isDone(desk);
      await leave(desk);
      await filing.task(person, 'SignLicence');

      // and the president comes back to the queue and sees the licence
      await press(page, page.getByRole('navigation').getByRole('link', { name: common('nav.signing') }));
      await page.waitForURL('**/signing');
      await settled(page);
      await isInside(page, 'on the queue');
      const preview = rowOf(page, filing).getByRole('button', { name: president('queue.preview') });
      await press(page, preview);
      await page.getByRole('dialog').getByRole('img').first().waitFor();
      await isInDialog(page);
      await giveUp(page, preview);

      // and chooses and signs it
      await back(page, rowOf(page, filing).getByRole('checkbox'));
      await page.keyboard.press('Space');
      await back(page, page.getByRole('button', { name: president('queue.sign_one', { count: 1 }) }));
      await page.keyboard.press('Enter');
      await isInDialog(page);
      const batch = page.getByRole('dialog').filter({ hasText: filing.number });
      await press(page, batch.getByRole('button', { name: president('batch.action_one', { count: 1 }) }));
      await page.getByRole('dialog', { name: common('sign.title') }).waitFor();
      await isInDialog(page);
      await givePassword(page);
      await batch.getByText(president('batch.signed'), { exact: true }).waitFor();
      await isInDialog(page);
      await press(page, batch.getByRole('button', { name: common('action.close') }).last());
      await page.getByRole('dialog').waitFor({ state: 'detached' });

      // then
      await isInside(page, 'when the signed licence has left the queue');
      await rowOf(page, filing).waitFor({ state: 'detached' });
      await leave(page);
    });

    it('the applicant opens the dossier and saves the licence', async () => {
      // given
      const page = await visit({ base: office.base, language, as: office.people.applicant.email });
      await page.goto('/my/dossiers');
      await settled(page);

      // when
      await press(page, rowOf(page, filing).getByRole('link'));
      await page.waitForURL(`**/dossiers/${filing.id}`);
      await settled(page);
      await isInside(page, 'on the page of the dossier');
      const save = page.getByRole('button', { name: dossier('papers.saveAct.licence') });
      const download = page.waitForEvent('download');
      await press(page, save);

      // then
      expect((await download).suggestedFilename()).to.match(/\.pdf$/);
      await isOn(page, save);
      await leave(page);
    });
  });
}

/** What has the focus, in words; null when nothing has. */
const focused = (page: Page): Promise<string | null> =>
  page.evaluate(() => {
    const active = document.activeElement;
    return active === null || active === document.body ? null : active.outerHTML.slice(0, 200);
  });

/** Fails unless what has the focus is marked by a line around it and is not wholly behind something else. */
async function isSeen(page: Page): Promise<void> {
  const fault = await page.evaluate(() => {
    const element = document.activeElement;
    if (element === null || element === document.body) return 'nothing has the focus';
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
    if ((outlineStyle === 'none' || Number.parseFloat(outlineWidth) === 0) && boxShadow === 'none')
      return `no mark of the focus on ${element.outerHTML.slice(0, 200)}`;
    const { left, top, width, height } = element.getBoundingClientRect();
    const isThere = [0.1, 0.5, 0.9].some((across) =>
      [0.1, 0.5, 0.9].some((down) => {
        const found = document.elementFromPoint(left + width * across, top + height * down);
        return (
          found !== null && (element.contains(found) || found.contains(element)) && found !== document.body
        );
      }),
    );
    const front = document.elementFromPoint(left + width / 2, top + height / 2);
    return isThere
      ? null
      : `out of sight, behind ${front?.className}: ${element.textContent} ${element.outerHTML.slice(0, 120)}`;
  });
  expect(fault).to.equal(null);
}

/** Goes to a control and sees that one is there. */
async function go(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target);
  await isSeen(page);
}

/** Goes to a control, sees that one is there, and presses Enter. */
async function press(page: Page, target: Locator): Promise<void> {
  await go(page, target);
  await page.keyboard.press('Enter');
}

/** Goes back to a control, as one does to what was passed. */
async function back(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let stops = 0; stops < 40; stops++) {
    if (await target.evaluate((element) => element === document.activeElement)) return isSeen(page);
    await page.keyboard.press('Shift+Tab');
  }
  throw new Error(`going back never comes to ${target}`);
}

/** Fails unless a control comes to have the focus, seen. */
async function isOn(page: Page, target: Locator): Promise<void> {
  let isThere = false;
  for (let tries = 0; tries < 40 && !isThere; tries++) {
    if (tries > 0) await new Promise((resolve) => setTimeout(resolve, 50));
    isThere = await target.evaluate((element) => element === document.activeElement);
  }
  expect(isThere, `the focus should be on ${target}, not on ${await focused(page)}`).to.equal(true);
  await isSeen(page);
}

/** Fails unless the focus comes to be in the dialog, seen. */
async function isInDialog(page: Page): Promise<void> {
  await page.getByRole('dialog').last().waitFor();
  await page
    .waitForFunction(() => document.activeElement?.closest('[role="dialog"]') != null, null, {
      timeout: 2000,
    })
    .catch(async () => expect.fail(`the focus is not in the dialog, but on ${await focused(page)}`));
  await isSeen(page);
}

/** Fails when the focus stays lost: whoever has no mouse would begin again at the top of the window. */
async function isInside(page: Page, where: string): Promise<void> {
  await page
    .waitForFunction(
      () => document.activeElement !== null && document.activeElement !== document.body,
      null,
      {
        timeout: 2000,
      },
    )
    .catch(() => expect.fail(`${where}, the focus is lost`));
}

/** Types the password where the dialog has put the focus, whatever was there. */
async function givePassword(page: Page): Promise<void> {
  await isInDialog(page);
  expect(await page.evaluate(() => document.activeElement?.getAttribute('type'))).to.equal('password');
  await page.keyboard.press('Control+A');
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press('Enter');
}
