import type { JsonObject, Language } from '../../domain/json.ts';
import type { Translate } from '../../locales/translate.ts';
import type { FileVerification, Followed, ProjectAssessment, RegisteredLicence } from '../application.ts';
import { presentText } from './account.ts';
import { presentInstant, presentMaybeInstant } from './instant.ts';

/** A line of the public register: never a person, an address or a place on the map. */
export function presentLicence(licence: RegisteredLicence): JsonObject {
  return {
    number: licence.number,
    procedure: licence.procedure,
    procedureName: presentText(licence.procedureName),
    nature: licence.nature === null ? null : presentText(licence.nature),
    commune: licence.commune,
    communeName: presentText(licence.communeName),
    deliveredAt: presentInstant(licence.deliveredAt),
    status: licence.status,
  };
}

/** Where a dossier is, for whoever holds its receipt. */
export function presentFollowed(followed: Followed): JsonObject {
  const { timeLimit } = followed;
  return {
    number: followed.number,
    status: followed.status,
    procedure: presentText(followed.procedure),
    commune: presentText(followed.commune),
    stages: followed.stages.map(({ name, state }) => ({ name: presentText(name), state })),
    stage: followed.stage.map(({ name, party }) => ({ name: presentText(name), party })),
    submittedAt: presentMaybeInstant(followed.submittedAt),
    updatedAt: presentInstant(followed.updatedAt),
    endedAt: presentMaybeInstant(followed.endedAt),
    timeLimit: timeLimit && {
      amount: timeLimit.amount,
      unit: timeLimit.unit,
      article: timeLimit.article,
      doubt: timeLimit.doubt,
      dueAt: presentMaybeInstant(timeLimit.dueAt),
      running: timeLimit.running,
    },
  };
}

/** What the check of a file found. */
export function presentFileVerification(
  found: FileVerification,
  language: Language,
  translate: Translate,
): JsonObject {
  const { act } = found;
  return {
    result: found.result,
    test: found.test,
    signedAt: presentMaybeInstant(found.signedAt),
    reasons: found.reasons.map((code) => ({
      code,
      message: translate(language, `verification.reason.${code}`),
    })),
    act: act && {
      kind: act.kind,
      number: act.number,
      procedure: presentText(act.procedure),
      commune: presentText(act.commune),
      issuedAt: presentInstant(act.issuedAt),
      signer: act.signer,
    },
    sha256: found.sha256,
  };
}

/** What a project would be asked for. */
export function presentAssessment(assessment: ProjectAssessment): JsonObject {
  const { size, tax, timeLimit } = assessment;
  return {
    procedure: assessment.procedure,
    version: assessment.version,
    served: assessment.served,
    serves: assessment.serves,
    taxed: assessment.taxed,
    size: size && { size: size.size, rule: size.rule, article: size.article, doubt: size.doubt },
    pieces: assessment.pieces.map(({ piece, needed }) => ({
      code: piece.code,
      name: presentText(piece.name),
      kind: piece.kind,
      article: piece.article,
      plan: piece.plan,
      doubt: piece.doubt ?? null,
      needed,
    })),
    tax: tax && {
      amount: tax.amount,
      currency: 'MAD',
      lowest: tax.lowest,
      highest: tax.highest,
      lines: tax.lines.map(({ label, quantity, rate, amount }) => ({ label, quantity, rate, amount })),
      exemption: tax.exemption,
      article: tax.article,
      doubt: tax.doubt,
    },
    timeLimit: timeLimit && {
      amount: timeLimit.amount,
      unit: timeLimit.unit,
      article: timeLimit.article,
      source: timeLimit.source,
      doubt: timeLimit.doubt,
    },
    silenceIsApproval: assessment.silenceIsApproval,
    legalBasis: assessment.legalBasis.map(({ article, text }) => ({ article, text: presentText(text) })),
    unanswered: assessment.unanswered,
  };
}
