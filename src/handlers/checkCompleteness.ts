import type { Dossier } from '../domain/dossier.ts';
import { DomainError } from '../domain/errors.ts';
import { requiredPieces } from '../procedures/pieces.ts';
import type { Core } from '../usecases/dependencies.ts';
import { dossierEvent } from '../usecases/dossierEvent.ts';
import { changeDossier } from './changeDossier.ts';
import type { TaskHandler } from './taskHandler.ts';

interface Payload {
  complete: boolean;
  missing?: { piece: string; reason: string; article: string }[];
  occasionalMembers?: string[];
}

/**
 * The registry finds the file complete, or asks once for what is missing: a second request in the same round is
 * refused, and only listed pieces may be asked for (law 55-19).
 */
export const checkCompleteness: TaskHandler = async (core, work) => {
  const { task, actor, now, version } = work;
  const { complete, missing = [], occasionalMembers = [] } = work.payload as unknown as Payload;
  if (!complete) {
    requireFirst(work.dossier);
    const listed = requiredPieces(version.settings, work.dossier.application).map((piece) => piece.code);
    const stranger = missing.find(({ piece }) => !listed.includes(piece));
    if (stranger !== undefined)
      throw new DomainError('COMPLEMENT_PIECE_NOT_LISTED', { piece: stranger.piece });
  }
  for (const [index, kind] of occasionalMembers.entries()) {
    await requireMember(core, work.dossier.commune, kind, `/occasionalMembers/${index}`);
  }
  return {
    variables: { complete, occasionalMembers },
    async write(tx) {
      const documents = await core.store.documents.ofDossier(task.dossier, tx);
      const present = (piece: string) =>
        documents.find((one) => one.current && one.piece === piece)?.id ?? null;
      const dossier = await changeDossier(core, tx, task.dossier, now, (current) => {
        const records = { ...current.records, [task.flowNode]: work.payload };
        if (complete) return { records };
        requireFirst(current);
        const items = missing.map((item) => ({ ...item, document: present(item.piece) }));
        const request = { requestedAt: now, requestedBy: actor.account, items, answeredAt: null };
        return { records, complements: [...current.complements, { round: current.round, ...request }] };
      });
      const about = { flowNode: task.flowNode, subject: task.id, data: { round: dossier.round } };
      if (complete) return [dossierEvent(dossier, 'CompletenessConfirmed', actor, now, about)];
      const data = {
        round: dossier.round,
        pieces: missing.map(({ piece, article }) => ({ piece, article })),
      };
      return [
        dossierEvent(dossier, 'ComplementRequested', actor, now, { ...about, article: 'loi 55-19', data }),
      ];
    },
  };
};

function requireFirst(dossier: Dossier): void {
  if (dossier.complements.some(({ round }) => round === dossier.round)) {
    throw new DomainError('COMPLEMENT_ALREADY_REQUESTED', { round: dossier.round });
  }
}

/** An occasional member is a body of the commune with somebody to answer; said now, not when the committee is convened. */
async function requireMember(core: Core, commune: string, kind: string, field: string): Promise<void> {
  const [body] = await core.store.bodies.competent(kind, commune);
  const answers =
    body !== undefined && (await core.store.accounts.holders('committeeMember', commune, body.id)).length > 0;
  if (!answers) throw new DomainError('COMMITTEE_BODY_MISSING', { kind, commune, field });
}
