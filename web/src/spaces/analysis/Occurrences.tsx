import { Button, SegmentedControl } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { answer, api, type Schema } from '../../api/client.ts';
import { RequireRole } from '../../app/RequireRole.tsx';
import { Code } from '../../components/Code.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Moment } from '../../components/Moment.tsx';
import { PageHead } from '../../components/PageHead.tsx';
import { ProblemNotice } from '../../components/ProblemNotice.tsx';
import { useUrlState } from '../../components/useUrlState.ts';
import classes from './Analysis.module.css';
import { FilterBar } from './Filters.tsx';
import { asked, useFilters } from './filters.ts';
import { lasting } from './lasting.ts';
import { measuresQuery, saveCsv, useNames } from './queries.ts';

/** The dossiers behind a figure, longest first. */
export function Occurrences() {
  return (
    <RequireRole roles={['analyst', 'governor', 'president']}>
      <Behind />
    </RequireRole>
  );
}

function Behind() {
  const { t } = useTranslation('analysis');
  const { flowNode = '' } = useParams();
  const [filters, set] = useFilters();
  const [chosen, choose] = useUrlState('state', 'finished');
  const state = chosen === 'open' ? 'open' : 'finished';
  const [failed, setFailed] = useState<unknown>(null);
  const query = { ...asked(filters), flowNode, clock: filters.clock, state } as const;
  const { data: measures } = useQuery(measuresQuery({ ...filters, by: [] }));
  const row = measures?.find(
    (one) => one.flowNode === flowNode && (filters.procedure === '' || one.procedure === filters.procedure),
  );
  const names = useNames(measures);
  const list = useInfiniteQuery({
    queryKey: ['occurrences', query],
    initialPageParam: '',
    placeholderData: keepPreviousData,
    queryFn: async ({ pageParam, signal }) => {
      const page = { limit: 50, ...(pageParam === '' ? {} : { cursor: pageParam }) };
      const params = { query: { ...query, ...page } };
      // The contract has a table for spreadsheets at the same address.
      return (await answer(
        api.GET('/analytics/steps/occurrences', { params, signal }),
      )) as Schema<'OccurrencePage'>;
    },
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  const items = list.data?.pages.flatMap((page) => page.items);
  const procedure = row?.procedure ?? items?.[0]?.procedure ?? filters.procedure;
  const title = names.step(procedure, flowNode);
  const figures = row?.[filters.clock];
  const back = new URLSearchParams(Object.entries(asked({ ...filters, from: '', to: '' })));
  if (filters.from !== '') back.set('from', filters.from);
  if (filters.to !== '') back.set('to', filters.to);
  if (filters.clock === 'working') back.set('clock', 'working');
  return (
    <>
      <PageHead
        above={<Link to={`/analysis?${back}`}>{t('backToSteps')}</Link>}
        title={<bdi>{title}</bdi>}
        windowTitle={title}
        about={procedure === '' ? undefined : names.value('procedure', procedure)}
        actions={
          <Button
            variant="default"
            leftSection={<IconDownload size={18} aria-hidden="true" />}
            onClick={() => {
              setFailed(null);
              saveCsv('/analytics/steps/occurrences', query).catch(setFailed);
            }}
          >
            {t('csv')}
          </Button>
        }
      />
      <FilterBar filters={filters} set={set} comparing={false} />
      <div className={classes.choices} data-no-print>
        <SegmentedControl
          aria-label={t('state.label')}
          data={(['finished', 'open'] as const).map((one) => ({ value: one, label: t(`state.${one}`) }))}
          value={state}
          onChange={choose}
        />
      </div>
      {failed !== null && <ProblemNotice error={failed} />}
      {list.error !== null && <ProblemNotice error={list.error} retry={() => void list.refetch()} />}
      {state === 'finished' && figures && (
        <p className={classes.sentence}>
          {t(`say.step.${filters.clock}`, {
            count: figures.count,
            median: lasting(figures.median, filters.clock, 'long'),
            p90: lasting(figures.p90, filters.clock, 'long'),
            max: lasting(figures.max, filters.clock, 'long'),
          })}
        </p>
      )}
      {state === 'open' && row !== undefined && (
        <p className={classes.sentence}>{t('say.openNow', { count: row.open })}</p>
      )}
      {items === undefined ? (
        list.error === null && <Loading rows={8} />
      ) : items.length === 0 ? (
        <EmptyState title={t('noneHere')}>{t('emptyHelp')}</EmptyState>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls sideways must be reached by the keyboard.
        <section className={classes.scroll} aria-label={t('dossiers')} tabIndex={0}>
          <table className={classes.table}>
            <thead>
              <tr>
                <th scope="col">{t('occurrence.dossier')}</th>
                <th scope="col">{t('dimension.commune')}</th>
                <th scope="col">{t('dimension.body')}</th>
                <th scope="col">{t('occurrence.startedAt')}</th>
                <th scope="col">{t('occurrence.endedAt')}</th>
                <th scope="col" data-figure>
                  {t('clocks.elapsed')}
                </th>
                <th scope="col" data-figure>
                  {t('clocks.working')}
                </th>
                <th scope="col">{t('occurrence.outcome')}</th>
              </tr>
            </thead>
            <tbody>
              {items.map((one) => (
                <tr key={one.id}>
                  <th scope="row">
                    {one.dossier === null ? (
                      <Code>{one.dossierNumber ?? '—'}</Code>
                    ) : (
                      <Link to={`/dossiers/${one.dossier}`}>
                        <Code>{one.dossierNumber ?? one.dossier}</Code>
                      </Link>
                    )}
                  </th>
                  <td>
                    <bdi>{names.value('commune', one.commune)}</bdi>
                  </td>
                  <td>
                    <bdi>{one.body === null ? '—' : names.value('body', one.body)}</bdi>
                  </td>
                  <td>
                    <Moment at={one.startedAt} as="time" />
                  </td>
                  <td>{one.endedAt === null ? '—' : <Moment at={one.endedAt} as="time" />}</td>
                  <td data-figure>
                    <bdi>{lasting(one.elapsedSeconds, 'elapsed')}</bdi>
                  </td>
                  <td data-figure>
                    <bdi>{lasting(one.workingSeconds, 'working')}</bdi>
                  </td>
                  <td>{t(`outcome.${one.outcome}`)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {list.hasNextPage && (
        <Button
          mt="md"
          variant="default"
          loading={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          {t('common:action.more')}
        </Button>
      )}
      <p className={classes.method}>{t('method')}</p>
    </>
  );
}
