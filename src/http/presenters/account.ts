import type { JsonObject, LocalizedText } from '../../domain/json.ts';
import type { Account, Body } from '../../domain/party.ts';
import type { SavedFilter, Session } from '../application.ts';
import { presentInstant } from './instant.ts';

/** An account as its holder and administrators see it; never its password. */
export function presentAccount(account: Account): JsonObject {
  return {
    id: account.id,
    kind: account.kind,
    email: account.email,
    name: account.name,
    nameAr: account.nameAr,
    identityNumber: account.identityNumber,
    phone: account.phone,
    orderNumber: account.orderNumber,
    language: account.language,
    jobTitle: account.jobTitle === null ? null : presentText(account.jobTitle),
    grants: account.grants.map(({ role, territory, body }) => ({ role, territory, body })),
    active: account.active,
    activated: account.passwordHash !== null,
    createdAt: presentInstant(account.createdAt),
    version: account.version,
  };
}

/** The inbox filters that a person has named. */
export function presentFilters(filters: SavedFilter[]): JsonObject {
  return { items: filters.map(({ name, query }) => ({ name, query })), next: null };
}

/** The tokens of a sign-in, named as in RFC 6750. */
export function presentSession(session: Session): JsonObject {
  const { accessToken, refreshToken, expiresIn } = session;
  return { accessToken, refreshToken, tokenType: 'Bearer', expiresIn };
}

/** An administration that gives opinions or keeps a secretariat. */
export function presentBody({ id, kind, name, territories, active }: Body): JsonObject {
  return { id, kind, name: presentText(name), territories, active };
}

/** A text in all its languages. */
export function presentText({ ar, fr, en }: LocalizedText): JsonObject {
  return { ar, fr, ...(en === undefined ? {} : { en }) };
}
