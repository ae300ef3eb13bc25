import permitModdle from '../../../../../src/procedures/permitModdle.json';
import type { Language } from '../../../app/language.ts';
import { nameIn } from '../names.ts';
import camundaModdle from './camundaModdle.json';

/** What a modeller must know to read and write our attributes. */
export const MODDLE = { permit: permitModdle, camunda: camundaModdle };

/** What bpmn-js takes as a module of ours. */
export type Module = Record<string, unknown>;

/** A model element, as bpmn-moddle gives it. */
export interface Moddle {
  $type: string;
  id: string;
  name?: string;
  get<T = unknown>(property: string): T;
  [property: string]: unknown;
}

/** A shape or a connection of the canvas. */
export interface CanvasElement {
  id: string;
  type: string;
  x: number;
  y: number;
  width: number;
  height: number;
  parent: CanvasElement | null;
  labelTarget?: CanvasElement;
  source?: CanvasElement;
  target?: CanvasElement;
  waypoints?: { x: number; y: number }[];
  businessObject: Moddle;
}

interface Rendering {
  canRender(element: CanvasElement): boolean;
  drawShape(visuals: SVGElement, element: CanvasElement, attrs?: object): SVGElement;
  drawConnection(visuals: SVGElement, element: CanvasElement, attrs?: object): SVGElement;
  getShapePath(shape: CanvasElement): string;
  getConnectionPath(connection: CanvasElement): string;
}

/** In which language the canvas shows names; asked at each drawing. */
export interface CanvasLanguage {
  current: Language;
}

/**
 * Draws names in the language chosen for the canvas: the element's name is another one for as long as it is drawn, and
 * nothing of the model changes.
 */
export function namesModule(language: CanvasLanguage): Module {
  class NamedRenderer {
    static $inject = ['eventBus', 'bpmnRenderer'];
    constructor(
      eventBus: {
        on(names: string[], priority: number, work: (event: unknown, context: Drawing) => unknown): void;
      },
      renderer: Rendering,
    ) {
      eventBus.on(['render.shape', 'render.connection'], 1500, (_event, { gfx, element, attrs }) => {
        if (!renderer.canRender(element)) return undefined;
        const model = element.businessObject;
        const { name } = model;
        const shown = nameIn(model, language.current);
        const draw = () =>
          element.waypoints === undefined
            ? renderer.drawShape(gfx, element, attrs)
            : renderer.drawConnection(gfx, element, attrs);
        if (shown === '' || shown === name) return draw();
        model.name = shown;
        try {
          return draw();
        } finally {
          if (name === undefined) delete model.name;
          else model.name = name;
        }
      });
    }
  }
  return { __init__: ['permitNames'], permitNames: ['type', NamedRenderer] };
}

interface Drawing {
  gfx: SVGElement;
  element: CanvasElement;
  attrs?: object;
}

/** The colours of the page, so that a diagram is read in the dark too. */
export const COLOURS = {
  bpmnRenderer: {
    defaultFillColor: 'var(--paper)',
    defaultStrokeColor: 'var(--ink)',
    defaultLabelColor: 'var(--ink)',
  },
  textRenderer: {
    defaultStyle: { fontFamily: '"IBM Plex Sans", "IBM Plex Sans Arabic", sans-serif', fontSize: 12 },
    externalStyle: { fontSize: 12 },
  },
};
