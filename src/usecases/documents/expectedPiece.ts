import { authorize } from '../../domain/access.ts';
import type { Dossier } from '../../domain/dossier.ts';
import { DomainError } from '../../domain/errors.ts';
import type { ProcedureVersion } from '../../procedures/types.ts';
import type { Core, RequestContext } from '../dependencies.ts';
import { changeablePieces, preparedRound } from '../dossiers/preparedRound.ts';
import { visibleDossier } from '../dossiers/visibleDossier.ts';

/**
 * Finds the piece that somebody wants to file, and makes sure that they may and that it is asked for.
 * @throws DomainError DOSSIER_NOT_FOUND, FORBIDDEN, UNKNOWN_PIECE, DOCUMENTS_NOT_EXPECTED
 */
export async function expectedPiece(
  core: Core,
  context: RequestContext,
  input: { dossier: string; piece: string },
): Promise<{ dossier: Dossier; piece: ProcedureVersion['settings']['pieces'][number] }> {
  const dossier = await visibleDossier(core, context, input.dossier);
  authorize(context.actor, 'document.add', dossier);
  const version =
    dossier.definition === null
      ? await core.catalog.inForce(dossier.procedure, core.clock.now())
      : await core.catalog.get(dossier.definition);
  const piece = version.settings.pieces.find((one) => one.code === input.piece);
  if (piece === undefined) throw new DomainError('UNKNOWN_PIECE', { piece: input.piece });
  await expectedRound(core, dossier, piece.code);
  return { dossier, piece };
}

/** The round for which a piece is asked. @throws DomainError DOCUMENTS_NOT_EXPECTED when nobody asked for it */
export async function expectedRound(core: Core, dossier: Dossier, piece: string): Promise<number> {
  const open = (await core.store.tasks.ofDossier(dossier.id)).filter((task) => task.status === 'open');
  const round = preparedRound(dossier, open);
  const changeable = changeablePieces(
    dossier,
    open,
    await core.store.opinions.ofDossier(dossier.id),
    await core.store.documents.ofDossier(dossier.id),
  );
  if (round === null || changeable?.has(piece) === false) {
    throw new DomainError('DOCUMENTS_NOT_EXPECTED', { dossier: dossier.id, piece, field: '/piece' });
  }
  return round;
}
