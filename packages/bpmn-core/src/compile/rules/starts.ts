import { partsOf } from '../../events/parts.ts';
import type { Draft, DraftNode } from '../draft.ts';
import type { Report } from '../report.ts';
import { unmistakable } from './boundaryEvents.ts';

/** Where a flow begins must be unmistakable (clauses 10.5.2 and 13.2): a sub-process has one none start event. */
export function starts(draft: Draft, report: Report): void {
  for (const container of Object.values(draft.containers)) {
    const isProcess = draft.processes[container.id] !== undefined;
    const found = Object.values(draft.nodes).filter(
      (node) => node.type === 'bpmn:StartEvent' && node.container === container.id,
    );
    if (draft.nodes[container.id]?.byEvent === true) {
      eventStart(draft, container.id, found, report);
      continue;
    }
    const instantiating = Object.values(draft.nodes).filter(
      (node) => node.instantiates && node.container === container.id,
    );
    if (found.length === 0 && !(isProcess && instantiating.length > 0)) {
      report.refuse('missing-start', container.id, 'there is no start event: draw one');
    }
    if (!isProcess || container.eventStarts.length > 0) {
      for (const { id } of instantiating) {
        const instead = 'a message start event';
        const message = `only a process without event sub-processes begins here; draw instead: ${instead}`;
        report.refuse('unsupported-element', id, message, { construct: 'bpmn:instantiate', instead });
      }
    }
    const none = found.filter((node) => node.event?.kind === 'none');
    if (none.length > 1) {
      const message = 'there are several none start events: keep one';
      report.refuse('multiple-none-starts', container.id, message, {
        starts: none.map((node) => node.id).join(' '),
      });
    }
    for (const node of isProcess
      ? []
      : found.filter(({ event }) => event !== null && event.kind !== 'none')) {
      const instead = 'a none start event, followed by a catch event';
      const construct = CONSTRUCTS[node.event?.kind ?? ''] ?? 'bpmn:StartEvent';
      const message = `a sub-process starts with a none start event; draw instead: ${instead}`;
      report.refuse('unsupported-element', node.id, message, { construct, instead });
    }
    const names = new Map<string, string>();
    for (const id of new Set([...container.messageStarts, ...container.signalStarts])) {
      const node = draft.nodes[id];
      for (const event of node === undefined ? [] : partsOf(node)) {
        if (event.kind !== 'message' && event.kind !== 'signal') continue;
        const name = event.kind === 'message' ? event.message.name : event.name;
        const other = names.get(`${event.kind} ${name}`);
        names.set(`${event.kind} ${name}`, id);
        if (other === undefined) continue;
        const message = `${other} starts with the same ${event.kind} ${name}`;
        report.refuse('ambiguous-start', id, message, { other, message: name });
      }
    }
  }
}

const CONSTRUCTS: Readonly<Record<string, string>> = {
  message: 'bpmn:MessageEventDefinition',
  signal: 'bpmn:SignalEventDefinition',
  timer: 'bpmn:TimerEventDefinition',
  condition: 'bpmn:ConditionalEventDefinition',
  multiple: 'multiple event',
};

/** An event sub-process has one start event, which something triggers; an error or a compensation interrupts. */
function eventStart(draft: Draft, container: string, found: readonly DraftNode[], report: Report): void {
  const [start, second] = found;
  if (start === undefined) {
    report.refuse('missing-start', container, 'there is no start event: draw one');
    return;
  }
  if (second !== undefined) {
    const starts = found.map(({ id }) => id).join(' ');
    report.refuse('multiple-none-starts', container, 'an event sub-process has one start event', { starts });
  }
  if (partsOf(start).some(({ kind }) => kind === 'error') && !start.interrupting) {
    report.refuse('error-not-interrupting', start.id, 'an error interrupts what runs beside the sub-process');
  }
  const around = draft.containers[draft.nodes[container]?.container ?? ''];
  unmistakable(draft, start, around?.eventStarts ?? [], report);
}
