import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Document } from '../../domain/document.ts';
import type { Dossier } from '../../domain/dossier.ts';
import type { Json } from '../../domain/json.ts';
import type { ProcedureVersion } from '../../procedures/types.ts';

/** The current plans of a dossier, in the fixed order in which the architect signs them. */
export function currentPlans(version: ProcedureVersion, documents: Document[]): Document[] {
  const plans = new Set(version.settings.pieces.filter((piece) => piece.plan).map((piece) => piece.code));
  return documents
    .filter((document) => document.current && plans.has(document.piece))
    .sort((a, b) => (a.piece < b.piece ? -1 : 1));
}

const digestOf = (application: Dossier['application']): string =>
  createHash('sha256')
    .update(canonicalize(application) ?? '')
    .digest('hex');

/** What the architect signs: the application as it is typed, and which plans, in which version, with which digests. */
export function planStatement(dossier: Dossier, round: number, plans: Document[]): Json {
  return {
    type: 'planSignature',
    dossier: dossier.id,
    round,
    application: digestOf(dossier.application),
    plans: plans.map(({ id, piece, version, sha256 }) => ({ document: id, piece, version, sha256 })),
  };
}

/** Tells whether the dossier's own architect has signed, for a round, exactly this application and these plans. */
export function plansAreSigned(dossier: Dossier, round: number, plans: Document[]): boolean {
  const signature = dossier.architectSignatures.findLast((one) => one.round === round);
  if (signature === undefined || signature.account !== dossier.architect) return false;
  const signed = JSON.parse(signature.payload) as {
    application: string;
    plans: { document: string; sha256: string }[];
  };
  const digests = (all: { sha256: string }[]) => all.map((plan) => plan.sha256).join();
  return signed.application === digestOf(dossier.application) && digests(signed.plans) === digests(plans);
}
