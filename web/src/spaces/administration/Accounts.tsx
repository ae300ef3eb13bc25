import { Button, Select, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconPlus, IconSearch } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Code, Name } from '../../components/Code.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { Loading } from '../../components/Loading.tsx';
import { PageHead } from '../../components/PageHead.tsx';
import { ProblemNotice } from '../../components/ProblemNotice.tsx';
import { StatePill } from '../../components/StatePill.tsx';
import { useUrlState } from '../../components/useUrlState.ts';
import classes from './Administration.module.css';
import { useGrantWords } from './GrantList.tsx';
import { type Account, accountsQuery, ROLES, usePlaces } from './queries.ts';
import { Rooms } from './Rooms.tsx';

/** Everybody who may sign in, found by name, e-mail, role, place or body. */
export function Accounts() {
  return (
    <Rooms>
      <List />
    </Rooms>
  );
}

/** Whether an account may sign in, and if not, why. */
export function AccountState({ account }: { account: Pick<Account, 'active' | 'activated'> }) {
  const { t } = useTranslation('administration');
  if (!account.active) return <StatePill tone="late">{t('state.closed')}</StatePill>;
  if (!account.activated) return <StatePill tone="near">{t('state.invited')}</StatePill>;
  return <StatePill tone="good">{t('state.active')}</StatePill>;
}

const SHOWN = 3;

function List() {
  const { t } = useTranslation('administration');
  const places = usePlaces();
  const words = useGrantWords();
  const [q, setQ] = useUrlState('q');
  const [role, setRole] = useUrlState('role');
  const [territory, setTerritory] = useUrlState('territory');
  const [body, setBody] = useUrlState('body');
  const [typed, type] = useState(q);
  const [settled] = useDebouncedValue(typed, 250);
  useEffect(() => setQ(settled.trim()), [settled, setQ]);
  const list = useInfiniteQuery(accountsQuery({ q, role, territory, body }));
  const items = list.data?.pages.flatMap((page) => page.items);
  return (
    <>
      <PageHead
        title={t('accounts.title')}
        about={t('accounts.about')}
        actions={
          <Button
            component={Link}
            to="/admin/accounts/new"
            leftSection={<IconPlus size={18} aria-hidden="true" />}
          >
            {t('accounts.open')}
          </Button>
        }
      />
      <search className={classes.filters} aria-label={t('accounts.find')}>
        <TextInput
          type="search"
          label={t('accounts.words')}
          leftSection={<IconSearch size={18} aria-hidden="true" />}
          value={typed}
          maxLength={100}
          onChange={(event) => type(event.currentTarget.value)}
        />
        <Select
          label={t('grants.role')}
          placeholder={t('accounts.anyRole')}
          data={ROLES.map((one) => ({ value: one, label: t(`role.${one}`) }))}
          value={role || null}
          onChange={(value) => setRole(value ?? '')}
          clearable
          clearButtonProps={{ 'aria-label': t('clear', { name: t('grants.role') }) }}
        />
        <Select
          label={t('grants.territory')}
          placeholder={t('accounts.anywhere')}
          data={places.choices}
          value={territory || null}
          onChange={(value) => setTerritory(value ?? '')}
          searchable
          limit={60}
          clearable
          clearButtonProps={{ 'aria-label': t('clear', { name: t('grants.territory') }) }}
          nothingFoundMessage={t('nothingFound')}
        />
        <Select
          label={t('grants.body')}
          placeholder={t('accounts.anyBody')}
          data={places.bodies.map(({ id }) => ({ value: id, label: places.body(id) }))}
          value={body || null}
          onChange={(value) => setBody(value ?? '')}
          searchable
          limit={60}
          clearable
          clearButtonProps={{ 'aria-label': t('clear', { name: t('grants.body') }) }}
          nothingFoundMessage={t('nothingFound')}
        />
      </search>
      {list.error !== null && <ProblemNotice error={list.error} retry={() => void list.refetch()} />}
      {items === undefined ? (
        list.error === null && <Loading rows={8} />
      ) : items.length === 0 ? (
        <EmptyState title={t('accounts.none')}>{t('accounts.noneHelp')}</EmptyState>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls sideways must be reached by the keyboard.
        <section className={classes.scroll} aria-label={t('accounts.title')} tabIndex={0}>
          <table className={classes.table}>
            <thead>
              <tr>
                <th scope="col">{t('account.name')}</th>
                <th scope="col">{t('account.email')}</th>
                <th scope="col">{t('grants.title')}</th>
                <th scope="col">{t('account.state')}</th>
              </tr>
            </thead>
            <tbody>
              {items.map((account) => (
                <tr key={account.id}>
                  <th scope="row">
                    <Link to={`/admin/accounts/${account.id}`}>
                      <Name>{account.name}</Name>
                    </Link>
                  </th>
                  <td>
                    <Code>{account.email ?? '—'}</Code>
                  </td>
                  <td>
                    {account.grants.slice(0, SHOWN).map((grant) => (
                      <div key={`${grant.role} ${grant.territory} ${grant.body}`}>
                        <bdi>{words(grant)}</bdi>
                      </div>
                    ))}
                    {account.grants.length > SHOWN && (
                      <div className={classes.soft}>
                        {t('grants.more', { count: account.grants.length - SHOWN })}
                      </div>
                    )}
                  </td>
                  <td>
                    <AccountState account={account} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
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
    </>
  );
}
