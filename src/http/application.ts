import type { Readable } from 'node:stream';
import type { StepDimension, StepMeasure } from '../analytics/steps.ts';
import type { Decision } from '../domain/decision.ts';
import type { Document } from '../domain/document.ts';
import type { Dossier, DossierStatus } from '../domain/dossier.ts';
import type { DomainEvent } from '../domain/events.ts';
import type { Json, JsonObject, Language, LocalizedText } from '../domain/json.ts';
import type { Notification } from '../domain/notification.ts';
import type { Opinion } from '../domain/opinion.ts';
import type { Account, AccountKind, Actor, Body, BodyKind, PartyKind, RoleGrant } from '../domain/party.ts';
import type { Task, TaskStatus } from '../domain/process.ts';
import type { EntryKind, RegisterDirection } from '../domain/register.ts';
import type { DraftFile } from '../procedures/draft.ts';
import type { Problem as ProcedureProblem } from '../procedures/types.ts';
import type { AccountEvent } from '../usecases/accounts/readAccountEvents.ts';
import type { HeldTask } from '../usecases/accounts/readHeldTasks.ts';
import type { MeasuredOccurrence, OccurrencesWanted } from '../usecases/analytics/listOccurrences.ts';
import type { StepsWanted } from '../usecases/analytics/measureSteps.ts';
import type { CommuneCoverage } from '../usecases/bodies/readCoverage.ts';
import type { HandOver } from '../usecases/counter/handOverAccount.ts';
import type { CounterPerson } from '../usecases/counter/openCounterFiling.ts';
import type { Delegations, NamedDelegation } from '../usecases/delegates/delegates.ts';
import type { RequestContext } from '../usecases/dependencies.ts';
import type { UploadView } from '../usecases/documents/ownUpload.ts';
import type { DossierRow } from '../usecases/dossiers/dossierRows.ts';
import type { CompletenessRules, Dispatch } from '../usecases/dossiers/readDispatch.ts';
import type { DossierView as DossierDetail } from '../usecases/dossiers/readDossier.ts';
import type { DossierNeeds } from '../usecases/dossiers/readNeeds.ts';
import type { RelatedDossier } from '../usecases/dossiers/readRelated.ts';
import type { TimelineStep } from '../usecases/dossiers/readTimeline.ts';
import type { Followed } from '../usecases/follow/followDossier.ts';
import type { Change, Following } from '../usecases/live/live.ts';
import type { MessageView } from '../usecases/messages/messages.ts';
import type { IncidentView } from '../usecases/operation/incidents.ts';
import type { DueTimer } from '../usecases/operation/listTimers.ts';
import type { InstanceRow, InstanceView } from '../usecases/operation/readInstance.ts';
import type { OperationState } from '../usecases/operation/readState.ts';
import type { Delays } from '../usecases/oversight/readDelays.ts';
import type { ProjectAssessment } from '../usecases/procedures/assessProject.ts';
import type { ProcedureDraftRow, ProcedureDraftView } from '../usecases/procedures/procedureDrafts.ts';
import type { VersionLife, Vocabulary } from '../usecases/procedures/procedureVersions.ts';
import type { RegisteredLicence } from '../usecases/register/listLicences.ts';
import type { ReadEntry } from '../usecases/registers/listRegister.ts';
import type { RemarkView } from '../usecases/remarks/listRemarks.ts';
import type { Site } from '../usecases/site/readSite.ts';
import type { SigningRow } from '../usecases/tasks/signingQueue.ts';
import type { TaskRow } from '../usecases/tasks/taskRows.ts';
import type { PaymentTotal, RecordedPayment } from '../usecases/treasury/listPayments.ts';
import type { Verification } from '../usecases/verification/verifyAct.ts';
import type { FileVerification } from '../usecases/verification/verifyFile.ts';
import type { WorkFilter } from '../usecases/worklist/listWork.ts';
import type { WorkRow } from '../usecases/worklist/rowsOf.ts';

export type {
  AccountEvent,
  Change,
  CommuneCoverage,
  Delegations,
  DossierDetail,
  DossierNeeds,
  DossierRow,
  DraftFile,
  DueTimer,
  FileVerification,
  Followed,
  HeldTask,
  IncidentView,
  InstanceRow,
  InstanceView,
  MeasuredOccurrence,
  MessageView,
  NamedDelegation,
  OperationState,
  ProcedureDraftRow,
  ProcedureDraftView,
  ProcedureProblem,
  ProjectAssessment,
  RegisteredLicence,
  RemarkView,
  RequestContext,
  SigningRow,
  StepsWanted,
  TaskRow,
  TimelineStep,
  UploadView,
  Verification,
  VersionLife,
  Vocabulary,
};

/** A use case as the routes call it: `main.ts` has bound what it depends on. */
export type UseCase<Input, Output> = (context: RequestContext, input: Input) => Promise<Output>;

/** One page of a list; `next` is the cursor of the following page. */
export interface Page<T> {
  items: T[];
  next: string | null;
}

/** Which page of a list is wanted. */
export interface PageInput {
  page: { limit: number; cursor: string | null };
}

/** Tokens of one sign-in; `expiresIn` is the life of the access token in seconds. */
export interface Session {
  accessToken: string;
  refreshToken: string;
  expiresIn: number;
}

/** A proof, good for `expiresIn` seconds, that the person who signs has just given the password. */
export interface SignatureConfirmation {
  confirmation: string;
  expiresIn: number;
}

/** A view of the inbox that a person has named; `query` is what stands after `?` in its address. */
export interface SavedFilter {
  name: string;
  query: string;
}

/** A legal ground in words ready to be used, with the text it rests on. */
export interface Motive {
  id: string;
  article: string;
  for: ('remark' | 'refusal' | 'modification')[];
  text: LocalizedText;
  source: string;
  doubt: string | null;
}

/** What a person tells when signing up. */
export interface RegisterInput {
  kind: AccountKind;
  role: 'applicant' | 'architect';
  email: string;
  password: string;
  name: string;
  nameAr?: string | null;
  identityNumber?: string | null;
  phone?: string | null;
  orderNumber?: string | null;
  language: Language;
}

/** What a person may change of the own profile; a new password needs the current one. */
export interface ChangeProfileInput {
  ifVersion?: number | undefined;
  name?: string;
  nameAr?: string | null;
  phone?: string | null;
  language?: Language;
  password?: { current: string; next: string };
}

/** Whom a person names to act in the own stead, for what and how long. */
export interface NameDelegateInput {
  email: string;
  procedure?: string | null;
  from?: number | undefined;
  until?: number | null;
}

/** What an administrator tells to open an account for an official. */
export interface OpenAccountInput {
  kind: AccountKind;
  email: string;
  name: string;
  nameAr?: string | null;
  phone?: string | null;
  orderNumber?: string | null;
  identityNumber?: string | null;
  language: Language;
  jobTitle?: LocalizedText | null;
  grants: RoleGrant[];
}

/** What an administrator may change of an account. */
export interface ChangeAccountInput {
  id: string;
  ifVersion?: number | undefined;
  name?: string;
  nameAr?: string | null;
  phone?: string | null;
  jobTitle?: LocalizedText | null;
  grants?: RoleGrant[];
  active?: boolean;
}

/** A published version of a procedure, as far as a list shows it. */
export interface ProcedureRow {
  hash: string;
  id: string;
  settings: ProcedureSettings;
  publishedAt: number;
  note: string;
  inForceFrom: string;
}

/** What a procedure says beside its diagram. */
export interface ProcedureSettings {
  name: LocalizedText;
  words?: LocalizedText;
  numberType: string;
  silenceIsApproval: boolean;
  legalBasis: { article: string; text: LocalizedText }[];
  timeLimits: {
    id: string;
    inForceFrom: string;
    inForceTo: string | null;
    amount: number;
    unit: 'workingDays' | 'calendarDays';
    article: string;
    source: string;
    doubt: string | null;
  }[];
  pieces: {
    code: string;
    name: LocalizedText;
    kind: 'principal' | 'information';
    when: string | null;
    article: string;
    plan: boolean;
    accept: string[];
  }[];
  forms: { application: string };
}

/** A published version of a procedure, whole. */
export interface Procedure extends ProcedureRow {
  diagram: string;
  forms: Record<string, FormDetail>;
  tasks: Record<string, { party: 'applicant' | 'administration'; article: string | null }>;
  names: Record<string, LocalizedText>;
}

/** A form in its parts, for whoever draws it. */
export interface FormDetail {
  id: string;
  schema: JsonObject;
  ui: JsonObject;
  texts: { ar: JsonObject; fr: JsonObject; en: JsonObject };
}

/** Levels of the administration. */
export type TerritoryKind = 'region' | 'province' | 'prefecture' | 'commune' | 'arrondissement';

/** A place of the reference data; `code` is hierarchical, `01.151.01.01`. */
export interface Territory {
  code: string;
  kind: TerritoryKind;
  name: LocalizedText;
  parent: string | null;
  setting: 'urban' | 'rural' | null;
  population: number | null;
}

/** A task with what the diagram says of it and the form that completes it. */
export interface TaskDetail {
  task: Task;
  dossier: Dossier;
  definition: {
    name: LocalizedText;
    party: PartyKind;
    article: string | null;
    limit: { amount: string; calendar: 'workingDays' | 'calendarDays' } | null;
  };
  form: FormDetail | null;
  assigneeName: string | null;
}

/** A finished file to send: a letter, an act, a stamped plan. */
export interface FileAnswer {
  fileName: string;
  mediaType: string;
  content: Readable | Uint8Array;
}

/** What the node says of itself to whoever watches it. */
export interface HealthReport {
  store: 'up' | 'down';
  storeKind: 'embedded' | 'mongodb';
  engine: { name: string; status: 'up' | 'down' };
}

/** The kept outcome of a request with an Idempotency-Key. */
export interface StoredRequest {
  id: string;
  fingerprint: string;
  resource: { kind: string; id: string };
  response: StoredAnswer | null;
}

/** An answer as it is kept to be replayed. */
export interface StoredAnswer {
  status: number;
  body: Json;
  headers: Record<string, string>;
}

/** Everything the HTTP face asks of the rest of the product; `main.ts` binds use cases to it. */
export interface Application {
  accounts: {
    register: UseCase<RegisterInput, Account>;
    /** Answers the e-mail to sign in with. */
    activate: UseCase<{ secret: string; password: string; email?: string | undefined }, { email: string }>;
    login: UseCase<{ email: string; password: string; address: string; inBrowser: boolean }, Session>;
    refresh: UseCase<{ refreshToken: string }, Session>;
    logout: UseCase<{ refreshToken: string }, void>;
    /** The password given again before signing. */
    confirm: UseCase<{ password: string }, SignatureConfirmation>;
    /** Inbox filters that the person has named. */
    filters: UseCase<Record<string, never>, SavedFilter[]>;
    saveFilters: UseCase<{ filters: SavedFilter[] }, SavedFilter[]>;
    /** @throws DomainError UNAUTHENTICATED unless the access token is valid and its account active */
    authenticate(accessToken: string): Promise<Actor>;
    /** Ends every sign-in of one's own account. */
    endSessions: UseCase<Record<string, never>, void>;
    profile: UseCase<Record<string, never>, Account>;
    changeProfile: UseCase<ChangeProfileInput, Account>;
    /** The secret is told this once: it is never stored in clear. */
    open: UseCase<OpenAccountInput, { account: Account; secret: string }>;
    /** A new one-time secret for a holder who lost theirs. */
    renewSecret: UseCase<{ id: string }, { account: Account; secret: string }>;
    read: UseCase<{ id: string }, Account>;
    change: UseCase<ChangeAccountInput, Account>;
    list: UseCase<
      {
        q?: string | undefined;
        role?: string | undefined;
        territory?: string | undefined;
        body?: string | undefined;
      } & PageInput,
      Page<Account>
    >;
    /** What was done to an account, in order. */
    events: UseCase<{ id: string; after?: number | undefined; limit: number }, AccountEvent[]>;
    /** The open tasks that an account holds. */
    tasks: UseCase<{ id: string } & PageInput, Page<HeldTask>>;
    /** Who serves the communes of a territory, and who is missing. */
    coverage: UseCase<{ territory: string }, CommuneCoverage[]>;
  };
  delegates: {
    list: UseCase<Record<string, never>, Delegations>;
    name: UseCase<NameDelegateInput, NamedDelegation>;
    remove: UseCase<{ id: string }, void>;
  };
  bodies: {
    open: UseCase<
      {
        id: string;
        kind: BodyKind;
        name: LocalizedText;
        territories: string[];
        active?: boolean | undefined;
      },
      Body
    >;
    read: UseCase<{ id: string }, Body>;
    change: UseCase<
      {
        id: string;
        name?: LocalizedText | undefined;
        territories?: string[] | undefined;
        active?: boolean | undefined;
      },
      Body
    >;
    list: UseCase<Record<string, never>, Body[]>;
  };
  procedures: {
    list: UseCase<Record<string, never>, ProcedureRow[]>;
    /** The version in force today, or the one whose hash is given. */
    read: UseCase<{ id: string; version?: string | undefined }, Procedure>;
    form: UseCase<{ id: string; form: string; version?: string | undefined }, FormDetail>;
    assess: UseCase<{ id: string; commune: string; application: JsonObject }, ProjectAssessment>;
    /** The form's rules as an ES module; `digest` changes with them. */
    validator: UseCase<
      { id: string; form: string; version?: string | undefined },
      { code: string; digest: string }
    >;
  };
  studio: {
    versions: UseCase<Record<string, never>, VersionLife[]>;
    version: UseCase<{ hash: string }, VersionLife & { files: DraftFile[] }>;
    vocabulary: UseCase<Record<string, never>, Vocabulary>;
    list: UseCase<Record<string, never>, ProcedureDraftRow[]>;
    open: UseCase<
      { procedure?: string | undefined; version?: string | undefined; files?: DraftFile[] | undefined },
      ProcedureDraftView
    >;
    read: UseCase<{ id: string }, ProcedureDraftView>;
    change: UseCase<
      { id: string; ifVersion: number; files: { path: string; content: string | null }[] },
      ProcedureDraftView
    >;
    discard: UseCase<{ id: string }, void>;
    check: UseCase<{ id: string }, { version: number; problems: ProcedureProblem[] }>;
    /** @throws DomainError PROCEDURE_REFUSED with every problem, PROCEDURE_UNCHANGED */
    publish: UseCase<
      { id: string; ifVersion?: number | undefined; note: string; inForceFrom?: string | undefined },
      { hash: string }
    >;
  };
  register: {
    list: UseCase<
      {
        territory?: string | undefined;
        procedure?: string | undefined;
        year?: number | undefined;
      } & PageInput,
      Page<RegisteredLicence>
    >;
  };
  follow: { read: UseCase<{ number: string; secret: string }, Followed> };
  territories: {
    list: UseCase<{ parent?: string | undefined; kind?: TerritoryKind | undefined }, Territory[]>;
    read: UseCase<{ code: string }, Territory>;
  };
  dossiers: {
    startDraft: UseCase<
      {
        procedure: string;
        commune: string;
        architectEmail?: string | undefined;
        applicantEmail?: string | undefined;
        application?: JsonObject | undefined;
      },
      Dossier
    >;
    changeDraft: UseCase<
      {
        id: string;
        ifVersion: number;
        application?: JsonObject | undefined;
        commune?: string | undefined;
        architectEmail?: string | undefined;
      },
      Dossier
    >;
    signPlans: UseCase<{ id: string }, Dossier>;
    submit: UseCase<{ id: string; ifVersion?: number | undefined }, Dossier>;
    read: UseCase<{ id: string }, DossierDetail>;
    needs: UseCase<{ id: string }, DossierNeeds>;
    list: UseCase<
      {
        status?: DossierStatus | undefined;
        procedure?: string | undefined;
        territory?: string | undefined;
        number?: string | undefined;
      } & PageInput,
      Page<DossierRow>
    >;
    timeline: UseCase<{ id: string }, TimelineStep[]>;
    /** Events in order, after a sequence number; at most `limit`. */
    events: UseCase<{ id: string; after?: number | undefined; limit: number }, DomainEvent[]>;
    receipt: UseCase<{ id: string }, FileAnswer>;
    filingRejection: UseCase<{ id: string }, FileAnswer>;
    minutes: UseCase<{ id: string; round?: number | undefined }, FileAnswer>;
  };
  documents: {
    /**
     * Streams a file into a piece. `context.idempotency.fingerprint` may be read once `body` has been consumed.
     */
    add: UseCase<{ dossier: string; piece: string; fileName: string; body: Readable }, Document>;
    list: UseCase<{ dossier: string; all: boolean }, Document[]>;
    read: UseCase<{ id: string }, Document>;
    open: UseCase<{ id: string }, { document: Document; stream: Readable }>;
  };
  /** Files that come in parts; each is seen by whoever began it alone. */
  uploads: {
    start: UseCase<
      { dossier: string; piece: string; fileName: string; size: number; fingerprint: string },
      UploadView
    >;
    list: UseCase<{ dossier: string }, UploadView[]>;
    read: UseCase<{ dossier?: string | undefined; id: string }, UploadView>;
    continue: UseCase<{ dossier: string; id: string; offset: number; body: Readable }, UploadView>;
    finish: UseCase<{ dossier: string; id: string }, Document>;
    abandon: UseCase<{ dossier: string; id: string }, void>;
  };
  tasks: {
    list: UseCase<
      {
        scope: 'mine' | 'groups' | 'all';
        status: TaskStatus;
        procedure?: string | undefined;
        territory?: string | undefined;
        flowNode?: string | undefined;
        dossier?: string | undefined;
        dueBefore?: number | undefined;
        sort: 'dueAt' | 'createdAt';
      } & PageInput,
      Page<TaskRow>
    >;
    /** What a president has to decide or sign. */
    signingQueue: UseCase<PageInput, Page<SigningRow>>;
    read: UseCase<{ id: string }, TaskDetail>;
    /** The document that completing the task with this form would make, marked as a draft. */
    preview: UseCase<{ id: string; payload: JsonObject }, FileAnswer>;
    claim: UseCase<{ id: string; ifVersion?: number | undefined }, Task>;
    release: UseCase<{ id: string; ifVersion?: number | undefined }, Task>;
    complete: UseCase<
      { id: string; ifVersion?: number | undefined; payload: JsonObject },
      { task: Task; dossier: Dossier }
    >;
  };
  decisions: {
    list: UseCase<{ dossier: string }, Decision[]>;
    file: UseCase<{ id: string }, FileAnswer>;
    plan: UseCase<{ id: string; document: string }, FileAnswer>;
  };
  motives: { list: UseCase<{ procedure: string }, Motive[]> };
  counter: {
    open: UseCase<
      {
        procedure: string;
        commune: string;
        person: CounterPerson;
        architectEmail?: string | undefined;
        application?: JsonObject | undefined;
      },
      { dossier: Dossier; opened: boolean }
    >;
    /** The secret is told this once: it is never stored in clear. */
    handOver: UseCase<{ id: string }, HandOver>;
  };
  registry: {
    related: UseCase<{ id: string }, RelatedDossier[]>;
    dispatch: UseCase<{ id: string }, CompletenessRules>;
    work: UseCase<WorkFilter & PageInput, Page<WorkRow>>;
    delays: UseCase<{ territory?: string | undefined }, Delays>;
    payments: UseCase<
      { territory?: string | undefined; from: number; to: number } & PageInput,
      Page<RecordedPayment> & { totals: PaymentTotal[] }
    >;
  };
  registers: {
    list: UseCase<
      {
        direction: RegisterDirection;
        commune: string;
        year?: number | undefined;
        kind?: EntryKind | undefined;
        dossierNumber?: string | undefined;
        number?: number | undefined;
        from?: number | undefined;
        to?: number | undefined;
      } & PageInput,
      Page<ReadEntry>
    >;
    find: UseCase<{ id: string }, ReadEntry>;
    correct: UseCase<
      { direction: RegisterDirection; entry: string; text: string; reason: string },
      ReadEntry
    >;
  };
  opinions: { list: UseCase<{ dossier: string }, Opinion[]> };
  remarks: {
    list: UseCase<{ dossier: string }, RemarkView[]>;
    /** @throws DomainError REMARK_NOT_FOUND, REMARK_CLOSED, DOCUMENT_NOT_FOUND */
    answer: UseCase<
      { dossier: string; remark: string; text: string; document?: string | null | undefined },
      RemarkView
    >;
  };
  messages: {
    /** The newest first. */
    list: UseCase<{ dossier: string } & PageInput, Page<MessageView>>;
    read: UseCase<{ id: string }, MessageView>;
    /** @throws DomainError DOSSIER_NOT_FILED */
    post: UseCase<{ dossier: string; text: string }, MessageView>;
    markRead: UseCase<{ dossier: string }, void>;
  };
  search: { dossiers: UseCase<{ q: string } & PageInput, Page<DossierRow>> };
  live: {
    /** The number of the last event; what is read later knows of it. */
    position: UseCase<object, number>;
    /** Tells of changes from now on, until `leave` or `end`. */
    follow: UseCase<{ tell(change: Change): void; end(): void }, Following>;
  };
  verification: {
    verify: UseCase<{ code: string }, Verification>;
    verifyFile: UseCase<{ pdf: Uint8Array }, FileVerification>;
  };
  notifications: {
    list: UseCase<{ unread: boolean } & PageInput, Page<Notification>>;
    markRead: UseCase<{ id: string }, void>;
  };
  analytics: {
    steps: UseCase<StepsWanted & { by: StepDimension[] }, StepMeasure[]>;
    /** The occurrences behind a figure, longest first. */
    occurrences: UseCase<OccurrencesWanted & PageInput, Page<MeasuredOccurrence>>;
    exportOccurrences: UseCase<OccurrencesWanted, MeasuredOccurrence[]>;
  };
  incidents: {
    list: UseCase<{ open: boolean } & PageInput, Page<IncidentView>>;
    read: UseCase<{ id: string }, IncidentView>;
    retry: UseCase<{ id: string }, IncidentView>;
    skip: UseCase<{ id: string; reason: string; variables?: JsonObject | undefined }, IncidentView>;
  };
  /** Processes, for whoever has to intervene in them. */
  instances: {
    find: UseCase<{ number?: string | undefined; dossier?: string | undefined }, InstanceRow[]>;
    read: UseCase<{ id: string }, InstanceView>;
    setVariables: UseCase<{ id: string; reason: string; variables: JsonObject }, InstanceView>;
    move: UseCase<{ id: string; reason: string; token: string; from: string; to: string }, InstanceView>;
    cancel: UseCase<{ id: string; reason: string }, InstanceView>;
  };
  operation: {
    state: UseCase<Record<string, never>, OperationState>;
    timers: UseCase<{ until: number; limit: number }, { items: DueTimer[]; count: number }>;
  };
  clock: {
    read: UseCase<Record<string, never>, { now: number; kind: 'real' | 'demo' }>;
    /** @throws DomainError CLOCK_IS_REAL, CLOCK_BACKWARDS */
    move: UseCase<{ to: number }, { now: number; kind: 'real' | 'demo' }>;
  };
  site: {
    read: UseCase<Record<string, never>, Site>;
    setUp: UseCase<{ office: 'empty' | 'demonstration' }, void>;
  };
  trust: { rootCertificate: UseCase<Record<string, never>, string> };
  idempotency: {
    find(id: string): Promise<StoredRequest | null>;
    keep(id: string, answer: StoredAnswer): Promise<void>;
  };
  health(): Promise<HealthReport>;
}

export type {
  CounterPerson,
  Delays,
  Dispatch,
  HandOver,
  PaymentTotal,
  ReadEntry,
  RecordedPayment,
  RelatedDossier,
  WorkRow,
};
