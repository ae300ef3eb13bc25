import type { CanvasElement, Module } from './bpmn.ts';

/** What the palette offers and how it is called: only what both engines run as BPMN says. */
const KINDS = {
  userTask: { type: 'bpmn:UserTask', icon: 'bpmn-icon-user-task', group: 'activity' },
  serviceTask: { type: 'bpmn:ServiceTask', icon: 'bpmn-icon-service-task', group: 'activity' },
  exclusiveGateway: { type: 'bpmn:ExclusiveGateway', icon: 'bpmn-icon-gateway-xor', group: 'gateway' },
  parallelGateway: { type: 'bpmn:ParallelGateway', icon: 'bpmn-icon-gateway-parallel', group: 'gateway' },
  boundaryTimer: {
    type: 'bpmn:BoundaryEvent',
    icon: 'bpmn-icon-intermediate-event-catch-timer',
    group: 'event',
    eventDefinitionType: 'bpmn:TimerEventDefinition',
  },
  endEvent: { type: 'bpmn:EndEvent', icon: 'bpmn-icon-end-event-none', group: 'event' },
  terminateEnd: {
    type: 'bpmn:EndEvent',
    icon: 'bpmn-icon-end-event-terminate',
    group: 'event',
    eventDefinitionType: 'bpmn:TerminateEventDefinition',
  },
} as const;
type Kind = keyof typeof KINDS;

interface Entry {
  group: string;
  className?: string;
  title?: string;
  separator?: boolean;
  action?: Record<string, (event: Event, element?: CanvasElement) => unknown>;
}
interface Factory {
  createShape(attrs: object): CanvasElement;
}
interface Create {
  start(event: Event, shape: CanvasElement, context?: object): void;
}
interface Tools {
  registerProvider(provider: object): void;
}

/** The palette and the tools beside a selected element; `word` gives each its name in the reader's language. */
export function paletteModule(word: (key: string) => string): Module {
  const shapeOf = (factory: Factory, kind: Kind): CanvasElement => {
    const { type, ...more } = KINDS[kind];
    const eventDefinitionType = 'eventDefinitionType' in more ? more.eventDefinitionType : undefined;
    return factory.createShape({
      type,
      ...(eventDefinitionType === undefined ? {} : { eventDefinitionType }),
    });
  };

  class PermitPalette {
    static $inject = [
      'palette',
      'create',
      'elementFactory',
      'spaceTool',
      'lassoTool',
      'handTool',
      'globalConnect',
    ];
    readonly getPaletteEntries: () => Record<string, Entry>;
    constructor(
      palette: Tools,
      create: Create,
      factory: Factory,
      space: { activateSelection(event: Event): void },
      lasso: { activateSelection(event: Event): void },
      hand: { activateHand(event: Event): void },
      connect: { start(event: Event): void },
    ) {
      const tool = (icon: string, key: string, click: (event: Event) => void): Entry => ({
        group: 'tools',
        className: icon,
        title: word(`palette.${key}`),
        action: { click },
      });
      const maker = (kind: Kind): Entry => {
        const start = (event: Event) => create.start(event, shapeOf(factory, kind));
        return {
          group: KINDS[kind].group,
          className: KINDS[kind].icon,
          title: word(`palette.${kind}`),
          action: { dragstart: start, click: start },
        };
      };
      this.getPaletteEntries = () => ({
        hand: tool('bpmn-icon-hand-tool', 'hand', (event) => hand.activateHand(event)),
        lasso: tool('bpmn-icon-lasso-tool', 'lasso', (event) => lasso.activateSelection(event)),
        space: tool('bpmn-icon-space-tool', 'space', (event) => space.activateSelection(event)),
        connect: tool('bpmn-icon-connection-multi', 'connect', (event) => connect.start(event)),
        separator: { group: 'tools', separator: true },
        ...Object.fromEntries((Object.keys(KINDS) as Kind[]).map((kind) => [kind, maker(kind)])),
      });
      palette.registerProvider(this);
    }
  }

  class PermitPad {
    static $inject = ['contextPad', 'create', 'elementFactory', 'autoPlace', 'connect', 'modeling'];
    readonly getContextPadEntries: (element: CanvasElement) => Record<string, Entry>;
    constructor(
      pad: Tools,
      create: Create,
      factory: Factory,
      autoPlace: { append(source: CanvasElement, shape: CanvasElement): void },
      connect: { start(event: Event, source: CanvasElement): void },
      modeling: { removeElements(elements: CanvasElement[]): void },
    ) {
      this.getContextPadEntries = (element) => {
        const entries: Record<string, Entry> = {};
        const append = (kind: Kind): Entry => ({
          group: 'model',
          className: KINDS[kind].icon,
          title: word(`pad.${kind}`),
          action: {
            click: () => autoPlace.append(element, shapeOf(factory, kind)),
            dragstart: (event) => create.start(event, shapeOf(factory, kind), { source: element }),
          },
        });
        const { type } = element;
        const goesOn = /Task$|Gateway$|StartEvent$|BoundaryEvent$|IntermediateCatchEvent$/.test(type);
        if (goesOn && element.labelTarget === undefined) {
          for (const kind of ['userTask', 'serviceTask', 'exclusiveGateway', 'endEvent'] as const)
            entries[kind] = append(kind);
          entries.connect = {
            group: 'connect',
            className: 'bpmn-icon-connection-multi',
            title: word('pad.connect'),
            action: {
              click: (event) => connect.start(event, element),
              dragstart: (event) => connect.start(event, element),
            },
          };
        }
        if (!/Process$|Collaboration$|Participant$/.test(type)) {
          entries.delete = {
            group: 'edit',
            className: 'bpmn-icon-trash',
            title: word('pad.delete'),
            action: { click: () => modeling.removeElements([element]) },
          };
        }
        return entries;
      };
      pad.registerProvider(this);
    }
  }

  return {
    __init__: ['paletteProvider', 'contextPadProvider'],
    paletteProvider: ['type', PermitPalette],
    contextPadProvider: ['type', PermitPad],
  };
}
