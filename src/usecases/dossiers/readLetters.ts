import { isAllowed } from '../../domain/access.ts';
import type { Dossier, Minutes } from '../../domain/dossier.ts';
import { DomainError } from '../../domain/errors.ts';
import { letterDate } from '../../handlers/letters/describeApplication.ts';
import { letterhead } from '../../handlers/letters/letterhead.ts';
import { bilingual } from '../../handlers/letters/names.ts';
import { printOpinions } from '../../handlers/letters/printOpinions.ts';
import type { ProcedureVersion } from '../../procedures/types.ts';
import type { Core, RequestContext } from '../dependencies.ts';
import { versionOf } from './readDossier.ts';
import { timeLimitOf } from './timeLimitOf.ts';
import { visibleDossier } from './visibleDossier.ts';

/** A file to send. */
export interface Letter {
  fileName: string;
  mediaType: string;
  content: Uint8Array;
}

const pdf = (fileName: string, content: Uint8Array): Letter => ({
  fileName,
  mediaType: 'application/pdf',
  content,
});

/** The numbered, dated receipt (law 55-19; RGC 30). @throws DomainError NOT_AVAILABLE_YET */
export async function readReceipt(
  core: Core,
  context: RequestContext,
  input: { id: string },
): Promise<Letter> {
  const dossier = await visibleDossier(core, context, input.id);
  if (dossier.receipt === null) throw new DomainError('NOT_AVAILABLE_YET', { document: 'receipt' });
  const { issuedAt, pieces, number } = dossier.receipt;
  const version = await versionOf(core, dossier);
  const workingTime = core.workingTime(dossier.commune);
  const limit = timeLimitOf(core, dossier, version);
  const documents = await core.store.documents.ofDossier(dossier.id);
  const content = await core.pdf.render('receipt', {
    ...(await letterhead(core, dossier, version, issuedAt, false)),
    receivedAt: letterDate(workingTime, issuedAt, true),
    answerBy: limit?.dueAt == null ? null : letterDate(workingTime, limit.dueAt - 1000),
    timeLimit: limitInWords(limit?.profile),
    legalBasis: limit?.profile.article ?? null,
    pieces: documents
      .filter((document) => pieces.includes(document.id))
      .map((document) => ({
        piece: pieceName(version, document.piece),
        fileName: document.fileName,
        version: document.version,
        sha256: document.sha256,
      })),
    followUrl: `${core.publicUrl}/follow`,
    followSecret: core.followUp.secretOf(dossier.id),
  });
  return pdf(`${number}-receipt.pdf`, content);
}

/** The dated refusal of a filing, naming the missing pieces (RGC 33). @throws DomainError NOT_AVAILABLE_YET */
export async function readFilingRejection(
  core: Core,
  context: RequestContext,
  input: { id: string },
): Promise<Letter> {
  const dossier = await visibleDossier(core, context, input.id);
  if (dossier.filingRejection === null)
    throw new DomainError('NOT_AVAILABLE_YET', { document: 'filingRejection' });
  const version = await versionOf(core, dossier);
  const content = await core.pdf.render('filingRejection', {
    ...(await letterhead(core, dossier, version, dossier.filingRejection.at, false)),
    missing: dossier.filingRejection.missing.map(({ piece, article }) => ({
      piece: pieceName(version, piece),
      basis: article,
    })),
    signature: null,
  });
  return pdf(`${dossier.number}-filing-rejection.pdf`, content);
}

/** The minutes of a round, for those who study the dossier, and for its parties once drawn up. */
export async function readMinutes(
  core: Core,
  context: RequestContext,
  input: { id: string; round?: number | undefined },
): Promise<Letter> {
  const dossier = await visibleDossier(core, context, input.id);
  const minutes = dossier.minutes.findLast((one) => input.round === undefined || one.round === input.round);
  if (minutes === undefined || !isAllowed(context.actor, 'dossier.read', dossier)) {
    throw new DomainError('NOT_AVAILABLE_YET', { document: 'minutes' });
  }
  return printMinutes(core, dossier, await versionOf(core, dossier), minutes);
}

/** Prints minutes, kept or still to be drawn up. */
export async function printMinutes(
  core: Core,
  dossier: Dossier,
  version: ProcedureVersion,
  minutes: Minutes,
  draft = false,
): Promise<Letter> {
  const workingTime = core.workingTime(dossier.commune);
  const opinions = (await core.store.opinions.ofDossier(dossier.id)).filter((one) =>
    minutes.opinions.includes(one.id),
  );
  const documents = await core.store.documents.ofDossier(dossier.id);
  const secretary = await core.store.accounts.find(minutes.drawnUpBy);
  const title = secretary?.jobTitle ?? { ar: 'كاتب اللجنة', fr: 'Secrétaire de la commission' };
  const content = await core.pdf.render('minutes', {
    ...(await letterhead(core, dossier, version, minutes.drawnUpAt, false)),
    draft,
    round: minutes.round,
    drawnUpOn: letterDate(workingTime, minutes.drawnUpAt),
    opinions: await printOpinions(core, dossier, version, opinions, documents),
    conclusion: minutes.observations,
    secretary: secretary && {
      name: secretary.name,
      title: bilingual(title),
      on: letterDate(workingTime, minutes.drawnUpAt, true),
    },
  });
  return pdf(`${dossier.number}-minutes-${minutes.round}.pdf`, content);
}

function pieceName(version: ProcedureVersion, code: string) {
  const piece = version.settings.pieces.find((one) => one.code === code);
  return piece === undefined ? { ar: code, fr: code } : bilingual(piece.name);
}

/** Arabic counts days in the plural up to ten, and in the singular from eleven on. */
function limitInWords(profile: { amount: number; unit: string } | undefined) {
  if (profile === undefined) return { ar: '', fr: '' };
  const { amount, unit } = profile;
  const few = amount >= 3 && amount <= 10;
  return unit === 'workingDays'
    ? { ar: `${amount} ${few ? 'أيام' : 'يوم'} عمل`, fr: `${amount} jours ouvrables` }
    : { ar: `${amount} ${few ? 'أيام' : 'يوما'}`, fr: `${amount} jours` };
}
