import type { OpinionValue } from '../../domain/opinion.ts';

/** A text in the two languages of every letter. */
export interface Bilingual {
  ar: string;
  fr: string;
}

/**
 * A local (Moroccan) date `2026-11-23` or date and time `2026-11-23T10:15`, printed in words in both languages;
 * anything else prints as it is, an empty text as nothing.
 */
export type LetterDate = string;

/** One row of a table of facts; a plain string is printed once for both languages. */
export interface Fact {
  label: Bilingual;
  value: Bilingual | string;
}

/** What every letter has in its head. */
export interface Letterhead {
  /** Names of territories, bare ("Chefchaouen") or with what they are ("Province de Chefchaouen"). */
  province: Bilingual;
  commune: Bilingual;
  /** What a bare `province` is; a province when it is left out. */
  provinceKind?: 'province' | 'prefecture' | undefined;
  /** Number of the act or, for a receipt, of the dossier. */
  number: string;
  date: LetterDate;
  /** True when the signing key is for tests: printed large, in both languages. */
  test: boolean;
  /** True for what is shown before it is signed: printed large, and without the code that only signing gives. */
  draft?: boolean | undefined;
}

/** What the letter is about. */
export interface Application {
  number: string;
  filedOn: LetterDate;
  procedure: Bilingual;
  /** Name of the applicant, and as written in Arabic when it is known. */
  applicant: string;
  applicantAr?: string | undefined;
  architect?: string | undefined;
  /** The three following are known of works on a piece of land only. */
  works?: Bilingual | string | undefined;
  address?: string | undefined;
  /** Land title, requisition or deed. */
  landReference?: string | undefined;
  /** More rows of the table of the project: area, storeys, dwellings… */
  facts: Fact[];
}

/** One body's word, as the decision and the minutes quote it; `silent` for a body that did not answer in time. */
export interface PrintedOpinion {
  body: Bilingual;
  value: OpinionValue | 'silent';
  on: LetterDate;
  member?: string | undefined;
  observations?: string | undefined;
  remarks?: PrintedRemark[] | undefined;
}

/** One remark with its place and its article. */
export interface PrintedRemark {
  document: Bilingual | string;
  page: number;
  article: string;
  text: string;
}

/** An approved plan, bound to the licence by its digest. */
export interface PrintedPlan {
  piece: Bilingual;
  fileName: string;
  version: number;
  sha256: string;
}

/** Who signs, as printed under the letter. */
export interface SignatureBlock {
  name: string;
  title: Bilingual;
  on: LetterDate;
  /** A delegation, when the holder of the office does not sign in person. */
  delegation?: Bilingual | undefined;
}

/** Common to the acts a president signs. */
export interface Act extends Letterhead {
  application: Application;
  /** The texts that the procedure rests on; left out: those on building. */
  legalBasis?: { article: string; text: Bilingual }[] | undefined;
  signature: SignatureBlock;
}

export interface LicenceData extends Act {
  /** Address printed as a QR, `<PUBLIC_URL>/verify/<code>`. */
  verifyUrl: string;
  /** Null where no committee sat. */
  minutesOn: LetterDate | null;
  /** What the act allows and orders; left out: what the law says of building. */
  clauses?: Bilingual[] | undefined;
  opinions: PrintedOpinion[];
  /** When the answer came that lifted the committee's reserves (RGC 38); null when the decision asked for none. */
  reservesAnsweredOn: LetterDate | null;
  /** The construction tax that was paid, in dirhams as people write them ("12 625,00"); null when none is due. */
  tax: { amount: string; receipt: string; paidOn: LetterDate } | null;
  plans: PrintedPlan[];
  /** Reserves to respect that do not change the opinions. */
  conditions: string[];
}

export interface RefusalData extends Act {
  verifyUrl: string;
  minutesOn: LetterDate | null;
  opinions: PrintedOpinion[];
  reasons: { article: string; text: string }[];
  /** What the president adds on the ways to appeal. */
  appeal: string | null;
}

export interface ModificationData extends Act {
  verifyUrl: string;
  minutesOn: LetterDate | null;
  opinions: PrintedOpinion[];
  remarks: PrintedRemark[];
  reasons: { article: string; text: string }[];
  /** What the president writes to the applicant. */
  message: string | null;
}

/** A filing that cannot be received: what is missing, in the procedure's own words. */
export interface FilingRejectionData extends Letterhead {
  application: Application;
  missing: { piece: Bilingual; basis: string }[];
  /** Null when the system rejects at once, without anyone's signature. */
  signature: SignatureBlock | null;
}

/** The numbered, dated receipt of law 55-19. */
export interface ReceiptData extends Letterhead {
  application: Application;
  receivedAt: LetterDate;
  /** The latest day of the answer. */
  answerBy: LetterDate | null;
  timeLimit: Bilingual;
  /** The text that sets the limit. */
  legalBasis: string | null;
  pieces: { piece: Bilingual; fileName: string; version: number; sha256: string }[];
  /** Where the dossier can be followed. */
  followUrl: string | null;
  /** What is typed there, beside the number. */
  followSecret: string | null;
}

/** The committee's minutes (RGC, annex 5). */
export interface MinutesData extends Letterhead {
  application: Application;
  round: number;
  drawnUpOn: LetterDate;
  planningDocument?: string | undefined;
  opinions: PrintedOpinion[];
  conclusion: Bilingual | string;
  /** Who drew the minutes up; `on` is when. */
  secretary: SignatureBlock | null;
}

/** The letters there are, with the data each prints. */
export interface TemplateData {
  licence: LicenceData;
  refusal: RefusalData;
  modification: ModificationData;
  filingRejection: FilingRejectionData;
  receipt: ReceiptData;
  minutes: MinutesData;
}
export type TemplateName = keyof TemplateData;
