import { expect } from 'chai';
import type { Page } from 'playwright-core';
import type { Person } from '../../scripts/demo/client.ts';
import type { Filing } from '../../scripts/demo/filing.ts';
import { type Office, openOffice } from '../../test/support/office.ts';
import { EXAMPLE, openStudio } from '../../test/support/studio.ts';
import { LANGUAGES, type Language, leave, visit } from './support/browser.ts';
import { inspect, settled } from './support/inspect.ts';

const TETOUAN = '01.571.01.11';
const FAVOURABLE = { value: 'favourable', remarks: [] };

const WORDS = {
  ar: {
    change: /تعديل في مشروع: رخصة البناء – مشروع صغير/,
    element: 'العنصر',
    insert: 'إدراج مهمة هنا',
    names: ['الاسم بالعربية', 'الاسم بالفرنسية', 'الاسم بالإنجليزية'],
    roles: 'من ينجزها',
    role: 'مكتب الضبط',
    form: 'الاستمارة',
    formOption: /building-permit-small\/prompt/,
    limit: 'الأجل (أيام)',
    article: 'المادة القانونية',
    stage: 'المرحلة',
    right: 'لا شيء: يمكن نشر هذه الصيغة.',
    publish: 'نشر',
    note: 'سبب التغيير',
    published: /نُشرت/,
    add: 'إضافة مسطرة',
    open: 'فتح المشروع',
    handler: 'ما يعنيه إنجازها',
    undo: 'تراجع',
    compare: /^مقارنة صيغة/,
    added: 'إضافة',
    canvas: 'رسم المسطرة',
  },
  fr: {
    change: /Modifier dans un projet : Permis de construire – petit projet/,
    element: 'Élément',
    insert: 'Insérer une tâche ici',
    names: ['Nom en arabe', 'Nom en français', 'Nom en anglais'],
    roles: 'Qui la fait',
    role: 'Bureau d’ordre',
    form: 'Formulaire',
    formOption: /building-permit-small\/prompt/,
    limit: 'Délai (jours)',
    article: 'Article',
    stage: 'Étape',
    right: 'Rien : cette version peut être publiée.',
    publish: 'Publier',
    note: 'Motif du changement',
    published: /est publiée/,
    add: 'Ajouter une procédure',
    open: 'Ouvrir le projet',
    handler: 'Ce que la finir veut dire',
    undo: 'Défaire',
    compare: /^Comparer la version/,
    added: 'Ajouté',
    canvas: 'Diagramme de la procédure',
  },
};

interface Life {
  id: string;
  version: string;
  state: string;
}

/** An office of its own: what is published here would change the procedure of everybody else's stories. */
for (const language of LANGUAGES) {
  describe(`the procedure administrator, ${language}`, function () {
    this.timeout(600_000);
    const words = WORDS[language];
    let office: Office;
    let studio: Person;
    before(async () => {
      office = await openOffice();
      studio = await openStudio(office);
    });
    after(() => office.close());

    const open = (address: string) => openPage(office, studio, language, address);
    const inForce = async (id: string) =>
      (await studio.get<{ items: Life[] }>('/procedure-versions')).items.find(
        (one) => one.id === id && one.state === 'inForce',
      );

    async function toTheEnd(filing: Filing): Promise<void> {
      await filing.opinions(FAVOURABLE);
      await filing.minutes('Avis recueillis.', 'deliver');
      await filing.decide('deliver');
      const { now } = await office.people.operator.get<{ now: string }>('/clock');
      await filing.release(`Q-${filing.number}`, now.slice(0, 10));
      expect((await filing.read()).dossier.status).to.equal('delivered');
    }

    it('adds a task on the canvas, is held back until it is whole, publishes; old and new dossiers keep to theirs', async () => {
      // given a dossier on its way
      const old = await office.file(TETOUAN);
      const before = await inForce('building-permit-small');
      const page = await open('/studio');
      await inspect(page, `studio-${language}`);
      await page.getByRole('button', { name: words.change }).click();
      await page.waitForURL(/\/studio\/drafts\//);
      await drawn(page);
      await page.getByText(words.right).waitFor();
      await watermarkIsThere(page);

      // when a task is put into a flow, by keyboard
      await pick(page, words.element, 'CheckCompleteness_IsComplete');
      await page.getByRole('button', { name: words.insert }).click();

      // then the lint says what it lacks, and a line of it leads back to the task
      await page.getByText(words.right).waitFor({ state: 'detached' });
      const problem = page.getByRole('list', { name: /problèmes|المشاكل/ }).getByRole('button');
      await problem.first().waitFor();
      expect(await problem.count()).to.be.greaterThan(3);
      await problem.first().click();
      await page.keyboard.press('Escape');
      await inspect(page, `studio-problems-${language}`);
      await page.getByRole('button', { name: words.publish, exact: true }).first().click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('alert').waitFor();
      expect(await dialog.getByRole('button', { name: words.publish }).isDisabled()).to.equal(true);
      await page.keyboard.press('Escape');

      // when it is given all it needs
      const names = ['زيارة الموقع', 'Visiter le terrain', 'Visit the site'];
      for (const [index, label] of words.names.entries()) {
        await page.getByRole('textbox', { name: label, exact: true }).fill(names[index] ?? '');
        await page.keyboard.press('Tab');
      }
      await choose(page, words.roles, words.role);
      await page.keyboard.press('Escape');
      await choose(page, words.form, words.formOption);
      await page.getByRole('textbox', { name: words.limit, exact: true }).fill('1');
      await page.keyboard.press('Tab');
      await page.getByRole('textbox', { name: words.article, exact: true }).fill('RGC 19');
      await page.keyboard.press('Tab');
      const stage = page.getByRole('combobox', { name: words.stage, exact: true });
      if ((await stage.count()) > 0) {
        await stage.click();
        await page.getByRole('option').nth(1).click();
      }
      await page.getByText(words.right).waitFor();
      await settled(page);

      // then it is published with a note, from today
      await page.getByRole('button', { name: words.publish, exact: true }).first().click();
      await dialog.getByRole('textbox', { name: words.note }).fill('Le bureau d’ordre visite le terrain.');
      await inspect(page, `studio-publish-${language}`);
      await dialog.getByRole('button', { name: words.publish }).click();
      await page.getByText(words.published).waitFor();
      const after = await inForce('building-permit-small');
      expect(after?.version).to.not.equal(before?.version);

      // and the two versions are compared side by side
      await page.getByRole('link', { name: words.compare }).first().click();
      await page
        .getByText(names[language === 'ar' ? 0 : 1] ?? '')
        .first()
        .waitFor();
      await page.getByText(words.added, { exact: true }).first().waitFor();
      await watermarkIsThere(page);
      await inspect(page, `studio-compare-${language}`);
      await leave(page);

      // and the old dossier ends on its version while a new one meets the task
      await old.checkedComplete();
      await toTheEnd(old);
      const fresh = await office.file(TETOUAN);
      await fresh.checkedComplete();
      await visitSite(office, fresh);
      await toTheEnd(fresh);
    });

    it('takes a procedure from its folders, and it runs to its end', async () => {
      // given
      const page = await open('/studio');
      await page.getByRole('button', { name: words.add }).click();

      // when the example's folder is picked
      await page.getByTestId('folder').setInputFiles(EXAMPLE);
      await page.getByRole('button', { name: words.open }).click();
      await page.waitForURL(/\/studio\/drafts\//);
      await drawn(page);
      await page.getByText(words.right).waitFor();
      await page.getByRole('button', { name: words.publish, exact: true }).first().click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('textbox', { name: words.note }).fill('Première version.');
      await dialog.getByRole('button', { name: words.publish }).click();
      await page.getByText(words.published).waitFor();
      await leave(page);

      // then it is filed and ends
      const { applicant } = office.people;
      const { id } = await applicant.post<{ id: string }>('/dossiers', {
        procedure: 'advertising-permit',
        commune: TETOUAN,
        application: {
          board: {
            kind: 'panel',
            text: 'Foire',
            widthMetres: 4,
            heightMetres: 3,
            lit: false,
            publicDomain: true,
          },
          place: { address: '3, avenue des Histoires', from: '2026-12-01', months: 6 },
        },
      });
      for (const piece of ['identityDocument', 'placeSketch']) await attach(applicant, id, piece);
      await applicant.post(`/dossiers/${id}/submission`);
      const president = office.people.president(TETOUAN);
      await complete(office.people.registry(TETOUAN), id, 'CheckPlace', { suitable: true });
      await complete(president, id, 'Decide', { choice: 'deliver', conditions: [] });
      await complete(president, id, 'SignLicence', { confirm: true });
      const { dossier } = await applicant.get<{ dossier: { status: string } }>(`/dossiers/${id}`);
      expect(dossier.status).to.equal('delivered');
    });

    it('is told why a faulty diagram is refused, and can take a step back', async () => {
      // given
      const page = await open('/studio');
      await page.getByRole('button', { name: words.change }).click();
      await drawn(page);
      await page.getByText(words.right).waitFor();

      // when an end is taken off the canvas by keyboard
      await pick(page, words.element, 'RejectedAtFiling');
      await page.locator('[data-canvas] .djs-container > svg').first().focus();
      await page.keyboard.press('Delete');

      // then publication is barred, and undoing makes it right again
      await page.getByText(words.right).waitFor({ state: 'detached' });
      await page.getByRole('list', { name: /problèmes|المشاكل/ }).waitFor();
      await page.getByRole('button', { name: words.undo }).click();
      await page.getByText(words.right).waitFor();
      await leave(page);
    });
  });
}

async function openPage(office: Office, studio: Person, language: Language, address: string): Promise<Page> {
  const page = await visit({ base: office.base, language, as: studio.email });
  // A diagram of hundreds of elements is read and checked at each step, on machines that do other things too.
  page.setDefaultTimeout(60_000);
  await page.goto(address);
  await settled(page);
  return page;
}

/** The diagram is on the canvas. */
const drawn = (page: Page) => page.locator('[data-canvas] .djs-shape').first().waitFor();

/** The makers of the modeller ask for their mark to be seen: nothing lies over it. */
async function watermarkIsThere(page: Page): Promise<void> {
  const mark = page.locator('[data-canvas] .bjs-powered-by').first();
  await mark.scrollIntoViewIfNeeded();
  const box = await mark.boundingBox();
  expect(box).to.not.equal(null);
  const isOnTop = await mark.evaluate((element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    const points = [
      [left + 2, top + 2],
      [left + width - 2, top + height - 2],
      [left + width / 2, top + height / 2],
    ];
    return points.every(([x, y]) => element.contains(document.elementFromPoint(x ?? 0, y ?? 0)));
  });
  expect(isOnTop, 'the watermark is covered').to.equal(true);
}

/** Chooses an element by its place in the list of the panel. */
async function pick(page: Page, label: string, id: string): Promise<void> {
  const input = page.getByRole('combobox', { name: label, exact: true });
  await input.click();
  await page.locator(`[role="option"][value="${id}"]`).click();
}

async function choose(page: Page, label: string, option: string | RegExp): Promise<void> {
  // Where several may be chosen, the frame around the field takes the click for it.
  await page.getByRole('combobox', { name: label, exact: true }).click({ force: true });
  await page.getByRole('option', { name: option }).first().click();
}

/** Does the task that was added on the canvas: the modeller gave it its id. */
async function visitSite(office: Office, filing: Filing): Promise<void> {
  const registry = office.people.registry(TETOUAN);
  for (let tries = 0; tries < 100; tries += 1) {
    const { items } = await registry.get<{ items: { flowNode: string }[] }>(
      `/tasks?scope=all&status=open&dossier=${filing.id}&limit=5`,
    );
    const found = items.find(({ flowNode }) => flowNode.startsWith('Activity_'));
    if (found !== undefined) return filing.complete(registry, found.flowNode, { message: 'Terrain vu.' });
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the new task never came');
}

async function complete(by: Person, dossier: string, flowNode: string, payload: unknown): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    const { items } = await by.get<{ items: { id: string }[] }>(
      `/tasks?scope=all&status=open&dossier=${dossier}&flowNode=${flowNode}&limit=5`,
    );
    const [task] = items;
    if (task !== undefined) {
      await by.post(`/tasks/${task.id}/claim`);
      await by.post(`/tasks/${task.id}/completion`, payload);
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${by.email} has no task ${flowNode}`);
}

function attach(by: Person, dossier: string, piece: string): Promise<unknown> {
  return by.upload(`/dossiers/${dossier}/documents`, () => {
    const form = new FormData();
    form.append('piece', piece);
    form.append('file', new Blob([PNG], { type: 'image/png' }), `${piece}.png`);
    return form;
  });
}

/** One grey pixel. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==',
  'base64',
);
