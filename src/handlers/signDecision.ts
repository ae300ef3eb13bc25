import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import type { ActKind, Decision, Reason } from '../domain/decision.ts';
import { DomainError } from '../domain/errors.ts';
import type { LocalizedText } from '../domain/json.ts';
import type { WorkingTime } from '../domain/legalTime/workingTime.ts';
import type { StoredFile } from '../gateways/files/files.ts';
import type { Core } from '../usecases/dependencies.ts';
import { dossierEvent } from '../usecases/dossierEvent.ts';
import { currentPlans } from '../usecases/dossiers/planDigests.ts';
import { changeDossier } from './changeDossier.ts';
import { decimal } from './letters/decimal.ts';
import { isForWorks, letterDate } from './letters/describeApplication.ts';
import { letterhead } from './letters/letterhead.ts';
import { bilingual } from './letters/names.ts';
import { printOpinions, printRemark } from './letters/printOpinions.ts';
import type { TaskHandler, TaskWork } from './taskHandler.ts';

type Kind = Exclude<ActKind, 'filingRejection'>;

/** Which act a president's signing task makes: its form tells. */
const ACT_OF_FORM: Record<string, Kind> = {
  signature: 'licence',
  refusal: 'refusal',
  modification: 'modification',
};

/** What the president may write in the forms of the acts; all of it is printed. */
interface Written {
  reasons?: Reason[];
  appeal?: string;
  message?: string;
}

const PRESIDENT: LocalizedText = {
  ar: 'رئيس مجلس الجماعة',
  fr: 'Le président du conseil communal',
  en: 'President of the communal council',
};

/** 160 unguessable bits, in letters that survive being read aloud (no I, L, O, U). */
function verificationCode(): string {
  const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  return Array.from(randomBytes(32), (byte) => alphabet[byte & 31]).join('');
}

/**
 * The president signs the act the diagram has come to: the licence with its approved plans (RGC 39), a reasoned
 * refusal (RGC 36; law 55-19), or the letter that asks for modifications (RGC 37).
 */
export const signDecision: TaskHandler = async (core, work) => {
  const { task, dossier: seen, actor, now } = work;
  const kind = actOf(work);
  const act = await drawUp(core, work, kind);
  return {
    variables: {},
    async write(tx) {
      const dossier = await changeDossier(core, tx, seen.id, now, ({ decision }) => ({
        decision: decision && { ...decision, reasons: act.reasons },
        ...(kind === 'refusal' ? { status: 'refused', endedAt: now } : {}),
      }));
      await core.store.decisions.insert(tx, act);
      const signed = dossierEvent(dossier, 'DocumentSigned', actor, now, {
        flowNode: task.flowNode,
        subject: act.id,
        article: task.article,
        data: { kind, round: dossier.round, sha256: act.file?.sha256 ?? null },
      });
      if (kind !== 'modification') return [signed];
      return [
        signed,
        dossierEvent(dossier, 'ModificationRequested', actor, now, {
          flowNode: task.flowNode,
          subject: act.id,
          article: 'RGC 37',
          data: { round: dossier.round },
        }),
      ];
    },
  };
};

/**
 * The letter as signing would make it of this form, marked as a draft: all of it is the same but the code with its QR,
 * which does not exist yet, the minute of signing and the signature.
 */
export async function previewAct(core: Core, work: TaskWork): Promise<Uint8Array> {
  return (await compose(core, work, actOf(work), null)).letter;
}

/** @throws DomainError DECISION_NOT_READY */
function actOf({ task, dossier }: TaskWork): Kind {
  const kind = ACT_OF_FORM[task.form?.split('/').at(-1) ?? ''];
  if (kind === undefined) throw new Error(`task ${task.flowNode} has no form that names an act`);
  if (dossier.decision === null) throw new DomainError('DECISION_NOT_READY', { dossier: dossier.id });
  return kind;
}

/** Renders the letter; without a verification code it is a draft. */
async function compose(core: Core, work: TaskWork, kind: Kind, code: string | null) {
  const { dossier, version, payload, actor, now } = work;
  const { reasons = [], appeal = null, message = null } = payload as Written;
  const workingTime = core.workingTime(dossier.commune);
  const account = await core.store.accounts.get(actor.account);
  const certificate = await core.signer.certificate(actor);
  const title = account.jobTitle ?? PRESIDENT;
  const head = await letterhead(core, dossier, version, now, certificate.test);
  const documents = await core.store.documents.ofDossier(dossier.id);
  const opinions = (await core.store.opinions.ofDossier(dossier.id)).filter(
    (one) => one.round === dossier.round,
  );
  const printed = await printOpinions(core, dossier, version, opinions, documents);
  const minutes = dossier.minutes.findLast((one) => one.round === dossier.round);
  const minutesOn = minutes === undefined ? null : letterDate(workingTime, minutes.drawnUpAt);
  const plans = kind === 'licence' ? currentPlans(version, documents) : [];
  const conditions = dossier.decision?.conditions ?? [];
  const common = {
    ...head,
    ...(isForWorks(dossier.application) ? {} : { legalBasis: legalBasisOf(version) }),
    verifyUrl: `${core.publicUrl}/verify/${code ?? ''}`,
    draft: code === null,
    opinions: printed,
    signature: { name: account.name, title: bilingual(title), on: letterDate(workingTime, now, true) },
  };
  const pieceName = (code: string) => {
    const piece = version.settings.pieces.find((one) => one.code === code);
    return piece === undefined ? { ar: code, fr: code } : bilingual(piece.name);
  };
  const request = {
    signer: core.signer,
    person: { account: actor.account, name: account.name },
    name: account.name,
    reason: `${version.settings.name.fr} ${dossier.number ?? ''}`,
    location: head.commune.fr,
    at: now,
  };
  const letter =
    kind === 'licence'
      ? await core.pdf.render('licence', {
          ...common,
          minutesOn,
          ...(isForWorks(dossier.application) ? {} : { clauses: clausesOf(version, printTax(dossier.tax)) }),
          conditions,
          reservesAnsweredOn: reservesAnsweredOn(dossier, workingTime),
          tax: printTax(dossier.tax),
          plans: plans.map(({ piece, fileName, version: number, sha256 }) => ({
            piece: pieceName(piece),
            fileName,
            version: number,
            sha256,
          })),
        })
      : kind === 'refusal'
        ? await core.pdf.render('refusal', { ...common, minutesOn, reasons, appeal })
        : await core.pdf.render('modification', {
            ...common,
            minutesOn,
            reasons,
            message,
            remarks: opinions
              .flatMap((one) => one.remarks)
              .map((one) => printRemark(version, documents, one)),
          });
  return { letter, request, head, certificate, plans, reasons, conditions, account, title };
}

/** Renders the letter, signs it, stamps and signs the plans: everything slow, before any transaction. */
async function drawUp(core: Core, work: TaskWork, kind: Kind): Promise<Decision> {
  const { dossier, actor, now } = work;
  const code = verificationCode();
  const { letter, request, head, certificate, plans, reasons, conditions, account, title } = await compose(
    core,
    work,
    kind,
    code,
  );
  const file = await keep(core, await core.pdfSigner.sign(letter, request));
  const bound: Decision['plans'] = [];
  for (const plan of plans) {
    const stamp = { number: head.number, date: head.date, commune: head.commune, test: certificate.test };
    const stamped =
      plan.mediaType === 'application/pdf'
        ? await keep(
            core,
            await core.pdfSigner.stampAndSign(await core.files.read(plan.sha256), { ...request, stamp }),
          )
        : null;
    bound.push({
      document: plan.id,
      piece: plan.piece,
      fileName: plan.fileName,
      sha256: plan.sha256,
      stamped: stamped?.sha256 ?? null,
    });
  }
  return {
    id: core.newId(),
    dossier: dossier.id,
    round: dossier.round,
    kind,
    choice: dossier.decision?.choice ?? null,
    reasons,
    conditions,
    decidedBy: dossier.decision?.by ?? null,
    decidedAt: dossier.decision?.at ?? now,
    signedBy: actor.account,
    signedAt: now,
    verificationCode: code,
    file: { sha256: file.sha256, size: file.size },
    plans: bound,
    status: 'issued',
    signatory: { name: account.name, title },
  };
}

const legalBasisOf = ({ settings }: TaskWork['version']) =>
  settings.legalBasis.map(({ article, text }) => ({ article, text: bilingual(text) }));

/** What the procedure says that its licence allows and orders; every licence leaves the rights of others whole. */
const clausesOf = ({ settings }: TaskWork['version'], paid: ReturnType<typeof printTax>) => [
  ...(settings.licence?.map(bilingual) ?? [
    {
      ar: 'يرخص لصاحب الطلب المذكور أعلاه بما هو مبين في هذا القرار.',
      fr: 'Le demandeur nommé ci-dessus est autorisé à faire ce que décrit la présente décision.',
    },
  ]),
  ...(paid === null
    ? []
    : [
        {
          ar: `أدى المستفيد الرسم المستحق وقدره ${paid.amount} درهم، حسب الوصل رقم ${paid.receipt}.`,
          fr: `Le bénéficiaire a acquitté la taxe due, soit ${paid.amount} DH, selon la quittance n° ${paid.receipt}.`,
        },
      ]),
  {
    ar: 'تسلم هذه الرخصة مع حفظ حقوق الغير.',
    fr: 'La présente autorisation est délivrée sous réserve des droits des tiers.',
  },
];

const keep = (core: Core, bytes: Buffer): Promise<StoredFile> => core.files.put(Readable.from([bytes]));

/** When the answer came that lifted the reserves of this round, if the decision was to have them lifted. */
function reservesAnsweredOn(
  { reserves, round }: TaskWork['dossier'],
  workingTime: WorkingTime,
): string | null {
  const lifted = reserves.findLast((one) => one.round === round && one.lifted === true);
  return lifted?.answeredAt == null ? null : letterDate(workingTime, lifted.answeredAt);
}

function printTax(tax: TaskWork['dossier']['tax']) {
  if (tax?.payment == null) return null;
  return {
    amount: decimal(tax.amount, 2),
    receipt: tax.payment.receipt,
    paidOn: tax.payment.paidAt,
  };
}
