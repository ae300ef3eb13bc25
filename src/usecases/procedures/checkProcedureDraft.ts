import { SYSTEM } from '../../domain/party.ts';
import type { Problem } from '../../procedures/types.ts';
import type { Dependencies, RequestContext } from '../dependencies.ts';
import { draftSource } from './draftSource.ts';
import { problemsOf } from './problemsOf.ts';
import { findDraft } from './procedureDrafts.ts';

/** All that stands between a draft and its publication, as publication itself would find it. */
export async function checkProcedureDraft(
  deps: Dependencies,
  context: RequestContext,
  input: { id: string },
): Promise<{ version: number; problems: Problem[] }> {
  const draft = await findDraft(deps, context, input);
  const { source, problems } = await draftSource(deps, draft);
  if (source === null) return { version: draft.version, problems };
  const nobody = { publishedAt: 0, publishedBy: SYSTEM.account, note: '' };
  const found = await problemsOf(deps.checkDiagram, source, nobody);
  return { version: draft.version, problems: found.problems };
}
