import { Button, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answer, api } from '../../api/client.ts';
import { localText } from '../../app/language.ts';
import { RequireRole } from '../../app/RequireRole.tsx';
import { Code } from '../../components/Code.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Moment } from '../../components/Moment.tsx';
import { PageHead } from '../../components/PageHead.tsx';
import { ProblemNotice } from '../../components/ProblemNotice.tsx';
import { StatePill } from '../../components/StatePill.tsx';
import { useUrlState } from '../../components/useUrlState.ts';
import classes from './dossier.module.css';
import { TONES } from './words.ts';

/** Finding a dossier by whatever one remembers of it. */
export function SearchPage() {
  return (
    <RequireRole>
      <Search />
    </RequireRole>
  );
}

function Search() {
  const { t } = useTranslation(['dossier', 'common']);
  const [q, setQ] = useUrlState('q');
  const [typed, setTyped] = useState(q);
  const [settled] = useDebouncedValue(typed, 250);
  useEffect(() => setQ(settled.trim()), [settled, setQ]);
  const found = useInfiniteQuery({
    queryKey: ['dossiers', 'search', q],
    enabled: q.length >= 2,
    initialPageParam: '',
    queryFn: ({ pageParam }) =>
      answer(
        api.GET('/search', {
          params: { query: { q, limit: 20, ...(pageParam === '' ? {} : { cursor: pageParam }) } },
        }),
      ),
    getNextPageParam: (last) => last.next ?? undefined,
  });
  const rows = found.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <PageHead title={t('search.title')} />
      <TextInput
        type="search"
        size="md"
        autoFocus
        label={t('search.label')}
        description={t('search.help')}
        leftSection={<IconSearch size={20} aria-hidden="true" />}
        value={typed}
        maxLength={200}
        autoComplete="off"
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <div aria-live="polite" aria-busy={found.isFetching}>
        {found.isError && <ProblemNotice error={found.error} retry={() => void found.refetch()} />}
        {q.length >= 2 && found.isPending && <Loading rows={5} />}
        {q.length < 2 && <EmptyState title={t('search.begin')} />}
        {q.length >= 2 && found.data !== undefined && rows.length === 0 && (
          <EmptyState title={t('search.none')}>{t('search.noneHelp')}</EmptyState>
        )}
        <ul className={classes.rows}>
          {rows.map((row) => (
            <li key={row.id}>
              <div className={classes.rowTop}>
                <Link to={`/dossiers/${row.id}`}>
                  {row.number === null ? t('unnumbered') : <Code>{row.number}</Code>}
                </Link>
                <StatePill tone={TONES[row.status]}>{t(`status.${row.status}`)}</StatePill>
              </div>
              <p>
                <bdi>{row.applicantName}</bdi> · {localText(row.procedureName)} · {localText(row.communeName)}{' '}
                · <Moment at={row.submittedAt ?? row.createdAt} />
              </p>
            </li>
          ))}
        </ul>
        {found.hasNextPage && (
          <Button
            variant="default"
            loading={found.isFetchingNextPage}
            onClick={() => void found.fetchNextPage()}
          >
            {t('common:action.more')}
          </Button>
        )}
      </div>
    </>
  );
}
