import type { LocalizedText } from '../domain/json.ts';
import { type Diagram, readDiagram } from './diagram.ts';
import type { ProcedureVersion } from './types.ts';

/** A flow node that may come next: somebody's task, or an end. */
export interface NextStep {
  flowNode: string;
  kind: 'task' | 'end';
}

/** What a reader can follow on a diagram: its stages in order, and what leads where. */
export interface ProcedureMap {
  stages: { id: string; name: LocalizedText }[];
  /** The stage of each flow node that belongs to one. */
  stageOf: ReadonlyMap<string, string>;
  /** User tasks that the flows of these nodes lead to next, in the order of the diagram; ends where there is no task. */
  next(from: readonly string[]): NextStep[];
}

const known = new Map<string, Promise<ProcedureMap>>();

/** The map of a published version: read once, since versions never change. */
export function mapOf(version: Pick<ProcedureVersion, 'hash' | 'diagram'>): Promise<ProcedureMap> {
  let map = known.get(version.hash);
  if (map === undefined) {
    map = readDiagram(version.diagram).then(draw);
    known.set(version.hash, map);
    map.catch(() => known.delete(version.hash));
  }
  return map;
}

function draw({ stages, nodes, flows }: Diagram): ProcedureMap {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const targets = new Map(nodes.map(({ id }) => [id, [] as string[]]));
  for (const { source, target } of flows) targets.get(source)?.push(target);
  return {
    stages: stages.map(({ id, name }) => ({ id, name })),
    stageOf: new Map(nodes.flatMap(({ id, stages: [stage] }) => (stage === undefined ? [] : [[id, stage]]))),
    next(from) {
      const seen = new Set<string>();
      const waiting = from.flatMap((id) => targets.get(id) ?? []);
      for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
        if (seen.has(id)) continue;
        seen.add(id);
        const type = byId.get(id)?.type;
        if (type !== 'UserTask' && type !== 'EndEvent') waiting.push(...(targets.get(id) ?? []));
      }
      const met = nodes.filter(({ id }) => seen.has(id));
      const tasks = met.filter(({ id, type }) => type === 'UserTask' && !from.includes(id));
      const ends = met.filter(({ type }) => type === 'EndEvent');
      return tasks.length > 0
        ? tasks.map(({ id }) => ({ flowNode: id, kind: 'task' }))
        : ends.map(({ id }) => ({ flowNode: id, kind: 'end' }));
    },
  };
}
