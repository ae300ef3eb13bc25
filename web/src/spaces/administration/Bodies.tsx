import { Button, Select, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { bodiesQuery } from '../../api/queries.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { Loading } from '../../components/Loading.tsx';
import { PageHead } from '../../components/PageHead.tsx';
import { ProblemNotice } from '../../components/ProblemNotice.tsx';
import { StatePill } from '../../components/StatePill.tsx';
import { useUrlState } from '../../components/useUrlState.ts';
import classes from './Administration.module.css';
import { BODY_KINDS, usePlaces } from './queries.ts';
import { Rooms } from './Rooms.tsx';

/** The administrations that sit in committees, with where they are competent. */
export function Bodies() {
  return (
    <Rooms>
      <List />
    </Rooms>
  );
}

const SHOWN = 4;

function List() {
  const { t } = useTranslation('administration');
  const places = usePlaces();
  const { data: bodies, error, refetch } = useQuery(bodiesQuery);
  const [kind, setKind] = useUrlState('kind');
  const [q, setQ] = useUrlState('q');
  const words = q.trim().toLocaleLowerCase();
  const shown = bodies?.filter(
    (body) =>
      (kind === '' || body.kind === kind) &&
      (words === '' || `${body.name.ar} ${body.name.fr} ${body.id}`.toLocaleLowerCase().includes(words)),
  );
  return (
    <>
      <PageHead
        title={t('bodies.title')}
        about={t('bodies.about')}
        actions={
          <Button
            component={Link}
            to="/admin/bodies/new"
            leftSection={<IconPlus size={18} aria-hidden="true" />}
          >
            {t('bodies.open')}
          </Button>
        }
      />
      <search className={classes.filters} aria-label={t('bodies.find')}>
        <TextInput
          type="search"
          label={t('bodies.words')}
          value={q}
          onChange={(event) => setQ(event.currentTarget.value)}
        />
        <Select
          label={t('bodies.kind')}
          placeholder={t('bodies.anyKind')}
          data={BODY_KINDS.map((one) => ({ value: one, label: t(`bodyKind.${one}`) }))}
          value={kind || null}
          onChange={(value) => setKind(value ?? '')}
          clearable
          clearButtonProps={{ 'aria-label': t('clear', { name: t('bodies.kind') }) }}
        />
      </search>
      {error !== null && <ProblemNotice error={error} retry={() => void refetch()} />}
      {shown === undefined ? (
        error === null && <Loading rows={8} />
      ) : shown.length === 0 ? (
        <EmptyState title={t('bodies.none')}>{t('bodies.noneHelp')}</EmptyState>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls sideways must be reached by the keyboard.
        <section className={classes.scroll} aria-label={t('bodies.title')} tabIndex={0}>
          <table className={classes.table}>
            <thead>
              <tr>
                <th scope="col">{t('bodies.name')}</th>
                <th scope="col">{t('bodies.kind')}</th>
                <th scope="col">{t('bodies.territories')}</th>
                <th scope="col">{t('account.state')}</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((body) => (
                <tr key={body.id}>
                  <th scope="row">
                    <Link to={`/admin/bodies/${body.id}`}>
                      <bdi>{places.body(body.id)}</bdi>
                    </Link>
                  </th>
                  <td>{t(`bodyKind.${body.kind}`)}</td>
                  <td>
                    <bdi>{body.territories.slice(0, SHOWN).map(places.territory).join(t('comma'))}</bdi>
                    {body.territories.length > SHOWN &&
                      ` ${t('bodies.more', { count: body.territories.length - SHOWN })}`}
                  </td>
                  <td>
                    <StatePill tone={body.active ? 'good' : 'plain'}>
                      {t(body.active ? 'bodies.isOpen' : 'bodies.isClosed')}
                    </StatePill>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </>
  );
}
