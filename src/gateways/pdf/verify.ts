import { type Holder, holderOf } from '../signer/certificates.ts';
import { certificatesFromPem, faultInChain } from '../signer/chain.ts';
import { readDer } from '../signer/der.ts';
import { faultInSignature, type ParsedSignature, parseSignedData, sha256 } from './cms.ts';
import type { Reason, ReasonCode } from './reasons.ts';
import { lastSignature, type SignatureSlot } from './signatureSlot.ts';
import { faultInStructure } from './structure.ts';

/** What a check of a signed PDF found; `reasons` is empty exactly when it is valid. */
export interface PdfVerification {
  status: 'valid' | 'invalid' | 'unreadable';
  reasons: Reason[];
  /** What the certificate says, trusted only when the status is `valid`. */
  signer?: { name: string; account?: string; test: boolean };
  /** The instant claimed in the document, UTC epoch milliseconds. */
  signedAt?: number;
  /** Why and where it was signed, as the signature says. */
  purpose?: string;
  location?: string;
  coversWholeFile: boolean;
  sha256: string;
}

/** What the signature is judged by. */
export interface Trust {
  /** One or more PEM certificates, each trusted as a root. */
  rootPem: string;
  /** Digest of the copy that the administration keeps, when it is known. */
  expectedSha256?: string | undefined;
}

const LARGEST = 300_000_000;

function partsOf(contents: string): { parsed: ParsedSignature; holder: Holder } | { fault: ReasonCode } {
  try {
    // Lower case only: the same bytes written otherwise would be a change that no digest sees.
    if (!/^(?:[0-9a-f]{2})+$/.test(contents)) return { fault: 'MALFORMED_SIGNATURE' };
    const bytes = Buffer.from(contents, 'hex');
    const cms = readDer(bytes).raw;
    if (bytes.subarray(cms.length).some((byte) => byte !== 0)) return { fault: 'PADDING_NOT_EMPTY' };
    const parsed = parseSignedData(cms);
    return { parsed, holder: holderOf(parsed.leaf.raw) };
  } catch {
    return { fault: 'MALFORMED_SIGNATURE' };
  }
}

function judge(file: Buffer, slot: SignatureSlot, trust: Trust): Omit<PdfVerification, 'sha256'> {
  const roots = certificatesFromPem(trust.rootPem);
  if (roots.length === 0) throw new Error('The trusted root is not a PEM certificate.');
  const codes: ReasonCode[] = [];
  if (slot.trailing > 0) codes.push('CHANGED_AFTER_SIGNING');
  if (Number.isNaN(slot.at)) codes.push('SIGNING_TIME_MISSING');
  const parts = partsOf(slot.contents);
  let about: Pick<PdfVerification, 'signer'> = {};
  if ('fault' in parts) {
    codes.push(parts.fault);
  } else {
    const { leaf, others } = parts.parsed;
    const covered = file.subarray(slot.end, file.length - slot.trailing);
    const digest = sha256(file.subarray(0, slot.start), covered);
    const instants = Number.isNaN(slot.at) ? [Date.now()] : [Date.now(), slot.at];
    const faults = [faultInSignature(parts.parsed, digest), faultInChain(leaf, others, roots, instants)];
    codes.push(...faults.filter((fault) => fault !== null));
    const { name, account, test } = parts.holder;
    about = { signer: { name, test, ...(account === '' ? {} : { account }) } };
  }
  return {
    status: codes.length === 0 ? 'valid' : 'invalid',
    reasons: codes.map((code) => ({
      code,
      params: code === 'CHANGED_AFTER_SIGNING' ? { bytes: slot.trailing } : {},
    })),
    ...about,
    ...(Number.isNaN(slot.at) ? {} : { signedAt: slot.at }),
    purpose: slot.reason,
    location: slot.location,
    coversWholeFile: slot.trailing === 0,
  };
}

function refusal(status: 'invalid' | 'unreadable', code: ReasonCode): Omit<PdfVerification, 'sha256'> {
  return { status, reasons: [{ code, params: {} }], coversWholeFile: false };
}

function examine(file: Buffer, trust: Trust): Omit<PdfVerification, 'sha256'> {
  if (file.length > LARGEST) return refusal('unreadable', 'TOO_LARGE');
  const slot = lastSignature(file);
  if (slot === null) {
    const fault = faultInStructure(file);
    return fault === null ? refusal('invalid', 'NOT_SIGNED') : refusal('unreadable', fault);
  }
  if (slot === 'inconsistent') return refusal('invalid', 'RANGE_INCONSISTENT');
  if (slot.trailing < 0) {
    const isCutOff = !file.toString('latin1', Math.max(0, file.length - 32)).includes('%%EOF');
    return isCutOff ? refusal('unreadable', 'TRUNCATED') : refusal('invalid', 'RANGE_INCONSISTENT');
  }
  return judge(file, slot, trust);
}

/**
 * Checks a PDF that this product signed. The last signature must cover every byte of the file but its own CMS, so
 * whatever was added, drawn or changed since is found without interpreting it; revisions before it are part of what was
 * signed. The CMS must be exactly what the writer makes (no loose certificates, no unsigned attributes, zero padding).
 * The chain must be valid at the claimed instant and now, in real time.
 * @throws Error when `rootPem` holds no certificate.
 */
export function verifyPdf(file: Uint8Array, trust: Trust): PdfVerification {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.length);
  const digest = sha256(bytes).toString('hex');
  const found = examine(bytes, trust);
  if (
    trust.expectedSha256 === undefined ||
    trust.expectedSha256 === digest ||
    found.status === 'unreadable'
  ) {
    return { ...found, sha256: digest };
  }
  const reasons: Reason[] = [...found.reasons, { code: 'DIFFERENT_FILE', params: {} }];
  return { ...found, status: 'invalid', reasons, sha256: digest };
}
