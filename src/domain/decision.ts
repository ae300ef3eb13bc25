import type { LocalizedText } from './json.ts';

/** What the president may choose when the minutes are on the table. */
export const DECISION_CHOICES = ['deliver', 'liftReserves', 'modify', 'refuse'] as const;
export type DecisionChoice = (typeof DECISION_CHOICES)[number];

/** A motive with the text it rests on (law 55-19: refusals are reasoned). */
export interface Reason {
  article: string;
  text: string;
}

/** A signed act that leaves the administration. */
export const ACT_KINDS = ['licence', 'refusal', 'modification', 'filingRejection'] as const;
export type ActKind = (typeof ACT_KINDS)[number];

/** A decision and the document that carries it. */
export interface Decision {
  id: string;
  dossier: string;
  round: number;
  kind: ActKind;
  choice: DecisionChoice | null;
  reasons: Reason[];
  /** Reserves without effect on the opinions, that the holder must respect. */
  conditions: string[];
  decidedBy: string | null;
  decidedAt: number;
  signedBy: string | null;
  signedAt: number | null;
  /** Unguessable code printed as a QR; null until signed. */
  verificationCode: string | null;
  file: { sha256: string; size: number } | null;
  /** Approved plans bound to a licence by their digests; PDF plans also stamped and signed. */
  plans: { document: string; piece: string; fileName: string; sha256: string; stamped: string | null }[];
  status: 'draft' | 'issued';
  signatory: { name: string; title: LocalizedText | null } | null;
}
