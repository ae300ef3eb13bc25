import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import 'bpmn-js/dist/assets/bpmn-font/css/bpmn.css';
import Modeler from 'bpmn-js/lib/Modeler';
import type { Language } from '../../../app/language.ts';
import {
  type CanvasElement,
  type CanvasLanguage,
  COLOURS,
  MODDLE,
  type Moddle,
  namesModule,
} from './bpmn.ts';
import { paletteModule } from './palette.ts';

interface Registry {
  get(id: string): CanvasElement | undefined;
  filter(test: (element: CanvasElement) => boolean): CanvasElement[];
  getAll(): CanvasElement[];
}
interface Modeling {
  updateProperties(element: CanvasElement, properties: object): void;
  updateModdleProperties(element: CanvasElement, moddle: Moddle, properties: object): void;
  createShape(shape: CanvasElement, at: { x: number; y: number }, target: CanvasElement): CanvasElement;
  createSpace(
    moving: CanvasElement[],
    resizing: CanvasElement[],
    delta: { x: number; y: number },
    direction: string,
    start: number,
  ): void;
}
interface Canvas {
  zoom(level?: number | 'fit-viewport', center?: 'auto'): number;
  addMarker(id: string, marker: string): void;
  removeMarker(id: string, marker: string): void;
  scrollToElement(id: string, padding: object): void;
  viewbox(): { inner: Box; outer: Box };
  viewbox(box: Box): void;
  focus?(): void;
  getRootElement(): CanvasElement;
}

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

const READABLE = 0.65;
const PALETTE_WIDTH = 130;

/** The canvas as the page works with it: what is drawn, what is selected, and every change a step that can be undone. */
export class StudioModeler {
  readonly #language: CanvasLanguage;
  readonly #modeler: InstanceType<typeof Modeler>;

  constructor(container: HTMLElement, language: Language, word: (key: string) => string) {
    this.#language = { current: language };
    this.#modeler = new Modeler({
      container,
      moddleExtensions: MODDLE,
      additionalModules: [paletteModule(word), namesModule(this.#language)],
      ...COLOURS,
    });
    // What is typed on the canvas is the French name: another language is written in the panel.
    const labels = this.#modeler.get<{ activate(element: CanvasElement): unknown }>('labelEditingProvider');
    const activate = labels.activate;
    labels.activate = (element) =>
      this.#language.current === 'fr' ? activate.call(labels, element) : undefined;
  }

  get #registry(): Registry {
    return this.#modeler.get<Registry>('elementRegistry');
  }
  get #canvas(): Canvas {
    return this.#modeler.get<Canvas>('canvas');
  }
  get #modeling(): Modeling {
    return this.#modeler.get<Modeling>('modeling');
  }

  /** Opens a diagram. @throws Error when the text is not a diagram that can be drawn */
  async open(xml: string): Promise<void> {
    await this.#modeler.importXML(xml);
    this.fit();
    // A long diagram is opened where it begins, large enough to be read, and clear of the palette.
    const { inner, outer } = this.#canvas.viewbox();
    if (this.#canvas.zoom() < READABLE) {
      this.#canvas.viewbox({
        x: inner.x - PALETTE_WIDTH / READABLE,
        y: inner.y - 20,
        width: outer.width / READABLE,
        height: outer.height / READABLE,
      });
    }
  }

  async xml(): Promise<string> {
    const { xml } = await this.#modeler.saveXML({ format: true });
    return xml ?? '';
  }

  on(event: 'changed' | 'selected', work: () => void): void {
    this.#modeler.on(event === 'changed' ? 'commandStack.changed' : 'selection.changed', work);
  }

  /** The one element that is selected; the whole diagram when none or several are. */
  selected(): CanvasElement {
    const found = this.#modeler.get<{ get(): CanvasElement[] }>('selection').get();
    const [one] = found;
    if (found.length !== 1 || one === undefined) return this.#canvas.getRootElement();
    return one.labelTarget ?? one;
  }

  select(id: string): boolean {
    const element = this.#registry.get(id);
    if (element === undefined) return false;
    this.#modeler.get<{ select(element: CanvasElement): void }>('selection').select(element);
    if (this.#canvas.zoom() < READABLE) this.#canvas.zoom(READABLE);
    this.#canvas.scrollToElement(id, { top: 100, right: 160, bottom: 100, left: 160 });
    return true;
  }

  /** Everything that has properties, in the order of the diagram from its start side. */
  elements(): CanvasElement[] {
    return this.#registry
      .filter(
        ({ type, labelTarget }) =>
          labelTarget === undefined &&
          /Task$|Gateway$|Event$|SequenceFlow$|Lane$|Participant$|SubProcess$/.test(type),
      )
      .sort((a, b) => startOf(a) - startOf(b));
  }

  element(id: string): CanvasElement | undefined {
    return this.#registry.get(id);
  }

  update(element: CanvasElement, properties: object): void {
    this.#modeling.updateProperties(element, properties);
  }

  updateInside(element: CanvasElement, moddle: Moddle, properties: object): void {
    this.#modeling.updateModdleProperties(element, moddle, properties);
  }

  make(type: string, properties: object = {}): Moddle {
    return this.#modeler
      .get<{ create(type: string, properties: object): Moddle }>('bpmnFactory')
      .create(type, properties);
  }

  /** Puts a new task into a flow, and makes the room for it. */
  insertTask(flow: CanvasElement): void {
    const points = flow.waypoints ?? [];
    const first = points[0];
    const second = points[1];
    if (first === undefined || second === undefined) return;
    const isLevel = Math.abs(first.y - second.y) < 1;
    const room = isLevel ? 160 : 0;
    if (room > 0) {
      const start = Math.min(first.x, second.x) + 5;
      const tool = this.#modeler.get<{
        calculateAdjustments(
          all: CanvasElement[],
          axis: 'x',
          delta: number,
          start: number,
        ): { movingShapes: CanvasElement[]; resizingShapes: CanvasElement[] };
      }>('spaceTool');
      const all = this.#registry.filter(({ parent }) => parent !== null && parent !== undefined);
      const { movingShapes, resizingShapes } = tool.calculateAdjustments(all, 'x', room, start);
      this.#modeling.createSpace(movingShapes, resizingShapes, { x: room, y: 0 }, 'e', start);
    }
    const now = flow.waypoints ?? points;
    const [from, to] = [now[0] ?? first, now[1] ?? second];
    const shape = this.#modeler
      .get<{ createShape(attrs: object): CanvasElement }>('elementFactory')
      .createShape({ type: 'bpmn:UserTask' });
    const made = this.#modeling.createShape(shape, { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 }, flow);
    this.select(made.id);
  }

  /** The stages that the diagram names (BPMN category values). */
  stages(): Moddle[] {
    const definitions = this.#modeler.getDefinitions() as unknown as { rootElements?: Moddle[] };
    return (definitions.rootElements ?? [])
      .filter(({ $type }) => $type === 'bpmn:Category')
      .flatMap((category) => category.get<Moddle[]>('categoryValue') ?? []);
  }

  undo = (): void => this.#commands.undo();
  redo = (): void => this.#commands.redo();
  get canUndo(): boolean {
    return this.#commands.canUndo();
  }
  get canRedo(): boolean {
    return this.#commands.canRedo();
  }
  get #commands() {
    return this.#modeler.get<{ undo(): void; redo(): void; canUndo(): boolean; canRedo(): boolean }>(
      'commandStack',
    );
  }

  fit(): void {
    this.#canvas.zoom('fit-viewport', 'auto');
  }
  zoomBy(factor: number): void {
    this.#canvas.zoom(Math.min(4, Math.max(0.1, this.#canvas.zoom() * factor)), 'auto');
  }

  /** Marks the elements of which something is wrong. */
  mark(wrong: ReadonlySet<string>): void {
    for (const { id } of this.#registry.getAll()) {
      if (wrong.has(id)) this.#canvas.addMarker(id, 'studio-wrong');
      else this.#canvas.removeMarker(id, 'studio-wrong');
    }
  }

  speak(language: Language): void {
    this.#language.current = language;
    const bus = this.#modeler.get<{ fire(name: string, event: object): void }>('eventBus');
    const graphics = this.#modeler.get<{ getGraphics?(element: CanvasElement): SVGElement } & Registry>(
      'elementRegistry',
    );
    for (const element of this.#registry.getAll()) {
      if (element.parent === null || element.parent === undefined) continue;
      const gfx = graphics.getGraphics?.(element);
      bus.fire('element.changed', { element, gfx });
    }
  }

  /** Reads another diagram with the same vocabulary. */
  async read(xml: string): Promise<Moddle> {
    const moddle = this.#modeler.get<{ fromXML(xml: string): Promise<{ rootElement: Moddle }> }>('moddle');
    return (await moddle.fromXML(xml)).rootElement;
  }

  definitions(): Moddle {
    return this.#modeler.getDefinitions() as unknown as Moddle;
  }

  destroy(): void {
    this.#modeler.destroy();
  }
}

const startOf = ({ x, waypoints }: CanvasElement): number => waypoints?.[0]?.x ?? x;
