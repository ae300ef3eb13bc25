import { Button } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answer, api } from '../../api/client.ts';
import { RequireRole } from '../../app/RequireRole.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Moment } from '../../components/Moment.tsx';
import { PageHead } from '../../components/PageHead.tsx';
import { ProblemNotice } from '../../components/ProblemNotice.tsx';
import { useUrlState } from '../../components/useUrlState.ts';
import classes from './dossier.module.css';

/** What one has been told, newest first. */
export function NotificationsPage() {
  return (
    <RequireRole>
      <Notifications />
    </RequireRole>
  );
}

function Notifications() {
  const { t, i18n } = useTranslation(['dossier', 'common']);
  const queries = useQueryClient();
  const [only, setOnly] = useUrlState('only');
  const unread = only === 'unread';
  const list = useInfiniteQuery({
    queryKey: ['notifications', 'list', unread, i18n.language],
    initialPageParam: '',
    queryFn: ({ pageParam }) =>
      answer(
        api.GET('/notifications', {
          params: { query: { unread, limit: 20, ...(pageParam === '' ? {} : { cursor: pageParam }) } },
        }),
      ),
    getNextPageParam: (last) => last.next ?? undefined,
  });
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  const read = useMutation({
    mutationFn: async (ids: string[]) => {
      for (const id of ids) await answer(api.PUT('/notifications/{id}/read', { params: { path: { id } } }));
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['notifications'] }),
  });
  const fresh = rows.filter((row) => row.readAt === null).map((row) => row.id);
  return (
    <>
      <PageHead
        title={t('notifications.title')}
        actions={
          <>
            <Button variant="default" aria-pressed={unread} onClick={() => setOnly(unread ? '' : 'unread')}>
              {unread ? t('notifications.all') : t('notifications.unread')}
            </Button>
            {fresh.length > 0 && (
              <Button variant="default" loading={read.isPending} onClick={() => read.mutate(fresh)}>
                {t('notifications.readAll')}
              </Button>
            )}
          </>
        }
      />
      {list.isError && <ProblemNotice error={list.error} retry={() => void list.refetch()} />}
      {list.data === undefined && !list.isError && <Loading rows={6} />}
      {list.data !== undefined && rows.length === 0 && (
        <EmptyState title={t('notifications.none')}>{t('notifications.noneHelp')}</EmptyState>
      )}
      <ul className={classes.rows}>
        {rows.map((row) => (
          <li key={row.id} data-unread={row.readAt === null}>
            <div className={classes.rowTop}>
              <strong>
                {row.dossier === null ? (
                  row.title
                ) : (
                  <Link
                    to={`/dossiers/${row.dossier}${row.template.endsWith('messagePosted') ? '?tab=messages' : ''}`}
                    onClick={() => row.readAt === null && read.mutate([row.id])}
                  >
                    {row.title}
                  </Link>
                )}
              </strong>
              <Moment at={row.createdAt} as="time" />
              {row.readAt === null && (
                <Button
                  variant="subtle"
                  size="compact-sm"
                  aria-label={`${t('notifications.read')} : ${row.title}`}
                  onClick={() => read.mutate([row.id])}
                >
                  {t('notifications.read')}
                </Button>
              )}
            </div>
            <p>{row.body}</p>
          </li>
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
  );
}
