import { authorize } from '../../domain/access.ts';
import type { LocalizedText } from '../../domain/json.ts';
import { type Account, type BodyKind, type Role, territoryCovers } from '../../domain/party.ts';
import { alwaysSeated } from '../../procedures/alwaysSeated.ts';
import type { ProcedureVersion } from '../../procedures/types.ts';
import { noneInForce } from '../catalog.ts';
import type { Core, RequestContext } from '../dependencies.ts';

/** Officials whom every file needs, beside the bodies that study it. */
export const OFFICES = [
  'registryOfficer',
  'president',
  'treasurer',
  'governor',
] as const satisfies readonly Role[];
export type Office = (typeof OFFICES)[number];

/** Open accounts that hold an office somewhere: `ready` have chosen a password, `invited` not yet. */
export interface Holders {
  ready: number;
  invited: number;
}

/** A body that must sit for a commune, and who sits for it; `body` is null when none is open. */
export interface Seat extends Holders {
  kind: BodyKind;
  part: 'member' | 'secretariat';
  body: { id: string; name: LocalizedText } | null;
}

/** Who serves one commune. */
export interface CommuneCoverage {
  territory: string;
  offices: { office: Office; holders: Holders }[];
  seats: Seat[];
  /** Nobody is missing who has to act on the first file. */
  complete: boolean;
}

/**
 * Who serves each commune of a territory, and who is missing before a first file can be studied there.
 * @throws DomainError FORBIDDEN, TERRITORY_NOT_FOUND
 */
export async function readCoverage(
  core: Pick<Core, 'store' | 'clock' | 'catalog' | 'territories'>,
  { actor }: RequestContext,
  input: { territory: string },
): Promise<CommuneCoverage[]> {
  authorize(actor, 'account.administer', null);
  const { territories, store } = core;
  const asked = territories.get(input.territory).code;
  const inForce = await proceduresInForce(core);
  const holders = await holdersAround(core, asked);
  const bodies = (await store.bodies.list()).filter((body) => body.active);
  const communes = [...territories.list({ kind: 'commune' }), ...territories.list({ kind: 'arrondissement' })]
    .filter(({ code }) => territoryCovers(asked, code))
    .sort((a, b) => (a.code < b.code ? -1 : 1));

  return communes.map(({ code, kind, setting, population }) => {
    const facts = { code, kind, setting, population, populationClass: territories.populationClass(code) };
    const wanted = new Map<string, { kind: BodyKind; part: Seat['part'] }>();
    for (const version of inForce) {
      const seats = alwaysSeated(version, facts);
      if (seats === null) continue;
      wanted.set(`secretariat ${seats.secretariat}`, { kind: seats.secretariat, part: 'secretariat' });
      for (const member of seats.members) wanted.set(`member ${member}`, { kind: member, part: 'member' });
    }
    const offices = OFFICES.map((office) => ({ office, holders: count(holders, office, code, null) }));
    const seats = [...wanted.values()].map(({ kind: seat, part }): Seat => {
      const body = mostLocal(
        bodies.filter(
          (one) => one.kind === seat && one.territories.some((own) => territoryCovers(own, code)),
        ),
        code,
      );
      const role = part === 'secretariat' ? 'committeeSecretary' : 'committeeMember';
      return {
        kind: seat,
        part,
        body: body === null ? null : { id: body.id, name: body.name },
        ...(body === null ? { ready: 0, invited: 0 } : count(holders, role, code, body.id)),
      };
    });
    const complete =
      offices.every((one) => one.holders.ready > 0) &&
      seats.every((seat) => seat.body !== null && seat.ready > 0);
    return { territory: code, offices, seats, complete };
  });
}

async function proceduresInForce(
  core: Pick<Core, 'store' | 'clock' | 'catalog'>,
): Promise<ProcedureVersion[]> {
  const ids = [...new Set((await core.store.procedures.versions()).map(({ id }) => id))];
  const found = await Promise.all(
    ids.map((id) => core.catalog.inForce(id, core.clock.now()).catch(noneInForce)),
  );
  return found.filter((version) => version !== null);
}

type Held = Map<Role, Account[]>;

/** Active accounts by role, whose grant covers the territory or lies inside it. */
async function holdersAround({ store }: Pick<Core, 'store'>, territory: string): Promise<Held> {
  const held: Held = new Map();
  for (const role of [...OFFICES, 'committeeMember', 'committeeSecretary'] as const) {
    const found = new Map((await store.accounts.holders(role, territory)).map((one) => [one.id, one]));
    for (let cursor: string | null = null; ; ) {
      const page = await store.accounts.list({ role, territory }, { limit: 100, cursor });
      for (const account of page.items) if (account.active) found.set(account.id, account);
      cursor = page.next;
      if (cursor === null) break;
    }
    held.set(role, [...found.values()]);
  }
  return held;
}

function count(held: Held, role: Role, code: string, body: string | null): Holders {
  const serving = (held.get(role) ?? []).filter(({ grants }) =>
    grants.some(
      (grant) =>
        grant.role === role &&
        territoryCovers(grant.territory, code) &&
        (body === null || grant.body === body),
    ),
  );
  const ready = serving.filter(({ passwordHash }) => passwordHash !== null).length;
  return { ready, invited: serving.length - ready };
}

/** The body that would be convened: the one whose territory is nearest. */
function mostLocal<B extends { id: string; territories: string[] }>(bodies: B[], code: string): B | null {
  const nearness = ({ territories }: B) =>
    Math.max(
      ...territories.filter((own) => territoryCovers(own, code)).map((own) => (own === '*' ? 0 : own.length)),
    );
  const [nearest] = [...bodies].sort((a, b) => nearness(b) - nearness(a) || (a.id < b.id ? -1 : 1));
  return nearest ?? null;
}
