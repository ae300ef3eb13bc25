import { ModelError } from '../errors.ts';
import { isoTimerDue, parseCycle } from '../time/iso.ts';
import type { EventDefinition, MessageDefinition, TimerDefinition } from '../types.ts';
import { attribute, body, child, children, type Element, idOf, written } from './element.ts';
import { compileText, readExpression } from './expressions.ts';
import { byLocalName, type Extensions } from './extension.ts';
import { insteadOf } from './instead.ts';
import type { Report } from './report.ts';
import { checkUnderstood } from './understood.ts';

/** What each event can catch or throw (clause 10.5) as far as it runs. */
const RUNS: Readonly<Record<string, readonly string[]>> = {
  'bpmn:StartEvent': runs('Message Timer Signal Conditional', 'none'),
  'bpmn:EndEvent': runs('Message Terminate Error Escalation Signal Compensate Cancel', 'none'),
  'bpmn:IntermediateCatchEvent': runs('Message Timer Signal Conditional Link'),
  'bpmn:IntermediateThrowEvent': runs('Message Escalation Signal Compensate Link', 'none'),
  'bpmn:BoundaryEvent': runs('Message Timer Error Escalation Signal Conditional Compensate Cancel'),
};

/** What starts an event sub-process. */
const STARTS_BESIDE = runs('Message Timer Error Escalation Signal Conditional Compensate');

function runs(kinds: string, ...others: string[]): readonly string[] {
  return [...others, ...kinds.split(' ').map((kind) => `bpmn:${kind}EventDefinition`)];
}

/** Reads what an event catches or throws; null if it is no event, or is refused. */
export function readEvent(
  element: Element,
  inEventSubProcess: boolean,
  extensions: Extensions,
  report: Report,
): EventDefinition | null {
  const isStartBeside = element.$type === 'bpmn:StartEvent' && inEventSubProcess;
  const kinds = isStartBeside ? STARTS_BESIDE : RUNS[element.$type];
  if (kinds === undefined) return null;
  const definitions = [...children(element, 'eventDefinitions'), ...children(element, 'eventDefinitionRef')];
  const all = element.parallelMultiple === true;
  const refuse = (construct: string, instead: string) => {
    const message = `${element.$type} with ${construct} is not supported; draw instead: ${instead}`;
    report.refuse('unsupported-element', idOf(element), message, { construct, instead });
    return null;
  };
  if (definitions.length === 0) {
    return kinds.includes('none') ? { kind: 'none' } : refuse('none', 'an event with a message or a timer');
  }
  const several = definitions.length > 1 || all;
  const read: EventDefinition[] = [];
  for (const definition of definitions) {
    const construct = definition.$type;
    if (!kinds.includes(construct)) return refuse(construct, insteadOf(construct));
    if (several && !(all ? OF_ALL : OF_SEVERAL).includes(construct)) {
      return refuse(`${construct} among several`, 'one event for each definition');
    }
    checkUnderstood(definition, report, element);
    const event = readDefinition(element, definition, extensions, report);
    if (event === null) return null;
    read.push(event);
  }
  const [first] = read;
  if (!several) return first ?? null;
  const goesOn = element.cancelActivity === false || element.isInterrupting === false;
  if (all && goesOn && read.some(isWorkedOut)) {
    return refuse(
      'bpmn:parallelMultiple with an expression, beside the flow',
      insteadOf('bpmn:parallelMultiple'),
    );
  }
  if (all && element.$type === 'bpmn:StartEvent' && !inEventSubProcess) {
    return refuse('bpmn:parallelMultiple', 'a parallel event-based gateway that begins the process');
  }
  return { kind: 'multiple', all, events: read };
}

/** Whether waiting for it begins with an expression, which may fail when it is waited for again. */
const isWorkedOut = (event: EventDefinition): boolean =>
  (event.kind === 'message' && event.message.key !== null) ||
  (event.kind === 'timer' && (typeof event.timer.value !== 'string' || event.timer.kind === 'cycle'));

/** What may be one of several definitions of an event, and of several that must all occur. */
const OF_SEVERAL = runs('Message Timer Signal Conditional Error Escalation');
const OF_ALL = runs('Message Timer Signal Conditional');

function readDefinition(
  element: Element,
  definition: Element,
  extensions: Extensions,
  report: Report,
): EventDefinition | null {
  const attributes = extensions.attributes(definition, element);
  switch (definition.$type) {
    case 'bpmn:TerminateEventDefinition':
      return { kind: 'terminate' };
    case 'bpmn:TimerEventDefinition': {
      const timer = readTimer(element, definition, attributes, report);
      return timer && { kind: 'timer', timer };
    }
    case 'bpmn:MessageEventDefinition': {
      const message = readMessage(element, child(definition, 'messageRef'), extensions, report);
      return message && { kind: 'message', message };
    }
    case 'bpmn:SignalEventDefinition': {
      const signal = child(definition, 'signalRef');
      if (signal === null) {
        report.refuse('missing-signal', idOf(element), 'no signal is referenced: say which one is meant');
        return null;
      }
      return { kind: 'signal', name: attribute(signal, 'name') ?? idOf(signal) };
    }
    case 'bpmn:ConditionalEventDefinition': {
      const condition = readExpression(definition, 'condition', idOf(element), report);
      if (condition !== null) return { kind: 'condition', condition };
      const params = { expression: '', reason: 'empty' };
      report.refuse('invalid-expression', idOf(element), 'the conditional event has no condition', params);
      return null;
    }
    case 'bpmn:LinkEventDefinition': {
      const name = attribute(definition, 'name');
      if (name !== null) return { kind: 'link', name, target: null };
      report.refuse('link-ends', idOf(element), 'the link has no name: give both its ends the same one');
      return null;
    }
    case 'bpmn:CompensateEventDefinition':
      return { kind: 'compensation', activity: child(definition, 'activityRef')?.id ?? null };
    case 'bpmn:CancelEventDefinition':
      return { kind: 'cancel' };
    case 'bpmn:EscalationEventDefinition':
      return readEscalation(element, definition, report);
    default:
      return readError(element, definition, report);
  }
}

function readEscalation(element: Element, definition: Element, report: Report): EventDefinition | null {
  const escalation = child(definition, 'escalationRef');
  const code = escalation === null ? null : attribute(escalation, 'escalationCode');
  const throws = element.$type === 'bpmn:EndEvent' || element.$type === 'bpmn:IntermediateThrowEvent';
  if (code === null && (escalation !== null || throws)) {
    const message = 'the escalation has no code: reference an escalation with an escalationCode';
    report.refuse('missing-escalation-code', idOf(element), message);
    return null;
  }
  return { kind: 'escalation', code };
}

/** Reads the message that an event or task refers to, with its correlation key if it has one. */
export function readMessage(
  element: Element,
  message: Element | null,
  extensions: Extensions,
  report: Report,
): MessageDefinition | null {
  if (message === null) {
    report.refuse('missing-message', idOf(element), 'no message is referenced: say which one is meant');
    return null;
  }
  const text =
    byLocalName(extensions.attributes(element), 'correlationKey') ??
    byLocalName(extensions.attributes(message), 'correlationKey');
  const key = text === null ? null : compileText(text, idOf(element), report);
  return { name: attribute(message, 'name') ?? idOf(message), key };
}

function readError(element: Element, definition: Element, report: Report): EventDefinition | null {
  const error = child(definition, 'errorRef');
  const code = error === null ? null : attribute(error, 'errorCode');
  if (code === null && (error !== null || element.$type === 'bpmn:EndEvent')) {
    const message = 'the error has no code: reference an error with an errorCode';
    report.refuse('missing-error-code', idOf(element), message);
    return null;
  }
  return { kind: 'error', code };
}

const KINDS = { timeDate: 'date', timeDuration: 'duration', timeCycle: 'cycle' } as const;

function readTimer(
  element: Element,
  definition: Element,
  attributes: Readonly<Record<string, string>>,
  report: Report,
): TimerDefinition | null {
  const properties = written(definition).filter((property) => property in KINDS) as (keyof typeof KINDS)[];
  const [property] = properties;
  const text = property === undefined ? null : body(definition, property);
  const refuse = (message: string, value = text ?? '') => {
    report.refuse('invalid-timer', idOf(element), message, { value });
    return null;
  };
  if (property === undefined || properties.length > 1 || text === null) {
    return refuse('a timer has exactly one date, duration or cycle');
  }
  const kind = KINDS[property];
  if (kind === 'cycle' && element.$type === 'bpmn:IntermediateCatchEvent') {
    return refuse('a token waits for one moment, not for a cycle: use a date or duration');
  }
  if (text.startsWith('=')) {
    return { kind, value: compileText(text, idOf(element), report), attributes };
  }
  try {
    isoTimerDue({ flowNode: '', kind, value: text, attributes: {} }, 0);
    if (kind === 'cycle') parseCycle(text);
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    return refuse(`${error.message}; an expression begins with "="`);
  }
  return { kind, value: text, attributes };
}
