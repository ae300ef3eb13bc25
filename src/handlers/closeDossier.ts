import { SYSTEM } from '../domain/party.ts';
import type { ServiceHandler } from '../engine/port.ts';
import type { Tx } from '../store/store.ts';
import type { Core } from '../usecases/dependencies.ts';
import { dossierEvent } from '../usecases/dossierEvent.ts';
import { changeDossier } from './changeDossier.ts';

/** Files away a dossier whose applicant did not answer in time. */
export function closeDossier(core: Core): ServiceHandler<Tx> {
  return async ({ dossier: id, now, flowNode }) => ({
    async write(tx) {
      const dossier = await changeDossier(core, tx, id, now, () => ({
        status: 'closedWithoutFollowUp',
        endedAt: now,
      }));
      return [
        dossierEvent(dossier, 'DossierClosed', SYSTEM, now, { flowNode, data: { round: dossier.round } }),
      ];
    },
  });
}
