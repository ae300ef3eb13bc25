import type { Draft } from '../draft.ts';
import type { Report } from '../report.ts';

/** Where a flow begins must be unmistakable (clauses 10.5.2 and 13.2): a sub-process has one none start event. */
export function starts(draft: Draft, report: Report): void {
  for (const container of Object.values(draft.containers)) {
    const isProcess = draft.processes[container.id] !== undefined;
    const found = Object.values(draft.nodes).filter(
      (node) => node.type === 'bpmn:StartEvent' && node.container === container.id,
    );
    if (found.length === 0) {
      report.refuse('missing-start', container.id, 'there is no start event: draw one');
    }
    const none = found.filter((node) => node.event?.kind === 'none');
    if (none.length > 1) {
      const message = 'there are several none start events: keep one';
      report.refuse('multiple-none-starts', container.id, message, {
        starts: none.map((node) => node.id).join(' '),
      });
    }
    if (!isProcess && container.messageStarts.length > 0) {
      const instead = 'a none start event, followed by a message catch event';
      const params = { construct: 'bpmn:MessageEventDefinition', instead };
      const message = `a sub-process starts with a none start event; draw instead: ${instead}`;
      report.refuse('unsupported-element', container.messageStarts[0] ?? null, message, params);
    }
    const names = new Map<string, string>();
    for (const id of container.messageStarts) {
      const event = draft.nodes[id]?.event;
      if (event?.kind !== 'message') continue;
      const other = names.get(event.message.name);
      names.set(event.message.name, id);
      if (other === undefined) continue;
      const message = `${other} starts with the same message ${event.message.name}`;
      report.refuse('ambiguous-start', id, message, { other, message: event.message.name });
    }
  }
}
