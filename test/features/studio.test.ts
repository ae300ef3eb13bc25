import { expect } from 'chai';
import type { Person } from '../../scripts/demo/client.ts';
import type { Filing } from '../../scripts/demo/filing.ts';
import { SYSTEM } from '../../src/domain/party.ts';
import { readProcedure } from '../../src/procedures/readProcedure.ts';
import { publishProcedure } from '../../src/usecases/procedures/publishProcedure.ts';
import { type Office, openOffice, refusal } from '../support/office.ts';
import { exampleFiles, openStudio, withSiteVisit } from '../support/studio.ts';

const TETOUAN = '01.571.01.11';
const DIAGRAM = 'processes/building-permit-small/building-permit-small.bpmn';
const NAMED = 'name="Visiter le terrain" permit:nameAr="زيارة الموقع" permit:nameEn="Visit the site"';
const WHOLE = `${NAMED} camunda:candidateGroups="registryOfficer" camunda:formKey="building-permit-small/completeness" permit:limit="P1D" permit:calendar="workingDays" permit:article="RGC 19"`;

interface Draft {
  id: string;
  version: number;
  files: { path: string; content: string }[];
}
interface Life {
  id: string;
  version: string;
  state: string;
  running: number;
  shipped: boolean;
  publishedBy: string | null;
  note: string;
}
interface Problems {
  problems: { rule: string; element: string | null; message: { ar: string; fr: string; en: string } }[];
}

describe('the studio', function () {
  this.timeout(120_000);
  let office: Office;
  let studio: Person;
  before(async () => {
    office = await openOffice();
    studio = await openStudio(office);
  });
  after(() => office.close());

  const begin = (body: unknown) => studio.post<Draft>('/procedure-drafts', body);
  const check = ({ id }: Draft) => studio.get<Problems>(`/procedure-drafts/${id}/problems`);
  const versions = async (id: string) =>
    (await studio.get<{ items: Life[] }>('/procedure-versions')).items.filter((one) => one.id === id);

  /** Saves a draft's file as a browser does, under the version it has seen. */
  async function save(draft: Draft, path: string, content: string | null): Promise<Response> {
    const answer = await office.people.administrator
      .get('/me')
      .then(() => studio.get<Draft>(`/procedure-drafts/${draft.id}`))
      .then(async () => {
        const session = await fetch(`${office.base}/api/v1/sessions`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ email: studio.email, password: 'demonstration-shubbak' }),
        });
        const { accessToken } = (await session.json()) as { accessToken: string };
        return fetch(`${office.base}/api/v1/procedure-drafts/${draft.id}`, {
          method: 'PATCH',
          headers: {
            authorization: `Bearer ${accessToken}`,
            'content-type': 'application/json',
            'if-match': `"${draft.version}"`,
          },
          body: JSON.stringify({ files: [{ path, content }] }),
        });
      });
    if (answer.ok) draft.version += 1;
    return answer;
  }
  const diagramOf = (draft: Draft) => draft.files.find(({ path }) => path === DIAGRAM)?.content ?? '';

  async function toTheEnd(filing: Filing): Promise<void> {
    await filing.opinions({ value: 'favourable', remarks: [] });
    await filing.minutes('Avis recueillis.', 'deliver');
    await filing.decide('deliver');
    const today = (await office.people.operator.get<{ now: string }>('/clock')).now.slice(0, 10);
    await filing.release(`Q-${filing.number}`, today);
    expect((await filing.read()).dossier.status).to.equal('delivered');
  }

  it('adds a task: the lint complains until it is whole, old dossiers end on their version, new ones meet it', async () => {
    // given a dossier on its way, and a draft of the procedure it runs by
    const old = await office.file(TETOUAN);
    const draft = await begin({ procedure: 'building-permit-small' });
    expect((await check(draft)).problems).to.deep.equal([]);

    // when the task has no owner, form, limit nor name yet
    await save(draft, DIAGRAM, withSiteVisit(diagramOf(draft), 'name="Visiter"'));

    // then each lack is told in three languages at its element, and publication is refused with the same words
    const { problems } = await check(draft);
    const rules = problems.filter(({ element }) => element === 'VisitSite').map(({ rule }) => rule);
    expect(rules).to.include.members(['taskRoles', 'taskForm', 'taskLimit', 'namesInLanguages']);
    for (const { message } of problems) expect(message.ar).to.match(/[\u0600-\u06FF]/);
    const note = 'Le bureau d’ordre visite le terrain.';
    const refused = await refusal(studio.post(`/procedure-drafts/${draft.id}/publication`, { note }));
    expect(refused).to.include({ status: 422, code: 'PROCEDURE_REFUSED' });
    expect((refused.problem.details as Problems).problems).to.have.length(problems.length);

    // when it is whole, it is published once
    await save(draft, DIAGRAM, withSiteVisit(diagramOf(draft), WHOLE));
    expect((await check(draft)).problems).to.deep.equal([]);
    const published = await studio.post<Life>(`/procedure-drafts/${draft.id}/publication`, { note });
    expect(published).to.include({ state: 'inForce', running: 0, note, shipped: false });
    expect(await refusal(studio.get(`/procedure-drafts/${draft.id}`))).to.include({
      code: 'DRAFT_NOT_FOUND',
    });

    // then the old dossier ends on its version, and the new one meets the task
    await old.checkedComplete();
    await toTheEnd(old);
    const fresh = await office.file(TETOUAN);
    await fresh.checkedComplete();
    await fresh.complete(office.people.registry(TETOUAN), 'VisitSite', { complete: true, missing: [] });
    await toTheEnd(fresh);
  });

  it('keeps what an administrator published in force when the node starts again with another shipped version', async () => {
    // given
    const [inForce] = (await versions('building-permit-small')).filter(({ state }) => state === 'inForce');
    expect(inForce?.shipped).to.equal(false);
    const shipped = await readProcedure({ processes: 'processes', forms: 'forms' }, 'building-permit-small');
    const changed = { ...shipped, settings: { ...shipped.settings, inForceFrom: '2026-01-02' } };
    await office.move({ days: 1 });

    // when a new release publishes what it ships, later and in force from a later day than the first
    const clock = { now: () => Date.now() + 10 * 365 * 86_400_000 } as never;
    await publishProcedure(
      { store: office.node.store, clock },
      async () => [],
      SYSTEM,
      changed,
      'as shipped',
    );

    // then
    const { version } = await office.people.applicant.get<{ version: string }>(
      '/procedures/building-permit-small',
    );
    expect(version).to.equal(inForce?.version);
    expect((await versions('building-permit-small')).map(({ state }) => state).sort()).to.deep.equal([
      'inForce',
      'past',
      'past',
    ]);
  });

  it('refuses what is made to exhaust a reader, quickly, and files that have no place', async () => {
    // given
    const draft = await begin({ procedure: 'building-permit-small' });

    for (const hostile of [
      `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>`,
      '<a>'.repeat(200_000),
      'not xml at all',
      '',
    ]) {
      // when
      const saved = await save(draft, DIAGRAM, hostile);
      expect(saved.status).to.equal(200);
      const before = performance.now();
      const { problems } = await check(draft);

      // then
      expect(performance.now() - before).to.be.lessThan(1_500);
      expect(problems).to.not.deep.equal([]);
      expect(
        await refusal(studio.post(`/procedure-drafts/${draft.id}/publication`, { note: 'non' })),
      ).to.include({
        status: 422,
      });
    }
    for (const path of [
      'processes/other/other.bpmn',
      'forms/../../etc/passwd',
      'processes/building-permit-small/x.js',
    ]) {
      expect((await save(draft, path, '{}')).status, path).to.equal(422);
    }
    expect((await save({ ...draft, version: 1 }, DIAGRAM, 'late')).status).to.equal(412);
    const big = await save(draft, 'processes/building-permit-small/procedure.json', '9'.repeat(950_000));
    expect(big.status).to.be.oneOf([413, 422]);
  });

  it('is closed to everybody else', async () => {
    for (const person of [office.people.applicant, office.people.administrator, office.people.operator]) {
      for (const path of ['/procedure-drafts', '/procedure-versions', '/procedure-vocabulary']) {
        expect(await refusal(person.get(path))).to.include({ status: 403 });
      }
      expect(
        await refusal(person.post('/procedure-drafts', { procedure: 'building-permit-small' })),
      ).to.include({
        status: 403,
      });
    }
  });

  it('runs the how-to’s permit to hang advertising from its files, with no code', async () => {
    // given
    const draft = await begin({ files: await exampleFiles() });
    expect((await check(draft)).problems).to.deep.equal([]);
    await studio.post(`/procedure-drafts/${draft.id}/publication`, { note: 'Première version.' });
    const applicant = office.people.applicant;
    const application = {
      board: {
        kind: 'panel',
        text: 'Foire régionale',
        widthMetres: 4,
        heightMetres: 3,
        lit: false,
        publicDomain: true,
      },
      place: { address: '3, avenue des Histoires', from: '2026-12-01', months: 6 },
    };

    for (const choice of ['deliver', 'refuse'] as const) {
      // when it is filed with its pieces
      const { id } = await applicant.post<{ id: string }>('/dossiers', {
        procedure: 'advertising-permit',
        commune: TETOUAN,
        application,
      });
      for (const piece of ['identityDocument', 'placeSketch']) {
        await applicant.upload(`/dossiers/${id}/documents`, () => {
          const form = new FormData();
          form.append('piece', piece);
          form.append('file', new Blob([PNG], { type: 'image/png' }), `${piece}.png`);
          return form;
        });
      }
      await applicant.post(`/dossiers/${id}/submission`);

      // then every task comes to who holds the office, up to the signed act
      const [registry, president] = [office.people.registry(TETOUAN), office.people.president(TETOUAN)];
      await complete(registry, id, 'CheckPlace', {
        suitable: choice === 'deliver',
        observations: 'Vu sur place.',
      });
      await complete(president, id, 'Decide', { choice, conditions: [] });
      if (choice === 'deliver') await complete(president, id, 'SignLicence', { confirm: true });
      else
        await complete(president, id, 'SignRefusal', {
          reasons: [{ article: 'Loi 113-14', text: 'Gêne la vue.' }],
        });
      const { dossier } = await applicant.get<{ dossier: { status: string; number: string } }>(
        `/dossiers/${id}`,
      );
      expect(dossier.status).to.equal(choice === 'deliver' ? 'delivered' : 'refused');
      expect(dossier.number).to.match(/-AP-2026-0000[12]$/);
      const { items } = await applicant.get<{ items: { id: string }[] }>(`/dossiers/${id}/decisions`);
      const act = await applicant.download(`/decisions/${items[0]?.id}/file`);
      expect(act.subarray(0, 5).toString()).to.equal('%PDF-');
      const receipt = await applicant.download(`/dossiers/${id}/receipt`);
      expect(receipt.subarray(0, 5).toString()).to.equal('%PDF-');
    }
  });

  async function complete(by: Person, dossier: string, flowNode: string, payload: unknown): Promise<void> {
    for (let tries = 0; tries < 100; tries += 1) {
      const { items } = await by.get<{ items: { id: string }[] }>(
        `/tasks?scope=all&status=open&dossier=${dossier}&flowNode=${flowNode}&limit=5`,
      );
      const [task] = items;
      if (task === undefined) {
        await new Promise((resolve) => setTimeout(resolve, 100));
        continue;
      }
      await by.post(`/tasks/${task.id}/claim`);
      await by.post(`/tasks/${task.id}/completion`, payload);
      return;
    }
    throw new Error(`${by.email} has no task ${flowNode}`);
  }
});

/** One grey pixel. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==',
  'base64',
);
