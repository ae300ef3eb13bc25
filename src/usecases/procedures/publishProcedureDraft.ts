import { DomainError } from '../../domain/errors.ts';
import { refused } from '../../procedures/buildVersion.ts';
import { contentHash } from '../../procedures/contentHash.ts';
import type { ProcedureVersion } from '../../procedures/types.ts';
import type { Dependencies, RequestContext } from '../dependencies.ts';
import { remember } from '../remember.ts';
import { draftSource } from './draftSource.ts';
import { findDraft } from './procedureDrafts.ts';
import { publishProcedure } from './publishProcedure.ts';

/**
 * Publishes a draft, in force from a day that is not past: today unless another is given. Dossiers that run stay on their
 * version; those filed from that day take the new one. The draft is then gone: the version is what there is.
 * @throws DomainError DRAFT_NOT_FOUND, STALE_VERSION, INVALID_INPUT, PROCEDURE_REFUSED, PROCEDURE_UNCHANGED
 */
export async function publishProcedureDraft(
  deps: Dependencies,
  context: RequestContext,
  input: { id: string; ifVersion?: number | undefined; note: string; inForceFrom?: string | undefined },
): Promise<ProcedureVersion> {
  const draft = await findDraft(deps, context, input);
  if (input.ifVersion !== undefined && draft.version !== input.ifVersion) {
    throw new DomainError('STALE_VERSION', { current: draft.version, given: input.ifVersion });
  }
  const today = deps.workingTime('*').localDateOf(deps.clock.now());
  const inForceFrom = input.inForceFrom ?? today;
  if (inForceFrom < today) {
    throw new DomainError('INVALID_INPUT', {
      errors: [{ field: '/inForceFrom', rule: 'minimum', params: { limit: today } }],
    });
  }
  const { source, problems } = await draftSource(deps, draft);
  if (source === null) throw refused(problems);
  const dated = { ...source, settings: { ...source.settings, inForceFrom } };
  const hash = contentHash(dated);
  const known = await deps.store.procedures.find(hash);
  if (known !== null) throw new DomainError('PROCEDURE_UNCHANGED', { version: hash });
  return publishProcedure(deps, deps.checkDiagram, context.actor, dated, input.note.trim(), async (tx) => {
    // What was checked is what is published: a change that came meanwhile would be lost with the draft.
    const current = await findDraft(deps, context, input, tx);
    if (current.version !== draft.version) {
      throw new DomainError('STALE_VERSION', { current: current.version, given: draft.version });
    }
    await deps.store.procedureDrafts.remove(tx, draft.id);
    await remember(deps, context, tx, { kind: 'procedureVersion', id: hash });
  });
}
