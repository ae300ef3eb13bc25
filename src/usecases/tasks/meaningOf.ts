import type { LocalizedText } from '../../domain/json.ts';
import type { PartyKind } from '../../domain/party.ts';
import type { Task } from '../../domain/process.ts';
import type { Core } from '../dependencies.ts';

/** What a task is called, and whose turn it is while it is open. */
export interface TaskMeaning {
  name: LocalizedText;
  party: PartyKind;
}

/** Tells what tasks mean, each by the version that opened it: a dossier may have tasks of several procedures. */
export async function meaningOf(
  { catalog }: Pick<Core, 'catalog'>,
  tasks: Task[],
): Promise<(task: Task) => TaskMeaning> {
  const hashes = [...new Set(tasks.map(({ definition }) => definition))];
  const versions = await Promise.all(hashes.map((hash) => catalog.get(hash)));
  const byHash = new Map(versions.map((version) => [version.hash, version]));
  return ({ definition, flowNode }) => {
    const version = byHash.get(definition);
    return {
      name: version?.names[flowNode] ?? { ar: flowNode, fr: flowNode },
      party: version?.tasks[flowNode]?.party ?? 'system',
    };
  };
}
