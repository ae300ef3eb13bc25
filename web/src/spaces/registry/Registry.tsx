import { Button, Checkbox, Group, Select, Table } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconBook2, IconUserPlus } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { proceduresQuery, useNow } from '../../api/queries.ts';
import { localText } from '../../app/language.ts';
import { RequireRole } from '../../app/RequireRole.tsx';
import { Code, Name } from '../../components/Code.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { useKeys } from '../../components/keys.tsx';
import { Loading } from '../../components/Loading.tsx';
import { PageHead } from '../../components/PageHead.tsx';
import { ProblemNotice } from '../../components/ProblemNotice.tsx';
import { useUrlState } from '../../components/useUrlState.ts';
import { Bulk } from './Bulk.tsx';
import { Preview } from './Preview.tsx';
import { type Status, useCommunes, useNames, type WorkFilter, type WorkRow, workQuery } from './queries.ts';
import classes from './registry.module.css';
import { addressOf, taskOf } from './row.ts';
import { DossierState, Due, Turn } from './States.tsx';

const STATUSES: Status[] = [
  'draft',
  'filed',
  'underStudy',
  'delivered',
  'refused',
  'rejectedAtFiling',
  'closedWithoutFollowUp',
  'stopped',
];
const WAITING = [
  'registryOfficer',
  'applicant',
  'committeeMember',
  'committeeSecretary',
  'president',
  'treasurer',
  'governor',
] as const;
const DUE = ['overdue', 'soon', 'late'] as const;

/** The day's work of a registry office: its dossiers, whose turn it is, and what to do with several at once. */
export function Registry() {
  return (
    <RequireRole roles={['registryOfficer']}>
      <Office />
    </RequireRole>
  );
}

function Office() {
  const { t } = useTranslation(['registry', 'common']);
  const names = useNames();
  const navigate = useNavigate();
  const communes = useCommunes('registryOfficer');
  const procedures = useQuery(proceduresQuery).data ?? [];
  const [status, setStatus] = useUrlState('status');
  const [procedure, setProcedure] = useUrlState('procedure');
  const [commune, setCommune] = useUrlState('commune');
  const [waiting, setWaiting] = useUrlState('waiting');
  const [due, setDue] = useUrlState('due');
  const [shown, setShown] = useUrlState('dossier');
  const [params] = useSearchParams();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const wide = useMediaQuery('(min-width: 1280px)') ?? true;
  const filter = useFilter({ status, procedure, commune, waiting, due });
  const list = useInfiniteQuery(workQuery(filter));
  const rows = useMemo(() => list.data?.pages.flatMap(({ items }) => items) ?? [], [list.data]);
  const at = rows.findIndex(({ dossier }) => dossier.id === shown);
  // Beside the list the first is shown until another is chosen.
  const row = rows[at] ?? (wide && shown === '' ? rows[0] : undefined);
  const filtered = Object.keys(filter).length > 0;

  const toggle = (id: string) =>
    setChosen((before) => {
      const after = new Set(before);
      if (!after.delete(id)) after.add(id);
      return after;
    });
  const go = (to: number) => {
    const next = rows[Math.min(Math.max(to, 0), rows.length - 1)];
    if (next !== undefined) setShown(next.dossier.id);
  };
  const open = (one: WorkRow | undefined) => {
    if (one === undefined) return;
    const mine = taskOf(one);
    navigate(mine === undefined ? addressOf(one) : `/tasks/${mine.task}`);
  };
  useKeys(
    // biome-ignore lint/correctness/useExhaustiveDependencies: what the keys do follows from the rows and the one shown.
    useMemo(
      () => [
        { key: 'j', label: t('keys.next'), run: () => go(at + 1) },
        { key: 'k', label: t('keys.previous'), run: () => go(at - 1) },
        { key: 'x', label: t('keys.select'), run: () => row && toggle(row.dossier.id) },
        { key: 'Enter', label: t('keys.open'), run: () => open(row) },
        {
          key: 'p',
          label: t('keys.print'),
          run: () => row?.dossier.number && navigate(`/registry/receipts?dossiers=${row.dossier.id}&now=1`),
        },
      ],
      [rows, at, t],
    ),
  );
  const linkTo = (one: WorkRow) => {
    if (!wide) return addressOf(one);
    const next = new URLSearchParams(params);
    next.set('dossier', one.dossier.id);
    return `?${next}`;
  };

  return (
    <>
      <PageHead
        title={t('office.title')}
        about={t('office.about')}
        actions={
          <>
            <Button
              component={Link}
              to="/registry/registers/incoming"
              variant="default"
              leftSection={<IconBook2 size={18} aria-hidden />}
            >
              {t('office.registers')}
            </Button>
            <Button
              component={Link}
              to="/registry/counter"
              leftSection={<IconUserPlus size={18} aria-hidden />}
            >
              {t('office.counter')}
            </Button>
          </>
        }
      />
      <Group
        gap="sm"
        align="flex-end"
        className={classes.filters}
        role="search"
        aria-label={t('filter.label')}
      >
        <Select
          label={t('filter.waiting')}
          data={WAITING.map((value) => ({ value, label: t(`role.${value}`) }))}
          value={waiting || null}
          onChange={(value) => setWaiting(value ?? '')}
          placeholder={t('filter.anyone')}
          clearable
          clearButtonProps={{ 'aria-label': t('filter.clear') }}
        />
        <Select
          label={t('filter.due')}
          data={DUE.map((value) => ({ value, label: t(`filter.${value}`) }))}
          value={due || null}
          onChange={(value) => setDue(value ?? '')}
          placeholder={t('filter.anytime')}
          clearable
          clearButtonProps={{ 'aria-label': t('filter.clear') }}
        />
        <Select
          label={t('filter.status')}
          data={STATUSES.map((value) => ({ value, label: t(`status.${value}`) }))}
          value={status || null}
          onChange={(value) => setStatus(value ?? '')}
          placeholder={t('filter.all')}
          clearable
          clearButtonProps={{ 'aria-label': t('filter.clear') }}
        />
        {procedures.length > 1 && (
          <Select
            label={t('filter.procedure')}
            data={procedures.map(({ id, name }) => ({ value: id, label: localText(name) }))}
            value={procedure || null}
            onChange={(value) => setProcedure(value ?? '')}
            placeholder={t('filter.all')}
            clearable
            clearButtonProps={{ 'aria-label': t('filter.clear') }}
          />
        )}
        {communes.length > 1 && (
          <Select
            label={t('filter.commune')}
            data={communes.map(({ code, name }) => ({ value: code, label: name }))}
            value={commune || null}
            onChange={(value) => setCommune(value ?? '')}
            placeholder={t('filter.all')}
            searchable
            clearable
            clearButtonProps={{ 'aria-label': t('filter.clear') }}
          />
        )}
      </Group>
      <Bulk rows={rows.filter(({ dossier }) => chosen.has(dossier.id))} clear={() => setChosen(new Set())} />
      {list.error !== null && <ProblemNotice error={list.error} retry={() => void list.refetch()} />}
      {list.isPending ? (
        <Loading rows={8} />
      ) : rows.length === 0 ? (
        <EmptyState title={t(filtered ? 'empty.filtered' : 'empty.office')}>
          {t(filtered ? 'empty.filteredHelp' : 'empty.officeHelp')}
        </EmptyState>
      ) : (
        <div className={classes.split}>
          <div>
            <div className={classes.scroll}>
              <Table className={classes.table} aria-busy={list.isFetching}>
                <caption className="hidden-visually">{t('office.title')}</caption>
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th className={classes.check}>
                      <Checkbox
                        aria-label={t('select.all')}
                        checked={chosen.size > 0 && rows.every(({ dossier }) => chosen.has(dossier.id))}
                        indeterminate={
                          chosen.size > 0 && !rows.every(({ dossier }) => chosen.has(dossier.id))
                        }
                        onChange={(event) =>
                          setChosen(
                            new Set(event.currentTarget.checked ? rows.map(({ dossier }) => dossier.id) : []),
                          )
                        }
                      />
                    </Table.Th>
                    <Table.Th>{t('column.dossier')}</Table.Th>
                    <Table.Th>{t('column.state')}</Table.Th>
                    <Table.Th>{t('column.turn')}</Table.Th>
                    <Table.Th>{t('column.due')}</Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {rows.map((one) => (
                    <Table.Tr key={one.dossier.id} data-shown={one === row || undefined}>
                      <Table.Td className={classes.check}>
                        <Checkbox
                          aria-label={t('select.one', { name: numberOf(one) ?? one.applicantName })}
                          checked={chosen.has(one.dossier.id)}
                          onChange={() => toggle(one.dossier.id)}
                        />
                      </Table.Td>
                      <Table.Td>
                        <Link
                          to={linkTo(one)}
                          preventScrollReset
                          replace={wide}
                          aria-current={one === row || undefined}
                          className={classes.rowLink}
                        >
                          {one.dossier.number === null ? (
                            t('office.draft')
                          ) : (
                            <Code>{one.dossier.number}</Code>
                          )}
                        </Link>
                        <div>
                          <Name>{one.applicantName}</Name>
                        </div>
                        <small className={classes.soft}>
                          {names.procedure(one.dossier.procedure)}
                          {communes.length > 1 && <> · {names.place(one.dossier.commune)}</>}
                        </small>
                      </Table.Td>
                      <Table.Td>
                        <DossierState status={one.dossier.status} />
                      </Table.Td>
                      <Table.Td>
                        <Turn row={one} />
                      </Table.Td>
                      <Table.Td>
                        <Due at={one.waiting[0]?.dueAt} />
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
          </div>
          {wide && (
            <aside className={classes.preview} aria-label={t('preview.label')}>
              {row === undefined ? (
                <p className={classes.soft}>{t('preview.choose')}</p>
              ) : (
                <Preview key={row.dossier.id} row={row} />
              )}
            </aside>
          )}
        </div>
      )}
    </>
  );
}

/** Two days, rounded to the minute so that the address of a list stays the same while one looks at it. */
function useFilter(from: Record<'status' | 'procedure' | 'commune' | 'waiting' | 'due', string>): WorkFilter {
  const now = Math.floor(useNow() / 60_000) * 60_000;
  const before = from.due === 'overdue' ? now : from.due === 'soon' ? now + 48 * 3_600_000 : null;
  return {
    ...(from.status === '' ? {} : { status: from.status as Status }),
    ...(from.procedure === '' ? {} : { procedure: from.procedure }),
    ...(from.commune === '' ? {} : { territory: from.commune }),
    ...(from.waiting === '' ? {} : { waiting: from.waiting as NonNullable<WorkFilter['waiting']> }),
    ...(before === null ? {} : { dueBefore: new Date(before).toISOString() }),
    ...(from.due === 'late' ? { late: true } : {}),
  };
}

const numberOf = ({ dossier }: WorkRow): string | null => dossier.number;
