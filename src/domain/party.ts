import type { LocalizedText } from './json.ts';

/** What an account may be asked to do. A grant joins it to a territory and, for members of a body, to that body. */
export const ROLES = [
  'applicant',
  'architect',
  'registryOfficer',
  'committeeMember',
  'committeeSecretary',
  'president',
  'treasurer',
  'governor',
  'procedureAdministrator',
  'analyst',
  'operator',
  'administrator',
] as const;
export type Role = (typeof ROLES)[number];

/** The roles that anyone may take when signing up; all others are granted by an administrator. */
export const SELF_SERVICE_ROLES = ['applicant', 'architect'] as const satisfies readonly Role[];

/** Who is responsible for a stretch of a dossier's life. */
export type PartyKind = 'applicant' | 'administration' | 'system';

/** One role held in one territory; `territory` is a code of `reference/territories` or `*` for the whole country. */
export interface RoleGrant {
  role: Role;
  territory: string;
  body: string | null;
}

export const BODY_KINDS = [
  'commune',
  'province',
  'urbanAgency',
  'oneStopShop',
  'provincialCommittee',
  'civilProtection',
  'publicWorks',
  'railways',
  'maritimeDomain',
  'telecom',
  'landRegistry',
  'other',
] as const;
export type BodyKind = (typeof BODY_KINDS)[number];

/** An administration that gives opinions or keeps a committee's secretariat; `id` is `[A-Za-z0-9_-]{1,60}`. */
export interface Body {
  id: string;
  kind: BodyKind;
  name: LocalizedText;
  /** The territories it is competent for: codes of `reference/territories`. */
  territories: string[];
  active: boolean;
}

export type AccountKind = 'person' | 'company';

/** A person or company that may sign in. */
export interface Account {
  id: string;
  kind: AccountKind;
  /** Null for a person whose account was opened at a counter and who has none: they name one when they take it over. */
  email: string | null;
  name: string;
  /** As printed on Arabic documents. */
  nameAr: string | null;
  /** National identity card of a person or trade-register number of a company. */
  identityNumber: string | null;
  phone: string | null;
  /** Registration number with the order of architects. */
  orderNumber: string | null;
  language: 'ar' | 'fr' | 'en';
  /** What the person is in office, as printed under a signature, e.g. president of the communal council. */
  jobTitle: LocalizedText | null;
  grants: RoleGrant[];
  /** scrypt hash, null until the holder of the one-time secret has chosen a password. */
  passwordHash: string | null;
  active: boolean;
  createdAt: number;
  version: number;
}

/** Who acts, as rules see it: an account with its grants, or the system itself. */
export interface Actor {
  account: string;
  name: string;
  grants: RoleGrant[];
  /** Signed in at a browser, which may stay open while its owner is away: signing asks for the password again. */
  inBrowser?: boolean;
  /** Those who named this account their delegate, with the procedure it is for (null: every one). */
  actsFor?: { principal: string; procedure: string | null }[];
}

/** The engine and its timers acting on their own. */
export const SYSTEM: Actor = { account: 'system', name: 'Shubbak', grants: [] };

/** Tells whether a grant's territory contains a commune or province, by code segments (`01.151` contains `01.151.01.01`). */
export function territoryCovers(territory: string, code: string): boolean {
  return territory === '*' || code === territory || code.startsWith(`${territory}.`);
}

/** The grants by which an actor holds a role over a territory. */
export function grantsOf(actor: Actor, role: Role, code?: string): RoleGrant[] {
  return actor.grants.filter(
    (grant) => grant.role === role && (code === undefined || territoryCovers(grant.territory, code)),
  );
}
