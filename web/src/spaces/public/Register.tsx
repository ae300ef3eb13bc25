import { Button, NativeSelect, Select } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../api/client.ts';
import { proceduresQuery, territoriesQuery, useNow } from '../../api/queries.ts';
import { localText } from '../../app/language.ts';
import { Code } from '../../components/Code.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Moment } from '../../components/Moment.tsx';
import { PageHead } from '../../components/PageHead.tsx';
import { ProblemNotice } from '../../components/ProblemNotice.tsx';
import { useUrlState } from '../../components/useUrlState.ts';

import classes from './Register.module.css';

const FIRST_YEAR = 2026;

/** The public register of licences: what was allowed, where and when; nothing about anybody. */
export function Register() {
  const { t } = useTranslation(['public', 'common']);
  const [territory, setTerritory] = useUrlState('territory');
  const [procedure, setProcedure] = useUrlState('procedure');
  const [year, setYear] = useUrlState('year');
  const territories = useQuery(territoriesQuery).data;
  const procedures = useQuery(proceduresQuery).data ?? [];
  const thisYear = new Date(useNow()).getFullYear();
  const years = Array.from({ length: Math.max(1, thisYear - FIRST_YEAR + 1) }, (_, index) =>
    String(thisYear - index),
  );
  const places = useMemo(
    () =>
      (territories ?? [])
        .filter(({ kind }) => kind !== 'arrondissement')
        .map(({ code, name, kind }) => ({
          value: code,
          label: kind === 'commune' ? localText(name) : `${localText(name)} (${t(`territory.${kind}`)})`,
        })),
    [territories, t],
  );
  const list = useInfiniteQuery({
    queryKey: ['public', 'register', territory, procedure, year],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) =>
      answer(
        api.GET('/register', {
          params: {
            query: {
              limit: 20,
              ...(territory === '' ? {} : { territory }),
              ...(procedure === '' ? {} : { procedure }),
              ...(year === '' ? {} : { year: Number(year) }),
              ...(pageParam === null ? {} : { cursor: pageParam }),
            },
          },
        }),
      ),
    getNextPageParam: (last) => last.next,
  });
  const rows = list.data?.pages.flatMap(({ items }) => items) ?? [];
  const isFiltered = territory !== '' || procedure !== '' || year !== '';

  return (
    <>
      <PageHead title={t('register.title')} about={t('register.about')} />
      <search className={classes.filters} data-no-print>
        <Select
          label={t('register.territory')}
          placeholder={t('register.anywhere')}
          data={places}
          value={territory === '' ? null : territory}
          onChange={(value) => setTerritory(value ?? '')}
          searchable
          clearable
          limit={50}
          nothingFoundMessage={t('register.noPlace')}
          clearButtonProps={{ 'aria-label': t('register.anywhere') }}
        />
        <NativeSelect
          label={t('register.procedure')}
          value={procedure}
          onChange={(event) => setProcedure(event.currentTarget.value)}
          data={[
            { value: '', label: t('register.anyProcedure') },
            ...procedures.map(({ id, name }) => ({ value: id, label: localText(name) })),
          ]}
        />
        <NativeSelect
          label={t('register.year')}
          value={year}
          onChange={(event) => setYear(event.currentTarget.value)}
          data={[{ value: '', label: t('register.anyYear') }, ...years]}
        />
      </search>
      {list.isError && <ProblemNotice error={list.error} retry={() => void list.refetch()} />}
      {list.isPending && <Loading />}
      {list.isSuccess && rows.length === 0 && (
        <EmptyState title={t(isFiltered ? 'register.noneFiltered' : 'register.none')}>
          {t('register.howItGetsHere')}
        </EmptyState>
      )}
      {rows.length > 0 && (
        <ul className={classes.rows}>
          {rows.map((row) => (
            <li key={row.number}>
              <div>
                <strong>
                  <Code>{row.number}</Code>
                </strong>
                <span>
                  {localText(row.procedureName)}
                  {row.nature !== null && ` · ${localText(row.nature)}`}
                </span>
              </div>
              <div>
                <span>{localText(row.communeName)}</span>
                <span>
                  {t('register.deliveredOn')} <Moment at={row.deliveredAt} />
                </span>
              </div>
            </li>
          ))}
        </ul>
      )}
      {list.hasNextPage && (
        <Button
          variant="default"
          mt="md"
          loading={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
          data-no-print
        >
          {t('common:action.more')}
        </Button>
      )}
    </>
  );
}
