/** Builds BPMN 2.0 XML from short calls; a flow from `a` to `b` has the id `a_b`. */
export function diagram(body: string, declarations = '', attributes = ''): string {
  return (
    '<?xml version="1.0" encoding="UTF-8"?>' +
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" ' +
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" ' +
    'xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" ' +
    'xmlns:permit="http://example.org/permit" ' +
    `id="Definitions" targetNamespace="http://example.org/test" ${attributes}>${declarations}` +
    `<bpmn:process id="P" isExecutable="true">${body}</bpmn:process></bpmn:definitions>`
  );
}

/** Any BPMN element, e.g. `element('task', 'a')`. */
export function element(type: string, id: string, inner = '', attributes = ''): string {
  return `<bpmn:${type} id="${id}" ${attributes}>${inner}</bpmn:${type}>`;
}

const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');

/** An expression element, e.g. `formal('conditionExpression', 'a = 1')`. */
export function formal(type: string, text: string): string {
  return `<bpmn:${type} xsi:type="bpmn:tFormalExpression">${escaped(text)}</bpmn:${type}>`;
}

export function flow(from: string, to: string, condition?: string, id = `${from}_${to}`): string {
  const inner = condition === undefined ? '' : formal('conditionExpression', condition);
  return element('sequenceFlow', id, inner, `sourceRef="${from}" targetRef="${to}"`);
}

/** Flows from each node to the next: `path('s a e')`. */
export function path(nodes: string): string {
  const ids = nodes.split(' ');
  return ids
    .slice(1)
    .map((to, index) => flow(ids[index] as string, to))
    .join('');
}

export const start = (id = 's', inner = '') => element('startEvent', id, inner);
export const end = (id = 'e', inner = '') => element('endEvent', id, inner);
/** A start event `s` and an end event `e`. */
export const ends = start() + end();
/** User tasks, by ids with blanks between. */
export const users = (ids: string, inner = '') =>
  ids
    .split(' ')
    .map((id) => element('userTask', id, inner))
    .join('');
export const service = (id: string, inner = '') => element('serviceTask', id, inner);
/** A script task in FEEL. */
export const script = (id: string, text: string, resultVariable: string, attributes = '') =>
  element(
    'scriptTask',
    id,
    `<bpmn:script>${escaped(text)}</bpmn:script>`,
    `scriptFormat="FEEL" camunda:resultVariable="${resultVariable}" ${attributes}`,
  );
export const exclusive = (id: string, defaultFlow?: string) =>
  element('exclusiveGateway', id, '', defaultFlow ? `default="${defaultFlow}"` : '');
export const inclusive = (id: string, defaultFlow?: string) =>
  element('inclusiveGateway', id, '', defaultFlow ? `default="${defaultFlow}"` : '');
/** Parallel gateways, by ids with blanks between. */
export const parallel = (ids: string) =>
  ids
    .split(' ')
    .map((id) => element('parallelGateway', id))
    .join('');
export const eventBased = (id: string) => element('eventBasedGateway', id);
export const catching = (id: string, definition: string, attributes = '') =>
  element('intermediateCatchEvent', id, definition, attributes);
export const throwing = (id: string, definition = '') => element('intermediateThrowEvent', id, definition);
export const boundary = (id: string, host: string, definition: string, interrupting = true) =>
  element('boundaryEvent', id, definition, `attachedToRef="${host}" cancelActivity="${interrupting}"`);
export const subProcess = (id: string, inner: string) => element('subProcess', id, inner);

export const timer = (kind: 'timeDate' | 'timeDuration' | 'timeCycle', text: string, attributes = '') =>
  `<bpmn:timerEventDefinition ${attributes}>${formal(kind, text)}</bpmn:timerEventDefinition>`;
export const after = (duration: string) => timer('timeDuration', duration);
export const message = (id: string) => `<bpmn:messageEventDefinition messageRef="${id}"/>`;
export const error = (id?: string) => `<bpmn:errorEventDefinition ${id ? `errorRef="${id}"` : ''}/>`;
export const signal = (id: string) => `<bpmn:signalEventDefinition signalRef="${id}"/>`;
export const escalation = (id?: string) =>
  `<bpmn:escalationEventDefinition ${id ? `escalationRef="${id}"` : ''}/>`;
export const conditional = (text: string) =>
  `<bpmn:conditionalEventDefinition>${formal('condition', text)}</bpmn:conditionalEventDefinition>`;
export const link = (name: string) => `<bpmn:linkEventDefinition name="${name}"/>`;
export const compensation = (activity?: string) =>
  `<bpmn:compensateEventDefinition ${activity ? `activityRef="${activity}"` : ''}/>`;
export const cancel = '<bpmn:cancelEventDefinition/>';
/** An activity that undoes another by way of a compensation event on it. */
export const undoing = (host: string, handler = `undo_${host}`, type = 'userTask', inner = '') =>
  boundary(`c_${host}`, host, compensation()) +
  element(type, handler, inner, 'isForCompensation="true"') +
  element('association', `c_${handler}`, '', `sourceRef="c_${host}" targetRef="${handler}"`);
export const transaction = (id: string, inner: string) => element('transaction', id, inner);
/** A sub-process that an event starts: its start event is `s_<id>`. */
export const eventSubProcess = (id: string, definition: string, inner: string, interrupting = true) =>
  element(
    'subProcess',
    id,
    element('startEvent', `s_${id}`, definition, `isInterrupting="${interrupting}"`) + inner,
    'triggeredByEvent="true"',
  );
export const terminate = '<bpmn:terminateEventDefinition/>';

/** Messages whose names are their ids. */
export const messages = (ids: string, attributes = '') =>
  ids
    .split(' ')
    .map((id) => `<bpmn:message id="${id}" name="${id}" ${attributes}/>`)
    .join('');
/** Errors whose codes are their ids. */
export const errors = (ids: string) =>
  ids
    .split(' ')
    .map((id) => `<bpmn:error id="${id}" errorCode="${id}"/>`)
    .join('');

export interface LoopOptions {
  cardinality?: string;
  collection?: string;
  as?: string;
  until?: string;
  sequential?: boolean;
}

export function multiple({ cardinality, collection, as, until, sequential = false }: LoopOptions): string {
  return (
    `<bpmn:multiInstanceLoopCharacteristics isSequential="${sequential}" ` +
    (collection === undefined ? '' : `camunda:collection="${escaped(collection)}" `) +
    `${as === undefined ? '' : `camunda:elementVariable="${as}"`}>` +
    (cardinality === undefined ? '' : formal('loopCardinality', cardinality)) +
    (until === undefined ? '' : formal('completionCondition', until)) +
    '</bpmn:multiInstanceLoopCharacteristics>'
  );
}

/** Signals whose names are their ids. */
export const signals = (ids: string) =>
  ids
    .split(' ')
    .map((id) => `<bpmn:signal id="${id}" name="${id}"/>`)
    .join('');
/** Escalations whose codes are their ids. */
export const escalations = (ids: string) =>
  ids
    .split(' ')
    .map((id) => `<bpmn:escalation id="${id}" escalationCode="${id}"/>`)
    .join('');

export interface StandardLoopOptions {
  condition?: string;
  before?: boolean;
  maximum?: number | string;
}

/** A standard loop, without `before` as modelling tools leave it out. */
export function repeat({ condition, before, maximum }: StandardLoopOptions): string {
  return (
    '<bpmn:standardLoopCharacteristics' +
    (before === undefined ? '' : ` testBefore="${before}"`) +
    `${maximum === undefined ? '' : ` loopMaximum="${maximum}"`}>` +
    (condition === undefined ? '' : formal('loopCondition', condition)) +
    '</bpmn:standardLoopCharacteristics>'
  );
}

export const extensions = (inner: string) => `<bpmn:extensionElements>${inner}</bpmn:extensionElements>`;

/** Input and output mapping; a source without "=" is constant text. */
export function mapping(inputs: Record<string, string>, outputs: Record<string, string> = {}): string {
  const parts = (kind: string, values: Record<string, string>) =>
    Object.entries(values)
      .map(([target, source]) => `<zeebe:${kind} source="${escaped(source)}" target="${target}"/>`)
      .join('');
  return extensions(
    `<zeebe:ioMapping>${parts('input', inputs) + parts('output', outputs)}</zeebe:ioMapping>`,
  );
}
