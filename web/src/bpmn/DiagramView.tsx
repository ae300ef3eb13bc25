import { ActionIcon } from '@mantine/core';
import { IconMaximize, IconMinus, IconPlus } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { currentLanguage } from '../app/language.ts';
import { ProblemNotice } from '../components/ProblemNotice.tsx';
import classes from './DiagramView.module.css';
import { namedIn } from './namedIn.ts';

/** What is marked on one element: how it is painted, and a figure or word beside it. */
export interface DiagramMark {
  element: string;
  /** A painting of `DiagramView.module.css`: `heat0` to `heat4`, `failing`, or `waiting`. */
  paint: 'waiting' | 'heat0' | 'heat1' | 'heat2' | 'heat3' | 'heat4' | 'failing';
  figure: string;
  /** The whole sentence that the figure stands for. */
  words: string;
}

interface Canvas {
  zoom(level: number | 'fit-viewport', center?: 'auto'): number;
  addMarker(id: string, marker: string): void;
  removeMarker(id: string, marker: string): void;
  viewbox(): { scale: number; outer: { width: number; height: number } };
  viewbox(box: { x: number; y: number; width: number; height: number }): void;
}
interface Overlays {
  add(id: string, type: string, overlay: object): string;
  remove(filter: { type: string }): void;
}
interface Shape {
  x: number;
  y: number;
  width: number;
  height: number;
}
interface Registry {
  get(id: string): Shape | undefined;
}
interface Viewer {
  importXML(xml: string): Promise<unknown>;
  get<T>(service: string): T;
  destroy(): void;
}

const FIGURES = 'figures';
/** Left free around what is shown, in the diagram's own units. */
const AROUND = 110;

/** Brings some elements to the middle, with what is around them, at a scale at which names can be read. */
function showAround(viewer: Viewer, elements: string[]): void {
  const registry = viewer.get<Registry>('elementRegistry');
  const shapes = elements.flatMap((element) => registry.get(element) ?? []);
  if (shapes.length === 0) return;
  const canvas = viewer.get<Canvas>('canvas');
  const { outer } = canvas.viewbox();
  const left = Math.min(...shapes.map(({ x }) => x)) - AROUND;
  const top = Math.min(...shapes.map(({ y }) => y)) - AROUND;
  const right = Math.max(...shapes.map(({ x, width }) => x + width)) + AROUND;
  const bottom = Math.max(...shapes.map(({ y, height }) => y + height)) + AROUND;
  const scale = Math.min(1, outer.width / (right - left), outer.height / (bottom - top));
  const width = outer.width / scale;
  const height = outer.height / scale;
  canvas.viewbox({ x: (left + right - width) / 2, y: (top + bottom - height) / 2, width, height });
}

/**
 * Shows a diagram in the reader's language, to be moved and zoomed, with what is marked on it. The canvas runs from left to
 * right whatever the language: a process has one direction. bpmn.io's mark stays visible, as its licence asks.
 */
export function DiagramView({
  xml,
  label,
  marks = [],
  focus,
  onOpen,
}: {
  xml: string;
  label: string;
  marks?: DiagramMark[];
  /** The element to show in the middle. */
  focus?: string | undefined;
  onOpen?: (element: string) => void;
}) {
  const { t, i18n } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const [viewer, setViewer] = useState<Viewer | null>(null);
  const [error, setError] = useState<unknown>(null);
  const open = useRef(onOpen);
  open.current = onOpen;

  useEffect(() => {
    let made: Viewer | null = null;
    let gone = false;
    setError(null);
    const draw = async () => {
      const [{ default: NavigatedViewer }] = await Promise.all([
        import('bpmn-js/lib/NavigatedViewer'),
        import('bpmn-js/dist/assets/diagram-js.css'),
        import('bpmn-js/dist/assets/bpmn-js.css'),
      ]);
      if (gone || box.current === null) return;
      const drawn = new NavigatedViewer({
        container: box.current,
        bpmnRenderer: {
          defaultFillColor: 'var(--paper)',
          defaultStrokeColor: 'var(--ink)',
          defaultLabelColor: 'var(--ink)',
        },
        textRenderer: {
          defaultStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
          externalStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
        },
      }) as unknown as Viewer;
      made = drawn;
      await drawn.importXML(namedIn(xml, i18n.language as ReturnType<typeof currentLanguage>));
      if (gone) return;
      drawn.get<Canvas>('canvas').zoom('fit-viewport', 'auto');
      setViewer(drawn);
    };
    draw().catch((cause: unknown) => {
      if (!gone) setError(cause);
    });
    return () => {
      gone = true;
      setViewer(null);
      made?.destroy();
    };
  }, [xml, i18n.language]);

  useEffect(() => {
    if (viewer === null) return undefined;
    const canvas = viewer.get<Canvas>('canvas');
    const overlays = viewer.get<Overlays>('overlays');
    const registry = viewer.get<Registry>('elementRegistry');
    const present = marks.filter(({ element }) => registry.get(element) !== undefined);
    for (const { element, paint, figure, words } of present) {
      canvas.addMarker(element, paint);
      const opens = open.current !== undefined;
      const note = document.createElement(opens ? 'button' : 'span');
      note.className = classes.figure ?? '';
      // The canvas runs from left to right, what is written on it as its language does.
      note.dir = i18n.dir();
      note.dataset.paint = paint;
      const whole = document.createElement('span');
      whole.className = 'hidden-visually';
      whole.textContent = ` — ${words}`;
      note.append(figure, whole);
      note.title = words;
      if (opens) {
        note.setAttribute('type', 'button');
        note.addEventListener('click', () => open.current?.(element));
      }
      overlays.add(element, FIGURES, {
        position: { bottom: 10, left: 6 },
        html: note,
        scale: { min: 0.75, max: 1.25 },
      });
    }
    if (focus === undefined)
      showAround(
        viewer,
        present.map(({ element }) => element),
      );
    return () => {
      for (const { element, paint } of present) canvas.removeMarker(element, paint);
      overlays.remove({ type: FIGURES });
    };
  }, [viewer, marks, focus, i18n]);

  useEffect(() => {
    if (viewer !== null && focus !== undefined) showAround(viewer, [focus]);
  }, [viewer, focus]);

  const zoom = (factor: number) => {
    if (viewer === null) return;
    const canvas = viewer.get<Canvas>('canvas');
    canvas.zoom(canvas.viewbox().scale * factor, 'auto');
  };
  return (
    <div className={classes.frame}>
      {error !== null && <ProblemNotice error={error} />}
      <div className={classes.tools} data-no-print>
        <ActionIcon variant="default" size="lg" aria-label={t('diagram.larger')} onClick={() => zoom(1.25)}>
          <IconPlus aria-hidden="true" />
        </ActionIcon>
        <ActionIcon variant="default" size="lg" aria-label={t('diagram.smaller')} onClick={() => zoom(0.8)}>
          <IconMinus aria-hidden="true" />
        </ActionIcon>
        <ActionIcon
          variant="default"
          size="lg"
          aria-label={t('diagram.whole')}
          onClick={() => viewer?.get<Canvas>('canvas').zoom('fit-viewport', 'auto')}
        >
          <IconMaximize aria-hidden="true" />
        </ActionIcon>
      </div>
      <section
        ref={box}
        dir="ltr"
        className={classes.canvas}
        aria-label={label}
        data-drawn={viewer !== null || undefined}
      />
    </div>
  );
}
