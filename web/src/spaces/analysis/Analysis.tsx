import { Button, Tabs } from '@mantine/core';
import { IconDownload, IconPrinter } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RequireRole } from '../../app/RequireRole.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { Loading } from '../../components/Loading.tsx';
import { PageHead } from '../../components/PageHead.tsx';
import { ProblemNotice } from '../../components/ProblemNotice.tsx';
import { useUrlState } from '../../components/useUrlState.ts';
import classes from './Analysis.module.css';
import { FilterBar } from './Filters.tsx';
import { useFilters } from './filters.ts';
import { csvQuery, measuresQuery, saveCsv, useNames } from './queries.ts';
import { StepTable } from './StepTable.tsx';
import { rowName, tellSlowest, tellSpread } from './sentences.ts';

const BoxPlots = lazy(async () => ({ default: (await import('./BoxPlots.tsx')).BoxPlots }));
const HeatDiagram = lazy(async () => ({ default: (await import('./HeatDiagram.tsx')).HeatDiagram }));

/** How long each step takes: as a table, as box plots, and as heat on the diagram. */
export function Analysis() {
  return (
    <RequireRole roles={['analyst', 'governor', 'president']}>
      <Measures />
    </RequireRole>
  );
}

function Measures() {
  const { t } = useTranslation('analysis');
  const [filters, set] = useFilters();
  const [view, show] = useUrlState('view', 'table');
  const { data: rows, error, refetch, isPlaceholderData } = useQuery(measuresQuery(filters));
  const names = useNames(rows);
  const [failed, setFailed] = useState<unknown>(null);
  const told = filters.by.filter((one) => one !== 'procedure');
  const telling = {
    t,
    clock: filters.clock,
    nameOf: (row: Parameters<typeof rowName>[1]) => rowName(names, row, told),
  };
  return (
    <>
      <PageHead
        title={t('title')}
        about={t('about')}
        actions={
          <>
            <Button
              variant="default"
              leftSection={<IconDownload size={18} aria-hidden="true" />}
              onClick={() => {
                setFailed(null);
                saveCsv('/analytics/steps', csvQuery(filters)).catch(setFailed);
              }}
            >
              {t('csv')}
            </Button>
            <Button
              variant="default"
              leftSection={<IconPrinter size={18} aria-hidden="true" />}
              onClick={() => window.print()}
            >
              {t('common:action.print')}
            </Button>
          </>
        }
      />
      <FilterBar filters={filters} set={set} />
      {failed !== null && <ProblemNotice error={failed} />}
      {error !== null && <ProblemNotice error={error} retry={() => void refetch()} />}
      {rows === undefined ? (
        error === null && <Loading rows={8} />
      ) : rows.length === 0 ? (
        <EmptyState title={t('empty')}>{t('emptyHelp')}</EmptyState>
      ) : (
        <Tabs value={view} onChange={(value) => show(value ?? 'table')} keepMounted={false}>
          <Tabs.List data-no-print>
            <Tabs.Tab value="table">{t('view.table')}</Tabs.Tab>
            <Tabs.Tab value="boxes">{t('view.boxes')}</Tabs.Tab>
            <Tabs.Tab value="diagram">{t('view.diagram')}</Tabs.Tab>
          </Tabs.List>
          <div data-busy={isPlaceholderData || undefined} className={classes.view}>
            <Tabs.Panel value="table">
              <p className={classes.sentence}>{tellSlowest(rows, telling)}</p>
              <StepTable rows={rows} filters={filters} names={names} />
            </Tabs.Panel>
            <Tabs.Panel value="boxes">
              <p className={classes.sentence}>{tellSpread(rows, telling)}</p>
              <Suspense fallback={<Loading rows={8} />}>
                <BoxPlots rows={rows} filters={filters} nameOf={telling.nameOf} />
              </Suspense>
            </Tabs.Panel>
            <Tabs.Panel value="diagram">
              <Suspense fallback={<Loading rows={8} />}>
                <HeatDiagram filters={filters} set={set} />
              </Suspense>
            </Tabs.Panel>
          </div>
        </Tabs>
      )}
      <p className={classes.method}>{t('method')}</p>
    </>
  );
}
