import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { rawFetch } from '../../api/client.ts';
import { refusalOf } from '../../api/problem.ts';
import { number } from '../../app/format.ts';
import { type DiagramMark, DiagramView } from '../../bpmn/DiagramView.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { Loading } from '../../components/Loading.tsx';
import { ProblemNotice } from '../../components/ProblemNotice.tsx';
import classes from './Analysis.module.css';
import { type Filters, occurrencesAddress } from './filters.ts';
import { lasting } from './lasting.ts';
import { measuresQuery, proceduresQuery, useNames } from './queries.ts';
import { tellWeight } from './sentences.ts';

const PAINTS = ['heat0', 'heat1', 'heat2', 'heat3', 'heat4'] as const;

/** The medians on the diagram of one version: the warmer, the longer, and the figure beside each step. */
export function HeatDiagram({ filters }: { filters: Filters; set: (change: Partial<Filters>) => void }) {
  const { t } = useTranslation('analysis');
  const navigate = useNavigate();
  const { data: procedures } = useQuery(proceduresQuery);
  const { clock } = filters;
  // One diagram has one procedure: the one chosen, or the first; and the newest version unless another is chosen.
  const { data: all } = useQuery(measuresQuery({ ...filters, by: [] }));
  const procedure = filters.procedure || (all?.[0]?.procedure ?? procedures?.[0]?.id ?? '');
  const version = filters.version || (procedures?.find(({ id }) => id === procedure)?.version ?? '');
  const measured = { ...filters, procedure, by: [] };
  const { data: rows, error } = useQuery({ ...measuresQuery(measured), enabled: procedure !== '' });
  const names = useNames(rows);
  const diagram = useQuery({
    queryKey: ['diagram', procedure, version],
    staleTime: Number.POSITIVE_INFINITY,
    enabled: procedure !== '' && version !== '',
    queryFn: async () => {
      const response = await rawFetch(`/procedures/${procedure}/diagram?version=${version}`);
      if (!response.ok) throw await refusalOf(response);
      return response.text();
    },
  });
  const longest = Math.max(0, ...(rows ?? []).map((row) => row[clock]?.median ?? 0));
  const marks = useMemo(
    () =>
      (rows ?? []).flatMap((row): DiagramMark[] => {
        const figures = row[clock];
        // What the platform does by itself in an instant would hide the steps of people behind zeros.
        if (figures === null || figures.max < 60) return [];
        const warmth = longest === 0 ? 0 : Math.min(4, Math.floor((figures.median / longest) * 5));
        return [
          {
            element: row.flowNode,
            paint: PAINTS[warmth] ?? 'heat0',
            figure: `${lasting(figures.median, clock)} (${number(figures.count)})`,
            words: t('say.mark', {
              count: figures.count,
              step: names.step(row.procedure, row.flowNode),
              median: lasting(figures.median, clock, 'long'),
            }),
          },
        ];
      }),
    [rows, clock, longest, names, t],
  );
  if (error !== null) return <ProblemNotice error={error} />;
  if (diagram.error !== null) return <ProblemNotice error={diagram.error} />;
  if (rows === undefined || diagram.data === undefined) return <Loading rows={8} />;
  if (marks.length === 0) return <EmptyState title={t('say.nothingFinished')} />;
  const nameOf = (row: (typeof rows)[number]) => names.step(row.procedure, row.flowNode);
  return (
    <>
      <p className={classes.sentence}>{tellWeight(rows, { t, clock, nameOf })}</p>
      <DiagramView
        xml={diagram.data}
        label={t('diagramOf', { name: names.value('procedure', procedure) })}
        marks={marks}
        onOpen={(flowNode) => void navigate(occurrencesAddress(measured, { flowNode, procedure }))}
      />
      <div className={classes.legend}>
        <span>{t('legend')}</span>
        <ol>
          {PAINTS.map((paint, at) => (
            <li key={paint}>
              <span data-paint={paint} aria-hidden="true" />
              <bdi>
                {at === 4
                  ? t('upTo', { longest: lasting(longest, clock) })
                  : t('below', { limit: lasting((longest * (at + 1)) / 5, clock) })}
              </bdi>
            </li>
          ))}
        </ol>
      </div>
    </>
  );
}
