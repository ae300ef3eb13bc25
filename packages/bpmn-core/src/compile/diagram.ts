import { isRunnable } from '../behaviours.ts';
import { partsOf } from '../events/parts.ts';
import type { EventDefinition } from '../types.ts';
import { readCall } from './call.ts';
import { type Draft, type DraftNode, isActivity, isSubProcess, table, targetsOf } from './draft.ts';
import { attribute, child, children, type Element, idOf } from './element.ts';
import { readEvent, readMessage } from './eventDefinitions.ts';
import { readExpression } from './expressions.ts';
import { Extensions } from './extension.ts';
import { insteadOf } from './instead.ts';
import { readLanes } from './lanes.ts';
import { readMapping } from './mapping.ts';
import { readMultiInstance } from './multiInstance.ts';
import type { Report } from './report.ts';
import { readScript } from './scriptTask.ts';
import { readStandardLoop } from './standardLoop.ts';
import { checkUnderstood } from './understood.ts';

/** Elements beside the process that declare or show something and do not run. */
const DECLARATIONS =
  /^bpmn:(Collaboration|Message|Error|Signal|Escalation|ItemDefinition|DataStore|Category|Resource|Interface|EndPoint|PartnerEntity|PartnerRole|CorrelationProperty)$/;

/** Flow elements that show data and do not run. */
const DATA = /^bpmn:(DataObject|DataObjectReference|DataStoreReference)$/;

/** Reads the executable process of a document into a draft, refusing every construct that does not run. */
export function readDiagram(definitions: Element, report: Report): Draft {
  const extensions = new Extensions(definitions, report);
  const draft: Draft = {
    processes: table(),
    nodes: table(),
    flows: table(),
    containers: table(),
    lanes: table(),
    reach: table(),
  };
  checkUnderstood(definitions, report);
  const roots = children(definitions, 'rootElements');
  for (const root of roots) {
    if (root.$type !== 'bpmn:Process' && !DECLARATIONS.test(root.$type))
      refuseConstruct(root, root.$type, report);
  }
  const process = executableProcess(roots, report);
  if (process === null) return draft;
  const id = identify(process, report);
  draft.processes[id] = {
    id,
    name: attribute(process, 'name'),
    extension: extensions.attributes(process),
  };
  readContainer(process, draft, extensions, report);
  connect(draft, report);
  joinLinks(draft, report);
  readLanes(process, draft, extensions, report);
  return draft;
}

/** A document runs one process; pools without a flow and processes that only illustrate are let be (clause 10.2). */
function executableProcess(roots: Element[], report: Report): Element | null {
  const executable = roots.filter((root) => root.$type === 'bpmn:Process' && root.isExecutable === true);
  const [process, second] = executable;
  if (second !== undefined) {
    const message = 'the document has several executable processes; publish each in its own document';
    report.refuse('multiple-processes', idOf(second), message, { count: String(executable.length) });
  }
  if (process === undefined) {
    report.refuse(
      'not-executable',
      null,
      'no process is executable: set isExecutable="true" on the one that runs',
    );
  }
  return process ?? null;
}

function readContainer(owner: Element, draft: Draft, extensions: Extensions, report: Report): void {
  const container = idOf(owner);
  draft.containers[container] = {
    id: container,
    noneStart: null,
    messageStarts: [],
    signalStarts: [],
    watchedStarts: [],
    eventStarts: [],
  };
  checkUnderstood(owner, report);
  for (const element of children(owner, 'flowElements')) {
    if (DATA.test(element.$type)) continue;
    if (element.$type === 'bpmn:SequenceFlow') {
      readFlow(element, draft, extensions, report);
      continue;
    }
    const node = readNode(element, owner, extensions, report);
    draft.nodes[node.id] = node;
    if (isSubProcess(node)) readContainer(element, draft, extensions, report);
  }
  readAssociations(owner, draft, report);
}

/** An association from a compensation event to an activity says what undoes (clause 10.7.1). */
function readAssociations(owner: Element, draft: Draft, report: Report): void {
  for (const artifact of children(owner, 'artifacts')) {
    const event = draft.nodes[idOf(child(artifact, 'sourceRef'))];
    const handler = draft.nodes[idOf(child(artifact, 'targetRef'))];
    if (event?.event?.kind !== 'compensation' || event.attachedTo === null || handler === undefined) continue;
    if (event.undoneBy !== null) {
      const message = `${event.id} has two associations: a compensation event leads to one activity`;
      report.refuse('compensation-handler', event.id, message, { handler: handler.id });
    }
    event.undoneBy = handler.id;
  }
}

function readNode(element: Element, owner: Element, extensions: Extensions, report: Report): DraftNode {
  const id = identify(element, report);
  const type = element.$type;
  if (!isRunnable(type)) refuseConstruct(element, type, report);
  else if (!isSubProcess({ type })) checkUnderstood(element, report);
  const interrupts = type === 'bpmn:StartEvent' ? element.isInterrupting : element.cancelActivity;
  const extension = extensions.attributes(element);
  return {
    id,
    type,
    name: attribute(element, 'name'),
    lane: null,
    container: idOf(owner),
    incoming: [],
    outgoing: [],
    defaultFlow: child(element, 'default')?.id ?? null,
    event: readTrigger(element, owner.triggeredByEvent === true, extensions, report),
    attachedTo: child(element, 'attachedToRef')?.id ?? null,
    interrupting: interrupts !== false,
    byEvent: isSubProcess({ type }) && element.triggeredByEvent === true,
    forCompensation: element.isForCompensation === true,
    undoneBy: null,
    instantiates: element.instantiate === true,
    awaitsAll: element.eventGatewayType === 'Parallel',
    call: type === 'bpmn:CallActivity' ? readCall(element, extensions, report) : null,
    startQuantity: readQuantity(element, 'startQuantity', report),
    completionQuantity: readQuantity(element, 'completionQuantity', report),
    boundary: [],
    loop: isActivity({ type }) ? readMultiInstance(element, extensions, report) : null,
    standardLoop: isActivity({ type }) ? readStandardLoop(element, extensions, report) : null,
    script: readScript(element, extension, report),
    mapping: isActivity({ type }) ? readMapping(element, report) : null,
    extension,
  };
}

const MOST_TOKENS = 1_000;

function readQuantity(element: Element, property: string, report: Report): number {
  const value = element[property] ?? 1;
  if (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= MOST_TOKENS)
    return value;
  const params = { property, value: String(value), most: String(MOST_TOKENS) };
  report.refuse(
    'invalid-quantity',
    idOf(element),
    `${property} is a number from 1 to ${MOST_TOKENS}`,
    params,
  );
  return 1;
}

/** What an event catches or throws, or the message of a send or receive task. */
function readTrigger(
  element: Element,
  inEventSubProcess: boolean,
  extensions: Extensions,
  report: Report,
): EventDefinition | null {
  const reference = child(element, 'messageRef');
  if (element.$type === 'bpmn:ReceiveTask' || (element.$type === 'bpmn:SendTask' && reference !== null)) {
    const message = readMessage(element, reference, extensions, report);
    return message && { kind: 'message', message };
  }
  return readEvent(element, inEventSubProcess, extensions, report);
}

function readFlow(element: Element, draft: Draft, extensions: Extensions, report: Report): void {
  const id = identify(element, report);
  checkUnderstood(element, report);
  for (const end of ['sourceRef', 'targetRef']) {
    if (child(element, end) !== null) continue;
    const message = `${end} refers to nothing in the diagram: connect the flow`;
    report.refuse('dangling-reference', id, message, { property: end, target: '' });
  }
  draft.flows[id] = {
    id,
    name: attribute(element, 'name'),
    source: idOf(child(element, 'sourceRef')),
    target: idOf(child(element, 'targetRef')),
    condition: readExpression(element, 'conditionExpression', id, report),
    extension: extensions.attributes(element),
  };
}

/** Joins nodes, flows, boundary events and start events to each other once all have been read. */
function connect(draft: Draft, report: Report): void {
  for (const flow of Object.values(draft.flows)) {
    const source = draft.nodes[flow.source];
    const target = draft.nodes[flow.target];
    source?.outgoing.push(flow.id);
    target?.incoming.push(flow.id);
    for (const [property, id, node] of [
      ['sourceRef', flow.source, source],
      ['targetRef', flow.target, target],
    ] as const) {
      if (id === '' || node !== undefined) continue;
      const message = `${property} refers to ${id}, which is no flow node of the executable process`;
      report.refuse('dangling-reference', flow.id, message, { property, target: id });
    }
  }
  for (const node of Object.values(draft.nodes)) {
    const host = draft.nodes[node.attachedTo ?? ''];
    host?.boundary.push(node.id);
    if (host !== undefined && node.undoneBy !== null) host.undoneBy = node.undoneBy;
    if (node.type === 'bpmn:StartEvent') connectStart(draft, node);
    else if (node.instantiates) connectInstantiating(draft, node);
  }
}

function connectStart(draft: Draft, node: DraftNode): void {
  const container = draft.containers[node.container];
  const around = draft.nodes[node.container];
  if (container === undefined) return;
  if (around?.byEvent === true) {
    container.noneStart ??= node.id;
    draft.containers[around.container]?.eventStarts.push(node.id);
    return;
  }
  for (const { kind } of partsOf(node)) {
    if (kind === 'message') container.messageStarts.push(node.id);
    else if (kind === 'signal') container.signalStarts.push(node.id);
    else if (kind === 'timer' || kind === 'condition') container.watchedStarts.push(node.id);
    else container.noneStart ??= node.id;
  }
}

/** What an instantiating gateway or receive task waits for begins the process (clauses 10.3.3 and 10.6.6). */
function connectInstantiating(draft: Draft, node: DraftNode): void {
  const container = draft.containers[node.container];
  if (container === undefined) return;
  const catching = node.type === 'bpmn:ReceiveTask' ? [node] : targetsOf(draft, node);
  for (const one of catching) container.messageStarts.push(one.id);
}

/** Joins each throwing end of a link to the catching one of its name, in the same flow (clause 10.5.6). */
function joinLinks(draft: Draft, report: Report): void {
  const links = Object.values(draft.nodes).filter(({ event }) => event?.kind === 'link');
  const isEnd = (node: DraftNode) => node.type === 'bpmn:IntermediateCatchEvent';
  for (const node of links) {
    if (node.event?.kind !== 'link') continue;
    const { name } = node.event;
    const others = links.filter(
      (other) =>
        other.event?.kind === 'link' && other.event.name === name && other.container === node.container,
    );
    const targets = others.filter(isEnd);
    if (targets.length !== 1 || targets.length === others.length) {
      const message = `the link ${name} needs one catching end, and at least one throwing end, in the same flow`;
      report.refuse('link-ends', node.id, message, { link: name });
    }
    if (!isEnd(node)) node.event = { kind: 'link', name, target: targets[0]?.id ?? null };
  }
}

function identify(element: Element, report: Report): string {
  const id = idOf(element);
  if (id === '') {
    const message = `a ${element.$type} has no id: give each element its own`;
    report.refuse('missing-id', null, message, { construct: element.$type });
  }
  return id;
}

function refuseConstruct(element: Element, construct: string, report: Report): void {
  const instead = insteadOf(construct);
  const message = `${construct} is not supported; draw instead: ${instead}`;
  report.refuse('unsupported-element', idOf(element), message, { construct, instead });
}
