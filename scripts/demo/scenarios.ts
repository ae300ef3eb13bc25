import type { Filing, Sample } from './filing.ts';
import type { DemoCommune, People } from './people.ts';
import { applicationOf, type Project, piecesOf } from './projects.ts';

export type Outcome =
  | 'rejectedAtFiling'
  | 'delivered'
  | 'deliveredAfterReserves'
  | 'deliveredAfterModification'
  | 'refused'
  | 'deliveredDespiteSilentMember'
  | 'escalatedSilentAgency'
  | 'secondComplementRefused';

export type Wait = (duration: { minutes?: number; workingDays?: number }) => Promise<void>;

interface Stage {
  people: People;
  wait: Wait;
  /** Folder for the files of the project. */
  directory: string;
  /** Today's date, as the treasurer writes it on a receipt. */
  today(): Promise<string>;
}

export interface Scenario {
  outcome: Outcome;
  commune: string;
  project: Project;
  play(filing: Filing, stage: Stage, pieces: Sample[]): Promise<void>;
}

/** Communes of the demonstration: above and below 50,000 inhabitants, in six provinces. */
export const COMMUNES: DemoCommune[] = [
  { code: '01.571.01.11', fr: 'Tétouan', ar: 'تطوان', province: '01.571' },
  { code: '01.151.01.01', fr: 'Chefchaouen', ar: 'شفشاون', province: '01.151' },
  { code: '01.331.01.03', fr: 'Larache', ar: 'العرائش', province: '01.331' },
  { code: '01.573.01.03', fr: 'Martil', ar: 'مرتيل', province: '01.573' },
  { code: '01.405.01.09', fr: 'Ouezzane', ar: 'وزان', province: '01.405' },
  { code: '01.151.05.01', fr: 'Bab Taza', ar: 'باب تازة', province: '01.151' },
  { code: '01.511.01.00', fr: 'Tanger', ar: 'طنجة', province: '01.511' },
];

/** Bodies that give the binding opinion; how the territory is shared between them is of the demonstration only. */
export const AGENCIES = [
  {
    id: 'agency-tetouan',
    fr: 'Agence urbaine de Tétouan',
    ar: 'الوكالة الحضرية لتطوان',
    provinces: ['01.571', '01.573', '01.151', '01.331', '01.405'],
  },
  { id: 'agency-tanger', fr: 'Agence urbaine de Tanger', ar: 'الوكالة الحضرية لطنجة', provinces: ['01.511'] },
];

const FAVOURABLE = { value: 'favourable', remarks: [] };
const at = (variant: number): [number, number] => [-5.4 - variant / 1000, 35.2 + variant / 1000];
const project = (variant: number, street: string, more: Partial<Project> = {}): Project => ({
  variant,
  address: `${variant}, ${street}`,
  at: at(variant),
  ...more,
});

const file = async (filing: Filing, { project: what }: Scenario, pieces: Sample[]): Promise<void> =>
  filing.file(applicationOf(what), pieces);

async function toDelivery(filing: Filing, stage: Stage): Promise<void> {
  await stage.wait({ minutes: 30 });
  await filing.release(`Q-${filing.number}`, await stage.today());
}

async function studied(filing: Filing, stage: Stage, agency: unknown = FAVOURABLE): Promise<void> {
  await filing.checkedComplete();
  await stage.wait({ minutes: 45 });
  await filing.opinions(agency);
  await stage.wait({ workingDays: 1 });
}

async function delivered(filing: Filing, stage: Stage): Promise<void> {
  await studied(filing, stage);
  await filing.minutes('Avis favorables de tous les membres.', 'deliver');
  await filing.decide('deliver', ['Respecter l’alignement de la voie.']);
  await toDelivery(filing, stage);
}

const plain = (commune: string, what: Project): Scenario => ({
  outcome: 'delivered',
  commune,
  project: what,
  async play(filing, stage, pieces) {
    await file(filing, this, pieces);
    await delivered(filing, stage);
  },
});

/** A remark of the urban agency, which reads the file from the moment on at which it is asked for its opinion. */
async function agencyRemark(
  filing: Filing,
  piece: string,
  article: string,
  text: string,
  reserve: boolean,
): Promise<unknown> {
  const agent = filing.people.member('agency-tetouan');
  await filing.task(agent, 'ReviewByUrbanAgency');
  return filing.remark(agent, piece, article, text, reserve);
}

const reserves = (commune: string, what: Project): Scenario => ({
  outcome: 'deliveredAfterReserves',
  commune,
  project: what,
  async play(filing, stage, pieces) {
    await file(filing, this, pieces);
    await filing.checkedComplete();
    const remark = await agencyRemark(
      filing,
      'architecturalPlan',
      'RGC 38',
      'Coter la hauteur de l’acrotère.',
      true,
    );
    await filing.opinions({ value: 'favourableWithReserves', remarks: [remark] });
    await stage.wait({ workingDays: 1 });
    await filing.minutes('Une réserve mineure, sans effet sur les avis.', 'liftReserves');
    await filing.decide('liftReserves');
    await stage.wait({ workingDays: 2 });
    await filing.complete(filing.owner, 'LiftReserves', {
      answer: 'La cote figure désormais sur la coupe A-A.',
    });
    await filing.complete(filing.people.registry(filing.commune.code), 'CheckReserves', { lifted: true });
    await toDelivery(filing, stage);
  },
});

const modification = (commune: string, what: Project): Scenario => ({
  outcome: 'deliveredAfterModification',
  commune,
  project: what,
  async play(filing, stage, pieces) {
    await file(filing, this, pieces);
    await filing.checkedComplete();
    const remark = await agencyRemark(
      filing,
      'architecturalPlan',
      'RGC 37',
      'Le recul sur voie n’est pas respecté.',
      false,
    );
    await filing.opinions({ value: 'unfavourable', remarks: [remark] });
    await stage.wait({ workingDays: 1 });
    await filing.minutes('Le projet est à modifier.', 'modify');
    await filing.decide('modify');
    const president = filing.people.president(filing.commune.code);
    await filing.complete(president, 'SignModificationLetter', {
      reasons: [{ article: 'RGC 37', text: 'Porter le recul à quatre mètres.' }],
    });
    await stage.wait({ workingDays: 6 });
    const next = await piecesOf(stage.directory, what, 2);
    await filing.task(filing.owner, 'SubmitModifiedProject');
    for (const piece of next.filter((one) => one.piece === 'architecturalPlan')) await filing.upload(piece);
    await filing.people.architect.post(`/dossiers/${filing.id}/architect-signature`);
    await filing.complete(filing.owner, 'SubmitModifiedProject', { message: 'Recul porté à quatre mètres.' });
    await delivered(filing, stage);
  },
});

/** The twelve dossiers, in the order in which they are filed. */
export const SCENARIOS: Scenario[] = [
  plain('01.571.01.11', project(1, 'avenue de la Marche verte')),
  {
    outcome: 'rejectedAtFiling',
    commune: '01.331.01.03',
    project: project(2, 'rue du Port'),
    async play(filing, _stage, pieces) {
      await file(
        filing,
        this,
        pieces.filter((piece) => piece.piece !== 'ownershipProof'),
      );
    },
  },
  plain('01.151.01.01', project(3, 'place Outa El Hammam')),
  reserves('01.571.01.11', project(4, 'rue des Orangers')),
  modification('01.573.01.03', project(5, 'boulevard de la Corniche', { company: true })),
  {
    outcome: 'refused',
    commune: '01.405.01.09',
    project: project(6, 'quartier El Adir'),
    async play(filing, stage, pieces) {
      await file(filing, this, pieces);
      await filing.checkedComplete();
      const remark = await agencyRemark(
        filing,
        'boundaryPlan',
        'Loi 12-90, art. 43',
        'Terrain en zone non aedificandi.',
        false,
      );
      await filing.opinions({ value: 'unfavourable', remarks: [remark] });
      await stage.wait({ workingDays: 1 });
      await filing.minutes('Le projet ne peut être autorisé à cet endroit.', 'refuse');
      await filing.decide('refuse');
      await filing.complete(filing.people.president(filing.commune.code), 'SignRefusal', {
        reasons: [
          { article: 'Loi 12-90, art. 43', text: 'Le terrain est grevé d’une servitude non aedificandi.' },
        ],
      });
    },
  },
  {
    outcome: 'deliveredDespiteSilentMember',
    commune: '01.151.01.01',
    project: project(7, 'rue Sidi Srif'),
    async play(filing, stage, pieces) {
      await file(filing, this, pieces);
      await filing.checkedComplete();
      await filing.opinions(FAVOURABLE, { silent: ['province'] });
      await stage.wait({ workingDays: 3 });
      await filing.minutes('Le représentant de la province n’a pas répondu dans le délai.', 'deliver');
      await filing.decide('deliver');
      await toDelivery(filing, stage);
    },
  },
  {
    outcome: 'escalatedSilentAgency',
    commune: '01.151.05.01',
    project: project(8, 'route de Chefchaouen'),
    async play(filing, stage, pieces) {
      await file(filing, this, pieces);
      await filing.checkedComplete();
      await filing.opinions(FAVOURABLE, { silent: ['urbanAgency'] });
      await stage.wait({ workingDays: 3 });
      await filing.complete(filing.people.governor(filing.commune.province), 'PromptUrbanAgency', {
        message: 'L’avis conforme est attendu depuis trois jours ouvrables.',
      });
    },
  },
  {
    outcome: 'secondComplementRefused',
    commune: '01.511.01.00',
    project: project(9, 'rue de la Plage', { company: true }),
    async play(filing, stage, pieces) {
      const registry = filing.people.registry(filing.commune.code);
      await file(filing, this, pieces);
      const missing = [{ piece: 'seismicCertificate', reason: 'Attestation non jointe.', article: 'RGC 33' }];
      await filing.complete(registry, 'CheckCompleteness', { complete: false, missing });
      await stage.wait({ workingDays: 2 });
      // Pieces are taken from the moment on at which somebody asks for them.
      await filing.task(filing.owner, 'AnswerComplement');
      const [any] = pieces;
      if (any !== undefined) await filing.upload({ ...any, piece: 'seismicCertificate' });
      await filing.complete(filing.owner, 'AnswerComplement', { message: 'Attestation jointe.' });
      const again = [{ piece: 'energyEfficiencyDocument', reason: 'Document non joint.', article: 'RGC 33' }];
      const code = await filing.refused(registry, 'CheckCompleteness', { complete: false, missing: again });
      if (code !== 'COMPLEMENT_ALREADY_REQUESTED') throw new Error(`refused with ${code}`);
      await delivered(filing, stage);
    },
  },
  plain('01.151.05.01', project(10, 'douar Tanghaya', { socialHousing: true })),
  reserves('01.573.01.03', project(11, 'avenue Hassan II')),
  plain('01.511.01.00', project(12, 'avenue des FAR')),
];
