import type { Decision } from '../domain/decision.ts';
import type { Document } from '../domain/document.ts';
import type { Dossier, DossierStatus } from '../domain/dossier.ts';
import type { DomainEvent, EventType, NewEvent } from '../domain/events.ts';
import type { Json, JsonObject } from '../domain/json.ts';
import type { Notification } from '../domain/notification.ts';
import type { Opinion } from '../domain/opinion.ts';
import type { Account, Body, RoleGrant } from '../domain/party.ts';
import type { Incident, ProcessInstance, Task, TaskStatus } from '../domain/process.ts';
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
  /** Dossiers (not drafts) of communes in one of these territories. */
  territories?: string[];
  /** Dossiers whose committee has this body. */
  bodies?: string[];
}

export interface DossierFilter {
  /** Any of these scopes. */
  scopes: DossierScope[];
  status?: DossierStatus;
  procedure?: string;
  /** Territory code: commune, province or region. */
  territory?: string;
  number?: string;
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
  dueBefore?: number;
  sort: 'dueAt' | 'createdAt';
}

/** A refresh token's record: only the SHA-256 of the token is kept. */
export interface RefreshSession {
  id: string;
  /** All tokens rotated from one sign-in. */
  family: string;
  account: string;
  tokenHash: string;
  /** Real time. */
  expiresAt: number;
  usedAt: number | null;
  revokedAt: number | null;
  createdAt: number;
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
  dossier: string;
  procedure: string;
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
    /** Saves and adds one to `version`. @throws DomainError STALE_VERSION unless the stored version is `dossier.version`. */
    save(tx: Tx, dossier: Dossier): Promise<Dossier>;
    list(filter: DossierFilter, page: PageRequest): Promise<Page<Dossier>>;
    /** Identifiers of all dossiers an account is applicant or architect of. */
    idsOf(account: string): Promise<string[]>;
    /** The procedure of each of these dossiers. */
    proceduresOf(ids: string[]): Promise<Map<string, string>>;
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
  opinions: {
    ofDossier(dossier: string, tx?: Tx): Promise<Opinion[]>;
    /** @throws DomainError TASK_ALREADY_DONE when the task carries an opinion already */
    insert(tx: Tx, opinion: Opinion): Promise<void>;
  };
  decisions: {
    find(id: string, tx?: Tx): Promise<Decision | null>;
    findByCode(code: string): Promise<Decision | null>;
    ofDossier(dossier: string, tx?: Tx): Promise<Decision[]>;
    insert(tx: Tx, decision: Decision): Promise<void>;
    /** @throws DomainError DECISION_NOT_FOUND */
    save(tx: Tx, decision: Decision): Promise<void>;
  };
  tasks: {
    find(id: string, tx?: Tx): Promise<Task | null>;
    list(filter: TaskFilter, page: PageRequest): Promise<Page<Task>>;
    ofDossier(dossier: string): Promise<Task[]>;
    /**
     * Gives an open, unclaimed task to an account.
     * @throws DomainError TASK_TAKEN, TASK_ALREADY_DONE, TASK_NOT_FOUND, STALE_VERSION (when `version` is given)
     */
    claim(tx: Tx, id: string, account: string, at: number, version?: number): Promise<Task>;
    /** @throws DomainError TASK_NOT_CLAIMED, TASK_ALREADY_DONE, TASK_NOT_FOUND, STALE_VERSION */
    release(tx: Tx, id: string, account: string, version?: number): Promise<Task>;
    /** Writes the number of a dossier on its tasks once it is known. */
    setDossierNumber(tx: Tx, dossier: string, number: string): Promise<void>;
  };
  instances: {
    find(id: string): Promise<ProcessInstance | null>;
  };
  incidents: {
    find(id: string): Promise<Incident | null>;
    list(filter: { open: boolean; territories?: string[] }, page: PageRequest): Promise<Page<Incident>>;
  };
  events: {
    /** In order of `seq`; `after` is exclusive. Never shows an event before all those with a smaller `seq`. */
    list(
      filter: { dossier?: string; types?: EventType[]; territory?: string; after?: number },
      limit: number,
    ): Promise<DomainEvent[]>;
    last(): Promise<{ seq: number; hash: string }>;
  };
  steps: {
    /** Streams occurrences that started in [from, to). */
    scan(filter: {
      territory?: string;
      procedure?: string;
      dossier?: string;
      from?: number;
      to?: number;
    }): AsyncIterable<StepOccurrence>;
  };
  accounts: {
    find(id: string, tx?: Tx): Promise<Account | null>;
    /** @throws DomainError ACCOUNT_NOT_FOUND */
    get(id: string, tx?: Tx): Promise<Account>;
    /** E-mails are compared in lower case. */
    findByEmail(email: string): Promise<Account | null>;
    /** @throws DomainError EMAIL_TAKEN */
    insert(tx: Tx, account: Account): Promise<void>;
    /** @throws DomainError STALE_VERSION, EMAIL_TAKEN */
    save(tx: Tx, account: Account): Promise<Account>;
    /** Accounts with one grant that meets all of the filter; `territory` is the grant's own or contains it. */
    list(
      filter: { role?: string; territory?: string; body?: string },
      page: PageRequest,
    ): Promise<Page<Account>>;
    /** Active holders of a role over a territory (and of a body, when given). */
    holders(role: RoleGrant['role'], territory: string, body?: string | null): Promise<Account[]>;
    count(): Promise<number>;
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
    /** The version in force on a day (`YYYY-MM-DD`): newest `inForceFrom` not after it, then newest published. */
    inForce(id: string, day: string): Promise<ProcedureVersion | null>;
    versions(id?: string): Promise<Omit<ProcedureVersion, 'diagram' | 'forms' | 'decisions'>[]>;
    /** Keeps a version; the same content twice is kept once. */
    insert(tx: Tx, version: ProcedureVersion): Promise<void>;
  };
  counters: {
    /** Next number of a series; gap-free since it rolls back with the transaction. */
    next(tx: Tx, series: string): Promise<number>;
  };
  receipts: {
    /** Reserves a payment receipt number of a commune. @throws DomainError RECEIPT_ALREADY_USED */
    reserve(tx: Tx, commune: string, receipt: string): Promise<void>;
  };
  idempotency: {
    find(id: string): Promise<IdempotencyRecord | null>;
    /** @throws DomainError REQUEST_IN_PROGRESS when the key is already written (the caller reads it again). */
    insert(tx: Tx, record: IdempotencyRecord): Promise<void>;
    keepResponse(id: string, response: IdempotencyRecord['response']): Promise<void>;
  };
  notifications: {
    insert(tx: Tx, notifications: Notification[]): Promise<void>;
    list(account: string, unreadOnly: boolean, page: PageRequest): Promise<Page<Notification>>;
    /** @throws DomainError NOTIFICATION_NOT_FOUND */
    markRead(account: string, id: string, at: number): Promise<void>;
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
