import { ActionIcon, Button, Group, SegmentedControl, Select, Tooltip } from '@mantine/core';
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconArrowsMaximize,
  IconGitCompare,
  IconRosetteDiscountCheck,
  IconZoomIn,
  IconZoomOut,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type Language, localText } from '../../../app/language.ts';
import { useKeys } from '../../../components/keys.tsx';
import { PageHead } from '../../../components/PageHead.tsx';
import { Panel } from '../../../components/Panel.tsx';
import { ProblemNotice } from '../../../components/ProblemNotice.tsx';
import { SavedState } from '../../../components/SavedState.tsx';
import type { Shortcut } from '../../../components/shortcut.ts';
import { useUrlState } from '../../../components/useUrlState.ts';
import { FilesPanel } from '../FilesPanel.tsx';
import { nameIn } from '../names.ts';
import { PublishDialog } from '../PublishDialog.tsx';
import {
  contentOf,
  type Draft,
  type DraftFile,
  diagramPath,
  problemsQuery,
  type VersionLife,
  type Vocabulary,
} from '../queries.ts';
import { useDraft } from '../useDraft.ts';
import type { CanvasElement } from './bpmn.ts';
import classes from './Editor.module.css';
import { ProblemList } from './ProblemList.tsx';
import { Properties } from './Properties.tsx';
import { StudioModeler } from './studioModeler.ts';

/** The canvas with its properties, problems and files; everything is saved as it is drawn. */
export function Editor({
  draft,
  tag: firstTag,
  vocabulary,
  versions,
  reload,
}: {
  draft: Draft;
  tag: string;
  vocabulary: Vocabulary;
  versions: VersionLife[];
  reload: () => void;
}) {
  const { t, i18n } = useTranslation('studio');
  const language = i18n.language as Language;
  const work = useDraft(draft, firstTag);
  const path = diagramPath(draft.procedure);
  const [canvasLanguage, setCanvasLanguage] = useUrlState('names', language);
  const [publishing, setPublishing] = useState(false);
  const canvas = useCanvas({
    xml: contentOf(work.files, path),
    language: canvasLanguage as Language,
    onDrawn: (xml) => work.change({ [path]: xml }),
  });
  const { modeler, element, failed } = canvas;
  const check = useQuery(problemsQuery(draft.id, work.tag));
  const problems = check.data?.problems ?? [];

  useEffect(() => {
    modeler?.mark(new Set((check.data?.problems ?? []).flatMap((one) => one.element ?? [])));
  }, [modeler, check.data]);

  const forms = useMemo(() => formsOf(work.files, language), [work.files, language]);
  const base = versions.find(({ version }) => version === draft.base);
  const running = versions.filter(({ id }) => id === draft.procedure);
  const name = procedureName(work.files, draft.procedure, language);

  const shortcuts = useMemo<Shortcut[]>(
    () => [
      { key: 'u', label: t('undo'), run: () => modeler?.undo() },
      { key: 'r', label: t('redo'), run: () => modeler?.redo() },
      { key: 'f', label: t('fit'), run: () => modeler?.fit() },
      { key: 'p', label: t('publish'), run: () => setPublishing(true) },
    ],
    [t, modeler],
  );
  useKeys(shortcuts);

  return (
    <>
      <PageHead
        windowTitle={name}
        title={<bdi>{name}</bdi>}
        above={<Link to="/studio">{t('title')}</Link>}
        actions={
          <>
            <SavedState state={work.saved} />
            {draft.base !== null && (
              <Button
                component={Link}
                variant="default"
                to={`/studio/compare?from=${draft.base}&to=${draft.id}`}
                leftSection={<IconGitCompare aria-hidden="true" size={18} />}
              >
                {t('compare.open')}
              </Button>
            )}
            <Button
              leftSection={<IconRosetteDiscountCheck aria-hidden="true" size={18} />}
              onClick={() => setPublishing(true)}
            >
              {t('publish')}
            </Button>
          </>
        }
      />
      <Ribbon
        base={base ?? null}
        running={running}
        problems={check.data === undefined ? null : problems.length}
      />
      {work.error !== null && (
        <div className={classes.notice}>
          <ProblemNotice
            error={work.error}
            kept={t('draft.kept')}
            retry={work.saved.is === 'conflict' ? reload : undefined}
          />
        </div>
      )}
      {failed !== null && (
        <p role="alert" className={classes.failed}>
          {t('canvas.failed')} <bdi dir="ltr">{failed}</bdi>
        </p>
      )}
      <div className={classes.bench}>
        <section className={classes.stage} aria-label={t('canvas.label')}>
          <Group className={classes.tools ?? ''} gap="xs" role="toolbar" aria-label={t('canvas.tools')}>
            <Tool
              label={t('undo')}
              icon={<IconArrowBackUp />}
              disabled={!canvas.canUndo}
              onClick={() => modeler?.undo()}
            />
            <Tool
              label={t('redo')}
              icon={<IconArrowForwardUp />}
              disabled={!canvas.canRedo}
              onClick={() => modeler?.redo()}
            />
            <Tool label={t('zoomIn')} icon={<IconZoomIn />} onClick={() => modeler?.zoomBy(1.25)} />
            <Tool label={t('zoomOut')} icon={<IconZoomOut />} onClick={() => modeler?.zoomBy(0.8)} />
            <Tool label={t('fit')} icon={<IconArrowsMaximize />} onClick={() => modeler?.fit()} />
            <SegmentedControl
              size="xs"
              aria-label={t('canvas.language')}
              value={canvasLanguage}
              onChange={setCanvasLanguage}
              data={[
                { value: 'ar', label: 'العربية' },
                { value: 'fr', label: 'Français' },
                { value: 'en', label: 'English' },
              ]}
            />
          </Group>
          <div className={classes.canvas} dir="ltr" ref={canvas.ref} data-canvas />
        </section>
        <aside className={classes.side} aria-label={t('properties')}>
          {modeler !== null && element !== null && (
            <>
              <Select
                size="sm"
                searchable
                label={t('element')}
                value={element.id}
                data={outline(modeler, canvasLanguage as Language, (kind) =>
                  t(`kind.${kind}`, { defaultValue: kind }),
                )}
                onChange={(id) => id !== null && modeler.select(id)}
              />
              <Properties modeler={modeler} element={element} vocabulary={vocabulary} forms={forms} />
            </>
          )}
        </aside>
      </div>
      <ProblemList
        problems={check.data === undefined ? null : problems}
        checking={check.isFetching || work.saved.is === 'saving'}
        nameOf={(id) => {
          const found = modeler?.element(id);
          return found === undefined ? null : nameIn(found.businessObject, language) || id;
        }}
        onOpen={(id) => {
          if (modeler?.select(id)) canvas.focus();
        }}
      />
      <Panel title={t('files.title')}>
        <FilesPanel
          files={work.files}
          procedure={draft.procedure}
          onChange={(changed) => {
            const diagram = changed[path];
            work.change(changed);
            if (typeof diagram === 'string') void canvas.open(diagram);
          }}
        />
      </Panel>
      <PublishDialog
        opened={publishing}
        onClose={() => setPublishing(false)}
        draft={draft}
        work={work}
        problems={check.data === undefined ? null : problems}
        running={running}
        modeler={modeler}
      />
    </>
  );
}

function Tool({
  label,
  icon,
  onClick,
  disabled = false,
}: {
  label: string;
  icon: React.ReactNode;
  onClick: () => void;
  disabled?: boolean;
}) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="default" size="lg" aria-label={label} onClick={onClick} disabled={disabled}>
        {icon}
      </ActionIcon>
    </Tooltip>
  );
}

/** The life of this version, and what publishing it changes for dossiers that run. */
function Ribbon({
  base,
  running,
  problems,
}: {
  base: VersionLife | null;
  running: VersionLife[];
  problems: number | null;
}) {
  const { t } = useTranslation('studio');
  const count = running.reduce((sum, one) => sum + one.running, 0);
  return (
    <div className={classes.ribbon}>
      <ol className={classes.life}>
        <li data-state="done">
          {base === null ? t('life.new') : t('life.from', { date: `\u2068${base.inForceFrom}\u2069` })}
        </li>
        <li data-state="now" aria-current="step">
          {t('life.draft')}
        </li>
        <li data-state={problems === 0 ? 'done' : 'open'}>
          {problems === 0 ? t('life.right') : t('life.check')}
        </li>
        <li data-state="open">{t('life.published')}</li>
      </ol>
      <p className={classes.effect}>
        <strong>{t('effect.title')}</strong> {count === 0 ? t('effect.none') : t('effect.some', { count })}
      </p>
    </div>
  );
}

/** Everything on the canvas as a list, so that each can be reached without a mouse. */
function outline(modeler: StudioModeler, language: Language, kindOf: (kind: string) => string) {
  const root = modeler.selected();
  const all = modeler.elements().map((one) => ({
    value: one.id,
    label: `${nameIn(one.businessObject, language) || flowName(one, language)} – ${kindOf(one.type.replace('bpmn:', ''))}`,
  }));
  return all.some(({ value }) => value === root.id)
    ? all
    : [{ value: root.id, label: kindOf(root.type.replace('bpmn:', '')) }, ...all];
}

/** A flow without a name is called by what it joins. */
function flowName({ source, target, id }: CanvasElement, language: Language): string {
  if (source === undefined || target === undefined) return id;
  const [from, to] = [source, target].map((one) => nameIn(one.businessObject, language) || one.id);
  return `${from} → ${to}`;
}

function formsOf(files: DraftFile[], language: Language): { id: string; title: string }[] {
  return files.flatMap(({ path, content }) => {
    const id = /^forms\/(.+)\.fr\.json$/.exec(path)?.[1];
    if (id === undefined) return [];
    const texts = contentOf(files, `forms/${id}.${language}.json`) || content;
    return [{ id, title: readText(texts, 'title') || id }];
  });
}

function readText(json: string, key: string): string {
  try {
    const value = (JSON.parse(json) as Record<string, unknown>)[key];
    return typeof value === 'string' ? value : '';
  } catch {
    return '';
  }
}

function procedureName(files: DraftFile[], procedure: string, language: Language): string {
  try {
    const { name } = JSON.parse(contentOf(files, `processes/${procedure}/procedure.json`)) as {
      name: { ar: string; fr: string; en?: string };
    };
    return localText(name, language);
  } catch {
    return procedure;
  }
}

/** Ties the modeller to the page: when it changes, when something is selected, when another diagram is to be opened. */
function useCanvas({
  xml,
  language,
  onDrawn,
}: {
  xml: string;
  language: Language;
  onDrawn: (xml: string) => void;
}) {
  const { t } = useTranslation('studio');
  const ref = useRef<HTMLDivElement>(null);
  const [modeler, setModeler] = useState<StudioModeler | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  const [, setTick] = useState(0);
  const latest = useRef({ xml, language, onDrawn, t });
  latest.current = { xml, language, onDrawn, t };

  const open = useCallback(async (to: StudioModeler, text: string) => {
    try {
      await to.open(text);
      setFailed(null);
    } catch (error) {
      setFailed(error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error));
    }
    setTick((tick) => tick + 1);
  }, []);

  useEffect(() => {
    if (ref.current === null) return;
    const made = new StudioModeler(ref.current, latest.current.language, (key) => latest.current.t(key));
    let timer = 0;
    made.on('selected', () => setTick((tick) => tick + 1));
    made.on('changed', () => {
      setTick((tick) => tick + 1);
      clearTimeout(timer);
      timer = window.setTimeout(() => {
        void made.xml().then((drawn) => latest.current.onDrawn(drawn));
      }, 250);
    });
    void open(made, latest.current.xml).then(() => setModeler(made));
    return () => {
      clearTimeout(timer);
      setModeler(null);
      made.destroy();
    };
  }, [open]);

  useEffect(() => modeler?.speak(language), [modeler, language]);

  return {
    ref,
    modeler,
    failed,
    element: modeler === null || failed !== null ? null : modeler.selected(),
    canUndo: modeler?.canUndo ?? false,
    canRedo: modeler?.canRedo ?? false,
    open: async (text: string) => modeler !== null && open(modeler, text),
    focus: () => ref.current?.querySelector<SVGElement>('svg')?.focus(),
  };
}
