import { Button, NativeSelect } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answer, api, type Schema } from '../../api/client.ts';
import { proceduresQuery, useMe } from '../../api/queries.ts';
import { localText } from '../../app/language.ts';
import { RequireRole } from '../../app/RequireRole.tsx';
import { Code, Name } from '../../components/Code.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Moment } from '../../components/Moment.tsx';
import { PageHead } from '../../components/PageHead.tsx';
import { ProblemNotice } from '../../components/ProblemNotice.tsx';
import { StatePill } from '../../components/StatePill.tsx';
import { useUrlState } from '../../components/useUrlState.ts';
import classes from './filing.module.css';

import { pageOf, STATUSES, TONES } from './status.ts';

/** The dossiers of an applicant or an architect: where each is and whose turn it is. */
export function MyDossiers() {
  return (
    <RequireRole roles={['applicant', 'architect']}>
      <List />
    </RequireRole>
  );
}

function List() {
  const { t } = useTranslation('filing');
  const me = useMe();
  const [status, setStatus] = useUrlState('status');
  const [procedure, setProcedure] = useUrlState('procedure');
  const { data: procedures = [] } = useQuery(proceduresQuery);
  const chosen = STATUSES.find((one) => one === status);
  const found = useInfiniteQuery({
    queryKey: ['dossiers', 'mine', me?.id, status, procedure],
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last: Schema<'DossierPage'>) => last.next ?? undefined,
    queryFn: ({ pageParam }) =>
      answer(
        api.GET('/dossiers', {
          params: {
            query: {
              limit: 20,
              ...(chosen === undefined ? {} : { status: chosen }),
              ...(procedure === '' ? {} : { procedure }),
              ...(pageParam === undefined ? {} : { cursor: pageParam }),
            },
          },
        }),
      ),
  });
  const rows = found.data?.pages.flatMap(({ items }) => items) ?? [];
  const filtered = status !== '' || procedure !== '';
  const begin = (
    <Button component={Link} to="/my/new" leftSection={<IconPlus size="1.1em" aria-hidden="true" />}>
      {t('mine.begin')}
    </Button>
  );
  return (
    <>
      <PageHead title={t('mine.title')} about={t('mine.about')} actions={begin} />
      {(rows.length > 0 || filtered) && (
        <search className={classes.filters} aria-label={t('mine.filters')}>
          <NativeSelect
            label={t('mine.status')}
            value={status}
            onChange={(event) => setStatus(event.currentTarget.value)}
            data={[
              { value: '', label: t('mine.all') },
              ...STATUSES.map((value) => ({ value, label: t(`status.${value}`) })),
            ]}
          />
          {procedures.length > 1 && (
            <NativeSelect
              label={t('mine.procedure')}
              value={procedure}
              onChange={(event) => setProcedure(event.currentTarget.value)}
              data={[
                { value: '', label: t('mine.all') },
                ...procedures.map(({ id, name }) => ({ value: id, label: localText(name) })),
              ]}
            />
          )}
        </search>
      )}
      {found.error !== null && <ProblemNotice error={found.error} retry={() => void found.refetch()} />}
      {found.isLoading && <Loading />}
      {found.data !== undefined && rows.length === 0 && (
        <EmptyState
          title={t(filtered ? 'mine.noneSuch' : 'mine.none')}
          action={
            filtered ? (
              <Button
                variant="default"
                onClick={() => {
                  setStatus('');
                  setProcedure('');
                }}
              >
                {t('mine.showAll')}
              </Button>
            ) : undefined
          }
        >
          {t(filtered ? 'mine.noneSuchHelp' : 'mine.noneHelp')}
        </EmptyState>
      )}
      <ul className={classes.dossiers}>
        {rows.map((row) => (
          <Row key={row.id} row={row} mine={row.applicant === me?.id} />
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
    </>
  );
}

function Row({ row, mine }: { row: Schema<'DossierRow'>; mine: boolean }) {
  const { t } = useTranslation('filing');
  return (
    <li>
      <h2>
        <Link to={pageOf(row)}>
          {localText(row.procedureName)} · {localText(row.communeName)}
        </Link>
      </h2>
      <p className={classes.pills}>
        <StatePill tone={TONES[row.status]}>{t(`status.${row.status}`)}</StatePill>
        {row.turn !== null && (
          <StatePill tone={row.turn === 'applicant' ? 'paused' : 'plain'}>{t(`turn.${row.turn}`)}</StatePill>
        )}
      </p>
      <p className={classes.small}>
        {row.number === null ? t('mine.unnumbered') : <Code>{row.number}</Code>}
        {' · '}
        {mine ? (
          row.architectName !== null && (
            <>
              {t('mine.architect')} <Name>{row.architectName}</Name>
              {' · '}
            </>
          )
        ) : (
          <>
            {t('mine.owner')} <Name>{row.applicantName}</Name>
            {' · '}
          </>
        )}
        {t('mine.changed')} <Moment at={row.updatedAt} as="time" />
      </p>
    </li>
  );
}
