import { SYSTEM } from '../domain/party.ts';
import type { ServiceHandler } from '../engine/port.ts';
import type { Tx } from '../store/store.ts';
import type { Core } from '../usecases/dependencies.ts';
import { dossierEvent } from '../usecases/dossierEvent.ts';
import { notify } from './notify.ts';

/** The urban agency is late: the governor is told, since nobody may do without its opinion (RGC 35, 49). */
export function escalateSilence(core: Core): ServiceHandler<Tx> {
  return async ({ dossier: id, now, flowNode }) => ({
    async write(tx) {
      const dossier = await core.store.dossiers.get(id, tx);
      const governors = await core.store.accounts.holders('governor', dossier.commune);
      const accounts = governors.map((governor) => governor.id);
      await notify(core, tx, dossier, accounts, 'agencySilent', now, {});
      const bodies = (dossier.committee?.members ?? []).filter((member) => member.binding);
      return bodies.map(({ body }) =>
        dossierEvent(dossier, 'AgencySilenceEscalated', SYSTEM, now, {
          flowNode,
          body,
          article: 'RGC 49',
          data: { round: dossier.round },
        }),
      );
    },
  });
}
