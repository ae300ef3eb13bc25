import { DomainError } from '../domain/errors.ts';
import { SYSTEM } from '../domain/party.ts';
import type { ServiceHandler } from '../engine/port.ts';
import type { Tx } from '../store/store.ts';
import type { Core } from '../usecases/dependencies.ts';
import { dossierEvent } from '../usecases/dossierEvent.ts';
import { changeDossier } from './changeDossier.ts';
import { notify } from './notify.ts';

/** Puts the signed licence in the applicant's space and sends copies to the members (RGC 39, 40). */
export function deliver(core: Core): ServiceHandler<Tx> {
  return async ({ dossier: id, now, flowNode }) => ({
    async write(tx) {
      const decisions = await core.store.decisions.ofDossier(id, tx);
      const licence = decisions.find((one) => one.kind === 'licence' && one.status === 'issued');
      if (licence === undefined) throw new DomainError('DECISION_NOT_READY', { dossier: id });
      const dossier = await changeDossier(core, tx, id, now, () => ({ status: 'delivered', endedAt: now }));
      const bodies = dossier.committee?.members.map((member) => member.body) ?? [];
      for (const body of bodies) {
        const members = await core.store.accounts.holders('committeeMember', dossier.commune, body);
        const accounts = members.map((member) => member.id);
        await notify(core, tx, dossier, accounts, 'licenceDelivered', now, {});
      }
      return [
        dossierEvent(dossier, 'LicenceDelivered', SYSTEM, now, {
          flowNode,
          subject: licence.id,
          article: 'RGC 39, 40',
          data: { sha256: licence.file?.sha256 ?? null, copies: bodies },
        }),
      ];
    },
  });
}
