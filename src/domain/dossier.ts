import type { DecisionChoice, Reason } from './decision.ts';
import type { JsonObject } from './json.ts';

export const DOSSIER_STATUSES = [
  'draft',
  'filed',
  'rejectedAtFiling',
  'underStudy',
  'delivered',
  'refused',
  'closedWithoutFollowUp',
  /** Its process was stopped by an operator: a state of the machine, not one that the law knows. */
  'stopped',
] as const;
export type DossierStatus = (typeof DOSSIER_STATUSES)[number];

/** What was asked of the applicant, and when it was answered; one per round (law 55-19). */
export interface Complement {
  round: number;
  requestedAt: number;
  requestedBy: string;
  /** `document`: the version that was there when it was asked for, which is no answer. */
  items: { piece: string; reason: string; article: string; document: string | null }[];
  answeredAt: number | null;
}

/** Who studies the dossier: the commune's one-stop shop, or the province's committee for small communes (RGC 10, 15). */
export interface Committee {
  kind: 'oneStopShop' | 'provincialCommittee';
  round: number;
  convenedAt: number;
  secretariat: string;
  members: { body: string; kind: string; binding: boolean }[];
  /** Members that had not answered when the sitting closed. */
  silent: string[];
  rule: string;
}

/** Minutes of the sitting: what was said, and the signed opinions they carry (RGC 34). */
export interface Minutes {
  round: number;
  drawnUpAt: number;
  drawnUpBy: string;
  observations: string;
  proposal: DecisionChoice;
  opinions: string[];
  silent: string[];
}

/** Tax on building operations, computed then collected before release (law 47-06, art. 50). */
export interface TaxAssessment {
  amount: number;
  currency: 'MAD';
  rule: string;
  lines: { label: string; quantity: number; rate: number; amount: number }[];
  exemption: string | null;
  source: string;
  computedAt: number;
  payment: { receipt: string; paidAt: string; recordedBy: string; recordedAt: number } | null;
}

/** The shared file of one application (ملف / dossier). */
export interface Dossier {
  id: string;
  /** `<commune>-<type>-<year>-<sequence>`, once the registry has numbered it. */
  number: string | null;
  procedure: string;
  /** Content hash of the procedure version it is filed under; null while a draft. */
  definition: string | null;
  instance: string | null;
  commune: string;
  status: DossierStatus;
  applicant: string;
  architect: string | null;
  createdBy: string;
  /** Where it was typed: by a party on line, or by the registry office for a person at its counter. */
  channel: 'online' | 'counter';
  application: JsonObject;
  round: number;
  /** The architect's signature over the plans' digests, renewed at each round. */
  architectSignatures: { round: number; payload: string; jws: string; at: number; account: string }[];
  receipt: { number: string; issuedAt: number; pieces: string[] } | null;
  filingRejection: { at: number; missing: { piece: string; article: string }[] } | null;
  classification: { size: 'small' | 'large'; rule: string; article: string } | null;
  complements: Complement[];
  committee: Committee | null;
  minutes: Minutes[];
  decision: {
    choice: DecisionChoice;
    reasons: Reason[];
    conditions: string[];
    at: number;
    by: string;
  } | null;
  reserves: { round: number; requestedAt: number; answeredAt: number | null; lifted: boolean | null }[];
  tax: TaxAssessment | null;
  /** Forms of tasks that no handler interprets, by flow node. */
  records: JsonObject;
  /** Instant from which the statutory delay of this round runs. */
  clockStartedAt: number | null;
  submittedAt: number | null;
  endedAt: number | null;
  createdAt: number;
  updatedAt: number;
  version: number;
}
