import { DomainError } from '../domain/errors.ts';
import { SYSTEM } from '../domain/party.ts';
import type { ServiceHandler } from '../engine/port.ts';
import { assessTax } from '../procedures/assessTax.ts';
import type { Tx } from '../store/store.ts';
import type { Core } from '../usecases/dependencies.ts';
import { dossierEvent } from '../usecases/dossierEvent.ts';
import { changeDossier } from './changeDossier.ts';
import { communeFacts } from './communeFacts.ts';

/** Computes the tax on building operations by the rates of the commune (law 47-06, art. 50). */
export function computeTax(core: Core): ServiceHandler<Tx> {
  return async ({ dossier: id, now, flowNode }) => {
    const seen = await core.store.dossiers.get(id);
    if (seen.definition === null) throw new DomainError('DOSSIER_NOT_FOUND', { dossier: id });
    const version = await core.catalog.get(seen.definition);
    const assessment = assessTax(version, seen.application, communeFacts(core, seen.commune));
    return {
      variables: { taxDue: assessment.amount },
      async write(tx) {
        const tax = { ...assessment, computedAt: now, payment: null };
        const dossier = await changeDossier(core, tx, id, now, () => ({ tax }));
        const { amount, rule, exemption } = assessment;
        return [
          dossierEvent(dossier, 'TaxComputed', SYSTEM, now, {
            flowNode,
            article: assessment.source,
            data: { amount, rule, exemption },
          }),
        ];
      },
    };
  };
}
