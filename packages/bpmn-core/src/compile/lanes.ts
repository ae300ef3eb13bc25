import { type Draft, isSubProcess } from './draft.ts';
import { attribute, child, children, type Element, idOf } from './element.ts';
import type { Extensions } from './extension.ts';
import type { Report } from './report.ts';

/** Reads lanes (clause 10.8): each node gets its innermost lane; nodes of a sub-process have the lane of that one. */
export function readLanes(process: Element, draft: Draft, extensions: Extensions, report: Report): void {
  readLaneSets(children(process, 'laneSets'), null, draft, extensions, report);
  for (const element of children(process, 'flowElements')) inherit(element, draft, extensions, report);
}

function readLaneSets(
  laneSets: Element[],
  parent: string | null,
  draft: Draft,
  extensions: Extensions,
  report: Report,
): void {
  for (const laneSet of laneSets) {
    for (const lane of children(laneSet, 'lanes')) {
      const id = idOf(lane);
      const nodes = children(lane, 'flowNodeRef').map(idOf);
      draft.lanes[id] = {
        id,
        name: attribute(lane, 'name'),
        parent,
        nodes,
        extension: extensions.attributes(lane),
      };
      for (const nodeId of nodes) {
        const node = draft.nodes[nodeId];
        if (node === undefined) continue;
        if (node.lane !== null && node.lane !== parent) {
          const message = `${nodeId} is in two lanes, ${node.lane} and ${id}`;
          report.refuse('two-lanes', nodeId, message, { first: node.lane, second: id });
        }
        node.lane = id;
      }
      const childLaneSet = child(lane, 'childLaneSet');
      if (childLaneSet) readLaneSets([childLaneSet], id, draft, extensions, report);
    }
  }
}

function inherit(element: Element, draft: Draft, extensions: Extensions, report: Report): void {
  if (!isSubProcess({ type: element.$type })) return;
  readLaneSets(
    children(element, 'laneSets'),
    draft.nodes[idOf(element)]?.lane ?? null,
    draft,
    extensions,
    report,
  );
  for (const inner of children(element, 'flowElements')) {
    const node = draft.nodes[idOf(inner)];
    if (node) node.lane ??= draft.nodes[idOf(element)]?.lane ?? null;
    inherit(inner, draft, extensions, report);
  }
}
