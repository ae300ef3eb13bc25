import { Button, Tabs } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { number } from '../../app/format.ts';
import { localText } from '../../app/language.ts';
import { RequireRole } from '../../app/RequireRole.tsx';
import { Code } from '../../components/Code.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { Facts } from '../../components/Facts.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Moment } from '../../components/Moment.tsx';
import { PageHead } from '../../components/PageHead.tsx';
import { Panel } from '../../components/Panel.tsx';
import { ProblemNotice } from '../../components/ProblemNotice.tsx';
import { StatePill } from '../../components/StatePill.tsx';
import { useUrlState } from '../../components/useUrlState.ts';
import { ClockPanel } from './ClockPanel.tsx';
import { causeInWords } from './cause.ts';
import { FindProcess } from './FindProcess.tsx';
import classes from './Operation.module.css';
import { incidentsQuery, type State, stateQuery } from './queries.ts';

/** How the office does, what has stopped, and, in a demonstration, what time it is. */
export function Operation() {
  return (
    <RequireRole roles={['operator']}>
      <Room />
    </RequireRole>
  );
}

function Room() {
  const { t } = useTranslation('operation');
  const state = useQuery(stateQuery);
  return (
    <>
      <PageHead title={t('title')} about={t('about')} />
      {state.error !== null && <ProblemNotice error={state.error} retry={() => void state.refetch()} />}
      <div className={classes.room}>
        <div>
          <Incidents />
          <FindProcess />
        </div>
        <div>
          {state.data === undefined ? state.error === null && <Loading /> : <Health state={state.data} />}
          {state.data?.clock === 'demo' && <ClockPanel state={state.data} />}
        </div>
      </div>
    </>
  );
}

const LITTLE_DISK = 0.1;

const gigabytes = (bytes: number): string =>
  number(bytes / 1e9, { style: 'unit', unit: 'gigabyte', maximumFractionDigits: 0 });

function Health({ state }: { state: State }) {
  const { t } = useTranslation('operation');
  const { store, engine, waiting, mail, disk } = state;
  const up = (status: 'up' | 'down') => (
    <StatePill tone={status === 'up' ? 'good' : 'late'}>{t(`health.${status}`)}</StatePill>
  );
  const isLow = disk !== null && disk.free < disk.total * LITTLE_DISK;
  return (
    <Panel title={t('health.title')}>
      <Facts
        rows={[
          [
            t('health.store'),
            <span key="store" className={classes.pair}>
              {up(store.status)} {t(`health.kind.${store.kind}`)}
            </span>,
          ],
          [
            t('health.engine'),
            <span key="engine" className={classes.pair}>
              {up(engine.status)} <Code>{engine.name}</Code>
            </span>,
          ],
          [t('health.jobs'), number(waiting.jobs)],
          [t('health.timers'), number(waiting.timers)],
          [t('health.deliveries'), number(waiting.deliveries)],
          [
            t('health.nextTimer'),
            state.nextTimerAt === null ? (
              t('health.none')
            ) : (
              <Moment key="next" at={state.nextTimerAt} as="time" far />
            ),
          ],
          [
            t('health.mail'),
            mail.enabled ? (
              <span key="mail" className={classes.pair}>
                {t('health.mailWaiting', { count: mail.waiting })}
                {mail.failed > 0 && (
                  <StatePill tone="late">{t('health.mailFailed', { count: mail.failed })}</StatePill>
                )}
              </span>
            ) : (
              t('health.mailOff')
            ),
          ],
          [
            t('health.disk'),
            disk === null ? (
              t('health.unknown')
            ) : (
              <span key="disk" className={classes.pair}>
                {t('health.diskFree', { free: gigabytes(disk.free), total: gigabytes(disk.total) })}
                {isLow && <StatePill tone="near">{t('health.diskLow')}</StatePill>}
              </span>
            ),
          ],
          [t('health.version'), <Code key="version">{state.version}</Code>],
          [t('health.uptime'), t('health.hours', { count: Math.floor(state.uptimeSeconds / 3600) })],
        ]}
      />
    </Panel>
  );
}

function Incidents() {
  const { t } = useTranslation('operation');
  const [shown, show] = useUrlState('incidents', 'open');
  const open = shown !== 'resolved';
  const list = useInfiniteQuery(incidentsQuery(open));
  const items = list.data?.pages.flatMap((page) => page.items);
  return (
    <Panel title={t('incidents.title')}>
      <Tabs value={open ? 'open' : 'resolved'} onChange={(value) => show(value ?? 'open')}>
        <Tabs.List>
          <Tabs.Tab value="open">{t('incidents.open')}</Tabs.Tab>
          <Tabs.Tab value="resolved">{t('incidents.resolved')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value={open ? 'open' : 'resolved'} pt="sm">
          {list.error !== null && <ProblemNotice error={list.error} retry={() => void list.refetch()} />}
          {items === undefined ? (
            list.error === null && <Loading />
          ) : items.length === 0 ? (
            <EmptyState title={t(open ? 'incidents.none' : 'incidents.noneResolved')}>
              {open && t('incidents.noneHelp')}
            </EmptyState>
          ) : (
            <ul className={classes.list}>
              {items.map((incident) => (
                <li key={incident.id}>
                  <Link to={`/operation/incidents/${incident.id}`}>
                    <bdi>{incident.name === null ? incident.flowNode : localText(incident.name)}</bdi>
                  </Link>
                  <span className={classes.soft}>
                    <Code>{incident.dossierNumber ?? t('incidents.noNumber')}</Code>
                    {' · '}
                    <Moment at={incident.createdAt} as="time" />
                  </span>
                  <span>{causeInWords(incident, t)}</span>
                  <StatePill tone={incident.resolvedAt === null ? 'late' : 'good'}>
                    {incident.resolvedAt === null
                      ? t('incidents.attempts', { count: incident.attempts })
                      : t('incidents.isResolved')}
                  </StatePill>
                </li>
              ))}
            </ul>
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
        </Tabs.Panel>
      </Tabs>
    </Panel>
  );
}
