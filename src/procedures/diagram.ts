import { BpmnModdle } from 'bpmn-moddle';
import type { LocalizedText } from '../domain/json.ts';

export type Point = { x: number; y: number };
export type Bounds = Point & { width: number; height: number };

/** An element as drawn: type, names in three languages (empty where missing) and attributes of foreign namespaces. */
export interface DiagramElement {
  id: string;
  /** Without the namespace, e.g. `UserTask`. */
  type: string;
  name: Required<LocalizedText>;
  /** By prefixed name, e.g. `permit:handler`. */
  attributes: Record<string, string>;
}

/** A flow node with what it is tied to, all by id. */
export interface DiagramNode extends DiagramElement {
  incoming: string[];
  outgoing: string[];
  /** Flow taken when no condition holds. */
  defaultFlow: string | null;
  lanes: string[];
  attachedTo: string | null;
  interrupting: boolean;
  timer: { kind: 'date' | 'duration' | 'cycle'; value: string; calendar: string | null } | null;
  loop: { collection: string | null; elementVariable: string | null } | null;
  /** The category values it refers to: stages of the procedure, as its reader follows them. */
  stages: string[];
}

/** A sequence flow; `condition` is FEEL. */
export interface DiagramFlow extends DiagramElement {
  source: string;
  target: string;
  condition: string | null;
}

/** What a diagram says, as plain data that rules can be checked on. */
export interface Diagram {
  process: DiagramElement;
  pools: DiagramElement[];
  lanes: DiagramElement[];
  /** Category values (BPMN 2.0, 8.3.2) in the order they are defined: the stages of the procedure. */
  stages: DiagramElement[];
  /** In the order of the diagram, those of sub-processes after their sub-process. */
  nodes: DiagramNode[];
  flows: DiagramFlow[];
  shapes: Record<string, Bounds>;
  edges: Record<string, Point[]>;
  /** What the reader could not make sense of: unknown elements, duplicate ids, dangling references. */
  warnings: string[];
}

/** Thrown when a text is not a BPMN diagram with exactly one executable process. */
export class UnreadableDiagram extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'UnreadableDiagram';
  }
}

/** The part of bpmn-moddle's elements that is read here. */
interface Element {
  $type: string;
  $attrs?: Record<string, string>;
  id?: string;
  name?: string;
  [property: string]: unknown;
}

/**
 * Reads a BPMN 2.0 diagram.
 * @throws UnreadableDiagram
 */
export async function readDiagram(xml: string): Promise<Diagram> {
  const { root, warnings } = await parse(xml);
  const roots = elements(root.rootElements);
  const executable = roots.filter(
    ({ $type, isExecutable }) => $type === 'bpmn:Process' && isExecutable === true,
  );
  const process = executable[0];
  if (process === undefined || executable.length > 1) {
    throw new UnreadableDiagram(`the diagram has ${executable.length} executable processes, not one`);
  }
  const pools = roots
    .filter(({ $type }) => $type === 'bpmn:Collaboration')
    .flatMap((it) => elements(it.participants));
  const lanes = elements(process.laneSets).flatMap(lanesOf);
  const inner = flowElements(process);
  const laneIds = new Map<string, string[]>();
  for (const lane of lanes) {
    for (const node of elements(lane.flowNodeRef)) {
      const id = node.id ?? '';
      laneIds.set(id, [...(laneIds.get(id) ?? []), lane.id ?? '']);
    }
  }
  return {
    process: describe(process),
    pools: pools.map(describe),
    lanes: lanes.map(describe),
    stages: roots
      .filter(({ $type }) => $type === 'bpmn:Category')
      .flatMap((category) => elements(category.categoryValue))
      .map(stageOf),
    nodes: inner.filter(({ $type }) => !isOther($type)).map((node) => nodeOf(node, laneIds)),
    flows: inner.filter(({ $type }) => $type === 'bpmn:SequenceFlow').map(flowOf),
    ...drawing(root),
    warnings,
  };
}

async function parse(xml: string): Promise<{ root: Element; warnings: string[] }> {
  try {
    const { rootElement, warnings } = await new BpmnModdle().fromXML(xml);
    return { root: rootElement as Element, warnings: warnings.map((it) => (it as Error).message) };
  } catch (cause) {
    throw new UnreadableDiagram((cause as Error).message, { cause });
  }
}

const elements = (value: unknown): Element[] => (Array.isArray(value) ? (value as Element[]) : []);
const element = (value: unknown): Element | undefined => value as Element | undefined;
const idOf = (value: unknown): string => element(value)?.id ?? '';
const idsOf = (value: unknown): string[] => elements(value).map(idOf);

/** Flow elements that are not flow nodes. */
const isOther = (type: string): boolean =>
  ['bpmn:SequenceFlow', 'bpmn:DataObject', 'bpmn:DataObjectReference', 'bpmn:DataStoreReference'].includes(
    type,
  );

function lanesOf(laneSet: Element): Element[] {
  return elements(laneSet.lanes).flatMap((lane) => {
    const child = element(lane.childLaneSet);
    return child === undefined ? [lane] : [lane, ...lanesOf(child)];
  });
}

function flowElements(container: Element): Element[] {
  return elements(container.flowElements).flatMap((it) => [it, ...flowElements(it)]);
}

function describe(it: Element): DiagramElement {
  const attributes = foreignAttributes(it);
  return {
    id: it.id ?? '',
    type: it.$type.replace(/^bpmn:/, ''),
    name: {
      fr: it.name?.trim() ?? '',
      ar: attributes['permit:nameAr']?.trim() ?? '',
      en: attributes['permit:nameEn']?.trim() ?? '',
    },
    attributes,
  };
}

/** The value of a category is its name. */
function stageOf(it: Element): DiagramElement {
  const described = describe(it);
  return { ...described, name: { ...described.name, fr: String(it.value ?? '').trim() } };
}

/** Namespace declarations and what BPMN itself leaves over are none. */
function foreignAttributes(it: Element): Record<string, string> {
  const entries = Object.entries(it.$attrs ?? {});
  return Object.fromEntries(entries.filter(([name]) => name.includes(':') && !name.startsWith('xmlns')));
}

function nodeOf(it: Element, lanes: Map<string, string[]>): DiagramNode {
  const loop = element(it.loopCharacteristics);
  return {
    ...describe(it),
    incoming: idsOf(it.incoming),
    outgoing: idsOf(it.outgoing),
    defaultFlow: it.default === undefined ? null : idOf(it.default),
    lanes: lanes.get(it.id ?? '') ?? [],
    attachedTo: it.attachedToRef === undefined ? null : idOf(it.attachedToRef),
    interrupting: it.cancelActivity !== false,
    timer: timerOf(it),
    stages: idsOf(it.categoryValueRef),
    loop:
      loop === undefined
        ? null
        : {
            collection: loop.$attrs?.['camunda:collection'] ?? null,
            elementVariable: loop.$attrs?.['camunda:elementVariable'] ?? null,
          },
  };
}

function timerOf(it: Element): DiagramNode['timer'] {
  const timer = elements(it.eventDefinitions).find(({ $type }) => $type === 'bpmn:TimerEventDefinition');
  if (timer === undefined) return null;
  const kinds = { timeDuration: 'duration', timeDate: 'date', timeCycle: 'cycle' } as const;
  for (const [property, kind] of Object.entries(kinds)) {
    const value = element(timer[property]);
    if (value === undefined) continue;
    const calendar = foreignAttributes(timer)['permit:calendar'] ?? null;
    return { kind: kind as 'duration', value: String(value.body ?? '').trim(), calendar };
  }
  return { kind: 'duration', value: '', calendar: null };
}

function flowOf(it: Element): DiagramFlow {
  const condition = element(it.conditionExpression);
  return {
    ...describe(it),
    source: idOf(it.sourceRef),
    target: idOf(it.targetRef),
    condition: condition === undefined ? null : String(condition.body ?? '').trim(),
  };
}

function drawing(root: Element): Pick<Diagram, 'shapes' | 'edges'> {
  const shapes: Diagram['shapes'] = {};
  const edges: Diagram['edges'] = {};
  for (const diagram of elements(root.diagrams)) {
    for (const item of elements(element(diagram.plane)?.planeElement)) {
      const id = idOf(item.bpmnElement);
      if (item.$type === 'bpmndi:BPMNEdge') {
        edges[id] = elements(item.waypoint).map(({ x, y }) => ({ x: Number(x), y: Number(y) }));
      } else if (item.bounds !== undefined) {
        const { x, y, width, height } = element(item.bounds) as Element;
        shapes[id] = { x: Number(x), y: Number(y), width: Number(width), height: Number(height) };
      }
    }
  }
  return { shapes, edges };
}
