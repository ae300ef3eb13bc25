import type { Committee } from '../domain/dossier.ts';
import { DomainError } from '../domain/errors.ts';
import { SYSTEM } from '../domain/party.ts';
import type { ServiceHandler } from '../engine/port.ts';
import { committeeFor } from '../procedures/committeeFor.ts';
import type { Tx } from '../store/store.ts';
import type { Core } from '../usecases/dependencies.ts';
import { dossierEvent } from '../usecases/dossierEvent.ts';
import { changeDossier } from './changeDossier.ts';
import { communeFacts } from './communeFacts.ts';

/**
 * Convenes who studies the dossier: the commune's one-stop shop, or the province's committee for a commune of 50,000
 * inhabitants or fewer, with the members that the project calls for (RGC 10, 15, 21–23). The urban agency's seat is
 * apart, since its opinion binds (RGC 35).
 */
export function conveneCommittee(core: Core): ServiceHandler<Tx> {
  return async ({ dossier: id, variables, now, flowNode }) => {
    const seen = await core.store.dossiers.get(id);
    if (seen.definition === null) throw new DomainError('DOSSIER_NOT_FOUND', { dossier: id });
    const version = await core.catalog.get(seen.definition);
    const seats = committeeFor(version, seen.application, communeFacts(core, seen.commune));
    const occasional = Array.isArray(variables.occasionalMembers)
      ? variables.occasionalMembers.map(String)
      : [];
    const kinds = new Map<string, boolean>(seats.seats.map((seat) => [seat.kind, seat.binding]));
    for (const kind of occasional) if (!kinds.has(kind)) kinds.set(kind, false);
    const members: Committee['members'] = [];
    for (const [kind, binding] of kinds)
      members.push({ body: await bodyOf(core, kind, seen.commune), kind, binding });
    const secretariat = await bodyOf(core, seats.secretariatKind, seen.commune);
    const agency = members.find((member) => member.kind === 'urbanAgency');
    if (agency === undefined) throw new DomainError('COMMITTEE_BODY_MISSING', { kind: 'urbanAgency' });
    return {
      variables: {
        members: members.filter((member) => member !== agency).map((member) => member.body),
        urbanAgency: agency.body,
        secretariat,
      },
      async write(tx) {
        const dossier = await changeDossier(core, tx, id, now, ({ round }) => ({
          committee: {
            kind: seats.kind,
            round,
            convenedAt: now,
            secretariat,
            members,
            silent: [],
            rule: seats.rule,
          },
        }));
        return [
          dossierEvent(dossier, 'CommitteeConvened', SYSTEM, now, {
            flowNode,
            body: secretariat,
            article: 'RGC 10, 15, 21-23',
            data: {
              kind: seats.kind,
              rule: seats.rule,
              round: dossier.round,
              members: members.map((member) => member.body),
            },
          }),
        ];
      },
    };
  };
}

async function bodyOf(core: Core, kind: string, commune: string): Promise<string> {
  const [body] = await core.store.bodies.competent(kind, commune);
  if (body === undefined) throw new DomainError('COMMITTEE_BODY_MISSING', { kind, commune });
  return body.id;
}
