import type { Json, JsonObject, LocalizedText } from '../domain/json.ts';
import type { BodyKind, Role } from '../domain/party.ts';

/** A piece of the closed list that an applicant may be asked for (law 55-19). */
export interface Piece {
  code: string;
  name: LocalizedText;
  /** `principal`: missing means the filing is rejected; `information`: may follow (RGC 33). */
  kind: 'principal' | 'information';
  /** FEEL condition over the application for pieces that only some projects need; null: always. */
  when: string | null;
  article: string;
  /** Drawings that the architect signs and the president stamps. */
  plan: boolean;
  /** Media types of its files. */
  accept: string[];
  /** `INF` or `CHECK` where the source leaves a doubt, shown wherever the piece is. */
  doubt?: string;
}

/** A statutory total, chosen by filing date. */
export interface TimeLimitProfile {
  id: string;
  /** First day of filing that it governs, `YYYY-MM-DD`. */
  inForceFrom: string;
  /** First day that it no longer governs; null while it does. */
  inForceTo: string | null;
  amount: number;
  unit: 'workingDays' | 'calendarDays';
  article: string;
  source: string;
  /** `CHECK`, `CONFLICT` or `INF` where the source leaves a doubt, shown wherever the limit is. */
  doubt: string | null;
  /** A ceiling set by a general law: it is the total only where no special text gives one. */
  cap?: true;
}

/** What BPMN cannot say about a procedure: the content of `procedure.json`. */
export interface ProcedureSettings {
  id: string;
  /** What people call what they want to do, beside the name: words to find the procedure by. */
  words?: LocalizedText;
  /** Letters in dossier numbers, e.g. `PC`. */
  numberType: string;
  name: LocalizedText;
  inForceFrom: string;
  legalBasis: { article: string; text: LocalizedText }[];
  silenceIsApproval: boolean;
  timeLimits: TimeLimitProfile[];
  pieces: Piece[];
  /** Names of the decision tables, by use; a use that nothing in the diagram needs is left out. */
  decisions: { classification?: string; committee?: string; members?: string; tax?: string };
  /** Form that the applicant fills in, `<procedure>/<form>`. */
  forms: { application: string };
  /** Figures of the law by name, read by the decision tables as `parameters.<name>`. */
  parameters: Record<string, Parameter>;
  /** What the licence allows and orders, article by article; left out: what has been asked for, and no more. */
  licence?: LocalizedText[];
}

/** A figure of the law with where it comes from. */
export interface Parameter {
  value: Json;
  unit: string;
  article: string;
  source: string;
  doubt: string | null;
}

/** A form in its parts: JSON Schema 2020-12, hints for the page, and texts by language. */
export interface Form {
  /** `<procedure>/<form>`, as tasks name it. */
  id: string;
  schema: JsonObject;
  ui: JsonObject;
  texts: { ar: JsonObject; fr: JsonObject; en: JsonObject };
}

/** One input or output column of a decision table. */
export interface DecisionColumn {
  name: string;
  /** Inputs only: FEEL over the facts given; defaults to the name itself. */
  expression?: string;
}

/** A row: FEEL unary tests for inputs (`-` matches all), FEEL expressions for outputs. */
export interface DecisionRow {
  id: string;
  when: string[];
  then: string[];
  article: string;
  doubt?: string;
}

/** A decision table with FEEL cells; rows are tried in order (hit policy FIRST) or all collected (COLLECT). */
export interface DecisionTable {
  id: string;
  name: LocalizedText;
  hitPolicy: 'FIRST' | 'COLLECT';
  source: string;
  inputs: DecisionColumn[];
  outputs: DecisionColumn[];
  rows: DecisionRow[];
}

/** What the diagram says of one user task, read from its attributes. */
export interface TaskDefinition {
  flowNode: string;
  name: LocalizedText;
  roles: Role[];
  /** FEEL giving the body that must answer, e.g. `member`; null: any body of the role. */
  body: string | null;
  form: string | null;
  handler: string | null;
  limit: { amount: string; calendar: 'workingDays' | 'calendarDays' } | null;
  article: string | null;
  /** Whose clock runs while it is open. */
  party: 'applicant' | 'administration';
}

/** A service task and the handler that does it. */
export interface ServiceDefinition {
  flowNode: string;
  name: LocalizedText;
  handler: string;
  /** Message that it sends, e.g. `notification.receiptIssued`; null for services that send none. */
  template: string | null;
}

/** A procedure as it is drawn and written, not yet checked: what ships in a folder, or an administrator's draft. */
export interface ProcedureSource {
  id: string;
  settings: ProcedureSettings;
  diagram: string;
  forms: Record<string, Form>;
  decisions: Record<string, DecisionTable>;
}

/** A published, immutable version of a procedure, addressed by the hash of its content. */
export interface ProcedureVersion {
  hash: string;
  id: string;
  settings: ProcedureSettings;
  diagram: string;
  /** By identifier, `<procedure>/<form>`. */
  forms: Record<string, Form>;
  /** By identifier, as `settings.decisions` names them. */
  decisions: Record<string, DecisionTable>;
  tasks: Record<string, TaskDefinition>;
  services: Record<string, ServiceDefinition>;
  /** Names of every flow node, in the order of the diagram. */
  names: Record<string, LocalizedText>;
  publishedAt: number;
  publishedBy: string;
  note: string;
  inForceFrom: string;
}

/** What the product can do: a procedure may call nothing else. */
export interface KnownNames {
  taskHandlers: ReadonlySet<string>;
  serviceHandlers: ReadonlySet<string>;
  /** Messages that may be sent, `notification.<name>`. */
  notices: ReadonlySet<string>;
  roles: ReadonlySet<string>;
  bodyKinds: ReadonlySet<string>;
}

/** Why a procedure cannot be published. */
export interface Problem {
  rule: string;
  /** BPMN id, form or file it concerns. */
  element: string | null;
  message: LocalizedText;
}

/** The kinds of body that a committee table may call. */
export type MemberKind = BodyKind;
