import { Button, Progress, Radio, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { answer, api } from '../../api/client.ts';
import { Refusal } from '../../api/problem.ts';
import { holds, siteQuery, useMe, useSession } from '../../api/queries.ts';
import { session } from '../../api/session.ts';
import { Loading } from '../../components/Loading.tsx';
import { NewPassword } from '../../components/NewPassword.tsx';
import { PageHead } from '../../components/PageHead.tsx';
import { ProblemNotice } from '../../components/ProblemNotice.tsx';
import classes from './Setup.module.css';

/** The first start, in two steps: a password for the first administrator, then what the office begins with. */
export function Setup() {
  const { t } = useTranslation(['setup', 'common']);
  const site = useQuery(siteQuery).data;
  const state = useSession();
  const me = useMe();
  if (site === undefined || state === 'unknown') return <Loading />;
  const isAdministrator = state === 'signedIn' && holds(me, 'administrator');
  if (site.setup === 'done') return <Done />;
  if (state === 'signedIn' && me === null) return <Loading />;
  return (
    <>
      <PageHead title={t('title')} about={t('about')} />
      {isAdministrator ? <Choose /> : <Secret />}
    </>
  );
}

function Secret() {
  const { t } = useTranslation(['setup', 'common']);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const code = error instanceof Refusal ? error.code : null;
  return (
    <section className={classes.step}>
      <h2>{t('secret.title')}</h2>
      <p>{t('secret.help')}</p>
      <form
        className={classes.form}
        onSubmit={async (event) => {
          event.preventDefault();
          const form = new FormData(event.currentTarget);
          const password = String(form.get('password') ?? '');
          setBusy(true);
          setError(null);
          try {
            const { email } = await answer(
              api.POST('/accounts/activation', {
                body: { secret: String(form.get('secret') ?? '').trim(), password },
              }),
            );
            await session.signIn(email, password);
          } catch (refused) {
            setError(refused);
          } finally {
            setBusy(false);
          }
        }}
      >
        {error !== null && <ProblemNotice error={error} />}
        <TextInput
          name="secret"
          label={t('secret.secret')}
          description={t('secret.where')}
          dir="ltr"
          autoComplete="one-time-code"
          spellCheck={false}
          maxLength={200}
          required
          error={code === 'INVALID_ACTIVATION_SECRET'}
        />
        <NewPassword
          name="password"
          label={t('secret.password')}
          error={code === 'WEAK_PASSWORD' ? (error as Refusal).message : undefined}
        />
        <Button type="submit" loading={busy}>
          {t('secret.action')}
        </Button>
      </form>
      <p>
        {t('secret.already')}{' '}
        <Link to={`/sign-in?to=${encodeURIComponent('/setup')}`}>{t('common:account.signIn')}</Link>
      </p>
    </section>
  );
}

type Office = 'demonstration' | 'empty';

function Choose() {
  const { t } = useTranslation(['setup', 'common']);
  const client = useQueryClient();
  const navigate = useNavigate();
  const me = useMe();
  const [office, setOffice] = useState<Office>('demonstration');
  const begin = useMutation({
    mutationFn: () => answer(api.POST('/setup', { body: { office } })),
    async onSuccess(site) {
      client.setQueryData(siteQuery.queryKey, { ...site, heardAt: Date.now() });
      if (office === 'empty') await navigate('/admin/accounts');
    },
  });
  // Another window may have begun it, or this one was closed meanwhile.
  const site = useQuery({ ...siteQuery, refetchInterval: 1_500, staleTime: 0 }).data;
  const opening = begin.isPending ? office === 'demonstration' : site?.setup === 'opening';
  if (opening)
    return <Opening done={site?.progress?.done ?? 0} of={site?.progress?.of ?? 10} begin={begin} />;
  return (
    <section className={classes.step}>
      <h2>{t('choose.title')}</h2>
      {begin.isError && <ProblemNotice error={begin.error} retry={() => begin.mutate()} />}
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          begin.mutate();
        }}
      >
        <Radio.Group
          aria-label={t('choose.title')}
          value={office}
          onChange={(value) => setOffice(value as Office)}
        >
          <div className={classes.choices}>
            {(['demonstration', 'empty'] as const).map((one) => (
              <Radio.Card key={one} value={one} className={classes.card}>
                <Radio.Indicator />
                <span>
                  <strong>{t(`choose.${one}`)}</strong>
                  <span>{t(`choose.${one}Help`)}</span>
                </span>
              </Radio.Card>
            ))}
          </div>
        </Radio.Group>
        <p className={classes.once}>{t('choose.once', { email: me?.email ?? '' })}</p>
        <Button type="submit" loading={begin.isPending}>
          {t('choose.action')}
        </Button>
      </form>
    </section>
  );
}

function Opening({
  done,
  of,
  begin,
}: {
  done: number;
  of: number;
  begin: { isIdle: boolean; mutate: () => void };
}) {
  const { t } = useTranslation('setup');
  const { isIdle, mutate } = begin;
  // Found half done: asking again goes on where it stopped, or waits for whoever is at it.
  useEffect(() => {
    if (isIdle) mutate();
  }, [isIdle, mutate]);
  return (
    <section className={classes.step} aria-live="polite">
      <h2>{t('opening.title')}</h2>
      <p>{t('opening.help')}</p>
      <Progress value={(100 * Math.max(done, 0.3)) / of} aria-label={t('opening.title')} />
      <p>
        {t(done === 0 ? 'opening.people' : 'opening.dossiers', { done: Math.max(0, done - 1), of: of - 1 })}
      </p>
    </section>
  );
}

function Done() {
  const { t } = useTranslation('setup');
  const site = useQuery(siteQuery).data;
  const isDemonstration = site?.demonstration != null;
  return (
    <>
      <PageHead title={t('done.title')} about={t(isDemonstration ? 'done.demonstration' : 'done.real')} />
      <div className={classes.next}>
        {isDemonstration ? (
          <Button component={Link} to="/sign-in" onClick={() => void session.signOut()}>
            {t('done.accounts')}
          </Button>
        ) : (
          <Button component={Link} to="/admin/accounts">
            {t('done.administer')}
          </Button>
        )}
        <Button variant="default" component={Link} to="/">
          {t('done.home')}
        </Button>
      </div>
    </>
  );
}
