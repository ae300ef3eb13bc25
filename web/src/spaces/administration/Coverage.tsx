import { Select, Switch } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconMail } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answer, api, type Schema } from '../../api/client.ts';
import { number } from '../../app/format.ts';
import { Code } from '../../components/Code.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { Loading } from '../../components/Loading.tsx';
import { PageHead } from '../../components/PageHead.tsx';
import { ProblemNotice } from '../../components/ProblemNotice.tsx';
import { StatePill } from '../../components/StatePill.tsx';
import { useUrlState } from '../../components/useUrlState.ts';
import classes from './Administration.module.css';
import { type BodyKind, type Role, usePlaces } from './queries.ts';
import { Rooms } from './Rooms.tsx';

type Row = Schema<'Coverage'>;

/** Who serves which commune, and who is missing before a first file can be studied. */
export function Coverage() {
  return (
    <Rooms>
      <Matrix />
    </Rooms>
  );
}

function Matrix() {
  const { t } = useTranslation('administration');
  const places = usePlaces();
  const provinces = places.territories.filter(({ kind }) => kind === 'province' || kind === 'prefecture');
  const [chosen, choose] = useUrlState('territory');
  const [only, setOnly] = useUrlState('only');
  const territory = chosen || (provinces[0]?.code ?? '');
  const {
    data: rows,
    error,
    refetch,
  } = useQuery({
    queryKey: ['coverage', territory],
    enabled: territory !== '',
    queryFn: async () =>
      (await answer(api.GET('/admin/coverage', { params: { query: { territory } } }))).items,
  });
  const seats = seatsOf(rows ?? []);
  const ready = rows?.filter(({ complete }) => complete).length ?? 0;
  const shown = rows?.filter(({ complete }) => only !== 'missing' || !complete);
  return (
    <>
      <PageHead title={t('coverage.title')} about={t('coverage.about')} />
      <div className={classes.filters}>
        <Select
          label={t('coverage.province')}
          data={provinces.map(({ code }) => ({ value: code, label: `${places.territory(code)} · ${code}` }))}
          value={territory || null}
          onChange={(value) => value !== null && choose(value)}
          allowDeselect={false}
          searchable
          nothingFoundMessage={t('nothingFound')}
        />
        <Switch
          label={t('coverage.onlyMissing')}
          checked={only === 'missing'}
          onChange={(event) => setOnly(event.currentTarget.checked ? 'missing' : '')}
        />
      </div>
      {error !== null && <ProblemNotice error={error} retry={() => void refetch()} />}
      {rows === undefined || shown === undefined ? (
        error === null && <Loading rows={8} />
      ) : (
        <>
          <p className={classes.sentence}>
            {t('coverage.sentence', {
              count: ready,
              all: number(rows.length),
              province: places.territory(territory),
            })}
          </p>
          {shown.length === 0 ? (
            <EmptyState title={t('coverage.none')} />
          ) : (
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls sideways must be reached by the keyboard.
            <section className={classes.scroll} aria-label={t('coverage.title')} tabIndex={0}>
              <table className={classes.table}>
                <thead>
                  <tr>
                    <th scope="col">{t('coverage.commune')}</th>
                    <th scope="col">{t('coverage.firstFile')}</th>
                    {(rows[0]?.offices ?? []).map(({ office }) => (
                      <th key={office} scope="col">
                        {t(`role.${office}`)}
                      </th>
                    ))}
                    {seats.map((seat) => (
                      <th key={seat} scope="col">
                        {seat === 'secretariat' ? t('coverage.secretariat') : t(`bodyKind.${seat}`)}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {shown.map((row) => (
                    <tr key={row.territory}>
                      <th scope="row">
                        <bdi>{places.territory(row.territory)}</bdi>
                        <div className={classes.soft}>
                          <Code>{row.territory}</Code>
                        </div>
                      </th>
                      <td>
                        <StatePill tone={row.complete ? 'good' : 'near'}>
                          {t(row.complete ? 'coverage.possible' : 'coverage.notYet')}
                        </StatePill>
                      </td>
                      {row.offices.map(({ office, ready: there, invited }) => (
                        <td key={office}>
                          <Presence
                            role={office}
                            territory={office === 'governor' ? territory : row.territory}
                            ready={there}
                            invited={invited}
                          />
                        </td>
                      ))}
                      {seats.map((seat) => (
                        <td key={seat}>
                          <SeatCell row={row} seat={seat} province={territory} />
                        </td>
                      ))}
                    </tr>
                  ))}
                </tbody>
              </table>
            </section>
          )}
        </>
      )}
    </>
  );
}

type SeatColumn = 'secretariat' | BodyKind;

/** One column for the secretariat, whichever committee the commune has, and one for each kind that always sits. */
function seatsOf(rows: Row[]): SeatColumn[] {
  const kinds = new Set<SeatColumn>();
  for (const row of rows)
    for (const { part, kind } of row.seats) kinds.add(part === 'secretariat' ? 'secretariat' : kind);
  return [...kinds];
}

function SeatCell({ row, seat, province }: { row: Row; seat: SeatColumn; province: string }) {
  const { t } = useTranslation('administration');
  const places = usePlaces();
  const found = row.seats.find(({ part, kind }) =>
    seat === 'secretariat' ? part === 'secretariat' : part === 'member' && kind === seat,
  );
  if (found === undefined) return <span className={classes.soft}>—</span>;
  const local = found.kind === 'commune' || found.kind === 'oneStopShop' ? row.territory : province;
  if (found.body === null) {
    const wanted = new URLSearchParams({ kind: found.kind, territory: local });
    return (
      <Link className={classes.missing} to={`/admin/bodies/new?${wanted}`}>
        <IconAlertTriangle size={16} aria-hidden="true" />
        {t('coverage.noBody', { kind: t(`bodyKind.${found.kind}`) })}
      </Link>
    );
  }
  return (
    <>
      <Link to={`/admin/bodies/${found.body.id}`} className={classes.quiet}>
        <bdi>{places.body(found.body.id)}</bdi>
      </Link>
      <Presence
        role={seat === 'secretariat' ? 'committeeSecretary' : 'committeeMember'}
        territory={local}
        body={found.body.id}
        ready={found.ready}
        invited={found.invited}
      />
    </>
  );
}

/** Present, invited or missing: a sign, a word, and the way to put it right. */
function Presence({
  role,
  territory,
  body,
  ready,
  invited,
}: {
  role: Role;
  territory: string;
  body?: string;
  ready: number;
  invited: number;
}) {
  const { t } = useTranslation('administration');
  const wanted = new URLSearchParams({ role, territory, ...(body === undefined ? {} : { body }) });
  if (ready > 0)
    return (
      <div className={classes.present}>
        <IconCircleCheck size={16} aria-hidden="true" />
        {t('coverage.present', { count: ready })}
      </div>
    );
  if (invited > 0)
    return (
      <div className={classes.invited}>
        <IconMail size={16} aria-hidden="true" />
        {t('coverage.invited', { count: invited })}
      </div>
    );
  return (
    <Link className={classes.missing} to={`/admin/accounts/new?${wanted}`}>
      <IconAlertTriangle size={16} aria-hidden="true" />
      {t('coverage.missing')}
    </Link>
  );
}
