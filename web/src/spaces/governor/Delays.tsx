import { Button, Select, Table } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { queryOptions, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { answer, api, type Schema } from '../../api/client.ts';
import { type Role, useMe } from '../../api/queries.ts';
import { number } from '../../app/format.ts';
import { localText } from '../../app/language.ts';
import { RequireRole } from '../../app/RequireRole.tsx';
import { Code, Name } from '../../components/Code.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Moment } from '../../components/Moment.tsx';
import { PageHead } from '../../components/PageHead.tsx';
import { Panel } from '../../components/Panel.tsx';
import { ProblemNotice } from '../../components/ProblemNotice.tsx';
import { useUrlState } from '../../components/useUrlState.ts';
import { useCommunes, useNames, type WorkFilter, workQuery } from '../registry/queries.ts';
import { DossierState, Due, Turn } from '../registry/States.tsx';
import classes from './governor.module.css';

type Group = Schema<'Delays'>['groups'][number];

const delaysQuery = (territory: string) =>
  queryOptions({
    queryKey: ['delays', territory],
    refetchInterval: 60_000,
    queryFn: () =>
      answer(api.GET('/oversight/delays', { params: { query: territory === '' ? {} : { territory } } })),
  });

/** What is overdue or due soon, by who is asked and by commune; every figure opens to its dossiers. */
export function DelaysPage() {
  return (
    <RequireRole roles={['governor', 'president']}>
      <Delays />
    </RequireRole>
  );
}

function Delays() {
  const { t } = useTranslation(['governor', 'registry', 'common']);
  const names = useNames();
  const me = useMe();
  const communes = useCommunes('governor', 'president');
  const [commune, setCommune] = useUrlState('commune');
  const [params] = useSearchParams();
  const delays = useQuery(delaysQuery(commune));
  const isGovernor = me?.grants.some(({ role }) => role === 'governor') ?? false;
  const prompts = useInfiniteQuery({
    ...workQuery({ waiting: 'governor', ...(commune === '' ? {} : { territory: commune }) }),
    enabled: isGovernor,
  });
  if (delays.error !== null)
    return <ProblemNotice error={delays.error} retry={() => void delays.refetch()} />;
  if (delays.data === undefined) return <Loading rows={8} />;
  const { groups, late, now, soon } = delays.data;
  const overdue = groups.reduce((sum, group) => sum + group.overdue, 0);
  const dueSoon = groups.reduce((sum, group) => sum + group.dueSoon, 0);
  const agencies = groups.filter(({ body, overdue: count }) => body !== null && count > 0);
  const asked = prompts.data?.pages.flatMap(({ items }) => items) ?? [];
  const open = (more: Record<string, string>) => {
    const next = new URLSearchParams();
    if (commune !== '') next.set('commune', commune);
    for (const [key, value] of Object.entries(more)) next.set(key, value);
    return `?${next}`;
  };
  const shown = params.get('show');

  return (
    <>
      <PageHead
        title={t('title')}
        about={t('about')}
        above={
          <>
            {t('at')} <Moment at={now} as="time" />
          </>
        }
        actions={
          <Button
            variant="default"
            leftSection={<IconPrinter size={18} aria-hidden />}
            onClick={() => window.print()}
          >
            {t('common:action.print')}
          </Button>
        }
      />
      {communes.length > 1 && (
        <Select
          label={t('commune')}
          data={communes.map(({ code, name }) => ({ value: code, label: name }))}
          value={commune || null}
          onChange={(value) => setCommune(value ?? '')}
          placeholder={t('allCommunes')}
          searchable
          clearable
          clearButtonProps={{ 'aria-label': t('registry:filter.clear') }}
          maw={320}
          mb="md"
          data-no-print
        />
      )}
      <ul className={classes.figures}>
        <Figure
          to={open({ show: 'overdue' })}
          value={overdue}
          tone="late"
          words={t('figure.overdue', { count: overdue })}
        />
        <Figure
          to={open({ show: 'soon' })}
          value={dueSoon}
          tone="near"
          words={t('figure.soon', { count: dueSoon })}
        />
        <Figure
          to={open({ show: 'late' })}
          value={late.count}
          more={late.more}
          tone="late"
          words={t('figure.late', { count: late.count })}
        />
      </ul>
      {isGovernor && asked.length > 0 && (
        <Panel title={t('prompts.title', { count: asked.length })}>
          <p>{t('prompts.about')}</p>
          <ul className={classes.list}>
            {asked.map(({ dossier, waiting }) => {
              const task = waiting.find(({ roles }) => roles.includes('governor'));
              return (
                <li key={dossier.id}>
                  <span>
                    <Link to={`/dossiers/${dossier.id}`}>
                      <Code>{dossier.number}</Code>
                    </Link>{' '}
                    · {names.place(dossier.commune)}
                  </span>
                  {task !== undefined && (
                    <Button component={Link} to={`/tasks/${task.task}`} size="compact-md">
                      {localText(task.name)}
                    </Button>
                  )}
                </li>
              );
            })}
          </ul>
        </Panel>
      )}
      {groups.length === 0 ? (
        <EmptyState title={t('empty')}>{t('emptyHelp')}</EmptyState>
      ) : (
        <Panel title={t('table.title')}>
          <p>{sentence(t, agencies[0], names.place)}</p>
          <div className={classes.scroll}>
            <Table className={classes.table}>
              <caption className="hidden-visually">{t('table.title')}</caption>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t('table.who')}</Table.Th>
                  <Table.Th>{t('table.commune')}</Table.Th>
                  <Table.Th className={classes.figure}>{t('table.overdue')}</Table.Th>
                  <Table.Th className={classes.figure}>{t('table.soon')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {groups.map((group) => {
                  const of = {
                    ...(group.body === null ? { waiting: group.roles[0] ?? '' } : { body: group.body }),
                    at: group.commune,
                  };
                  return (
                    <Table.Tr key={`${group.commune}-${group.body}-${group.roles.join()}`}>
                      <Table.Td>{whoOf(t, group)}</Table.Td>
                      <Table.Td>{names.place(group.commune)}</Table.Td>
                      <Table.Td className={classes.figure}>
                        {group.overdue === 0 ? (
                          '0'
                        ) : (
                          <Link to={open({ show: 'overdue', ...of })} preventScrollReset>
                            {number(group.overdue)}{' '}
                            <span className="hidden-visually">
                              {t('table.openOverdue', {
                                who: whoOf(t, group),
                                place: names.place(group.commune),
                              })}
                            </span>
                          </Link>
                        )}
                      </Table.Td>
                      <Table.Td className={classes.figure}>
                        {group.dueSoon === 0 ? (
                          '0'
                        ) : (
                          <Link to={open({ show: 'soon', ...of })} preventScrollReset>
                            {number(group.dueSoon)}{' '}
                            <span className="hidden-visually">
                              {t('table.openSoon', {
                                who: whoOf(t, group),
                                place: names.place(group.commune),
                              })}
                            </span>
                          </Link>
                        )}
                      </Table.Td>
                    </Table.Tr>
                  );
                })}
              </Table.Tbody>
            </Table>
          </div>
        </Panel>
      )}
      {shown !== null && <Rows shown={shown} now={now} soon={soon} commune={commune} />}
    </>
  );
}

function Figure({
  to,
  value,
  more = false,
  tone,
  words,
}: {
  to: string;
  value: number;
  more?: boolean;
  tone: 'late' | 'near';
  words: string;
}) {
  return (
    <li data-tone={value === 0 ? 'good' : tone}>
      <Link to={to} preventScrollReset>
        <strong>
          {number(value)}
          {more && '+'}
        </strong>
        <span>{words}</span>
      </Link>
    </li>
  );
}

/** The dossiers behind a figure. */
function Rows({ shown, now, soon, commune }: { shown: string; now: string; soon: string; commune: string }) {
  const { t } = useTranslation(['governor', 'registry', 'common']);
  const names = useNames();
  const [params] = useSearchParams();
  const place = params.get('at') ?? commune;
  const waiting = params.get('waiting');
  const body = params.get('body');
  const filter: WorkFilter = {
    ...(place === '' ? {} : { territory: place }),
    ...(waiting === null ? {} : { waiting: waiting as Role }),
    ...(body === null ? {} : { body }),
    ...(shown === 'late' ? { late: true } : { dueBefore: shown === 'overdue' ? now : soon }),
  };
  const list = useInfiniteQuery(workQuery(filter));
  const isOf = ({ dueAt, roles, body: asked }: Schema<'WorkRow'>['waiting'][number]) =>
    dueAt !== null &&
    (body === null || asked === body) &&
    (waiting === null || roles.includes(waiting as Role)) &&
    Date.parse(dueAt) >= Date.parse(now) &&
    Date.parse(dueAt) < Date.parse(soon);
  const rows = (list.data?.pages.flatMap(({ items }) => items) ?? []).filter(
    (row) => shown !== 'soon' || row.waiting.some(isOf),
  );
  return (
    <Panel title={t(`rows.${shown === 'late' || shown === 'soon' ? shown : 'overdue'}`)}>
      {list.error !== null && <ProblemNotice error={list.error} retry={() => void list.refetch()} />}
      {list.isPending ? (
        <Loading rows={4} />
      ) : (
        <div className={classes.scroll}>
          <Table className={classes.table}>
            <caption className="hidden-visually">{t('rows.overdue')}</caption>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('registry:column.dossier')}</Table.Th>
                <Table.Th>{t('registry:column.state')}</Table.Th>
                <Table.Th>{t('registry:column.turn')}</Table.Th>
                <Table.Th>{t('registry:column.due')}</Table.Th>
                <Table.Th>{t('registry:fact.limit')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map((row) => (
                <Table.Tr key={row.dossier.id}>
                  <Table.Td>
                    <Link to={`/dossiers/${row.dossier.id}`}>
                      <Code>{row.dossier.number}</Code>
                    </Link>
                    <div>
                      <Name>{row.applicantName}</Name>
                    </div>
                    <small className={classes.soft}>{names.place(row.dossier.commune)}</small>
                  </Table.Td>
                  <Table.Td>
                    <DossierState status={row.dossier.status} />
                  </Table.Td>
                  <Table.Td>
                    <Turn row={row} />
                  </Table.Td>
                  <Table.Td>
                    <Due at={row.waiting[0]?.dueAt} />
                  </Table.Td>
                  <Table.Td>
                    <Due at={row.limit?.dueAt} paused={row.limit?.running === false} />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
      {list.hasNextPage && (
        <Button
          variant="default"
          mt="md"
          data-no-print
          loading={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          {t('common:action.more')}
        </Button>
      )}
    </Panel>
  );
}

type Translate = ReturnType<typeof useTranslation<['governor', 'registry', 'common']>>['t'];

function whoOf(t: Translate, group: Group): string {
  return group.bodyName !== null
    ? localText(group.bodyName)
    : t(`registry:role.${group.roles[0] ?? 'operator'}`);
}

/** The figures in words, above the table. */
function sentence(t: Translate, worst: Group | undefined, place: (code: string) => string): string {
  if (worst === undefined) return t('table.noBody');
  return t('table.worst', { count: worst.overdue, who: whoOf(t, worst), place: place(worst.commune) });
}
