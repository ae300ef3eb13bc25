import { Readable } from 'node:stream';
import { DomainError } from '../../domain/errors.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { Actor } from '../../domain/party.ts';
import { samplePapers } from '../../gateways/samples/samplePapers.ts';
import type { Dependencies, RequestContext } from '../dependencies.ts';
import { addDocument } from '../documents/addDocument.ts';
import { signPlans } from '../dossiers/signPlans.ts';
import { startDraft } from '../dossiers/startDraft.ts';
import { submitApplication } from '../dossiers/submitApplication.ts';
import { completeTask } from '../tasks/completeTask.ts';
import { applicationOf, type Specimen, type Stage } from './specimens.ts';
import { TRAINING_COMMUNE } from './trainees.ts';

/** Who acts in the demonstration: by e-mail for the parties, by body for members and secretaries. */
export interface Cast {
  byEmail(local: string): Actor;
  ofBody(body: string): Actor;
}

const STEPS: Stage[] = [
  'draft',
  'filed',
  'complementAsked',
  'inCommittee',
  'beforeMinutes',
  'beforePresident',
  'beforePayment',
  'beforeSignature',
  'delivered',
];
const reaches = (specimen: Specimen, stage: Stage) => STEPS.indexOf(specimen.stage) >= STEPS.indexOf(stage);
const FAVOURABLE = { value: 'favourable', remarks: [] };

/** Brings one dossier of the demonstration to its stage, each step by the use case and the person whose it is. */
export async function playSpecimen(deps: Dependencies, cast: Cast, specimen: Specimen): Promise<void> {
  const { store } = deps;
  const as = (actor: Actor): RequestContext => ({
    actor,
    language: 'fr',
    idempotency: null,
    requestId: 'demonstration',
  });
  const owner = cast.byEmail(specimen.company === true ? 'company' : 'applicant');
  const architect = cast.byEmail('architect');
  const [account, drawer] = await Promise.all([
    store.accounts.get(owner.account),
    store.accounts.get(architect.account),
  ]);
  const { id } = await startDraft(deps, as(owner), {
    procedure: 'building-permit-small',
    commune: TRAINING_COMMUNE,
    architectEmail: drawer.email ?? undefined,
    application: applicationOf(specimen, { name: account.name, email: account.email ?? '' }),
  });
  for (const [piece, { fileName, bytes }] of await papersOf(specimen.variant)) {
    await addDocument(deps, as(owner), { dossier: id, piece, fileName, body: Readable.from([bytes]) });
  }
  if (!reaches(specimen, 'filed')) return;
  await signPlans(deps, as(architect), { id });
  const { instance } = await submitApplication(deps, as(owner), { id });

  /** Completes the one open task of a step, once what precedes it has been done. */
  const complete = async (actor: Actor, flowNode: string, payload: JsonObject): Promise<void> => {
    await deps.engine.settle(instance ?? undefined);
    const open = (await store.tasks.ofDossier(id)).filter(
      (task) => task.status === 'open' && task.flowNode === flowNode,
    );
    const mine = open.find(
      (task) => task.body === null || actor.grants.some((grant) => grant.body === task.body),
    );
    if (mine === undefined) throw new DomainError('TASK_NOT_FOUND', { flowNode });
    await completeTask(deps, as(actor), { id: mine.id, payload });
    await deps.engine.settle(instance ?? undefined);
  };

  if (specimen.stage === 'complementAsked') {
    return complete(cast.byEmail('registry'), 'CheckCompleteness', {
      complete: false,
      missing: [
        {
          piece: 'seismicCertificate',
          reason: 'L’attestation parasismique n’est pas jointe.',
          article: 'RGC 33',
        },
      ],
    });
  }
  if (!reaches(specimen, 'inCommittee')) return;
  await complete(cast.byEmail('registry'), 'CheckCompleteness', { complete: true, missing: [] });
  const { committee } = await store.dossiers.get(id);
  if (!reaches(specimen, 'beforeMinutes')) {
    // One member has answered: what the others do is left to whoever tries.
    const first = committee?.members.find((member) => !member.binding);
    if (first !== undefined) await complete(cast.ofBody(first.body), 'ReviewByMember', FAVOURABLE);
    return;
  }
  for (const { body, binding } of committee?.members ?? [])
    await complete(cast.ofBody(body), binding ? 'ReviewByUrbanAgency' : 'ReviewByMember', FAVOURABLE);
  if (!reaches(specimen, 'beforePresident')) return;
  await complete(cast.ofBody(committee?.secretariat ?? ''), 'DrawUpMinutes', {
    observations: 'Avis favorables de tous les membres.',
    proposal: 'deliver',
  });
  if (!reaches(specimen, 'beforePayment')) return;
  await complete(cast.byEmail('president'), 'Decide', {
    choice: 'deliver',
    conditions: ['Respecter l’alignement de la voie.'],
  });
  if (!reaches(specimen, 'beforeSignature')) return;
  const { tax } = await store.dossiers.get(id);
  if (tax !== null && tax.amount > 0) {
    await complete(cast.byEmail('treasurer'), 'RecordPayment', {
      receipt: `DEMO-${specimen.variant}`,
      amount: tax.amount,
      paidAt: deps.workingTime(TRAINING_COMMUNE).localDateOf(deps.clock.now()),
    });
  }
  if (reaches(specimen, 'delivered'))
    await complete(cast.byEmail('president'), 'SignLicence', { confirm: true });
}

/** The pieces of the closed list that a small house brings, drawn as specimens. */
async function papersOf(variant: number): Promise<[string, { fileName: string; bytes: Uint8Array }][]> {
  const made = await samplePapers(variant);
  const other = await samplePapers(variant + 50);
  return [
    ['ownershipProof', made.ownershipCertificate],
    ['identityDocument', made.identityCopy],
    ['signedRequest', made.signedRequest],
    ['architectContract', made.architectContract],
    ['architecturalPlan', made.architecturalPlan],
    ['boundaryPlan', made.boundaryPlan],
    ['dimensionedPlan', other.architecturalPlan],
    ['fireSafetyDocument', made.situationPlan],
  ];
}
