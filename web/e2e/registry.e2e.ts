import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { applicationOf, type Project, piecesOf } from '../../scripts/demo/projects.ts';
import { LANGUAGES, leave, visit } from './support/browser.ts';
import { inspect } from './support/inspect.ts';
import { sharedOffice } from './support/office.ts';

const WORDS = {
  ar: {
    counter: 'إيداع طلب بالشباك',
    name: 'الاسم كما في البطاقة الوطنية',
    identity: 'رقم البطاقة الوطنية',
    phone: 'الهاتف',
    architect: /بريد المهندس المعماري/,
    begin: 'بدء الطلب',
    file: 'إيداع الطلب',
    duplicate: /قد يكون هذا الطلب مكررا/,
    slip: 'إعداد بطاقة تسلم الحساب',
    slipTitle: 'تسلم حسابك',
    ask: /^تطلب من صاحب الطلب — شهادة مقاومة الزلازل/,
    reason: /^السبب — شهادة مقاومة الزلازل/,
    request: 'طلب وثيقة واحدة',
    send: 'إرسال الطلب',
    once: /لا يمكن طلبه مرة ثانية/,
    complete: 'الملف مكتمل',
    confirm: 'تأكيد الاكتمال',
    correct: /^تصحيح القيد/,
    instead: 'ما ينبغي أن يقرأ',
    why: 'سبب التصحيح',
    add: 'إضافة التصحيح',
    select: /^تحديد 01/,
    claim: /^التكفل/,
    selected: 'ملف واحد محدد',
    progress: 'أنجز 1 من 1، تعذر 0.',
  },
  fr: {
    counter: 'Déposer au guichet',
    name: 'Nom, comme sur la carte nationale',
    identity: 'Numéro de la carte nationale',
    phone: 'Téléphone',
    architect: /Adresse électronique de l’architecte/,
    begin: 'Commencer la demande',
    file: 'Déposer la demande',
    duplicate: /Doublon possible/,
    slip: 'Préparer la fiche de remise du compte',
    slipTitle: 'Reprendre votre compte',
    ask: /^À demander — Attestation parasismique/,
    reason: /^Motif — Attestation parasismique/,
    request: 'Demander 1 pièce',
    send: 'Envoyer la demande',
    once: /il ne peut l’être qu’une fois/,
    complete: 'Le dossier est complet',
    confirm: 'Confirmer la complétude',
    correct: /^Corriger l’inscription/,
    instead: 'Ce qu’il faut lire',
    why: 'Motif de la correction',
    add: 'Inscrire la correction',
    select: /^Sélectionner 01/,
    claim: /^Prendre/,
    selected: '1 dossier sélectionné',
    progress: '1 sur 1 faits, 0 en échec.',
  },
};
const PLACES = { ar: '01.151.01.01', fr: '01.571.01.11' };

for (const language of LANGUAGES) {
  const words = WORDS[language];
  const commune = PLACES[language];
  const variant = language === 'ar' ? 701 : 702;
  const project: Project = {
    variant,
    address: `${variant}, rue du Guichet`,
    at: [-5.3 - variant / 1e5, 35.2],
  };

  describe(`the registry office, ${language}`, () => {
    it('files at the counter for a person, warns of a duplicate, and prints the receipt in one key', async () => {
      // given a dossier on the same land
      const office = await sharedOffice();
      const { base, people } = office;
      const officer = people.registry(commune);
      const earlier = await office.file(commune, { project });
      const page = await visit({ base, language, as: officer.email });
      page.setDefaultTimeout(60_000);
      await page.addInitScript(() => {
        (globalThis as unknown as { printed: number }).printed = 0;
        globalThis.print = () => {
          (globalThis as unknown as { printed: number }).printed += 1;
        };
      });

      // when the officer begins for the person
      await page.goto('/registry');
      await page.getByRole('link', { name: earlier.number }).waitFor();
      await inspect(page, `registry-${language}`);
      await page.getByRole('link', { name: words.counter }).click();
      await page.getByRole('textbox', { name: words.name }).fill('Personne au guichet (démonstration)');
      await page.getByRole('textbox', { name: words.identity }).fill(`K${variant}`);
      await page.getByRole('textbox', { name: words.phone }).fill('0600000701');
      await page.getByRole('textbox', { name: words.architect }).fill(people.architect.email);
      await inspect(page, `registry-counter-${language}`);
      await page.getByRole('button', { name: words.begin }).click();
      await page.waitForURL(/\/registry\/counter\/[\w-]+/);
      const id = new URL(page.url()).pathname.split('/').at(-1) ?? '';

      // and fills in what the person brings
      const draft = await officer.get<{ dossier: { version: number } }>(`/dossiers/${id}`);
      const saved = await page.request.put(`/api/v1/dossiers/${id}/application`, {
        headers: {
          authorization: `Bearer ${await tokenOf(base, officer.email)}`,
          'if-match': `"${draft.dossier.version}"`,
        },
        data: { application: applicationOf(project) },
      });
      expect(saved.status(), await saved.text()).to.equal(200);
      const folder = await mkdtemp(join(tmpdir(), 'shubbak-counter-'));
      const typed = Object.assign(Object.create(earlier) as typeof earlier, { id });
      for (const piece of await piecesOf(folder, { ...project, variant: variant + 50 }))
        await typed.upload(piece, officer);
      await people.architect.post(`/dossiers/${id}/architect-signature`);
      await page.reload();

      // then the duplicate is told before filing
      await page.getByRole('alert').filter({ hasText: words.duplicate }).waitFor();
      await inspect(page, `registry-counter-draft-${language}`);
      await page.getByRole('button', { name: words.file }).click();
      await page.getByRole('dialog').getByRole('button', { name: words.file }).click();
      await page.locator('img').first().waitFor({ timeout: 60_000 });
      await page.getByRole('button', { name: words.slip }).click();
      await page.getByRole('heading', { name: words.slipTitle }).waitFor();
      await page.getByRole('heading', { level: 1 }).click();
      await page.keyboard.press('p');
      expect(await page.evaluate(() => (globalThis as unknown as { printed: number }).printed)).to.equal(1);
      await inspect(page, `registry-papers-${language}`);
      await leave(page);
    });

    it('asks once for a missing piece beside the document, and then only confirms', async () => {
      // given
      const office = await sharedOffice();
      const { base, people } = office;
      const officer = people.registry(commune);
      const filing = await office.file(commune);
      const first = await filing.task(officer, 'CheckCompleteness');
      const page = await visit({ base, language, as: officer.email });
      page.setDefaultTimeout(60_000);

      // when
      await page.goto(`/tasks/${first.id}`);
      await page.getByRole('checkbox', { name: words.ask }).check();
      await page.getByRole('textbox', { name: words.reason }).fill('Attestation non jointe.');
      await inspect(page, `registry-completeness-${language}`);
      await page.getByRole('button', { name: words.request }).click();
      await page.getByRole('dialog').getByRole('button', { name: words.send }).click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });

      // and the applicant answers
      const [any] = await piecesOf(await mkdtemp(join(tmpdir(), 'shubbak-answer-')), {
        ...project,
        variant: 3,
      });
      if (any === undefined) throw new Error('no sample');
      await filing.upload({ ...any, piece: 'seismicCertificate' });
      await filing.complete(filing.owner, 'AnswerComplement', { message: 'Attestation jointe.' });
      const second = await filing.task(officer, 'CheckCompleteness');
      await page.goto(`/tasks/${second.id}`);

      // then nothing more can be asked for, and the page says why
      await page.getByRole('alert').filter({ hasText: words.once }).waitFor();
      expect(await page.getByRole('checkbox', { name: words.ask }).count()).to.equal(0);
      await page.getByRole('button', { name: words.complete }).click();
      await page.getByRole('dialog').getByRole('button', { name: words.confirm }).click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      for (let tries = 0; tries < 100; tries++) {
        if ((await filing.read()).dossier.committee !== null) break;
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
      expect((await filing.read()).dossier.committee).not.to.equal(null);
      await leave(page);
    });

    it('corrects the incoming register by another entry, and claims several dossiers at once', async () => {
      // given
      const office = await sharedOffice();
      const { base, people } = office;
      const filing = await office.file(commune);
      const page = await visit({ base, language, as: people.registry(commune).email });
      page.setDefaultTimeout(60_000);

      // when
      await page.goto(`/registry/registers/incoming?search=${filing.number}`);
      await page.getByRole('button', { name: words.correct }).first().click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('textbox', { name: words.instead }).fill('Déposé par l’architecte.');
      await dialog.getByRole('textbox', { name: words.why }).fill('Erreur de saisie.');
      await dialog.getByRole('button', { name: words.add }).click();
      await dialog.waitFor({ state: 'detached' });

      // then both are there
      await page.getByRole('cell', { name: /Déposé par l’architecte/ }).waitFor();
      expect(await page.getByRole('row').count()).to.equal(3);
      await inspect(page, `registry-register-${language}`);

      // and when the dossier is claimed from the list
      await page.goto('/registry?waiting=registryOfficer');
      await page
        .getByRole('row', { name: new RegExp(filing.number) })
        .getByRole('checkbox')
        .check();
      await page.getByText(words.selected).waitFor();
      await page.getByRole('button', { name: words.claim }).click();
      await page.getByText(words.progress).waitFor();
      const { dossier: _, ...task } = (await filing.task(
        people.registry(commune),
        'CheckCompleteness',
      )) as never as {
        dossier: string;
        assignee: string | null;
      };
      expect(task.assignee).not.to.equal(null);
      await leave(page);
    });
  });
}

async function tokenOf(base: string, email: string): Promise<string> {
  const answer = await fetch(`${base}/api/v1/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password: 'demonstration-shubbak' }),
  });
  return ((await answer.json()) as { accessToken: string }).accessToken;
}
