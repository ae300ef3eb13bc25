import { type Draft, type DraftNode, isActivity, isSubProcess } from '../draft.ts';
import type { Report } from '../report.ts';

/** Who undoes what must be drawn, and what is to be undone must be there (clauses 10.5.6, 10.7.1 and 10.3.5). */
export function compensation(draft: Draft, report: Report): void {
  const nodes = Object.values(draft.nodes);
  const handlers = new Set(nodes.flatMap(({ undoneBy }) => undoneBy ?? []));
  for (const node of nodes) {
    checkHandler(draft, node, handlers, report);
    if (node.event?.kind === 'compensation') checkEvent(draft, node, report);
    if (node.event?.kind === 'cancel') checkCancel(draft, node, report);
    if (node.byEvent && (node.loop !== null || node.standardLoop !== null || node.forCompensation)) {
      const message = 'an event sub-process neither loops nor undoes an activity';
      report.refuse('event-sub-process', node.id, message);
    }
  }
}

function checkHandler(draft: Draft, node: DraftNode, handlers: ReadonlySet<string>, report: Report): void {
  const refuse = (element: string, message: string) =>
    report.refuse('compensation-handler', element, message, { handler: node.undoneBy ?? node.id });
  if (node.forCompensation && !handlers.has(node.id))
    refuse(node.id, 'it undoes an activity, but no compensation event is associated with it');
  if (node.event?.kind !== 'compensation' || node.attachedTo === null) return;
  const handler = draft.nodes[node.undoneBy ?? ''];
  const beside = draft.nodes[node.attachedTo]?.boundary.filter(
    (id) => draft.nodes[id]?.event?.kind === 'compensation',
  );
  if (handler === undefined || !isActivity(handler) || !handler.forCompensation)
    refuse(node.id, 'associate the compensation event with an activity that is for compensation');
  else if (handler.container !== node.container)
    refuse(node.id, 'the activity that undoes another stands in the same flow');
  if (beside !== undefined && beside.length > 1)
    refuse(node.id, 'an activity has one compensation event at most');
}

function checkEvent(draft: Draft, node: DraftNode, report: Report): void {
  const around = draft.nodes[node.container];
  if (node.type === 'bpmn:StartEvent') {
    const owner = draft.nodes[around?.container ?? ''];
    if (owner !== undefined && !owner.byEvent) return;
    const message = 'only what a sub-process has completed is undone by an event sub-process in it';
    report.refuse('event-sub-process', node.id, message);
    return;
  }
  if (node.event?.kind !== 'compensation' || node.event.activity === null) return;
  const activity = draft.nodes[node.event.activity];
  const flows = new Set([node.container]);
  for (let outer = around; outer?.byEvent === true; outer = draft.nodes[outer.container])
    flows.add(outer.container);
  if (activity !== undefined && flows.has(activity.container) && canBeUndone(draft, activity)) return;
  const message = `${node.event.activity} cannot be undone here: name an activity of this flow that has something to undo it`;
  report.refuse('compensation-activity', node.id, message, { activity: node.event.activity });
}

function canBeUndone(draft: Draft, node: DraftNode): boolean {
  if (node.undoneBy !== null) return true;
  if (!isSubProcess(node)) return false;
  return Object.values(draft.nodes).some((inner) => {
    if (inner.container !== node.id) return false;
    if (inner.byEvent && startOf(draft, inner)?.event?.kind === 'compensation') return true;
    return canBeUndone(draft, inner);
  });
}

const startOf = (draft: Draft, node: DraftNode): DraftNode | undefined =>
  draft.nodes[draft.containers[node.id]?.noneStart ?? ''];

/** A transaction is cancelled from inside, and leads on from its cancel event. */
function checkCancel(draft: Draft, node: DraftNode, report: Report): void {
  const refuse = (message: string) => report.refuse('cancel-event', node.id, message);
  if (node.attachedTo !== null) {
    const host = draft.nodes[node.attachedTo];
    if (host?.type !== 'bpmn:Transaction') refuse('a cancel event sits on a transaction');
    else if (!node.interrupting) refuse('a cancel event interrupts its transaction');
    else if (host.boundary.some((id) => id < node.id && draft.nodes[id]?.event?.kind === 'cancel'))
      refuse('a transaction has one cancel event');
    return;
  }
  const transaction = draft.nodes[node.container];
  if (transaction?.type !== 'bpmn:Transaction') refuse('a cancel end event stands directly in a transaction');
  else if (!transaction.boundary.some((id) => draft.nodes[id]?.event?.kind === 'cancel'))
    refuse(`${transaction.id} has no cancel event on it to lead on from`);
}
