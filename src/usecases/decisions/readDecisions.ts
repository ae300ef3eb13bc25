import type { Readable } from 'node:stream';
import { isAllowed } from '../../domain/access.ts';
import type { Decision } from '../../domain/decision.ts';
import { DomainError } from '../../domain/errors.ts';
import type { Opinion } from '../../domain/opinion.ts';
import type { Core, RequestContext } from '../dependencies.ts';
import { visibleDossier } from '../dossiers/visibleDossier.ts';

interface FileAnswer {
  fileName: string;
  mediaType: string;
  content: Readable;
}

/** The signed acts of a dossier, oldest first. A licence appears to its parties once it is delivered (RGC 40). */
export async function listDecisions(
  core: Core,
  context: RequestContext,
  input: { dossier: string },
): Promise<Decision[]> {
  const dossier = await visibleDossier(core, context, input.dossier);
  const decisions = await core.store.decisions.ofDossier(dossier.id);
  const studies = isAllowed(context.actor, 'dossier.readStudy', dossier);
  return decisions.filter((one) => studies || one.kind !== 'licence' || dossier.status === 'delivered');
}

/** The signed document of an act. @throws DomainError DECISION_NOT_FOUND */
export async function openDecision(
  core: Core,
  context: RequestContext,
  input: { id: string },
): Promise<FileAnswer> {
  const decision = await visibleDecision(core, context, input.id);
  if (decision.file === null) throw new DomainError('NOT_AVAILABLE_YET', { document: decision.kind });
  const content = await core.files.open(decision.file.sha256);
  return {
    fileName: `${decision.kind}-${decision.verificationCode}.pdf`,
    mediaType: 'application/pdf',
    content,
  };
}

/** An approved plan, stamped and signed *ne varietur*. @throws DomainError DECISION_NOT_FOUND, DOCUMENT_NOT_FOUND */
export async function openApprovedPlan(
  core: Core,
  context: RequestContext,
  input: { id: string; document: string },
): Promise<FileAnswer> {
  const decision = await visibleDecision(core, context, input.id);
  const plan = decision.plans.find((one) => one.document === input.document);
  const document = plan === undefined ? null : await core.store.documents.find(plan.document);
  if (plan === undefined || document === null) {
    throw new DomainError('DOCUMENT_NOT_FOUND', { document: input.document });
  }
  return {
    fileName: document.fileName,
    mediaType: document.mediaType,
    content: await core.files.open(plan.stamped ?? plan.sha256),
  };
}

/** Opinions of a dossier: at once for those who study it, after the round's minutes for its parties. */
export async function listOpinions(
  core: Core,
  context: RequestContext,
  input: { dossier: string },
): Promise<Opinion[]> {
  const dossier = await visibleDossier(core, context, input.dossier);
  const opinions = await core.store.opinions.ofDossier(dossier.id);
  if (isAllowed(context.actor, 'dossier.readStudy', dossier)) return opinions;
  const told = new Set(dossier.minutes.flatMap((minutes) => minutes.opinions));
  return opinions.filter((opinion) => told.has(opinion.id));
}

async function visibleDecision(core: Core, context: RequestContext, id: string): Promise<Decision> {
  const decision = await core.store.decisions.find(id);
  const dossier = decision === null ? null : await core.store.dossiers.find(decision.dossier);
  const visible =
    decision !== null &&
    dossier !== null &&
    isAllowed(context.actor, 'dossier.read', dossier) &&
    (isAllowed(context.actor, 'dossier.readStudy', dossier) ||
      decision.kind !== 'licence' ||
      dossier.status === 'delivered');
  if (!visible) throw new DomainError('DECISION_NOT_FOUND', { decision: id });
  return decision;
}
