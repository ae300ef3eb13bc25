import 'bpmn-js/dist/assets/bpmn-js.css';
import 'bpmn-js/dist/assets/diagram-js.css';
import { useQuery } from '@tanstack/react-query';
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { currentLanguage, type Language, localText } from '../../app/language.ts';
import { Loading } from '../../components/Loading.tsx';
import { ProblemNotice } from '../../components/ProblemNotice.tsx';
import classes from './dossier.module.css';
import { type Detail, diagramQuery, type Step, timelineQuery } from './queries.ts';

interface Canvas {
  zoom(to: 'fit-viewport', center?: 'auto'): void;
  addMarker(element: string, marker: string): void;
  scrollToElement(element: string, padding?: number): void;
}

/** The diagram that the dossier runs by: what was done, where it is, in the reader's language; and the same as a list. */
export function DiagramView({ detail }: { detail: Detail }) {
  const { t, i18n } = useTranslation('dossier');
  const { dossier, stage } = detail;
  const diagram = useQuery(diagramQuery(dossier.procedure, dossier.procedureVersion));
  const timeline = useQuery(timelineQuery(dossier.id));
  const box = useRef<HTMLElement>(null);
  const [failed, setFailed] = useState<unknown>(null);
  const steps = timeline.data;
  const xml = diagram.data;
  const here = stage.map(({ flowNode }) => flowNode).join(' ');

  useEffect(() => {
    const container = box.current;
    if (container === null || xml === undefined || steps === undefined) return;
    const viewer = new NavigatedViewer({ container });
    let gone = false;
    viewer
      .importXML(named(xml, i18n.language as Language))
      .then(() => {
        if (gone) return;
        const canvas = viewer.get<Canvas>('canvas');
        const drawn = viewer.get<{ get(id: string): unknown }>('elementRegistry');
        const current = new Set(here.split(' ').filter((id) => id !== '' && drawn.get(id) !== undefined));
        for (const id of new Set(steps.map(({ flowNode }) => flowNode)))
          if (!current.has(id) && drawn.get(id) !== undefined)
            canvas.addMarker(id, classes.visited ?? 'visited');
        for (const id of current) canvas.addMarker(id, classes.current ?? 'current');
        canvas.zoom('fit-viewport', 'auto');
        const [first] = current;
        if (first !== undefined && container.clientWidth < 900) {
          (canvas as unknown as { zoom(to: number): void }).zoom(0.6);
          canvas.scrollToElement(first, 80);
        }
      })
      .catch((error: unknown) => !gone && setFailed(error));
    return () => {
      gone = true;
      viewer.destroy();
    };
  }, [xml, steps, here, i18n.language]);

  if (diagram.isError || timeline.isError || failed !== null)
    return <ProblemNotice error={diagram.error ?? timeline.error ?? failed} />;
  if (xml === undefined || steps === undefined) return <Loading rows={6} />;
  return (
    <>
      <p className={classes.legend}>
        <span data-mark="visited">{t('diagram.visited')}</span>
        <span data-mark="current">{t('diagram.current')}</span>
      </p>
      <section className={classes.diagram} dir="ltr" aria-label={t('diagram.label')} ref={box} />
      <details className={classes.asText}>
        <summary>{t('diagram.asText')}</summary>
        <StepList steps={steps} />
        {detail.next.length > 0 && (
          <>
            <p>{t('diagram.next')}</p>
            <ul>
              {detail.next.map(({ flowNode, name }) => (
                <li key={flowNode}>{localText(name)}</li>
              ))}
            </ul>
          </>
        )}
      </details>
    </>
  );
}

function StepList({ steps }: { steps: Step[] }) {
  const { t } = useTranslation('dossier');
  const people = steps.filter(({ kind }) => kind === 'user');
  return (
    <ol>
      {people.map((step) => (
        <li key={`${step.flowNode} ${step.startedAt} ${step.body}`}>
          {localText(step.name)} · {step.endedAt === null ? t('diagram.current') : t('diagram.visited')}
        </li>
      ))}
    </ol>
  );
}

/** The names of the reader's language are put where the drawing reads them from; French is what it has already. */
function named(xml: string, language: Language = currentLanguage()): string {
  if (language === 'fr') return xml;
  const attribute = language === 'ar' ? 'nameAr' : 'nameEn';
  const tree = new DOMParser().parseFromString(xml, 'application/xml');
  for (const element of tree.querySelectorAll('[name]')) {
    const name = element.getAttributeNS('urn:shubbak:permit:1', attribute);
    if (name !== null && name !== '') element.setAttribute('name', name);
  }
  return new XMLSerializer().serializeToString(tree);
}
