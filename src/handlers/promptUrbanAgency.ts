import { dossierEvent } from '../usecases/dossierEvent.ts';
import { notify } from './notify.ts';
import type { TaskHandler } from './taskHandler.ts';

/** The governor prompts a body whose binding opinion is late; the dossier goes on waiting for it (RGC 35, 49). */
export const promptUrbanAgency: TaskHandler = async (core, { task, dossier, payload, actor, now }) => ({
  variables: {},
  async write(tx) {
    const binding = (dossier.committee?.members ?? []).filter((member) => member.binding);
    for (const { body } of binding) {
      const members = await core.store.accounts.holders('committeeMember', dossier.commune, body);
      const accounts = members.map((member) => member.id);
      await notify(core, tx, dossier, accounts, 'agencyPrompted', now, { message: payload.message ?? '' });
    }
    return [
      dossierEvent(dossier, 'AgencyPrompted', actor, now, {
        flowNode: task.flowNode,
        subject: task.id,
        article: task.article,
        data: { round: dossier.round, bodies: binding.map(({ body }) => body) },
      }),
    ];
  },
});
