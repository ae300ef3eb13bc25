import { DomainError } from '../../domain/errors.ts';
import type { LocalizedText } from '../../domain/json.ts';
import { verifyPdf } from '../../gateways/pdf/verify.ts';
import type { Core } from '../dependencies.ts';

/** What the public may know of an act from its code: that it is genuine, and nothing personal. */
export interface Verification {
  valid: boolean;
  status: string;
  kind: string;
  number: string;
  procedure: LocalizedText;
  commune: LocalizedText;
  issuedAt: number;
  signer: string | null;
  test: boolean;
  reasons: string[];
}

/** Checks the stored act behind a code, signature and digest. @throws DomainError VERIFICATION_CODE_NOT_FOUND */
export async function verifyAct(
  core: Core,
  _context: unknown,
  input: { code: string },
): Promise<Verification> {
  // Codes are read aloud and typed: case and separators do not count.
  const code = input.code.toUpperCase().replace(/[^0-9A-Z]/g, '');
  const decision = await core.store.decisions.findByCode(code);
  const dossier = decision === null ? null : await core.store.dossiers.find(decision.dossier);
  if (decision?.file == null || dossier?.definition == null) {
    throw new DomainError('VERIFICATION_CODE_NOT_FOUND');
  }
  const { settings } = await core.catalog.get(dossier.definition);
  const verdict = await verifyPdf(await core.files.read(decision.file.sha256), {
    rootPem: await core.signer.rootCertificatePem(),
    expectedSha256: decision.file.sha256,
  });
  return {
    valid: verdict.status === 'valid',
    status: verdict.status,
    kind: decision.kind,
    number: dossier.number ?? '',
    procedure: settings.name,
    commune: core.territories.get(dossier.commune).name,
    issuedAt: decision.signedAt ?? decision.decidedAt,
    signer: decision.signatory?.name ?? null,
    test: verdict.signer?.test ?? false,
    reasons: verdict.reasons.map((reason) => reason.code),
  };
}
