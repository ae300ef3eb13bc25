import {
  type PointerEvent,
  type KeyboardEvent as Press,
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import { difference } from './difference.ts';
import { clamp, type Point, pan, type Size, toSheet, toStage, type View, zoom } from './geometry.ts';
import classes from './Stage.module.css';
import type { Sheets } from './sheet.ts';
import type { Annotation, Zone } from './zone.ts';

export type Tool = 'hand' | 'pin' | 'area' | 'measure' | 'calibrate';

/** A line between two places of a page, with what is written on it. */
export interface Ruler {
  id: string;
  a: Point;
  b: Point;
  text: string;
}

export interface StageProps {
  sheets: Sheets;
  page: number;
  sheet: Size;
  /** False while size and place of the page are not known yet. */
  ready: boolean;
  view: View;
  /** Scale at which the whole sheet is seen. */
  fitted: number;
  onView(change: (view: View) => View): void;
  onSize?(size: Size): void;
  tool: Tool;
  onPlace(tool: Tool, zone: Zone): void;
  onRuler(tool: Tool, a: Point, b: Point): void;
  marks: (Annotation & { shown: number })[];
  selected: string | null;
  onSelect?: ((id: string) => void) | undefined;
  rulers: Ruler[];
  /** The other version and how it is shown. */
  other?: { sheets: Sheets; sheet: Size; page: number; as: 'swipe' | 'overlay'; part: number } | null;
  onChanged?(part: number): void;
  /** Changes when layers were shown or hidden. */
  drawn: number;
  onKey(key: string): boolean;
  label: string;
  describedBy: string;
}

const REST_MS = 120;
const CLICK = 5;
const STEP = 12;

interface Picture {
  view: View;
  size: Size;
  now: HTMLCanvasElement;
  before: HTMLCanvasElement | null;
}

/** The sheet itself: drawn as far as it is in sight, moved by mouse, fingers and keys, with what is laid over it. */
export function Stage(props: StageProps) {
  const {
    sheets,
    page,
    sheet,
    ready,
    view,
    fitted,
    onView,
    tool,
    marks,
    selected,
    onSelect,
    rulers,
    other,
    drawn,
  } = props;
  const { t } = useTranslation('viewer');
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const picture = useRef<Picture | null>(null);
  const [size, setSize] = useState<Size | null>(null);
  const [drawing, setDrawing] = useState(true);
  const [cross, setCross] = useState<Point | null>(null);
  const [anchor, setAnchor] = useState<Point | null>(null);
  const [hover, setHover] = useState<Point | null>(null);
  const [said, setSaid] = useState('');
  const latest = useRef(props);
  latest.current = props;

  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => {
      const next = { width: element.clientWidth, height: element.clientHeight };
      setSize(next);
      latest.current.onSize?.(next);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  // A new tool begins anew.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the tool and the page are what it depends on.
  useEffect(() => setAnchor(null), [tool, page]);

  const compose = useCallback((): void => {
    const [target, made] = [canvas.current, picture.current];
    const { view, other, onChanged } = latest.current;
    const context = target?.getContext('2d');
    if (target === null || made === null || !context) return;
    const density = target.width / Math.max(1, target.clientWidth);
    const by = view.scale / made.view.scale;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, target.width, target.height);
    // Until it is drawn anew, what there is moves and grows with the view.
    context.setTransform(
      by,
      0,
      0,
      by,
      (view.x - made.view.x * by) * density,
      (view.y - made.view.y * by) * density,
    );
    const isSame = by === 1 && view.x === made.view.x && view.y === made.view.y;
    if (made.before === null || other == null) context.drawImage(made.now, 0, 0);
    else if (other.as === 'swipe') {
      const shift = (view.x - made.view.x * by) * density;
      const cut = Math.round(Math.min(made.now.width, Math.max(0, (target.width * other.part - shift) / by)));
      const [w, h] = [made.now.width, made.now.height];
      if (cut > 0) context.drawImage(made.before, 0, 0, cut, h, 0, 0, cut, h);
      if (cut < w) context.drawImage(made.now, cut, 0, w - cut, h, cut, 0, w - cut, h);
    } else if (isSame) {
      const [a, b] = [made.before, made.now].map((one) =>
        one.getContext('2d')?.getImageData(0, 0, one.width, one.height),
      );
      if (a === undefined || b === undefined) return;
      const style = getComputedStyle(target);
      const found = difference(a, b, colourOf(style, '--gone'), colourOf(style, '--added'));
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.putImageData(found.picture, 0, 0);
      onChanged?.(found.changed);
    } else context.drawImage(made.now, 0, 0);
  }, []);

  // What is in sight is drawn anew when the view rests.
  const first = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `drawn` stands for what layers are shown.
  useEffect(() => {
    if (!ready || size === null || size.width === 0 || size.height === 0) return;
    setDrawing(true);
    const stop = new AbortController();
    const density = Math.min(2, devicePixelRatio || 1);
    const sheetOf = async (of: Sheets, number: number, at: View): Promise<HTMLCanvasElement> => {
      const made = document.createElement('canvas');
      made.width = Math.max(1, Math.round(size.width * density));
      made.height = Math.max(1, Math.round(size.height * density));
      await of.draw(number, made, at, density, stop.signal);
      return made;
    };
    const timer = setTimeout(
      async () => {
        try {
          const beside = other ?? null;
          const [now, before] = await Promise.all([
            sheetOf(sheets, page, view),
            beside === null
              ? null
              : sheetOf(beside.sheets, beside.page, {
                  ...view,
                  scale: (view.scale * sheet.width) / beside.sheet.width,
                }),
          ]);
          if (stop.signal.aborted) return;
          first.current = false;
          picture.current = { view, size, now, before };
          const target = canvas.current;
          if (target !== null && (target.width !== now.width || target.height !== now.height)) {
            target.width = now.width;
            target.height = now.height;
          }
          compose();
          setDrawing(false);
        } catch (error) {
          if (!stop.signal.aborted) setDrawing(false);
          if (!stop.signal.aborted) reportError(error);
        }
      },
      first.current ? 0 : REST_MS,
    );
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [sheets, page, sheet, ready, view, size, other?.sheets, other?.page, drawn, compose]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: these are what the composition shows.
  useLayoutEffect(compose, [view, other?.as, other?.part, compose]);

  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const wheel = (event: WheelEvent): void => {
      event.preventDefault();
      const { left, top } = element.getBoundingClientRect();
      const at = { x: event.clientX - left, y: event.clientY - top };
      const step = event.deltaMode === 1 ? 30 : 1;
      const { fitted } = latest.current;
      latest.current.onView((view) => zoom(view, Math.exp((-event.deltaY * step) / 500), at, fitted));
    };
    element.addEventListener('wheel', wheel, { passive: false });
    return () => element.removeEventListener('wheel', wheel);
  }, []);

  const placeAt = (at: Point): Point => clamp(toSheet(view, sheet, at));
  const say = (place: Point, key: string): void =>
    setSaid(t(key, { x: Math.round(place.x * 100), y: Math.round(place.y * 100), page }));

  /** What a click, or Enter at the cross, does with the tool in hand. */
  const strike = (at: Point): void => {
    const place = placeAt(at);
    if (tool === 'pin') {
      props.onPlace(tool, { kind: 'pin', ...place });
      say(place, 'said.pin');
    } else if (tool === 'area') {
      if (anchor === null) {
        setAnchor(place);
        say(place, 'said.corner');
      } else {
        setAnchor(null);
        const zone = areaOf(anchor, place);
        if (zone.width * sheet.width * view.scale < CLICK || zone.height * sheet.height * view.scale < CLICK)
          return;
        props.onPlace(tool, zone);
        say(place, 'said.area');
      }
    } else if (tool === 'measure' || tool === 'calibrate') {
      if (anchor === null) {
        setAnchor(place);
        say(place, 'said.start');
      } else {
        setAnchor(null);
        props.onRuler(tool, anchor, place);
      }
    }
  };

  const fingers = useRef(new Map<number, Point>());
  const pressed = useRef<{ at: Point; moved: boolean; area: boolean } | null>(null);
  const pointOf = (event: PointerEvent): Point => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };
  const down = (event: PointerEvent<HTMLDivElement>): void => {
    if ((event.target as Element).closest('button') !== null) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const at = pointOf(event);
    fingers.current.set(event.pointerId, at);
    setCross(null);
    const isArea = tool === 'area' && event.button === 0 && fingers.current.size === 1 && anchor === null;
    pressed.current = fingers.current.size === 1 ? { at, moved: false, area: isArea } : null;
  };
  const move = (event: PointerEvent<HTMLDivElement>): void => {
    const at = pointOf(event);
    const from = fingers.current.get(event.pointerId);
    if (from === undefined) {
      if (tool !== 'hand') setHover(at);
      return;
    }
    const press = pressed.current;
    if (press !== null && !press.moved && Math.hypot(at.x - press.at.x, at.y - press.at.y) > CLICK) {
      press.moved = true;
      if (press.area) setAnchor(placeAt(press.at));
    }
    const others = [...fingers.current].filter(([id]) => id !== event.pointerId).map(([, point]) => point);
    fingers.current.set(event.pointerId, at);
    setHover(at);
    const [second] = others;
    if (second !== undefined) {
      const middle = { x: (at.x + second.x) / 2, y: (at.y + second.y) / 2 };
      const grown =
        Math.hypot(at.x - second.x, at.y - second.y) /
        Math.max(1, Math.hypot(from.x - second.x, from.y - second.y));
      const by = { x: (at.x - from.x) / 2, y: (at.y - from.y) / 2 };
      onView((view) => pan(zoom(view, grown, middle, fitted), by, size ?? sheet, sheet));
    } else if (press?.moved === true && !press.area) {
      onView((view) => pan(view, { x: at.x - from.x, y: at.y - from.y }, size ?? sheet, sheet));
    }
  };
  const up = (event: PointerEvent<HTMLDivElement>): void => {
    if (!fingers.current.delete(event.pointerId)) return;
    const press = pressed.current;
    pressed.current = null;
    if (press === null) return;
    if (press.area && press.moved) strike(pointOf(event));
    else if (!press.moved && event.type === 'pointerup') strike(press.at);
  };

  const press = (event: Press<HTMLDivElement>): void => {
    if (
      event.target !== event.currentTarget ||
      event.ctrlKey ||
      event.metaKey ||
      event.altKey ||
      size === null
    )
      return;
    const arrow = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    const middle = { x: size.width / 2, y: size.height / 2 };
    let isOurs = true;
    if (arrow !== undefined) {
      const [x, y] = arrow as [number, number];
      if (tool === 'hand') onView((view) => pan(view, { x: -x * 60, y: -y * 60 }, size, sheet));
      else {
        const by = event.shiftKey ? 2 : STEP;
        const from = cross ?? middle;
        const to = { x: from.x + x * by, y: from.y + y * by };
        // At the border of the stage the sheet moves instead.
        const bound = {
          x: Math.min(size.width - 4, Math.max(4, to.x)),
          y: Math.min(size.height - 4, Math.max(4, to.y)),
        };
        if (bound.x !== to.x || bound.y !== to.y) {
          onView((view) => pan(view, { x: (bound.x - to.x) * 3, y: (bound.y - to.y) * 3 }, size, sheet));
        }
        setCross(bound);
      }
    } else if (event.key === '+' || event.key === '=')
      onView((view) => zoom(view, 1.25, cross ?? middle, fitted));
    else if (event.key === '-' || event.key === '_')
      onView((view) => zoom(view, 0.8, cross ?? middle, fitted));
    else if ((event.key === 'Enter' || event.key === ' ') && tool !== 'hand') {
      const at = cross ?? middle;
      setCross(at);
      strike(at);
    } else if (event.key === 'Escape' && (anchor !== null || cross !== null)) {
      setAnchor(null);
      setCross(null);
    } else isOurs = props.onKey(event.key);
    if (isOurs) {
      event.preventDefault();
      event.stopPropagation();
    }
  };

  const end = cross ?? hover;
  const draft = anchor !== null && end !== null ? { a: toStage(view, sheet, anchor), b: end } : null;
  return (
    <div className={classes.frame}>
      <div
        ref={box}
        className={classes.stage}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: see above.
        tabIndex={0}
        role="application"
        aria-label={props.label}
        aria-describedby={props.describedBy}
        aria-busy={drawing}
        dir="ltr"
        data-tool={tool}
        data-scale={view.scale}
        onPointerDown={down}
        onPointerMove={move}
        onPointerUp={up}
        onPointerCancel={up}
        onPointerLeave={() => setHover(null)}
        onKeyDown={press}
        onBlur={() => setCross(null)}
        onDoubleClick={(event) => {
          if (tool !== 'hand') return;
          const { left, top } = event.currentTarget.getBoundingClientRect();
          onView((view) => zoom(view, 2, { x: event.clientX - left, y: event.clientY - top }, fitted));
        }}
      >
        <canvas ref={canvas} className={classes.canvas} />
        <svg className={classes.over} aria-hidden="true">
          {rulers.map((ruler) => (
            <Line
              key={ruler.id}
              a={toStage(view, sheet, ruler.a)}
              b={toStage(view, sheet, ruler.b)}
              text={ruler.text}
            />
          ))}
          {draft !== null && tool === 'area' && (
            <rect
              className={classes.draft}
              x={Math.min(draft.a.x, draft.b.x)}
              y={Math.min(draft.a.y, draft.b.y)}
              width={Math.abs(draft.a.x - draft.b.x)}
              height={Math.abs(draft.a.y - draft.b.y)}
            />
          )}
          {draft !== null && tool !== 'area' && <Line a={draft.a} b={draft.b} text="" />}
          {cross !== null && tool !== 'hand' && (
            <g className={classes.cross} transform={`translate(${cross.x} ${cross.y})`}>
              <path d="M-18 0H-4M4 0H18M0-18V-4M0 4V18" />
              <circle r="2" />
            </g>
          )}
          {other?.as === 'swipe' && size !== null && (
            <line
              className={classes.cut}
              x1={other.part * size.width}
              x2={other.part * size.width}
              y1={0}
              y2={size.height}
            />
          )}
        </svg>
        {marks.map((mark) => (
          <Mark
            key={mark.id}
            mark={mark}
            view={view}
            sheet={sheet}
            isSelected={mark.id === selected}
            words={t(`mark.${mark.tone ?? 'open'}`, { number: mark.shown, label: mark.label })}
            onSelect={onSelect}
          />
        ))}
      </div>
      <p role="status" className="hidden-visually">
        {said}
      </p>
    </div>
  );
}

function areaOf(a: Point, b: Point): Extract<Zone, { kind: 'area' }> {
  return {
    kind: 'area',
    x: Math.min(a.x, b.x),
    y: Math.min(a.y, b.y),
    width: Math.abs(a.x - b.x),
    height: Math.abs(a.y - b.y),
  };
}

function Line({ a, b, text }: { a: Point; b: Point; text: string }) {
  const middle = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
  return (
    <g className={classes.ruler}>
      <path className={classes.halo} d={`M${a.x} ${a.y}L${b.x} ${b.y}`} />
      <path d={`M${a.x} ${a.y}L${b.x} ${b.y}`} />
      <circle cx={a.x} cy={a.y} r="3" />
      <circle cx={b.x} cy={b.y} r="3" />
      {text !== '' && (
        <text x={middle.x} y={middle.y - 6} textAnchor="middle">
          {text}
        </text>
      )}
    </g>
  );
}

function Mark({
  mark,
  view,
  sheet,
  isSelected,
  words,
  onSelect,
}: {
  mark: StageProps['marks'][number];
  view: View;
  sheet: Size;
  isSelected: boolean;
  words: string;
  onSelect: StageProps['onSelect'];
}) {
  const { zone } = mark;
  const a = toStage(view, sheet, zone);
  const b =
    zone.kind === 'area' ? toStage(view, sheet, { x: zone.x + zone.width, y: zone.y + zone.height }) : a;
  const [left, top] = [Math.min(a.x, b.x), Math.min(a.y, b.y)];
  return (
    <button
      type="button"
      className={classes.mark}
      data-kind={zone.kind}
      data-tone={mark.tone ?? 'open'}
      aria-pressed={isSelected}
      aria-label={words}
      title={words}
      style={{
        transform: `translate(${left}px, ${top}px)`,
        ...(zone.kind === 'area' ? { width: Math.abs(a.x - b.x), height: Math.abs(a.y - b.y) } : {}),
      }}
      onClick={() => onSelect?.(mark.id)}
    >
      <span>{mark.shown}</span>
    </button>
  );
}

function colourOf(style: CSSStyleDeclaration, name: string): [number, number, number] {
  const hex = style.getPropertyValue(name).trim().replace('#', '');
  return [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) || 0) as [number, number, number];
}
