import { Button, Group } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type ReactNode, Suspense, useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { answer, api, onceKey } from '../../api/client.ts';
import { Offline, Refusal } from '../../api/problem.ts';
import { queryClient, useMe, useNow } from '../../api/queries.ts';
import { relative } from '../../app/format.ts';
import { localText } from '../../app/language.ts';
import { RequireRole } from '../../app/RequireRole.tsx';
import { Code, Name } from '../../components/Code.tsx';
import { useKeys } from '../../components/keys.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Moment } from '../../components/Moment.tsx';
import { PageHead } from '../../components/PageHead.tsx';
import { ProblemNotice } from '../../components/ProblemNotice.tsx';
import { StatePill } from '../../components/StatePill.tsx';
import { toneOfDue } from './due.ts';
import { FormPanel } from './FormPanel.tsx';
import { panelOf } from './panel.ts';
import { dossierQuery, taskQuery } from './queries.ts';
import classes from './TaskPage.module.css';
import { forgetKept } from './useKept.ts';

/** The page of one task: the panel that does it, or the form it has. */
export function TaskPage() {
  const { id = '' } = useParams();
  return (
    <RequireRole>
      <OneTask key={id} id={id} />
    </RequireRole>
  );
}

function OneTask({ id }: { id: string }) {
  const { t } = useTranslation('tasks');
  const me = useMe();
  const now = useNow();
  const navigate = useNavigate();
  const found = useQuery(taskQuery(id));
  const detail = found.data?.data;
  const dossier = useQuery({
    ...dossierQuery(detail?.task.dossier ?? ''),
    enabled: detail !== undefined,
  });
  const [finished, setFinished] = useState(false);
  const claim = useClaim(id, detail?.task, () => void found.refetch());
  // The version is only told once the task is in one's hands: taking it changes it.
  const mine = detail !== undefined && detail.task.assignee === me?.id;
  const sending = useCompletion(id, mine ? found.data?.tag : undefined, () => setFinished(true));
  const keys = useRef([{ key: 'u', label: t('task.keys.back'), run: () => void navigate('/inbox') }]);
  useKeys(keys.current);

  if (found.isError && detail === undefined)
    return (
      <>
        <PageHead title={t('task.title')} />
        <ProblemNotice error={found.error} retry={() => void found.refetch()} />
      </>
    );
  if (detail === undefined || dossier.data === undefined)
    return (
      <>
        <PageHead title={t('task.title')} />
        {dossier.isError ? (
          <ProblemNotice error={dossier.error} retry={() => void dossier.refetch()} />
        ) : (
          <Loading rows={8} />
        )}
      </>
    );

  const { task } = detail;
  const name = localText(detail.name);
  const taken = task.status === 'open' && task.assignee !== null && task.assignee !== me?.id;
  const over = task.status !== 'open';
  const Panel = panelOf(detail.handler);
  const Shown = Panel ?? FormPanel;
  return (
    <>
      <PageHead
        above={
          <>
            <Link to={`/dossiers/${task.dossier}`}>
              <Code>{task.dossierNumber}</Code>
            </Link>{' '}
            · {localText(dossier.data.procedureName)} · {localText(dossier.data.communeName)} ·{' '}
            <Name>{dossier.data.applicantName}</Name>
          </>
        }
        title={name}
        actions={
          task.dueAt !== null &&
          !finished &&
          !over && (
            <div className={classes.due}>
              <StatePill tone={toneOfDue(task.dueAt, now)}>
                {t(Date.parse(task.dueAt) < now ? 'task.dueSince' : 'task.due', {
                  far: relative(task.dueAt, now),
                })}
              </StatePill>
              {task.article !== null && <bdi>{task.article}</bdi>}
            </div>
          )
        }
      />
      {finished || (over && task.completedBy === me?.id) ? (
        <Done id={id} dossier={task.dossier} />
      ) : over ? (
        <Ended>
          <h2>{t(task.status === 'completed' ? 'task.alreadyDone' : 'task.withdrawn')}</h2>
          {task.endedAt !== null && (
            <p>
              <Moment at={task.endedAt} as="time" />
            </p>
          )}
          <p>{t('task.typedKept')}</p>
          <NextTask id={id} />
        </Ended>
      ) : (
        <>
          {taken && (
            <div className={classes.told} role="status">
              <h2>{t('task.taken', { name: `\u2068${detail.assigneeName ?? ''}\u2069` })}</h2>
              {task.claimedAt !== null && (
                <p>
                  {t('task.takenSince')} <Moment at={task.claimedAt} as="time" far />
                </p>
              )}
              <p>{t('task.takenHelp')}</p>
              <NextTask id={id} />
            </div>
          )}
          {claim.error !== null && !taken && (
            <ProblemNotice error={claim.error} retry={() => void claim.again()} />
          )}
          {sending.error !== null && (
            <ProblemNotice
              error={sending.error}
              kept={t('task.typedKept')}
              retry={sending.error instanceof Offline ? sending.retry : undefined}
            />
          )}
          <Suspense fallback={<Loading rows={10} />}>
            {!taken && (
              <Shown
                task={detail}
                dossier={dossier.data}
                busy={sending.busy}
                problem={sending.error}
                complete={sending.complete}
                done={() => setFinished(true)}
              />
            )}
          </Suspense>
        </>
      )}
    </>
  );
}

/** Who opens a free task takes it. */
function useClaim(
  id: string,
  task: { status: string; assignee: string | null } | undefined,
  changed: () => void,
): { error: unknown; again: () => void } {
  const key = useRef(onceKey());
  const { mutate, error, status } = useMutation({
    mutationFn: () =>
      answer(
        api.POST('/tasks/{id}/claim', {
          params: { path: { id }, header: { 'Idempotency-Key': key.current } },
        }),
      ),
    onSettled: () => {
      changed();
      void queryClient.invalidateQueries({ queryKey: ['tasks', 'inbox'] });
    },
  });
  const free = task?.status === 'open' && task.assignee === null;
  useEffect(() => {
    if (free && status === 'idle') mutate();
  }, [free, status, mutate]);
  return { error, again: mutate };
}

/** Completing, safe to repeat: one key for what is sent, another once something else is. */
function useCompletion(id: string, tag: string | undefined, onDone: () => void) {
  const me = useMe();
  const intent = useRef({ text: '', key: '' });
  const { mutateAsync, isPending, error, variables } = useMutation({
    mutationFn: async (payload: object) => {
      const text = JSON.stringify(payload);
      if (intent.current.text !== text) intent.current = { text, key: onceKey() };
      return answer(
        api.POST('/tasks/{id}/completion', {
          params: {
            path: { id },
            header: {
              'Idempotency-Key': intent.current.key,
              ...(tag === undefined || tag === '' ? {} : { 'If-Match': tag }),
            },
          },
          body: payload as Record<string, never>,
        }),
      );
    },
    onSuccess: ({ dossier }) => {
      forgetKept(me?.id ?? '', id);
      onDone();
      void queryClient.invalidateQueries({ queryKey: ['tasks'] });
      void queryClient.invalidateQueries({ queryKey: ['dossier', dossier.id] });
    },
    onError: (refused) => {
      // Somebody was faster, or another tab: what the task is now is read again.
      if (refused instanceof Refusal && [404, 409, 412].includes(refused.status))
        void queryClient.invalidateQueries({ queryKey: ['tasks'] });
    },
  });
  const complete = useCallback(
    async (payload: object) => {
      await mutateAsync(payload);
    },
    [mutateAsync],
  );
  return {
    complete,
    busy: isPending,
    error,
    retry: () => {
      if (variables !== undefined) void complete(variables).catch(() => undefined);
    },
  };
}

/** What is said once a task is over, in the place of what did it; it takes the focus, which went with that. */
function Ended({ children }: { children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  return (
    <div ref={box} className={classes.told} role="status" tabIndex={-1}>
      {children}
    </div>
  );
}

/** What follows, and the next task. */
function Done({ id, dossier }: { id: string; dossier: string }) {
  const { t } = useTranslation('tasks');
  const { data: known, isFetching } = useQuery(dossierQuery(dossier));
  // What was known before the task was done would tell of the task itself.
  const data = isFetching ? undefined : known;
  return (
    <Ended>
      <h2>{t('task.done')}</h2>
      {data === undefined && <Loading rows={2} />}
      {data !== undefined && data.stage.length > 0 && (
        <>
          <p>{t('task.follows')}</p>
          <ul>
            {data.stage.map((one) => (
              <li key={one.flowNode}>
                {localText(one.name)} — {t(`task.party.${one.party}`)}
              </li>
            ))}
          </ul>
        </>
      )}
      {data?.stage.length === 0 && <p>{t('task.ended')}</p>}
      <NextTask id={id} />
    </Ended>
  );
}

function NextTask({ id }: { id: string }) {
  const { t } = useTranslation('tasks');
  const { data } = useQuery({
    queryKey: ['tasks', 'next', id],
    staleTime: 0,
    queryFn: () =>
      answer(
        api.GET('/tasks', {
          params: { query: { scope: 'all', status: 'open', sort: 'dueAt', limit: 10 } },
        }),
      ),
  });
  const me = useMe();
  const next = data?.items.find((one) => one.id !== id && (one.assignee === null || one.assignee === me?.id));
  return (
    <Group mt="md" gap="sm">
      {next !== undefined && (
        <Button component={Link} to={`/tasks/${next.id}`}>
          {t('task.next', { name: localText(next.name) })}
        </Button>
      )}
      <Button component={Link} to="/inbox" variant="default">
        {t('task.toInbox')}
      </Button>
    </Group>
  );
}
