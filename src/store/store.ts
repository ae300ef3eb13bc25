import type { Decision } from '../domain/decision.ts';
import type { Delegation } from '../domain/delegation.ts';
import type { Document, Upload } from '../domain/document.ts';
import type { Dossier, DossierStatus } from '../domain/dossier.ts';
import type { DomainEvent, EventType, NewEvent } from '../domain/events.ts';
import type { Intervention } from '../domain/intervention.ts';
import type { Json, JsonObject } from '../domain/json.ts';
import type { Message } from '../domain/message.ts';
import type { Notification } from '../domain/notification.ts';
import type { Opinion } from '../domain/opinion.ts';
import type { Account, Body, RoleGrant } from '../domain/party.ts';
import type { Incident, ProcessInstance, Task, TaskStatus, Timer } from '../domain/process.ts';
import type { EntryKind, RegisterDirection, RegisterEntry } from '../domain/register.ts';
import type { RemarkAnswer } from '../domain/remarkAnswer.ts';
import type { SiteKeys } from '../domain/siteKeys.ts';
import type { ProcedureDraft } from '../procedures/draft.ts';
import type { ProcedureVersion } from '../procedures/types.ts';

/** One open transaction of the store. Only the store looks inside. */
export interface Tx {
  readonly kind: 'transaction';
}

/** One page of a list; `next` is the opaque cursor of the following page, null at the end. */
export interface Page<T> {
  items: T[];
  next: string | null;
}

export interface PageRequest {
  /** 1 to 100. */
  limit: number;
  /** @throws DomainError INVALID_CURSOR when it was not issued by this list. */
  cursor: string | null;
}

/** What a person may see of dossiers, as the policy gives it: all that is given must hold; `{}` excludes nothing. */
export interface DossierScope {
  /** Dossiers where the account is applicant, architect or author. */
  relatedTo?: string;
  /** Dossiers of which the account is the applicant or the author, of one procedure or of all: what a delegate sees. */
  appliedBy?: { account: string; procedure: string | null };
  /** Dossiers (not drafts) of communes in one of these territories. */
  territories?: string[];
  /** Dossiers whose committee has this body. */
  bodies?: string[];
  /** Dossiers typed at a counter in one of these territories, drafts too. */
  counters?: string[];
}

export interface DossierFilter {
  /** Any of these scopes. */
  scopes: DossierScope[];
  status?: DossierStatus;
  procedure?: string;
  /** Territory code: commune, province or region. */
  territory?: string;
  number?: string;
  /** Words as `askedFor` gives them: each begins a word by which the dossier is searched for. */
  words?: string[];
}

/** What a person may see of tasks: all that is given must hold; `{}` excludes nothing. */
export interface TaskScope {
  assignee?: string;
  role?: string;
  territories?: string[];
  /** Tasks of this body and those that belong to none; null: only those that belong to none. */
  body?: string | null;
  /** Dossiers of which the account is applicant or architect. */
  dossiers?: string[];
}

export interface TaskFilter {
  /** Any of these scopes. */
  scopes: TaskScope[];
  status: TaskStatus;
  assignee?: string | null;
  procedure?: string;
  territory?: string;
  flowNode?: string;
  dossier?: string;
  body?: string;
  dueBefore?: number;
  sort: 'dueAt' | 'createdAt';
}

/** A refresh token's record: only the SHA-256 of the token is kept. */
export interface RefreshSession {
  id: string;
  /** All tokens rotated from one sign-in. */
  family: string;
  account: string;
  /** The refresh token lies in a browser's cookie. */
  inBrowser: boolean;
  tokenHash: string;
  /** Real time. */
  expiresAt: number;
  usedAt: number | null;
  revokedAt: number | null;
  createdAt: number;
}

/** A view of the inbox that a person has named; `query` is what stands after `?` in its address. */
export interface SavedFilter {
  name: string;
  query: string;
}

/** A one-time secret to take an account into one's hands; only its hash is kept. */
export interface ActivationSecret {
  secretHash: string;
  account: string;
  /** Real time. */
  expiresAt: number;
}

/** What a request with an Idempotency-Key did; written in the same transaction as its effect. */
export interface IdempotencyRecord {
  /** `<account>:<METHOD path>:<key>`. */
  id: string;
  /** SHA-256 of the canonical body. */
  fingerprint: string;
  /** What was made or completed, from which the answer is drawn again if it was not kept. */
  resource: { kind: string; id: string };
  response: { status: number; body: Json; headers: Record<string, string> } | null;
  createdAt: number;
}

/** A finished or running occurrence of a user or service task, as analysts measure it. */
export interface StepOccurrence {
  /** Of its task or job. */
  id: string;
  dossier: string;
  procedure: string;
  /** Content hash of the version it ran by; null when it is not known. */
  version: string | null;
  flowNode: string;
  kind: 'user' | 'service';
  body: string | null;
  territory: string;
  startedAt: number;
  endedAt: number | null;
  /** `cancelled`: the process went on without it, e.g. when a body stayed silent. */
  outcome: 'running' | 'completed' | 'cancelled';
}

/** All persistence. `…(tx, …)` writes belong to a transaction; reads take one to see its own writes. */
export interface Store {
  /**
   * Runs `work` in one transaction and commits it. After a conflict with others `work` runs again from its start,
   * for up to 30 s: it must hold no effects but those it has through `tx`.
   * @throws DomainError UNAVAILABLE when others stay in the way or the server does not answer
   */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Has events numbered, chained and written when the transaction commits. */
  appendEvents(tx: Tx, events: NewEvent[]): void;

  dossiers: {
    find(id: string, tx?: Tx): Promise<Dossier | null>;
    /** @throws DomainError DOSSIER_NOT_FOUND */
    get(id: string, tx?: Tx): Promise<Dossier>;
    insert(tx: Tx, dossier: Dossier): Promise<void>;
    /** Saves and adds one to `version`. The transaction ends with STALE_VERSION unless the stored version is `dossier.version`. */
    save(tx: Tx, dossier: Dossier): Promise<Dossier>;
    list(filter: DossierFilter, page: PageRequest): Promise<Page<Dossier>>;
    /** Writes anew by which words a dossier is found; needed when more changes than a draft. */
    index(tx: Tx, dossier: Dossier): Promise<void>;
    /** The same for all dossiers of an account whose name has changed. */
    indexOf(tx: Tx, account: string): Promise<void>;
    /** Delivered dossiers, the last one first: what the public register is made of. */
    delivered(
      filter: { territory?: string; procedure?: string; from?: number; to?: number },
      page: PageRequest,
    ): Promise<Page<Dossier>>;
    /** Identifiers of the dossiers that an account applied for, of one procedure or of all. */
    idsAppliedBy(account: string, procedure: string | null): Promise<string[]>;
    /** Filed dossiers of a commune about the same land or owner, or in one of these cells of the grid; at most `limit` a key. */
    sameSite(commune: string, keys: SiteKeys, cells: string[], limit: number): Promise<Dossier[]>;
    /** Dossiers under study whose statutory delay began before an instant, the longest first. */
    startedBefore(territories: string[], before: number, page: PageRequest): Promise<Page<Dossier>>;
    /** Dossiers whose payment was recorded in [from, to), the last first. */
    paid(
      filter: { territories: string[]; from: number; to: number },
      page: PageRequest,
    ): Promise<Page<Dossier>>;
    /** How much was recorded in [from, to), by commune. */
    paidTotals(filter: {
      territories: string[];
      from: number;
      to: number;
    }): Promise<{ commune: string; count: number; amount: number }[]>;
    /** Identifiers of all dossiers an account is applicant or architect of. */
    idsOf(account: string): Promise<string[]>;
    /** The applicant of each of these dossiers, by dossier. */
    applicantsOf(ids: string[]): Promise<Map<string, string>>;
    /** The procedure of each of these dossiers, and the version it runs by. */
    proceduresOf(ids: string[]): Promise<Map<string, { procedure: string; definition: string | null }>>;
    /** Those of these dossiers that exist, in no order. */
    some(ids: string[]): Promise<Dossier[]>;
  };
  documents: {
    find(id: string, tx?: Tx): Promise<Document | null>;
    /** Current versions first, by piece and version; `all` gives every version. */
    ofDossier(dossier: string, tx?: Tx): Promise<Document[]>;
    /**
     * Inserts; the older version of the piece loses `current` (same transaction).
     * @throws DomainError STALE_VERSION when this version of the piece exists already
     */
    insert(tx: Tx, document: Document): Promise<void>;
  };

  /** Files on their way; forgotten a week after they began. */
  uploads: {
    find(id: string, tx?: Tx): Promise<Upload | null>;
    /** What an account has not finished, the last one first; of one dossier or of all. */
    unfinished(owner: string, dossier?: string): Promise<Upload[]>;
    insert(tx: Tx, upload: Upload): Promise<void>;
    /** Says which document it became; false when it had become one already. */
    finish(tx: Tx, id: string, document: string): Promise<boolean>;
    remove(id: string): Promise<void>;
  };
  opinions: {
    ofDossier(dossier: string, tx?: Tx): Promise<Opinion[]>;
    /** Opinions of several dossiers at once, oldest first. */
    ofDossiers(dossiers: string[]): Promise<Opinion[]>;
    /** @throws DomainError TASK_ALREADY_DONE when the task carries an opinion already */
    insert(tx: Tx, opinion: Opinion): Promise<void>;
  };
  remarkAnswers: {
    ofDossier(dossier: string, tx?: Tx): Promise<RemarkAnswer[]>;
    /** Keeps an answer; the last one to a remark stands. */
    put(tx: Tx, answer: RemarkAnswer): Promise<void>;
  };
  messages: {
    find(id: string): Promise<Message | null>;
    insert(tx: Tx, message: Message): Promise<void>;
    /** The newest first. */
    list(dossier: string, page: PageRequest): Promise<Page<Message>>;
    /** Who has written in the thread, lately. */
    authors(dossier: string, tx?: Tx): Promise<string[]>;
    /** The instant up to which an account has read the thread; 0 when it never has. */
    readUpTo(dossier: string, account: string): Promise<number>;
    markRead(dossier: string, account: string, upTo: number, tx?: Tx): Promise<void>;
  };
  decisions: {
    find(id: string, tx?: Tx): Promise<Decision | null>;
    findByCode(code: string): Promise<Decision | null>;
    /** The act, or the act that approved the plan, of which a file with this SHA-256 was issued. */
    findByDigest(sha256: string): Promise<Decision | null>;
    ofDossier(dossier: string, tx?: Tx): Promise<Decision[]>;
    insert(tx: Tx, decision: Decision): Promise<void>;
    /** @throws DomainError DECISION_NOT_FOUND */
    save(tx: Tx, decision: Decision): Promise<void>;
  };
  tasks: {
    find(id: string, tx?: Tx): Promise<Task | null>;
    list(filter: TaskFilter, page: PageRequest): Promise<Page<Task>>;
    ofDossier(dossier: string): Promise<Task[]>;
    /** All tasks of these dossiers, those made first in front. */
    ofDossiers(dossiers: string[]): Promise<Task[]>;
    /** Open tasks of territories due before an instant, counted by commune, role and body, and how many were due before `now`. */
    countDue(
      territories: string[],
      now: number,
      before: number,
    ): Promise<{ territory: string; roles: string[]; body: string | null; due: number; overdue: number }[]>;
    /**
     * Gives an open, unclaimed task to an account.
     * @throws DomainError TASK_TAKEN, TASK_ALREADY_DONE, TASK_NOT_FOUND, STALE_VERSION (when `version` is given)
     */
    claim(tx: Tx, id: string, account: string, at: number, version?: number): Promise<Task>;
    /** @throws DomainError TASK_NOT_CLAIMED, TASK_ALREADY_DONE, TASK_NOT_FOUND, STALE_VERSION */
    release(tx: Tx, id: string, account: string, version?: number): Promise<Task>;
  };
  instances: {
    find(id: string): Promise<ProcessInstance | null>;
    /** All processes of a dossier, ended ones too; the first begun first. */
    ofDossier(dossier: string): Promise<ProcessInstance[]>;
    /** How many run by a version and have not ended. */
    running(definition: string): Promise<number>;
  };
  incidents: {
    find(id: string): Promise<Incident | null>;
    list(filter: { open: boolean; territories?: string[] }, page: PageRequest): Promise<Page<Incident>>;
    /** Those of an instance that nobody has resolved. */
    openOf(instance: string): Promise<Incident[]>;
  };
  interventions: {
    insert(tx: Tx, intervention: Intervention): Promise<void>;
    /** The newest first. */
    ofInstance(instance: string): Promise<Intervention[]>;
  };
  /** What waits for the engine or for a person. */
  backlog: {
    count(): Promise<{ jobs: number; timers: number; deliveries: number; incidents: number }>;
    /** The first timers due until an instant, and how many there are. */
    timersUntil(instant: number, limit: number): Promise<{ first: Timer[]; count: number }>;
  };
  events: {
    /** In order of `seq`; `after` is exclusive. Never shows an event before all those with a smaller `seq`. */
    list(
      filter: { dossier?: string | null; subject?: string; types?: EventType[]; after?: number },
      limit: number,
    ): Promise<DomainEvent[]>;
    last(): Promise<{ seq: number; hash: string }>;
  };
  steps: {
    /** Streams occurrences that started in [from, to). */
    scan(filter: {
      territory?: string;
      procedure?: string;
      version?: string;
      flowNode?: string;
      body?: string;
      dossier?: string;
      from?: number;
      to?: number;
    }): AsyncIterable<StepOccurrence>;
  };
  accounts: {
    find(id: string, tx?: Tx): Promise<Account | null>;
    /** @throws DomainError ACCOUNT_NOT_FOUND */
    get(id: string, tx?: Tx): Promise<Account>;
    /** Those of these accounts that exist, in no order. */
    some(ids: string[]): Promise<Account[]>;
    /** Accounts that gave this identity number, however it is typed. */
    ofIdentity(identityNumber: string): Promise<Account[]>;
    /** E-mails are compared in lower case. */
    findByEmail(email: string): Promise<Account | null>;
    /** @throws DomainError EMAIL_TAKEN */
    insert(tx: Tx, account: Account): Promise<void>;
    /** @throws DomainError STALE_VERSION, EMAIL_TAKEN */
    save(tx: Tx, account: Account): Promise<Account>;
    /**
     * Accounts with one grant that meets all of the filter; `territory` is the grant's own or contains it. Each word of `q` must
     * begin a word of the name or e-mail.
     */
    list(
      filter: { q?: string; role?: string; territory?: string; body?: string },
      page: PageRequest,
    ): Promise<Page<Account>>;
    /** Active holders of a role over a territory (and of a body, when given). */
    holders(role: RoleGrant['role'], territory: string, body?: string | null): Promise<Account[]>;
    count(): Promise<number>;
    /** Names of accounts, by identifier. */
    namesOf(ids: string[]): Promise<Map<string, string>>;
  };
  savedFilters: {
    of(account: string): Promise<SavedFilter[]>;
    save(account: string, filters: SavedFilter[]): Promise<void>;
  };
  sessions: {
    insert(session: RefreshSession, tx?: Tx): Promise<void>;
    findByHash(tokenHash: string): Promise<RefreshSession | null>;
    /** Marks it used if it was not; false when somebody was faster. */
    use(id: string, at: number): Promise<boolean>;
    revokeFamily(family: string, at: number): Promise<void>;
    revokeAccount(account: string, at: number): Promise<void>;
  };
  activations: {
    /** Earlier secrets of the account are no longer good. */
    insert(tx: Tx, secret: ActivationSecret): Promise<void>;
    /** Takes the secret away; null when unknown, used or expired at `realNow`. */
    take(tx: Tx, secretHash: string, realNow: number): Promise<ActivationSecret | null>;
  };
  delegations: {
    insert(tx: Tx, delegation: Delegation): Promise<void>;
    /** Those an account gave and has not taken back, oldest first. */
    by(principal: string, tx?: Tx): Promise<Delegation[]>;
    /** Those given to an account and not taken back, oldest first. */
    to(delegate: string): Promise<Delegation[]>;
    /** Takes one back; false when this account gave none such. */
    end(tx: Tx, principal: string, id: string, at: number): Promise<boolean>;
  };
  /** Failed sign-ins by key (an account or an address), in real time; forgotten a day after the last one. */
  attempts: {
    find(key: string): Promise<{ failures: number; lastAt: number }>;
    /** Adds one if there are still `seen`; false when somebody else tried meanwhile. */
    count(key: string, seen: number, at: number): Promise<boolean>;
    clear(key: string): Promise<void>;
  };
  bodies: {
    find(id: string, tx?: Tx): Promise<Body | null>;
    list(): Promise<Body[]>;
    /** Active bodies of a kind that are competent for a commune, most local first. */
    competent(kind: string, commune: string): Promise<Body[]>;
    /** @throws DomainError BODY_EXISTS */
    insert(tx: Tx, body: Body): Promise<void>;
    /** @throws DomainError BODY_NOT_FOUND */
    save(tx: Tx, body: Body): Promise<void>;
  };
  procedures: {
    find(hash: string): Promise<ProcedureVersion | null>;
    /**
     * The version in force on a day (`YYYY-MM-DD`): newest `inForceFrom` not after it, then newest published. One that an
     * administrator published stands before any that ships: a new release never undoes an office's own rule.
     */
    inForce(id: string, day: string): Promise<ProcedureVersion | null>;
    versions(id?: string): Promise<Omit<ProcedureVersion, 'diagram' | 'forms' | 'decisions'>[]>;
    /** Keeps a version; the same content twice is kept once. */
    insert(tx: Tx, version: ProcedureVersion): Promise<void>;
  };
  procedureDrafts: {
    find(id: string, tx?: Tx): Promise<ProcedureDraft | null>;
    /** Last changed first; at most 500. */
    list(): Promise<Omit<ProcedureDraft, 'files'>[]>;
    insert(tx: Tx, draft: ProcedureDraft): Promise<void>;
    /** Saves and adds one to `version`. @throws DomainError STALE_VERSION */
    save(tx: Tx, draft: ProcedureDraft): Promise<ProcedureDraft>;
    remove(tx: Tx, id: string): Promise<void>;
  };
  counters: {
    /** Next number of a series; gap-free since it rolls back with the transaction. */
    next(tx: Tx, series: string): Promise<number>;
  };
  registers: {
    find(id: string, tx?: Tx): Promise<RegisterEntry | null>;
    /** Entries of one register, the last first; the events' own entries are written with their events. */
    list(
      filter: {
        commune: string;
        direction: RegisterDirection;
        year: number;
        kind?: EntryKind | undefined;
        dossier?: string | undefined;
        number?: number | undefined;
        from?: number | undefined;
        to?: number | undefined;
      },
      page: PageRequest,
    ): Promise<Page<RegisterEntry>>;
    /** The entries that correct one of these. */
    correctionsOf(ids: string[]): Promise<RegisterEntry[]>;
    /** Adds an entry under the next number of its register. */
    add(tx: Tx, entry: Omit<RegisterEntry, 'number'>): Promise<RegisterEntry>;
  };
  receipts: {
    /** Reserves a payment receipt number of a commune. @throws DomainError RECEIPT_ALREADY_USED */
    reserve(tx: Tx, commune: string, receipt: string): Promise<void>;
  };
  idempotency: {
    find(id: string): Promise<IdempotencyRecord | null>;
    /** The transaction ends with REQUEST_IN_PROGRESS when the key is already written (the caller reads it again). */
    insert(tx: Tx, record: IdempotencyRecord): Promise<void>;
    keepResponse(id: string, response: IdempotencyRecord['response']): Promise<void>;
  };
  notifications: {
    insert(tx: Tx, notifications: Notification[]): Promise<void>;
    list(account: string, unreadOnly: boolean, page: PageRequest): Promise<Page<Notification>>;
    /** @throws DomainError NOTIFICATION_NOT_FOUND */
    markRead(account: string, id: string, at: number): Promise<void>;
    /** E-mails still to be sent, and those given up. */
    countMail(): Promise<{ waiting: number; failed: number }>;
    claimMail(realNow: number, leaseMs: number, limit: number): Promise<Notification[]>;
    mailDone(
      id: string,
      status: 'sent' | 'failed' | 'pending',
      attempts: number,
      runAfter: number,
    ): Promise<void>;
  };
  settings: {
    get(name: string): Promise<JsonObject | null>;
    /** First writer wins: inserts unless it exists, answers what is stored. */
    once(name: string, value: JsonObject): Promise<JsonObject>;
    set(name: string, value: JsonObject, tx?: Tx): Promise<void>;
  };
  /** Answers when the store can commit. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
