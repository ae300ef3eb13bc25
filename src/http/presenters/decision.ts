import type { Decision } from '../../domain/decision.ts';
import type { JsonObject, Language } from '../../domain/json.ts';
import type { Opinion } from '../../domain/opinion.ts';
import type { Translate } from '../../locales/translate.ts';
import type { Verification } from '../application.ts';
import { presentText } from './account.ts';
import { presentInstant, presentMaybeInstant } from './instant.ts';

/** An act of the administration. */
export function presentDecision(decision: Decision): JsonObject {
  const { file, signatory } = decision;
  return {
    id: decision.id,
    dossier: decision.dossier,
    round: decision.round,
    kind: decision.kind,
    choice: decision.choice,
    reasons: decision.reasons.map(({ article, text }) => ({ article, text })),
    conditions: decision.conditions,
    decidedBy: decision.decidedBy,
    decidedAt: presentInstant(decision.decidedAt),
    signedBy: decision.signedBy,
    signedAt: presentMaybeInstant(decision.signedAt),
    verificationCode: decision.verificationCode,
    file: file && { sha256: file.sha256, size: file.size },
    plans: decision.plans.map(({ document, piece, fileName, sha256, stamped }) => ({
      document,
      piece,
      fileName,
      sha256,
      stamped,
    })),
    status: decision.status,
    signatory: signatory && {
      name: signatory.name,
      title: signatory.title === null ? null : presentText(signatory.title),
    },
  };
}

/** A body's opinion with the signature that proves it. */
export function presentOpinion(opinion: Opinion): JsonObject {
  return {
    id: opinion.id,
    dossier: opinion.dossier,
    task: opinion.task,
    round: opinion.round,
    body: opinion.body,
    bodyKind: opinion.bodyKind,
    member: opinion.member,
    value: opinion.value,
    remarks: opinion.remarks.map(({ document, page, article, text, reserve, zone }) => ({
      document,
      page,
      article,
      text,
      reserve,
      zone: zone === undefined ? null : { ...zone },
    })),
    observations: opinion.observations,
    givenAt: presentInstant(opinion.givenAt),
    payload: opinion.payload,
    jws: opinion.jws,
  };
}

/** What the public learns of an act. */
export function presentVerification(
  verification: Verification,
  language: Language,
  translate: Translate,
): JsonObject {
  return {
    valid: verification.valid,
    status: verification.status,
    kind: verification.kind,
    number: verification.number,
    procedure: presentText(verification.procedure),
    commune: presentText(verification.commune),
    issuedAt: presentInstant(verification.issuedAt),
    signer: verification.signer,
    test: verification.test,
    reasons: verification.reasons.map((code) => ({
      code,
      message: translate(language, `verification.reason.${code}`),
    })),
  };
}
