import { authorize } from '../../domain/access.ts';
import type { Committee } from '../../domain/dossier.ts';
import type { LocalizedText } from '../../domain/json.ts';
import { BODY_KINDS, type BodyKind } from '../../domain/party.ts';
import { communeFacts } from '../../handlers/communeFacts.ts';
import { committeeFor } from '../../procedures/committeeFor.ts';
import { requiredPieces } from '../../procedures/pieces.ts';
import type { Core, RequestContext } from '../dependencies.ts';
import { versionOf } from './readDossier.ts';
import { visibleDossier } from './visibleDossier.ts';

/** A kind of body that is asked, the body that would answer here, and why. */
export interface DispatchSeat {
  kind: BodyKind;
  /** Null where no active body of the kind with a member serves the commune. */
  body: string | null;
  name: LocalizedText | null;
  binding: boolean;
  article: string;
}

/** What a registry needs to check a dossier: the pieces it may ask for, and whom the dossier then goes to. */
export interface CompletenessRules {
  /** Codes of the pieces that this application must bring: no other may be asked for (law 55-19). */
  listed: string[];
  /** Null for a procedure that convenes nobody. */
  dispatch: Dispatch | null;
}

/** Who studies a dossier once it is complete, by the tables of its procedure. */
export interface Dispatch {
  kind: Committee['kind'];
  rule: string;
  secretariat: { body: string | null; name: LocalizedText | null };
  seats: DispatchSeat[];
  /** Kinds of body that may be called in beside: those that have somebody to answer in this commune. */
  occasional: { kind: BodyKind; body: string; name: LocalizedText }[];
}

/** Kinds that keep secretariats, and so are never called in as members. */
const SECRETARIATS: readonly BodyKind[] = ['oneStopShop', 'provincialCommittee'];

/**
 * Tells the registry whom the dossier goes to when it is found complete, before anyone is convened (RGC 10, 15, 21-23).
 */
export async function readDispatch(
  core: Core,
  context: RequestContext,
  input: { id: string },
): Promise<CompletenessRules> {
  const dossier = await visibleDossier(core, context, input.id);
  authorize(context.actor, 'dossier.readStudy', dossier);
  const version = await versionOf(core, dossier);
  const listed = requiredPieces(version.settings, dossier.application).map(({ code }) => code);
  if (version.settings.decisions.committee === undefined) return { listed, dispatch: null };
  const rules = committeeFor(version, dossier.application, communeFacts(core, dossier.commune));
  const answering = async (kind: BodyKind) => {
    const [body] = await core.store.bodies.competent(kind, dossier.commune);
    if (body === undefined) return null;
    const role = SECRETARIATS.includes(kind) ? 'committeeSecretary' : 'committeeMember';
    const holders = await core.store.accounts.holders(role, dossier.commune, body.id);
    return holders.length > 0 ? body : null;
  };
  const seats = await Promise.all(
    rules.seats.map(async ({ kind, binding, article }) => {
      const body = await answering(kind);
      return { kind, binding, article, body: body?.id ?? null, name: body?.name ?? null };
    }),
  );
  const secretariat = await answering(rules.secretariatKind);
  const others = BODY_KINDS.filter(
    (kind) => !SECRETARIATS.includes(kind) && !seats.some((seat) => seat.kind === kind),
  );
  const occasional = await Promise.all(
    others.map(async (kind) => {
      const body = await answering(kind);
      return body === null ? [] : [{ kind, body: body.id, name: body.name }];
    }),
  );
  return {
    listed,
    dispatch: {
      kind: rules.kind,
      rule: rules.rule,
      secretariat: { body: secretariat?.id ?? null, name: secretariat?.name ?? null },
      seats,
      occasional: occasional.flat(),
    },
  };
}
