import { Button, Group, Select, Table, Tabs, TextInput } from '@mantine/core';
import { IconTableExport } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useNow } from '../../api/queries.ts';
import { colon, money, number, shortDate } from '../../app/format.ts';
import { RequireRole } from '../../app/RequireRole.tsx';
import { Code, Name } from '../../components/Code.tsx';
import { saveCsv } from '../../components/csv.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Moment } from '../../components/Moment.tsx';
import { PageHead } from '../../components/PageHead.tsx';
import { ProblemNotice } from '../../components/ProblemNotice.tsx';
import { useUrlState } from '../../components/useUrlState.ts';
import { useCommunes, useNames, workQuery } from '../registry/queries.ts';
import { Due } from '../registry/States.tsx';
import { localDay } from './localDay.ts';
import { type Payment, paymentsPage, paymentsQuery, sourceAndDoubt } from './queries.ts';
import classes from './treasury.module.css';

/** What waits for payment, and what came in. */
export function Treasury() {
  return (
    <RequireRole roles={['treasurer']}>
      <Office />
    </RequireRole>
  );
}

function Office() {
  const { t } = useTranslation('treasury');
  const [tab, setTab] = useUrlState('tab', 'orders');
  return (
    <>
      <PageHead title={t('title')} about={t('about')} />
      <Tabs value={tab} onChange={(value) => setTab(value ?? 'orders')} keepMounted={false}>
        <Tabs.List data-no-print>
          <Tabs.Tab value="orders">{t('tab.orders')}</Tabs.Tab>
          <Tabs.Tab value="payments">{t('tab.payments')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="orders" pt="md">
          <Orders />
        </Tabs.Panel>
        <Tabs.Panel value="payments" pt="md">
          <Payments />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}

function Orders() {
  const { t } = useTranslation(['treasury', 'common']);
  const names = useNames();
  const list = useInfiniteQuery(workQuery({ waiting: 'treasurer' }));
  const rows = list.data?.pages.flatMap(({ items }) => items) ?? [];
  if (list.error !== null) return <ProblemNotice error={list.error} retry={() => void list.refetch()} />;
  if (list.isPending) return <Loading rows={6} />;
  if (rows.length === 0) return <EmptyState title={t('orders.empty')}>{t('orders.emptyHelp')}</EmptyState>;
  return (
    <>
      <div className={classes.scroll}>
        <Table className={classes.table} aria-busy={list.isFetching}>
          <caption className="hidden-visually">{t('tab.orders')}</caption>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('column.dossier')}</Table.Th>
              <Table.Th className={classes.figure}>{t('column.amount')}</Table.Th>
              <Table.Th>{t('column.source')}</Table.Th>
              <Table.Th>{t('column.due')}</Table.Th>
              <Table.Th>
                <span className="hidden-visually">{t('column.actions')}</span>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map(({ dossier, applicantName, waiting, tax }) => {
              const task = waiting.find(({ roles }) => roles.includes('treasurer'));
              const told = sourceAndDoubt(tax?.source ?? '');
              return (
                <Table.Tr key={dossier.id}>
                  <Table.Td>
                    <Link to={`/dossiers/${dossier.id}`}>
                      <Code>{dossier.number}</Code>
                    </Link>
                    <div>
                      <Name>{applicantName}</Name>
                    </div>
                    <small className={classes.soft}>{names.place(dossier.commune)}</small>
                  </Table.Td>
                  <Table.Td className={classes.figure}>
                    <strong>
                      <bdi>{money(tax?.amount ?? 0)}</bdi>
                    </strong>
                  </Table.Td>
                  <Table.Td>
                    <bdi>{told.source}</bdi>
                    {told.doubt !== null && (
                      <div>
                        <small className={classes.soft}>
                          <bdi>{told.doubt}</bdi>
                        </small>
                      </div>
                    )}
                  </Table.Td>
                  <Table.Td>
                    <Due at={task?.dueAt} />
                  </Table.Td>
                  <Table.Td>
                    <Group gap="xs" wrap="nowrap">
                      {task !== undefined && (
                        <Button component={Link} to={`/tasks/${task.task}`} size="compact-md">
                          {t('orders.record')}
                        </Button>
                      )}
                      <Button
                        component={Link}
                        to={`/treasury/orders/${dossier.id}`}
                        size="compact-md"
                        variant="default"
                      >
                        {t('order.open')}
                      </Button>
                    </Group>
                  </Table.Td>
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      </div>
      {list.hasNextPage && (
        <Button
          variant="default"
          mt="md"
          loading={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          {t('common:action.more')}
        </Button>
      )}
    </>
  );
}

function Payments() {
  const { t } = useTranslation(['treasury', 'common']);
  const names = useNames();
  const communes = useCommunes('treasurer');
  const today = localDay(useNow());
  const [from, setFrom] = useUrlState('from', `${today.slice(0, 8)}01`);
  const [to, setTo] = useUrlState('to', today);
  const [commune, setCommune] = useUrlState('commune');
  const [exporting, setExporting] = useState(false);
  const period = { from, to };
  const list = useInfiniteQuery(paymentsQuery(period, commune));
  const rows = list.data?.pages.flatMap(({ items }) => items) ?? [];
  const totals = list.data?.pages[0]?.totals ?? [];
  const sum = totals.reduce((all, { amount }) => all + amount, 0);
  const count = totals.reduce((all, one) => all + one.count, 0);

  async function exportAll() {
    setExporting(true);
    try {
      const all: Payment[] = [];
      for (let cursor: string | null = ''; cursor !== null; ) {
        const found: Awaited<ReturnType<typeof paymentsPage>> = await paymentsPage(
          period,
          commune,
          cursor,
          100,
        );
        all.push(...found.items);
        cursor = found.next;
      }
      saveCsv(
        `payments-${from}-${to}`,
        ['dossier', 'applicant', 'commune', 'amount', 'receipt', 'paid', 'recorded', 'by'].map((key) =>
          t(`csv.${key}`),
        ),
        all.map((one) => [
          one.dossier.number,
          one.applicantName,
          names.place(one.dossier.commune),
          one.amount,
          one.receipt,
          one.paidAt,
          one.recordedAt,
          one.recordedByName,
        ]),
      );
    } finally {
      setExporting(false);
    }
  }

  return (
    <>
      <Group gap="sm" align="flex-end" mb="md" role="search" aria-label={t('payments.period')}>
        <TextInput
          type="date"
          label={t('payments.from')}
          dir="ltr"
          value={from}
          max={to}
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
        <TextInput
          type="date"
          label={t('payments.to')}
          dir="ltr"
          value={to}
          min={from}
          onChange={(event) => setTo(event.currentTarget.value)}
        />
        {communes.length > 1 && (
          <Select
            label={t('payments.commune')}
            data={communes.map(({ code, name }) => ({ value: code, label: name }))}
            value={commune || null}
            onChange={(value) => setCommune(value ?? '')}
            placeholder={t('payments.all')}
            clearable
          />
        )}
        <Button
          variant="default"
          leftSection={<IconTableExport size={18} aria-hidden />}
          loading={exporting}
          disabled={rows.length === 0}
          onClick={() => void exportAll()}
        >
          {t('payments.csv')}
        </Button>
      </Group>
      {list.error !== null && <ProblemNotice error={list.error} retry={() => void list.refetch()} />}
      {list.isPending ? (
        <Loading rows={6} />
      ) : rows.length === 0 ? (
        <EmptyState title={t('payments.empty')}>{t('payments.emptyHelp')}</EmptyState>
      ) : (
        <>
          <p className={classes.sum} role="status">
            <strong>
              <bdi>{money(sum)}</bdi>
            </strong>{' '}
            {t('payments.sum', {
              count,
              from: shortDate(`${from}T12:00:00Z`),
              to: shortDate(`${to}T12:00:00Z`),
            })}
          </p>
          {totals.length > 1 && (
            <ul>
              {totals.map((one) => (
                <li key={one.commune}>
                  {names.place(one.commune)}
                  {colon()}
                  <bdi>{money(one.amount)}</bdi> (<bdi>{number(one.count)}</bdi>)
                </li>
              ))}
            </ul>
          )}
          <div className={classes.scroll}>
            <Table className={classes.table} aria-busy={list.isFetching}>
              <caption className="hidden-visually">{t('tab.payments')}</caption>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t('csv.dossier')}</Table.Th>
                  <Table.Th className={classes.figure}>{t('csv.amount')}</Table.Th>
                  <Table.Th>{t('csv.receipt')}</Table.Th>
                  <Table.Th>{t('csv.paid')}</Table.Th>
                  <Table.Th>{t('csv.recorded')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {rows.map((one) => (
                  <Table.Tr key={one.dossier.id}>
                    <Table.Td>
                      <Link to={`/dossiers/${one.dossier.id}`}>
                        <Code>{one.dossier.number}</Code>
                      </Link>
                      <div>
                        <Name>{one.applicantName}</Name>
                      </div>
                    </Table.Td>
                    <Table.Td className={classes.figure}>
                      <bdi>{money(one.amount)}</bdi>
                    </Table.Td>
                    <Table.Td>
                      <Code>{one.receipt}</Code>
                    </Table.Td>
                    <Table.Td>
                      <bdi>{shortDate(`${one.paidAt}T12:00:00Z`)}</bdi>
                    </Table.Td>
                    <Table.Td>
                      <Moment at={one.recordedAt} as="time" />
                      <div>
                        <small className={classes.soft}>
                          <Name>{one.recordedByName}</Name>
                        </small>
                      </div>
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </div>
          {list.hasNextPage && (
            <Button
              variant="default"
              mt="md"
              loading={list.isFetchingNextPage}
              onClick={() => void list.fetchNextPage()}
            >
              {t('common:action.more')}
            </Button>
          )}
        </>
      )}
    </>
  );
}
