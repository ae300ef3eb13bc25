import type { Document } from '../domain/document.ts';
import { DomainError } from '../domain/errors.ts';
import { dossierEvent } from '../usecases/dossierEvent.ts';
import { currentPlans } from '../usecases/dossiers/planDigests.ts';
import { changeDossier } from './changeDossier.ts';
import { requirePlansSigned } from './requirePlansSigned.ts';
import type { TaskHandler } from './taskHandler.ts';

/** A modified project opens a new round: new plans, signed again, and the legal clock restarts (RGC 37). */
export const submitModifiedProject: TaskHandler = async (core, work) => ({
  variables: {},
  async write(tx) {
    const { task, version, payload, actor, now } = work;
    const documents = await core.store.documents.ofDossier(task.dossier, tx);
    const dossier = await changeDossier(core, tx, task.dossier, now, (current) => {
      const round = current.round + 1;
      const known = new Set(documents.filter((one) => one.round < round).map((one) => one.sha256));
      const isNew = (plan: Document) => plan.round === round && !known.has(plan.sha256);
      if (!currentPlans(version, documents).some(isNew)) {
        throw new DomainError('NEW_PLANS_MISSING', { round });
      }
      requirePlansSigned(current, version, documents, round);
      return {
        round,
        clockStartedAt: now,
        committee: null,
        decision: null,
        records: { ...current.records, [`${task.flowNode}-${round}`]: payload },
      };
    });
    return [
      dossierEvent(dossier, 'ModifiedProjectSubmitted', actor, now, {
        flowNode: task.flowNode,
        subject: task.id,
        party: 'applicant',
        article: 'RGC 37',
        data: { round: dossier.round },
      }),
    ];
  },
});
