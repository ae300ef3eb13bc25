import type { Signatory, Signer } from '../signer/signer.ts';
import type { Bilingual } from './templates.ts';

/** What a signature in a PDF says of itself, beside the key that made it. */
export interface SignatureRequest {
  signer: Signer;
  person: Signatory;
  /** Name as shown by readers, e.g. the president's. */
  name: string;
  reason: string;
  location: string;
  /** Signing instant claimed in the document, UTC epoch milliseconds of the business clock. */
  at: number;
}

/** What is printed on each page of a plan that is approved. */
export interface PlanStamp {
  /** Number of the licence or dossier. */
  number: string;
  /** Local date, as in letters. */
  date: string;
  commune: Bilingual;
  /** True when the signing key is for tests. */
  test: boolean;
}

/** Signs PDF documents (PAdES B-B) and stamps approved plans. */
export interface PdfSigner {
  /**
   * Adds one signature as an incremental revision that covers the whole file.
   * @throws DomainError `UNREADABLE_FILE` when the PDF is broken or encrypted.
   */
  sign(pdf: Uint8Array, request: SignatureRequest): Promise<Buffer>;
  /**
   * Stamps every page of an approved plan *ne varietur* and signs the result.
   * @throws DomainError `UNREADABLE_FILE` when the PDF is broken or encrypted.
   */
  stampAndSign(plan: Uint8Array, request: SignatureRequest & { stamp: PlanStamp }): Promise<Buffer>;
}
