import type { Decision } from '../../domain/decision.ts';
import type { Dossier } from '../../domain/dossier.ts';
import type { LocalizedText } from '../../domain/json.ts';
import type { PdfVerification } from '../../gateways/pdf/verify.ts';
import type { Core } from '../dependencies.ts';

/** What the public may know of an act whose file it holds. */
export interface ActFacts {
  /** The kind of act; `plan` for a plan that a licence approved. */
  kind: Decision['kind'] | 'plan';
  number: string;
  procedure: LocalizedText;
  commune: LocalizedText;
  issuedAt: number;
  signer: string | null;
}

/** What the check of a file found: genuine, changed since it was signed, or not ours at all. */
export interface FileVerification {
  result: 'valid' | 'altered' | 'unknown';
  /** True when a software key signed it, as in a demonstration. */
  test: boolean;
  /** Instant that the signature claims; told of genuine files only. */
  signedAt: number | null;
  reasons: string[];
  /** What the act says; null unless this very file was issued here. */
  act: ActFacts | null;
  sha256: string;
}

/** Findings that mean: it carries no signature of this server, and so says nothing about its acts. */
const FOREIGN = new Set(['NOT_SIGNED', 'UNTRUSTED_ROOT', 'NOT_A_PDF', 'ENCRYPTED', 'TOO_LARGE']);

/** Checks a PDF that anyone brings against the signatures and acts of this server; the file is not kept. */
export async function verifyFile(
  core: Core,
  _context: unknown,
  input: { pdf: Uint8Array },
): Promise<FileVerification> {
  const verdict = await core.pdfVerifier.verify(input.pdf, {
    rootPem: await core.signer.rootCertificatePem(),
  });
  const act = verdict.status === 'valid' ? await actOf(core, verdict.sha256) : null;
  return {
    result: resultOf(verdict),
    test: verdict.signer?.test ?? false,
    signedAt: verdict.status === 'valid' ? (verdict.signedAt ?? null) : null,
    reasons: verdict.reasons.map((reason) => reason.code),
    act,
    sha256: verdict.sha256,
  };
}

function resultOf({ status, reasons }: PdfVerification): FileVerification['result'] {
  if (status === 'valid') return 'valid';
  if (status === 'unreadable') return 'unknown';
  return reasons.some(({ code }) => FOREIGN.has(code)) ? 'unknown' : 'altered';
}

async function actOf(core: Core, sha256: string): Promise<ActFacts | null> {
  const decision = await core.store.decisions.findByDigest(sha256);
  const dossier = decision === null ? null : await core.store.dossiers.find(decision.dossier);
  if (decision === null || dossier?.definition == null) return null;
  return factsOf(core, decision, dossier, dossier.definition, decision.file?.sha256 !== sha256);
}

async function factsOf(
  core: Core,
  decision: Decision,
  dossier: Dossier,
  definition: string,
  isPlan: boolean,
): Promise<ActFacts> {
  const { settings } = await core.catalog.get(definition);
  return {
    kind: isPlan ? 'plan' : decision.kind,
    number: dossier.number ?? '',
    procedure: settings.name,
    commune: core.territories.get(dossier.commune).name,
    issuedAt: decision.signedAt ?? decision.decidedAt,
    signer: decision.signatory?.name ?? null,
  };
}
