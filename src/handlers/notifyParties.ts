import { SYSTEM } from '../domain/party.ts';
import type { ServiceHandler } from '../engine/port.ts';
import type { Tx } from '../store/store.ts';
import type { Core } from '../usecases/dependencies.ts';
import { dossierEvent } from '../usecases/dossierEvent.ts';
import { notify } from './notify.ts';

/** Messages that go to the members who sit, rather than to the parties of the dossier. */
const FOR_THE_COMMITTEE = new Set(['committeeConvened']);

/** Tells the applicant and the architect, or the committee, what the diagram's `permit:template` says. */
export function notifyParties(core: Core): ServiceHandler<Tx> {
  return async ({ dossier: id, now, flowNode }) => ({
    async write(tx) {
      const dossier = await core.store.dossiers.get(id, tx);
      const version = await core.catalog.get(dossier.definition ?? '');
      const template = version.services[flowNode]?.template?.replace(/^notification\./, '');
      if (template == null) throw new Error(`${flowNode} names no message`);
      const recipients = FOR_THE_COMMITTEE.has(template)
        ? await committee(
            core,
            dossier.commune,
            dossier.committee?.members.map((member) => member.body) ?? [],
          )
        : [dossier.applicant, dossier.architect];
      await notify(core, tx, dossier, recipients, template, now, { round: dossier.round });
      return [dossierEvent(dossier, 'PartiesNotified', SYSTEM, now, { flowNode, data: { template } })];
    },
  });
}

async function committee(core: Core, commune: string, bodies: string[]): Promise<string[]> {
  const holders = await Promise.all(
    bodies.map((body) => core.store.accounts.holders('committeeMember', commune, body)),
  );
  return holders.flat().map((account) => account.id);
}
