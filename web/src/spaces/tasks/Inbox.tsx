import { Button, SegmentedControl, Select } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useInfiniteQuery, useQueries, useQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { answer, api, onceKey } from '../../api/client.ts';
import { Refusal } from '../../api/problem.ts';
import { proceduresQuery, queryClient, territoriesQuery, useMe, useNow } from '../../api/queries.ts';
import { currentLanguage, localText } from '../../app/language.ts';
import { RequireRole } from '../../app/RequireRole.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { useKeys } from '../../components/keys.tsx';
import { Loading } from '../../components/Loading.tsx';
import { PageHead } from '../../components/PageHead.tsx';
import { ProblemNotice } from '../../components/ProblemNotice.tsx';
import { useUrlState } from '../../components/useUrlState.ts';
import { DUES, type Due } from './due.ts';
import classes from './Inbox.module.css';
import { InboxRow } from './InboxRow.tsx';
import { filterOf, inboxQuery, procedureQuery, type TaskRow } from './queries.ts';
import { SavedFilters } from './SavedFilters.tsx';

/** The inbox of an official. */
export function InboxPage() {
  return (
    <RequireRole>
      <Inbox />
    </RequireRole>
  );
}

function Inbox() {
  const { t } = useTranslation(['tasks', 'common']);
  const me = useMe();
  // To the minute, in which nothing here changes.
  const now = Math.floor(useNow() / 60_000) * 60_000;
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const [, setScope] = useUrlState('scope', 'all');
  const [procedure, setProcedure] = useUrlState('procedure');
  const [territory, setTerritory] = useUrlState('commune');
  const [flowNode, setFlowNode] = useUrlState('step');
  const [due, setDue] = useUrlState('due');
  const filter = filterOf(params, now);
  const list = useInfiniteQuery(inboxQuery(filter));
  const rows = useMemo(() => list.data?.pages.flatMap(({ items }) => items) ?? [], [list.data]);
  const [at, setAt] = useState(0);
  const place = Math.min(at, Math.max(rows.length - 1, 0));
  const links = useRef<(HTMLAnchorElement | null)[]>([]);
  const keepLink = useCallback((index: number, element: HTMLAnchorElement | null) => {
    links.current[index] = element;
  }, []);

  const goTo = useCallback(
    (next: number) => {
      const found = Math.max(0, Math.min(next, rows.length - 1));
      setAt(found);
      links.current[found]?.focus();
      links.current[found]?.scrollIntoView({ block: 'nearest' });
    },
    [rows.length],
  );
  const take = useCallback(
    async (row: TaskRow, release = row.assignee === me?.id) => {
      try {
        await move(row.id, release);
        await queryClient.invalidateQueries({ queryKey: ['tasks'] });
        const id = `moved-${row.id}`;
        notifications.show({
          id,
          message: (
            <span className={classes.told}>
              {t(release ? 'inbox.released' : 'inbox.claimed')}
              <Button
                size="compact-sm"
                variant="default"
                onClick={() => {
                  notifications.hide(id);
                  void move(row.id, !release).then(() =>
                    queryClient.invalidateQueries({ queryKey: ['tasks'] }),
                  );
                }}
              >
                {t('common:action.undo')}
              </Button>
            </span>
          ),
          closeButtonProps: { 'aria-label': t('common:action.close') },
        });
      } catch (error) {
        notifications.show({
          color: 'red',
          title: error instanceof Refusal ? error.title : t('common:problem.ours'),
          message: error instanceof Refusal ? error.message : t('common:problem.oursHelp'),
          closeButtonProps: { 'aria-label': t('common:action.close') },
        });
        await queryClient.invalidateQueries({ queryKey: ['tasks'] });
      }
    },
    [me, t],
  );
  const keys = useMemo(() => {
    const row = rows[place];
    const open = () => {
      if (row !== undefined) void navigate(`/tasks/${row.id}`);
    };
    return [
      { key: 'j', label: t('inbox.keys.next'), run: () => goTo(place + 1) },
      { key: 'k', label: t('inbox.keys.previous'), run: () => goTo(place - 1) },
      { key: 'Enter', label: t('inbox.keys.open'), run: open },
      { key: 'e', label: t('inbox.keys.complete'), run: open },
      {
        key: 'c',
        label: t('inbox.keys.claim'),
        run: () => {
          if (row !== undefined) void take(row);
        },
      },
    ];
  }, [rows, place, navigate, goTo, take, t]);
  useKeys(keys);

  const narrowed = procedure !== '' || territory !== '' || flowNode !== '' || due !== '';
  return (
    <>
      <PageHead
        title={t('inbox.title')}
        about={t('inbox.about')}
        actions={<SavedFilters query={params.toString()} />}
      />
      <div className={classes.filters}>
        <SegmentedControl
          aria-label={t('inbox.scope.label')}
          value={filter.scope}
          onChange={setScope}
          data={(['all', 'mine', 'groups'] as const).map((value) => ({
            value,
            label: t(`inbox.scope.${value}`),
          }))}
        />
        <ProcedureAndStep
          procedure={procedure}
          onProcedure={(value) => setProcedure(value)}
          flowNode={flowNode}
          onFlowNode={setFlowNode}
        />
        <Commune value={territory} onChange={setTerritory} />
        <Select
          label={t('inbox.due.label')}
          placeholder={t('inbox.due.any')}
          clearable
          clearButtonProps={{ 'aria-label': t('inbox.clear') }}
          value={DUES.find((one) => one === due) ?? null}
          onChange={(value) => setDue(value ?? '')}
          data={DUES.map((value: Due) => ({ value, label: t(`inbox.due.${value}`) }))}
        />
      </div>
      {list.isError && rows.length === 0 ? (
        <ProblemNotice error={list.error} retry={() => void list.refetch()} />
      ) : list.isPending ? (
        <Loading rows={8} />
      ) : rows.length === 0 ? (
        <EmptyState title={t(narrowed ? 'inbox.noneFound' : 'inbox.none')}>
          {t(narrowed ? 'inbox.noneFoundHelp' : 'inbox.noneHelp')}
        </EmptyState>
      ) : (
        <>
          <p className={classes.count} aria-live="polite">
            {t('inbox.count', { count: rows.length, more: list.hasNextPage ? '+' : '' })}
          </p>
          <ul className={classes.list} aria-busy={list.isPlaceholderData}>
            {rows.map((row, index) => (
              <InboxRow
                key={row.id}
                row={row}
                index={index}
                now={now}
                mine={row.assignee !== null && row.assignee === me?.id}
                current={index === place}
                link={keepLink}
                onFocus={setAt}
                onTake={take}
              />
            ))}
          </ul>
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

/** Takes a task into one's hands, or gives it back. */
async function move(id: string, release: boolean): Promise<void> {
  const asked = { params: { path: { id }, header: { 'Idempotency-Key': onceKey() } } };
  await answer(release ? api.POST('/tasks/{id}/release', asked) : api.POST('/tasks/{id}/claim', asked));
}

function ProcedureAndStep({
  procedure,
  onProcedure,
  flowNode,
  onFlowNode,
}: {
  procedure: string;
  onProcedure: (value: string) => void;
  flowNode: string;
  onFlowNode: (value: string) => void;
}) {
  const { t } = useTranslation('tasks');
  const language = currentLanguage();
  const { data: procedures = [] } = useQuery(proceduresQuery);
  // Diagrams of every procedure only for who looks for a step.
  const [looking, setLooking] = useState(flowNode !== '');
  const chosen = looking ? procedures.filter(({ id }) => procedure === '' || id === procedure) : [];
  const details = useQueries({ queries: chosen.map(({ id }) => procedureQuery(id)) });
  const steps = new Map(
    details
      .flatMap(({ data }) => data?.flowNodes ?? [])
      .filter(({ party }) => party === 'administration')
      .map((step) => [step.flowNode, localText(step.name, language)]),
  );
  if (flowNode !== '' && !steps.has(flowNode)) steps.set(flowNode, flowNode);
  return (
    <>
      <Select
        label={t('inbox.procedure')}
        placeholder={t('inbox.anyProcedure')}
        clearable
        clearButtonProps={{ 'aria-label': t('inbox.clear') }}
        value={procedure === '' ? null : procedure}
        onChange={(value) => onProcedure(value ?? '')}
        data={procedures.map(({ id, name }) => ({ value: id, label: localText(name, language) }))}
      />
      <Select
        label={t('inbox.step')}
        placeholder={t('inbox.anyStep')}
        onDropdownOpen={() => setLooking(true)}
        nothingFoundMessage={
          looking && details.some(({ isPending }) => isPending) ? t('common:loading') : undefined
        }
        searchable
        clearable
        clearButtonProps={{ 'aria-label': t('inbox.clear') }}
        value={flowNode === '' ? null : flowNode}
        onChange={(value) => onFlowNode(value ?? '')}
        data={[...steps].map(([value, label]) => ({ value, label }))}
      />
    </>
  );
}

/** Only for those who serve more than one commune. */
function Commune({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const { t } = useTranslation('tasks');
  const me = useMe();
  const { data: territories = [] } = useQuery(territoriesQuery);
  const served = territories.filter(
    ({ kind, code }) =>
      kind === 'commune' &&
      me?.grants.some(
        ({ territory }) => territory === '*' || code === territory || code.startsWith(`${territory}.`),
      ),
  );
  if (served.length < 2) return null;
  return (
    <Select
      label={t('inbox.commune')}
      placeholder={t('inbox.anyCommune')}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('inbox.clear') }}
      value={value === '' ? null : value}
      onChange={(next) => onChange(next ?? '')}
      limit={50}
      data={served.map(({ code, name }) => ({ value: code, label: localText(name) }))}
    />
  );
}
