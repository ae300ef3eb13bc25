import { expect } from 'chai';
import { LANGUAGES, leave, visit } from './support/browser.ts';
import { checkAccess, inspect, look } from './support/inspect.ts';
import { sharedOffice } from './support/office.ts';

const WORDS = {
  ar: {
    question: 'ماذا تريدون أن تبنوا أو تفتحوا؟',
    typed: 'أريد بناء دار',
    search: 'بحث',
    commune: 'أين يقع العقار؟',
    served: 'هذه المسطرة هي مسطرة مشروعكم',
    large: 'مشروعكم مشروع كبير',
    begin: 'بدء الطلب',
    signUp: 'إنشاء حساب',
    number: 'رقم الملف',
    secret: 'رمز التتبع',
    ask: 'عرض وضعية الملف',
    delivered: 'سلمت الرخصة',
    wrong: 'الرقم والرمز لا يتطابقان',
    file: 'ضعوا هنا',
    valid: 'هذا الملف صحيح',
    altered: 'هذا الملف تغير',
    unknown: 'هذا الملف لم يصدر عن هذا الشباك',
    code: 'رمز التحقق',
    check: 'تحقق',
    authentic: 'هذا القرار صحيح',
    year: 'السنة',
    noneFiltered: 'لا توجد رخصة بهذه الاختيارات',
  },
  fr: {
    question: 'Que voulez-vous construire ou ouvrir ?',
    typed: 'construire une maison',
    search: 'Chercher',
    commune: 'Où se trouve le terrain ?',
    served: 'Cette démarche est celle de votre projet',
    large: 'Votre projet est un grand projet',
    begin: 'Commencer la demande',
    signUp: 'Créer un compte',
    number: 'Numéro du dossier',
    secret: 'Code de suivi',
    ask: 'Voir où il en est',
    delivered: 'Autorisation délivrée',
    wrong: 'Numéro et code ne vont pas ensemble',
    file: 'Déposez ici',
    valid: 'Ce fichier est authentique',
    altered: 'Ce fichier a été modifié',
    unknown: 'Ce fichier ne vient pas de ce guichet',
    code: 'Code de vérification',
    check: 'Vérifier',
    authentic: 'Cet acte est authentique',
    year: 'Année',
    noneFiltered: 'Aucune autorisation ne répond à ces choix',
  },
};

interface Delivered {
  number: string;
  secret: string;
  code: string;
  licence: Buffer;
}
let made: Promise<Delivered> | null = null;

/** A licence that was delivered, shared by the stories of this file. */
function delivered(): Promise<Delivered> {
  made ??= (async () => {
    const { file, people } = await sharedOffice();
    const filing = await file('01.151.01.01', { project: { socialHousing: true } });
    await filing.checkedComplete();
    await filing.opinions({ value: 'favourable', remarks: [] });
    await filing.minutes('Avis favorables.', 'deliver');
    await filing.decide('deliver');
    await filing.release('PUBLIC-1', '2026-01-05');
    const detail = await people.applicant.get<{ followUpSecret: string; dossier: { status: string } }>(
      `/dossiers/${filing.id}`,
    );
    expect(detail.dossier.status).to.equal('delivered');
    const { items } = await people.applicant.get<{
      items: { id: string; kind: string; verificationCode: string }[];
    }>(`/dossiers/${filing.id}/decisions`);
    const licence = items.find(({ kind }) => kind === 'licence');
    if (licence === undefined) throw new Error('no licence');
    return {
      number: filing.number,
      secret: detail.followUpSecret,
      code: licence.verificationCode,
      licence: await people.applicant.download(`/decisions/${licence.id}/file`),
    };
  })();
  return made;
}

for (const language of LANGUAGES) {
  const words = WORDS[language];

  describe(`for anyone, ${language}`, () => {
    it('leads from one question to what a project needs, and to beginning it', async () => {
      // given
      const { base } = await sharedOffice();
      const page = await visit({ base, language });
      await page.goto('/');
      await page.getByRole('searchbox', { name: words.question }).waitFor();
      await inspect(page, `home-${language}`);

      // when
      await page.getByRole('searchbox').fill(words.typed);
      await page.getByRole('button', { name: words.search }).click();
      await page.waitForURL(/\/needs\?procedure=building-permit-small/);
      await page
        .getByRole('combobox', { name: words.commune })
        .fill(language === 'ar' ? 'شفشاون' : 'Chefchaouen');
      await page.getByRole('option').first().click();
      await page.getByRole('radiogroup').first().waitFor();
      await look(page, `needs-questions-${language}`);

      // then: all answers live in the address, and a house of two storeys is a small project
      const answers = {
        'project.operation': 'building',
        'project.nature': 'newBuilding',
        'project.use': 'individualHousing',
        'project.publicOwner': 'no',
        'project.receivesPublic': 'no',
        'project.heightMetres': '7.5',
        'project.storeysAboveGround': '2',
        'project.classifiedEstablishment': 'none',
        'project.socialHousing': 'no',
        'project.coveredAreaM2': '120',
        'project.overhangM2': '0',
      };
      const address = new URL(page.url());
      for (const [name, value] of Object.entries(answers)) address.searchParams.set(name, value);
      await page.goto(address.href);
      await page.getByRole('heading', { name: words.served }).waitFor();
      await page.getByText(/2[.,\s\u202f]?400/).waitFor();
      await inspect(page, `needs-${language}`);
      await page.getByRole('link', { name: words.begin }).click();
      await page.getByRole('heading', { level: 1, name: words.signUp }).waitFor();
      expect(new URL(page.url()).searchParams.get('to')).to.match(
        /^\/my\/new\?procedure=building-permit-small&commune=/,
      );

      // and a block of flats is kindly told that this is not its procedure
      address.searchParams.set('project.storeysAboveGround', '6');
      await page.goto(address.href);
      await page.getByRole('heading', { name: words.large }).waitFor();
      await checkAccess(page, `needs-large-${language}`);
      await look(page, `needs-large-${language}`);
      await leave(page);
    });

    it('shows the register of licences without anything about anybody', async () => {
      // given
      const { base } = await sharedOffice();
      const { number } = await delivered();
      const page = await visit({ base, language });

      // when
      await page.goto('/register');
      await page.getByText(number).waitFor();
      await inspect(page, `register-${language}`);

      // then
      const text = await page.getByRole('main').textContent();
      expect(text).not.to.match(/K000000|T-1|rue des Histoires|Demandeur \(/);
      const { items } = (await (await fetch(`${base}/api/v1/register`)).json()) as { items: object[] };
      expect(Object.keys(items[0] ?? {}).sort()).to.deep.equal([
        'commune',
        'communeName',
        'deliveredAt',
        'nature',
        'number',
        'procedure',
        'procedureName',
        'status',
      ]);

      // and another year has none, in the address
      await page.goto('/register?year=2025');
      await page.getByText(words.noneFiltered).waitFor();
      await leave(page);
    });

    it('tells where a dossier is to whoever holds its receipt, and nothing to anyone else', async () => {
      // given
      const { base } = await sharedOffice();
      const { number, secret } = await delivered();
      const page = await visit({ base, language });
      await page.goto('/follow');

      // when the secret is wrong
      await page.getByRole('textbox', { name: words.number }).fill(number);
      await page.getByRole('textbox', { name: words.secret }).fill('AAAAA-AAAAA');
      await page.getByRole('button', { name: words.ask }).click();
      await page.getByRole('alert').getByText(words.wrong).waitFor();

      // then, written as people write it
      await page.getByRole('textbox', { name: words.secret }).fill(secret.toLowerCase().replace('-', ' '));
      await page.getByRole('button', { name: words.ask }).click();
      await page.getByText(words.delivered).first().waitFor();
      await inspect(page, `follow-${language}`);
      const refusals = await Promise.all(
        [
          { number, secret: 'AAAAA-AAAAA' },
          { number: '01.151.01.01-PC-2026-99999', secret },
        ].map(async (body) => {
          const answer = await fetch(`${base}/api/v1/follow`, {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify(body),
          });
          const { instance: _, ...problem } = (await answer.json()) as { instance: string };
          return problem;
        }),
      );
      expect(refusals[0]).to.deep.equal(refusals[1]);
      await leave(page);
    });

    it('checks an act by its code and by its file: genuine, changed, and foreign', async () => {
      // given
      const { base } = await sharedOffice();
      const { code, number, licence } = await delivered();
      const page = await visit({ base, language });
      await page.goto('/check');
      const drop = (name: string, bytes: Buffer) =>
        page.getByLabel(words.file).setInputFiles({ name, mimeType: 'application/pdf', buffer: bytes });

      // when genuine
      await drop('autorisation.pdf', licence);
      await page.getByRole('heading', { name: words.valid }).waitFor();
      await page.getByText(number).waitFor();
      await inspect(page, `check-valid-${language}`);

      // when one byte is flipped, far from the signature
      const altered = Buffer.from(licence);
      const at = altered.indexOf('/MediaBox');
      altered[at + 12] = (altered[at + 12] ?? 0) ^ 1;
      await drop('modifiee.pdf', altered);
      await page.getByRole('heading', { name: words.altered }).waitFor();
      await checkAccess(page, `check-altered-${language}`);
      await look(page, `check-altered-${language}`);

      // when it is somebody else's
      await drop('etranger.pdf', Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n%%EOF\n'));
      await page.getByRole('heading', { name: words.unknown }).waitFor();

      // and by code, on the page that runs no script
      await page.getByRole('textbox', { name: words.code }).fill(code);
      await page.getByRole('button', { name: words.check, exact: true }).click();
      await page.getByRole('heading', { name: words.authentic }).waitFor();
      expect(await page.locator('script').count()).to.equal(0);
      await inspect(page, `verify-${language}`);
      await leave(page);
    });
  });
}
