import { SYSTEM } from '../domain/party.ts';
import type { ServiceHandler } from '../engine/port.ts';
import type { Tx } from '../store/store.ts';
import type { Core } from '../usecases/dependencies.ts';
import { dossierEvent } from '../usecases/dossierEvent.ts';
import { numberDossier } from './numberDossier.ts';

/** Numbers a complete filing and issues its dated receipt; the statutory delay runs from here (law 55-19; RGC 30). */
export function openDossier(core: Core): ServiceHandler<Tx> {
  return async ({ dossier: id, now, flowNode }) => ({
    async write(tx) {
      const dossier = await core.store.dossiers.get(id, tx);
      if (dossier.receipt !== null || dossier.definition === null) return [];
      const version = await core.catalog.get(dossier.definition);
      const number = await numberDossier(core, tx, dossier, version, now);
      const documents = await core.store.documents.ofDossier(id, tx);
      const pieces = documents.filter((document) => document.current).map((document) => document.id);
      await core.store.dossiers.save(tx, {
        ...dossier,
        number,
        status: 'underStudy',
        receipt: { number, issuedAt: now, pieces },
        clockStartedAt: now,
        updatedAt: now,
      });
      return [
        dossierEvent(dossier, 'DossierOpened', SYSTEM, now, {
          flowNode,
          article: 'RGC 30',
          data: { number },
        }),
      ];
    },
  });
}
