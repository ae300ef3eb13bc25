import type { JsonObject } from '../../domain/json.ts';
import type { DossierNeeds } from '../application.ts';
import { presentText } from './account.ts';
import { presentMaybeInstant } from './instant.ts';

/** What a dossier still lacks, and what would follow. */
export function presentNeeds(needs: DossierNeeds): JsonObject {
  const { size, tax, timeLimit, signature } = needs;
  return {
    version: needs.version,
    form: needs.form,
    faults: needs.faults.map(({ field, rule, params }) => ({ field, rule, params })),
    pieces: needs.pieces.map(({ piece, needed, present }) => ({
      code: piece.code,
      name: presentText(piece.name),
      kind: piece.kind,
      article: piece.article,
      plan: piece.plan,
      accept: piece.accept,
      doubt: piece.doubt ?? null,
      needed,
      present,
    })),
    served: needs.served,
    signature: { needed: signature.needed, done: signature.done, at: presentMaybeInstant(signature.at) },
    size: size && { size: size.size, rule: size.rule, article: size.article, doubt: size.doubt },
    tax: tax && {
      amount: tax.amount,
      currency: 'MAD',
      lowest: tax.lowest,
      highest: tax.highest,
      exemption: tax.exemption,
      article: tax.article,
      doubt: tax.doubt,
    },
    timeLimit: timeLimit && {
      amount: timeLimit.amount,
      unit: timeLimit.unit,
      article: timeLimit.article,
      doubt: timeLimit.doubt,
    },
    silenceIsApproval: needs.silenceIsApproval,
    unanswered: needs.unanswered,
  };
}
