import { SYSTEM } from '../domain/party.ts';
import type { ServiceHandler } from '../engine/port.ts';
import { missingPieces } from '../procedures/pieces.ts';
import type { Tx } from '../store/store.ts';
import type { Core } from '../usecases/dependencies.ts';
import { dossierEvent } from '../usecases/dossierEvent.ts';
import { numberDossier } from './numberDossier.ts';

/** Numbers a filing that lacks a principal piece and dates its refusal, naming the pieces; no receipt (RGC 33). */
export function rejectFiling(core: Core): ServiceHandler<Tx> {
  return async ({ dossier: id, now, flowNode }) => ({
    async write(tx) {
      const dossier = await core.store.dossiers.get(id, tx);
      if (dossier.filingRejection !== null || dossier.definition === null) return [];
      const version = await core.catalog.get(dossier.definition);
      const number = await numberDossier(core, tx, dossier, version, now);
      const documents = await core.store.documents.ofDossier(id, tx);
      const present = documents.filter((document) => document.current).map((document) => document.piece);
      const missing = missingPieces(version.settings, dossier.application, present).map((piece) => ({
        piece: piece.code,
        article: piece.article,
      }));
      await core.store.dossiers.save(tx, {
        ...dossier,
        number,
        status: 'rejectedAtFiling',
        filingRejection: { at: now, missing },
        endedAt: now,
        updatedAt: now,
      });
      return [
        dossierEvent(dossier, 'FilingRejected', SYSTEM, now, {
          flowNode,
          article: 'RGC 33',
          data: { number, missing: missing.map(({ piece }) => piece) },
        }),
      ];
    },
  });
}
