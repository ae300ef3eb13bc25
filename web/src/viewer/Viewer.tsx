import { ActionIcon, Button, NumberInput, Progress, SegmentedControl, Slider, Tooltip } from '@mantine/core';
import {
  IconArrowLeft,
  IconArrowRight,
  IconArrowsHorizontal,
  IconDownload,
  IconHandStop,
  IconLayoutSidebar,
  IconMapPin,
  IconMaximize,
  IconRotateClockwise,
  IconRuler2,
  IconRulerMeasure,
  IconSquareDashed,
  IconStack2,
  IconTrash,
  IconZoomIn,
  IconZoomOut,
} from '@tabler/icons-react';
import { type ReactNode, useCallback, useEffect, useId, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Schema, saveFile } from '../api/client.ts';
import { number as figure, fileSize } from '../app/format.ts';
import { ProblemNotice } from '../components/ProblemNotice.tsx';
import {
  centre,
  fit,
  lengthOf,
  type Point,
  type Size,
  type Turn,
  toSheet,
  toStage,
  type View,
  zoom,
} from './geometry.ts';
import { PageList } from './PageList.tsx';
import type { PlanViewerProps } from './props.ts';
import { type Ruler, Stage, type Tool } from './Stage.tsx';
import { NotDrawable, type Sheets } from './sheet.ts';
import { type Opening, useSheets } from './useSheets.ts';
import classes from './Viewer.module.css';
import type { Annotation } from './zone.ts';

type Comparing = 'side' | 'swipe' | 'overlay';
interface Measure {
  id: string;
  page: number;
  a: Point;
  b: Point;
  /** Units of the sheet. */
  length: number;
}

/** The viewer itself: see `PlanViewer`. */
export function Viewer(props: PlanViewerProps) {
  const { document, label } = props;
  const { t } = useTranslation('viewer');
  const opening = useSheets(document);
  const other = useSheets(props.compareWith ?? null);
  return (
    <section className={classes.viewer} aria-label={label ?? t('label', { name: document.fileName })}>
      {opening.state === 'ready' ? (
        <Opened {...props} key={document.id} sheets={opening.sheets} other={other} />
      ) : (
        <Notice document={document} opening={opening} />
      )}
    </section>
  );
}

/** What is said while there is nothing to see. */
function Notice({ document, opening }: { document: Schema<'Document'>; opening: Opening }) {
  const { t } = useTranslation('viewer');
  const save = (
    <Button
      variant="default"
      leftSection={<IconDownload size={18} aria-hidden="true" />}
      onClick={() => void saveFile(`/documents/${document.id}/content`).catch(() => undefined)}
    >
      {t('save')}
    </Button>
  );
  if (opening.state === 'heavy') {
    return (
      <div className={classes.notice}>
        <p>{t('heavy', { size: fileSize(document.size) })}</p>
        <div className={classes.row}>
          <Button onClick={opening.go}>{t('openAnyway')}</Button>
          {save}
        </div>
      </div>
    );
  }
  if (opening.state === 'failed') {
    const { error } = opening;
    if (error instanceof NotDrawable) {
      return (
        <div className={classes.notice} role="alert">
          <p>{t(`notDrawable.${error.reason}`)}</p>
          <div className={classes.row}>{save}</div>
        </div>
      );
    }
    return (
      <div className={classes.notice}>
        <ProblemNotice error={error} retry={opening.retry} />
      </div>
    );
  }
  const part = opening.state === 'loading' ? opening.part : 0;
  return (
    <div className={classes.notice}>
      <div role="status" aria-label={t('opening')} className={classes.opening}>
        <p>{t('openingSize', { size: fileSize(document.size) })}</p>
        <Progress value={part * 100} aria-label={t('opening')} transitionDuration={0} />
      </div>
    </div>
  );
}

function Opened({
  document,
  annotations = [],
  selected = null,
  onSelect,
  onAnnotate,
  tools = true,
  compareWith = null,
  sheets,
  other,
  label,
}: PlanViewerProps & { sheets: Sheets; other: Opening }) {
  const { t } = useTranslation('viewer');
  const id = useId();
  const chosen = annotations.find((one) => one.id === selected);
  const [page, setPage] = useState(() => bounded(chosen?.page ?? 1, sheets.pages));
  const [sheet, setSheet] = useState<{ page: number; size: Size } | null>(null);
  const [stage, setStage] = useState<Size | null>(null);
  const [view, setView] = useState<View | null>(null);
  const [tool, setTool] = useState<Tool>('hand');
  const [listed, setListed] = useState(false);
  const [layered, setLayered] = useState(false);
  const [drawn, setDrawn] = useState(0);
  const [measures, setMeasures] = useState<Measure[]>([]);
  const [unitMm, setUnitMm] = useState<number | null>(sheets.unit?.of === 'world' ? sheets.unit.mm : null);
  const [pending, setPending] = useState<number | null>(null);
  const [comparing, setComparing] = useState<Comparing>('side');
  const [part, setPart] = useState(0.5);
  const [changed, setChanged] = useState<number | null>(null);
  const [otherSheet, setOtherSheet] = useState<Size | null>(null);
  const beside = other.state === 'ready' ? other.sheets : null;
  const otherPage = beside === null ? 1 : bounded(page, beside.pages);

  useEffect(() => {
    let isGone = false;
    void sheets.size(page).then((size) => {
      if (!isGone) setSheet({ page, size });
    });
    return () => {
      isGone = true;
    };
  }, [sheets, page]);
  useEffect(() => {
    let isGone = false;
    setChanged(null);
    if (beside === null) setOtherSheet(null);
    else
      void beside.size(otherPage).then((size) => {
        if (!isGone) setOtherSheet(size);
      });
    return () => {
      isGone = true;
    };
  }, [beside, otherPage]);

  const size = sheet?.page === page ? sheet.size : (sheet?.size ?? null);
  const fitted = stage !== null && size !== null ? fit(stage, size, view?.turn ?? 0).scale : 1;

  const otherView = useMemo(
    () =>
      view === null || size === null || otherSheet === null
        ? null
        : { ...view, scale: (view.scale * size.width) / otherSheet.width },
    [view, size, otherSheet],
  );

  // The first sight of a page is the whole page; another page of the same size is seen from the same place.
  const seen = useRef<Size | null>(null);
  useEffect(() => {
    if (stage === null || size === null || stage.width === 0) return;
    const before = seen.current;
    if (before !== null && before.width === size.width && before.height === size.height) return;
    seen.current = size;
    setView((now) => fit(stage, size, now?.turn ?? 0));
  }, [stage, size]);

  // A window of another size shows the same place in the same proportion.
  const before = useRef<Size | null>(null);
  useEffect(() => {
    const was = before.current;
    before.current = stage;
    if (was === null || stage === null || size === null || was.width === 0 || stage.width === 0) return;
    setView((now) => {
      if (now === null) return now;
      const middle = toSheet(now, size, { x: was.width / 2, y: was.height / 2 });
      const grown = fit(stage, size, now.turn).scale / fit(was, size, now.turn).scale;
      return centre({ ...now, scale: now.scale * grown }, stage, size, middle);
    });
  }, [stage, size]);

  const goTo = useCallback((to: number) => setPage(bounded(to, sheets.pages)), [sheets.pages]);
  const change = useCallback(
    (by: (view: View) => View) => setView((now) => (now === null ? now : by(now))),
    [],
  );

  // The mark that is spoken of is brought into sight.
  const shownMark = useRef<string | null>(null);
  useEffect(() => {
    if (chosen === undefined) {
      shownMark.current = null;
      return;
    }
    if (shownMark.current === chosen.id || stage === null || size === null || view === null) return;
    if (chosen.page !== page) return goTo(chosen.page);
    if (sheet?.page !== page) return;
    shownMark.current = chosen.id;
    const { zone } = chosen;
    const place = zone.kind === 'pin' ? zone : { x: zone.x + zone.width / 2, y: zone.y + zone.height / 2 };
    const at = toStage(view, size, place);
    const isSeen = at.x > 40 && at.y > 40 && at.x < stage.width - 40 && at.y < stage.height - 40;
    if (!isSeen) change((now) => centre(now, stage, size, place));
  }, [chosen, page, sheet, stage, size, view, goTo, change]);

  const marks = useMemo(
    () =>
      annotations
        .map((one, index): Annotation & { shown: number } => ({ ...one, shown: one.number ?? index + 1 }))
        .filter((one) => one.page === page),
    [annotations, page],
  );

  const say = (length: number): string =>
    unitMm === null
      ? sheets.unit?.of === 'paper'
        ? t('measure.onPaper', { length: figure(length * sheets.unit.mm, { maximumFractionDigits: 1 }) })
        : t('measure.unscaled')
      : `${figure((length * unitMm) / 1000, { minimumFractionDigits: 2, maximumFractionDigits: 2 })} m`;
  const rulers: Ruler[] = measures
    .filter((one) => one.page === page)
    .map(({ id, a, b, length }) => ({ id, a, b, text: say(length) }));
  const rule = (with_: Tool, a: Point, b: Point): void => {
    if (size === null) return;
    const length = lengthOf(a, b, size);
    if (length === 0) return;
    if (with_ === 'calibrate') setPending(length);
    else setMeasures((all) => [...all, { id: `${Date.now()}-${all.length}`, page, a, b, length }]);
  };

  const whole = (): void => {
    if (stage !== null && size !== null) setView((now) => fit(stage, size, now?.turn ?? 0));
  };
  const closer = (factor: number): void => {
    if (stage === null) return;
    change((now) => zoom(now, factor, { x: stage.width / 2, y: stage.height / 2 }, fitted));
  };
  const turn = (): void => {
    if (stage === null || size === null) return;
    setView((now) => fit(stage, size, (((now?.turn ?? 0) + 90) % 360) as Turn));
  };
  const key = (pressed: string): boolean => {
    if (pressed === 'PageDown') goTo(page + 1);
    else if (pressed === 'PageUp') goTo(page - 1);
    else if (pressed === 'Home') goTo(1);
    else if (pressed === 'End') goTo(sheets.pages);
    else if (pressed === '0') whole();
    else if (pressed === 'r') turn();
    else if (pressed === 'h') setTool('hand');
    else if (pressed === 'p' && onAnnotate !== undefined) setTool('pin');
    else if (pressed === 'a' && onAnnotate !== undefined) setTool('area');
    else if (pressed === 'm' && tools) setTool('measure');
    else if (pressed === 'Escape') setTool('hand');
    else return false;
    return true;
  };
  const tell = label ?? t('label', { name: document.fileName });
  const compares = compareWith !== null && other.state !== 'none';
  const paper = sheets.unit?.of === 'paper' ? sheets.unit.mm : null;

  return (
    <>
      {tools && (
        <div className={classes.bar} role="toolbar" aria-label={t('tools')} data-no-print>
          {sheets.pages > 1 && (
            <div className={classes.group}>
              <Tip label={t('pages.list')}>
                <ActionIcon
                  variant={listed ? 'filled' : 'default'}
                  size="lg"
                  aria-label={t('pages.list')}
                  aria-pressed={listed}
                  onClick={() => setListed(!listed)}
                >
                  <IconLayoutSidebar size={20} aria-hidden="true" />
                </ActionIcon>
              </Tip>
              <Tip label={t('pages.previous')}>
                <ActionIcon
                  variant="default"
                  size="lg"
                  aria-label={t('pages.previous')}
                  disabled={page === 1}
                  onClick={() => goTo(page - 1)}
                >
                  <IconArrowLeft size={20} className={classes.way} aria-hidden="true" />
                </ActionIcon>
              </Tip>
              <span className={classes.count} aria-live="polite">
                <bdi dir="ltr">{t('pages.at', { page, pages: sheets.pages })}</bdi>
              </span>
              <Tip label={t('pages.next')}>
                <ActionIcon
                  variant="default"
                  size="lg"
                  aria-label={t('pages.next')}
                  disabled={page === sheets.pages}
                  onClick={() => goTo(page + 1)}
                >
                  <IconArrowRight size={20} className={classes.way} aria-hidden="true" />
                </ActionIcon>
              </Tip>
            </div>
          )}
          <div className={classes.group}>
            <Do label={t('zoom.out')} onClick={() => closer(0.8)} icon={<IconZoomOut size={20} />} />
            <span className={classes.count} aria-live="polite">
              <bdi dir="ltr">{view === null ? '' : `${Math.round((view.scale / fitted) * 100)} %`}</bdi>
            </span>
            <Do label={t('zoom.in')} onClick={() => closer(1.25)} icon={<IconZoomIn size={20} />} />
            <Do label={t('zoom.fit')} onClick={whole} icon={<IconMaximize size={20} />} />
            <Do label={t('turn')} onClick={turn} icon={<IconRotateClockwise size={20} />} />
          </div>
          <div className={classes.group}>
            <Take tool="hand" now={tool} onTake={setTool} icon={<IconHandStop size={20} />} />
            {onAnnotate !== undefined && (
              <>
                <Take tool="pin" now={tool} onTake={setTool} icon={<IconMapPin size={20} />} />
                <Take tool="area" now={tool} onTake={setTool} icon={<IconSquareDashed size={20} />} />
              </>
            )}
            <Take tool="measure" now={tool} onTake={setTool} icon={<IconRulerMeasure size={20} />} />
            {sheets.layers !== null && (
              <Tip label={t('layers.title')}>
                <ActionIcon
                  variant={layered ? 'filled' : 'default'}
                  size="lg"
                  aria-label={t('layers.title')}
                  aria-pressed={layered}
                  onClick={() => setLayered(!layered)}
                >
                  <IconStack2 size={20} aria-hidden="true" />
                </ActionIcon>
              </Tip>
            )}
          </div>
        </div>
      )}
      {tools && compares && (
        <div className={classes.bar} data-no-print>
          <SegmentedControl
            size="sm"
            aria-label={t('compare.how')}
            value={comparing}
            onChange={(value) => setComparing(value as Comparing)}
            data={(['side', 'swipe', 'overlay'] as const).map((value) => ({
              value,
              label: t(`compare.${value}`),
            }))}
          />
          {comparing === 'swipe' && (
            <div className={classes.swipe} dir="ltr">
              <IconArrowsHorizontal size={18} aria-hidden="true" />
              <Slider
                className={classes.slider ?? ''}
                thumbLabel={t('compare.slide')}
                value={Math.round(part * 100)}
                onChange={(value) => setPart(value / 100)}
                label={null}
                size="sm"
              />
            </div>
          )}
          {comparing === 'overlay' && (
            <ul className={classes.legend}>
              <li data-of="gone">{t('compare.gone')}</li>
              <li data-of="added">{t('compare.added')}</li>
              <li data-of="same">{t('compare.same')}</li>
            </ul>
          )}
          <p role="status" className={classes.told}>
            {comparing === 'overlay' && changed !== null
              ? changed < 0.0005
                ? t('compare.nothing')
                : t('compare.changed', {
                    part: `\u2066${figure(changed * 100, { maximumFractionDigits: 1 })} %\u2069`,
                  })
              : ''}
          </p>
        </div>
      )}
      {tools && (tool === 'measure' || tool === 'calibrate' || measures.length > 0) && (
        <Measuring
          paper={paper}
          unitMm={unitMm}
          onUnit={setUnitMm}
          tool={tool}
          onTool={setTool}
          pending={pending}
          onCalibrated={(metres) => {
            if (pending !== null) setUnitMm((metres * 1000) / pending);
            setPending(null);
            setTool('measure');
          }}
          measures={measures
            .filter((one) => one.page === page)
            .map((one) => ({ id: one.id, text: say(one.length) }))}
          onForget={(gone) => setMeasures((all) => all.filter((one) => one.id !== gone))}
        />
      )}
      <div className={classes.body}>
        {listed && sheets.pages > 1 && <PageList sheets={sheets} page={page} onPage={goTo} />}
        {layered && sheets.layers !== null && (
          <fieldset className={classes.layers}>
            <legend>{t('layers.title')}</legend>
            {sheets.layers.map((layer) => (
              <label key={layer.name}>
                <input
                  type="checkbox"
                  checked={layer.shown}
                  onChange={(event) => {
                    layer.shown = event.currentTarget.checked;
                    setDrawn((count) => count + 1);
                  }}
                />
                <bdi dir="auto">{layer.name}</bdi>
              </label>
            ))}
          </fieldset>
        )}
        <div className={classes.stages} data-two={compares && comparing === 'side' ? true : undefined}>
          {compares && comparing === 'side' && (
            <Beside title={t('compare.before', { version: compareWith?.version })}>
              {beside !== null && otherSheet !== null && view !== null && size !== null ? (
                <Stage
                  sheets={beside}
                  page={otherPage}
                  sheet={otherSheet}
                  ready
                  view={otherView ?? view}
                  fitted={(fitted * size.width) / otherSheet.width}
                  onView={(by) =>
                    change((now) => {
                      const ratio = size.width / otherSheet.width;
                      const next = by({ ...now, scale: now.scale * ratio });
                      return { ...next, scale: next.scale / ratio };
                    })
                  }
                  tool="hand"
                  onPlace={() => undefined}
                  onRuler={() => undefined}
                  marks={[]}
                  selected={null}
                  rulers={[]}
                  drawn={0}
                  onKey={key}
                  label={t('compare.before', { version: compareWith?.version })}
                  describedBy={`${id}-keys`}
                />
              ) : (
                compareWith !== null && <Notice document={compareWith} opening={other} />
              )}
            </Beside>
          )}
          <Beside title={compares ? t('compare.now', { version: document.version }) : null}>
            <Stage
              sheets={sheets}
              page={page}
              sheet={size ?? { width: 1, height: 1 }}
              ready={view !== null && sheet?.page === page}
              view={view ?? { scale: 1, x: 0, y: 0, turn: 0 }}
              fitted={fitted}
              onView={change}
              onSize={setStage}
              tool={tool}
              onPlace={(_, zone) => onAnnotate?.({ page, zone })}
              onRuler={rule}
              marks={view === null ? [] : marks}
              selected={selected}
              onSelect={onSelect}
              rulers={rulers}
              other={
                compares && comparing !== 'side' && beside !== null && otherSheet !== null
                  ? { sheets: beside, sheet: otherSheet, page: otherPage, as: comparing, part }
                  : null
              }
              onChanged={setChanged}
              drawn={drawn}
              onKey={key}
              label={tell}
              describedBy={`${id}-keys`}
            />
          </Beside>
        </div>
      </div>
      <p id={`${id}-keys`} className="hidden-visually">
        {t(onAnnotate === undefined ? 'keys.look' : 'keys.mark')}
      </p>
    </>
  );
}

const bounded = (page: number, pages: number): number => Math.min(pages, Math.max(1, page));

function Beside({ title, children }: { title: string | null; children: ReactNode }) {
  return (
    <div className={classes.beside}>
      {title !== null && <p className={classes.title}>{title}</p>}
      {children}
    </div>
  );
}

function Tip({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Tooltip label={label} openDelay={400} events={{ hover: true, focus: true, touch: false }}>
      {children as React.JSX.Element}
    </Tooltip>
  );
}

function Do({ label, icon, onClick }: { label: string; icon: ReactNode; onClick(): void }) {
  return (
    <Tip label={label}>
      <ActionIcon variant="default" size="lg" aria-label={label} onClick={onClick}>
        {icon}
      </ActionIcon>
    </Tip>
  );
}

function Take({
  tool,
  now,
  onTake,
  icon,
}: {
  tool: Tool;
  now: Tool;
  onTake(tool: Tool): void;
  icon: ReactNode;
}) {
  const { t } = useTranslation('viewer');
  const label = t(`tool.${tool}`);
  return (
    <Tip label={label}>
      <ActionIcon
        variant={now === tool ? 'filled' : 'default'}
        size="lg"
        aria-label={label}
        aria-pressed={now === tool}
        onClick={() => onTake(tool)}
      >
        {icon}
      </ActionIcon>
    </Tip>
  );
}

/** The scale by which lengths are told, and the lengths. */
function Measuring({
  paper,
  unitMm,
  onUnit,
  tool,
  onTool,
  pending,
  onCalibrated,
  measures,
  onForget,
}: {
  paper: number | null;
  unitMm: number | null;
  onUnit(mm: number): void;
  tool: Tool;
  onTool(tool: Tool): void;
  pending: number | null;
  onCalibrated(metres: number): void;
  measures: { id: string; text: string }[];
  onForget(id: string): void;
}) {
  const { t } = useTranslation('viewer');
  const [metres, setMetres] = useState<number | string>('');
  return (
    <div className={classes.measuring} data-no-print>
      {paper !== null && (
        <NumberInput
          className={classes.scale ?? ''}
          label={t('measure.scale')}
          prefix="1:"
          size="sm"
          min={1}
          max={100_000}
          allowDecimal={false}
          value={unitMm === null ? '' : Math.round(unitMm / paper)}
          onChange={(value) => typeof value === 'number' && value > 0 && onUnit(paper * value)}
        />
      )}
      {pending === null ? (
        <Button
          variant={tool === 'calibrate' ? 'filled' : 'default'}
          size="sm"
          leftSection={<IconRuler2 size={18} aria-hidden="true" />}
          aria-pressed={tool === 'calibrate'}
          onClick={() => onTool(tool === 'calibrate' ? 'measure' : 'calibrate')}
        >
          {t('measure.calibrate')}
        </Button>
      ) : (
        <form
          className={classes.row}
          onSubmit={(event) => {
            event.preventDefault();
            if (Number(metres) > 0) onCalibrated(Number(metres));
          }}
        >
          <NumberInput
            autoFocus
            label={t('measure.known')}
            size="sm"
            suffix=" m"
            min={0}
            decimalScale={3}
            hideControls
            value={metres}
            onChange={setMetres}
          />
          <Button type="submit" size="sm" disabled={!(Number(metres) > 0)}>
            {t('measure.set')}
          </Button>
        </form>
      )}
      <p className={classes.told}>
        {tool === 'calibrate'
          ? t('measure.howCalibrate')
          : unitMm === null
            ? t('measure.howScale')
            : t('measure.how')}
      </p>
      {measures.length > 0 && (
        <ul className={classes.lengths} aria-label={t('measure.list')}>
          {measures.map((one, index) => (
            <li key={one.id}>
              <bdi dir="ltr">{one.text}</bdi>
              <ActionIcon
                variant="subtle"
                size="sm"
                aria-label={t('measure.forget', { number: index + 1, length: one.text })}
                onClick={() => onForget(one.id)}
              >
                <IconTrash size={16} aria-hidden="true" />
              </ActionIcon>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
