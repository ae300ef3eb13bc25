import type { Clock, NewId } from '../domain/clock.ts';
import type { Language } from '../domain/json.ts';
import type { WorkingTime } from '../domain/legalTime/workingTime.ts';
import type { Actor } from '../domain/party.ts';
import type { QualityRules } from '../domain/quality.ts';
import type { Refusal } from '../engine/interpreter.ts';
import type { ProcessEngine } from '../engine/port.ts';
import type { Files } from '../gateways/files/files.ts';
import type { PartialFiles } from '../gateways/files/partialFiles.ts';
import type { PageCounter } from '../gateways/pdf/pageCounter.ts';
import type { PdfSigner } from '../gateways/pdf/pdfSigner.ts';
import type { PdfVerifier } from '../gateways/pdf/pdfVerifier.ts';
import type { PdfRenderer } from '../gateways/pdf/renderer.ts';
import type { QualityGate } from '../gateways/quality/qualityGate.ts';
import type { Signer } from '../gateways/signer/signer.ts';
import type { Territories } from '../procedures/territories.ts';
import type { ProcedureVersion } from '../procedures/types.ts';
import type { Store, Tx } from '../store/store.ts';
import type { AccessTokens } from './accounts/accessTokens.ts';
import type { FollowUp } from './follow/followUp.ts';

/** Who asks, in which language, and under which Idempotency-Key. */
export interface RequestContext {
  actor: Actor;
  language: Language;
  idempotency: { id: string; fingerprint: string } | null;
  requestId: string;
  /** What came with the request to confirm a signature. */
  confirmation?: string | null;
}

/** Published procedure versions, kept ready by content hash. */
export interface Catalog {
  /** @throws DomainError PROCEDURE_NOT_FOUND */
  get(hash: string): Promise<ProcedureVersion>;
  /** The version in force at an instant. @throws DomainError PROCEDURE_NOT_FOUND, PROCEDURE_NOT_IN_FORCE */
  inForce(id: string, at: number): Promise<ProcedureVersion>;
}

/** What use cases and handlers share without the engine, which itself calls handlers. */
export interface Core {
  store: Store;
  clock: Clock;
  /** Real time, for tokens, leases and secrets. */
  realNow: () => number;
  newId: NewId;
  catalog: Catalog;
  territories: Territories;
  /** Working time of a commune, with its local closures. */
  workingTime: (territory: string) => WorkingTime;
  files: Files;
  /** Counts the pages of a stored file without loading it into this thread. */
  pdfPages: PageCounter;
  /** Looks into files as they come in. */
  quality: QualityGate;
  qualityRules: QualityRules;
  /** Files on their way. */
  partialFiles: PartialFiles;
  signer: Signer;
  pdf: PdfRenderer;
  pdfSigner: PdfSigner;
  /** Checks what strangers bring, off this thread. */
  pdfVerifier: PdfVerifier;
  /** Follow-up secrets of dossiers, for those who hold the receipt. */
  followUp: FollowUp;
  /** Address under which the public reaches this server, without a slash at its end. */
  publicUrl: string;
  /** Tells who has just confirmed a signature. */
  accessTokens: AccessTokens;
  /** True when e-mails are sent: notifications then wait for the outbox. */
  mailEnabled: boolean;
}

/** What every use case may need; `main.ts` gives it once. */
export interface Dependencies extends Core {
  engine: ProcessEngine<Tx>;
  /** Why the engine that runs here would not run a diagram; empty when it would. */
  checkDiagram: (xml: string) => Promise<Refusal[]>;
}
