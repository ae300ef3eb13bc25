import i18next from 'i18next';
import { type ComponentType, lazy } from 'react';
import type { Schema } from '../../api/client.ts';

/** What a panel is given to do a task on screen: the task and its dossier, and the one way to complete it. */
export interface PanelProps {
  task: Schema<'TaskDetail'>;
  dossier: Schema<'DossierDetail'>;
  /** Sends the form; resolves when the task is done, and rejects after `problem` has been told. */
  complete(payload: object): Promise<void>;
  /** Whether the form is on its way. */
  busy: boolean;
  /** The refusal of the last try, already shown above the panel; its fields may be shown beside theirs. */
  problem: unknown;
  /** Leaves the task as one leaves a finished one: what follows is told, the next is offered. */
  done(): void;
}

/** A panel, fetched with its texts when a task first needs it. */
export interface PanelEntry {
  namespaces: string[];
  load: () => Promise<ComponentType<PanelProps>>;
}

/** Panels by the name of the handler their tasks have in the diagram. A space puts them in `panels.ts` as `panels`. */
export type Panels = Record<string, PanelEntry>;

const registry: Panels = Object.assign(
  {},
  ...Object.values(import.meta.glob<{ panels: Panels }>('../*/panels.ts', { eager: true })).map(
    ({ panels }) => panels,
  ),
);

const fetched = new Map<string, ComponentType<PanelProps>>();

/** The panel that draws tasks of this handler; null where the generic form does. */
export function panelOf(handler: string | null): ComponentType<PanelProps> | null {
  const entry = handler === null ? undefined : registry[handler];
  if (handler === null || entry === undefined) return null;
  const known = fetched.get(handler);
  if (known !== undefined) return known;
  const component = lazy(async () => {
    const [loaded] = await Promise.all([entry.load(), i18next.loadNamespaces(entry.namespaces)]);
    return { default: loaded };
  });
  fetched.set(handler, component);
  return component;
}
