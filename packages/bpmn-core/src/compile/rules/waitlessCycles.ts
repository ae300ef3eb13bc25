import { behaviourOf, isRunnable } from '../../behaviours.ts';
import { type Draft, type DraftNode, isSubProcess, targetsOf } from '../draft.ts';
import type { Report } from '../report.ts';

/** A cycle on which no token ever comes to rest would never end its step. */
export function waitlessCycles(draft: Draft, report: Report): void {
  const open = new Set(Object.values(draft.nodes).filter((node) => passes(draft, node)));
  const next = (node: DraftNode) => successors(draft, node).filter((target) => open.has(target));
  trim(open, next);
  const before = new Map<DraftNode, DraftNode[]>();
  for (const node of open)
    for (const target of next(node)) before.set(target, [...(before.get(target) ?? []), node]);
  trim(open, (node) => (before.get(node) ?? []).filter((source) => open.has(source)));
  const [first] = open;
  if (first === undefined) return;
  const nodes = [...open].map((node) => node.id).join(' ');
  const message = `nothing is waited for on the cycle through ${nodes}: put a task or catch event on it`;
  report.refuse('cycle-without-wait', first.id, message, { nodes });
}

/** Removes, again and again, the nodes from which nothing leads on; what is left leads to cycles. */
function trim(open: Set<DraftNode>, next: (node: DraftNode) => DraftNode[]): void {
  const count = new Map<DraftNode, number>();
  const sources = new Map<DraftNode, DraftNode[]>();
  for (const node of open) {
    const targets = next(node);
    count.set(node, targets.length);
    for (const target of targets) {
      const known = sources.get(target);
      if (known) known.push(node);
      else sources.set(target, [node]);
    }
  }
  const ends = [...open].filter((node) => count.get(node) === 0);
  for (let node = ends.pop(); node !== undefined; node = ends.pop()) {
    open.delete(node);
    for (const source of sources.get(node) ?? []) {
      const left = (count.get(source) ?? 0) - 1;
      count.set(source, left);
      if (left === 0) ends.push(source);
    }
  }
}

/** Flows lead on, and so does a boundary event from its activity. */
function successors(draft: Draft, node: DraftNode): DraftNode[] {
  const events = node.boundary.map((id) => draft.nodes[id]).filter((event) => event !== undefined);
  return [...targetsOf(draft, node), ...events];
}

/** Whether a token can get past a node within one step; past a sub-process, if it can get through its inside. */
function passes(draft: Draft, node: DraftNode): boolean {
  if (!isRunnable(node.type)) return false;
  // Asked before the first iteration, the condition of a loop may leave out whatever would be waited for.
  if (node.standardLoop?.testBefore === true && node.standardLoop.condition !== null) return true;
  if (behaviourOf(node).waits(node)) return false;
  if (!isSubProcess(node)) return true;
  const seen = new Set<string>();
  const pending = [draft.containers[node.id]?.noneStart ?? ''];
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    const inner = draft.nodes[id];
    if (inner === undefined || seen.has(id)) continue;
    seen.add(id);
    if (!passes(draft, inner)) continue;
    if (inner.outgoing.length === 0) return true;
    for (const target of successors(draft, inner)) pending.push(target.id);
  }
  return false;
}
