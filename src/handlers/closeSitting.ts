import { SYSTEM } from '../domain/party.ts';
import type { ServiceHandler } from '../engine/port.ts';
import type { Tx } from '../store/store.ts';
import type { Core } from '../usecases/dependencies.ts';
import { dossierEvent } from '../usecases/dossierEvent.ts';
import { changeDossier } from './changeDossier.ts';

/** The time limit is over: the sitting closes with those present, and the silent members are named (RGC 19, 27). */
export function closeSitting(core: Core): ServiceHandler<Tx> {
  return async ({ dossier: id, now, flowNode }) => ({
    async write(tx) {
      const opinions = await core.store.opinions.ofDossier(id, tx);
      const dossier = await changeDossier(core, tx, id, now, (current) => {
        if (current.committee === null) return {};
        const heard = opinions.filter((one) => one.round === current.round).map((one) => one.body);
        const silent = current.committee.members
          .filter((member) => !member.binding && !heard.includes(member.body))
          .map((member) => member.body);
        return { committee: { ...current.committee, silent } };
      });
      return (dossier.committee?.silent ?? []).map((body) =>
        dossierEvent(dossier, 'MemberSilent', SYSTEM, now, {
          flowNode,
          body,
          data: { round: dossier.round },
        }),
      );
    },
  });
}
