import type { ProcedureDraft } from '../../procedures/draft.ts';
import { formKeys, sourceOf } from '../../procedures/draftFiles.ts';
import type { Form, Problem, ProcedureSource } from '../../procedures/types.ts';
import { noneInForce } from '../catalog.ts';
import type { Core } from '../dependencies.ts';

/** Puts a draft's files together, with the forms of other procedures that it names, as they are in force now. */
export async function draftSource(
  core: Pick<Core, 'catalog' | 'clock'>,
  draft: Pick<ProcedureDraft, 'procedure' | 'files'>,
): Promise<{ source: ProcedureSource | null; problems: Problem[] }> {
  const named = draft.files.flatMap(({ path, content }) => (path.endsWith('.bpmn') ? formKeys(content) : []));
  const owners = new Set(named.map((form) => form.split('/')[0] as string));
  owners.delete(draft.procedure);
  const forms = new Map<string, Form>();
  for (const owner of owners) {
    const version = await core.catalog.inForce(owner, core.clock.now()).catch(noneInForce);
    for (const [id, form] of Object.entries(version?.forms ?? {})) forms.set(id, form);
  }
  return sourceOf(draft, (form) => forms.get(form));
}
