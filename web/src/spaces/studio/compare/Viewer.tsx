import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';
import { useEffect, useRef } from 'react';
import type { Language } from '../../../app/language.ts';
import { COLOURS, MODDLE, namesModule } from '../editor/bpmn.ts';
import classes from './ComparePage.module.css';

type Instance = InstanceType<typeof NavigatedViewer>;
interface Canvas {
  zoom(level: 'fit-viewport', center: 'auto'): void;
  addMarker(id: string, marker: string): void;
  viewbox(box?: object): { x: number; y: number; width: number; height: number };
  scrollToElement(id: string): void;
}

/** What the page may do with a diagram that is shown. */
export interface Shown {
  definitions: unknown;
  mark(markers: { id: string; marker: string }[]): void;
  go(id: string): void;
  /** Shows the same part as the other one. */
  follow(other: Shown): void;
  viewer: Instance;
}

/** A diagram to look at, moved and zoomed but not changed. */
export function Viewer({
  xml,
  language,
  label,
  onShown,
}: {
  xml: string;
  language: Language;
  label: string;
  onShown: (shown: Shown) => void;
}) {
  const ref = useRef<HTMLDivElement>(null);
  const latest = useRef(onShown);
  latest.current = onShown;
  useEffect(() => {
    if (ref.current === null || xml === '') return;
    const viewer = new NavigatedViewer({
      container: ref.current,
      moddleExtensions: MODDLE,
      additionalModules: [namesModule({ current: language })],
      ...COLOURS,
    });
    let gone = false;
    const canvas = () => viewer.get<Canvas>('canvas');
    const registry = () => viewer.get<{ get(id: string): unknown }>('elementRegistry');
    viewer.importXML(xml).then(
      () => {
        if (gone) return;
        canvas().zoom('fit-viewport', 'auto');
        latest.current({
          viewer,
          definitions: viewer.getDefinitions(),
          mark: (markers) => {
            for (const { id, marker } of markers) {
              if (registry().get(id) !== undefined) canvas().addMarker(id, marker);
            }
          },
          go: (id) => {
            if (registry().get(id) !== undefined) canvas().scrollToElement(id);
          },
          follow: (other) => {
            let busy = false;
            other.viewer.on('canvas.viewbox.changed', () => {
              if (busy) return;
              busy = true;
              const { x, y, width, height } = other.viewer.get<Canvas>('canvas').viewbox();
              canvas().viewbox({ x, y, width, height });
              busy = false;
            });
          },
        });
      },
      // A diagram that cannot be drawn leaves its place empty; the differences of its files are told all the same.
      () => undefined,
    );
    return () => {
      gone = true;
      viewer.destroy();
    };
  }, [xml, language]);
  return <section className={classes.canvas} dir="ltr" ref={ref} aria-label={label} data-canvas />;
}
