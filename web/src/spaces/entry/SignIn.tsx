import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, useSearchParams } from 'react-router';
import { answer, api } from '../../api/client.ts';
import { Refusal } from '../../api/problem.ts';
import { meQuery, queryClient, siteQuery, useSession } from '../../api/queries.ts';
import { session } from '../../api/session.ts';
import { chooseLanguage } from '../../app/language.ts';
import { Loading } from '../../components/Loading.tsx';
import { PageHead } from '../../components/PageHead.tsx';
import { ProblemNotice } from '../../components/ProblemNotice.tsx';
import { Accounts } from './Accounts.tsx';
import classes from './entry.module.css';
import { homeOf } from './homeOf.ts';

/** Signs a person in and takes them where they wanted to go, or where their role begins. */
export function SignIn() {
  const { t } = useTranslation(['entry', 'common']);
  const [params] = useSearchParams();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [email, setEmail] = useState(params.get('email') ?? '');
  const [password, setPassword] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const site = useQuery(siteQuery).data;
  const to = params.get('to');
  const signedIn = useSession() === 'signedIn';
  const me = useQuery({ ...meQuery, enabled: signedIn }).data;
  if (signedIn && !busy) {
    // Only an address of ours: never another site's.
    if (to !== null && /^\/(?![/\\])/.test(to)) return <Navigate replace to={to} />;
    if (me === undefined || me === null) return <Loading />;
    return <Navigate replace to={homeOf(me)} />;
  }
  const passOn = to === null ? '' : `?to=${encodeURIComponent(to)}`;
  return (
    <>
      <PageHead title={t('common:account.signIn')} />
      {site?.setup === 'needed' && (
        <p className={classes.notice}>
          {t('signIn.setup')} <Link to="/setup">{t('signIn.toSetup')}</Link>
        </p>
      )}
      <form
        className={classes.form}
        onSubmit={async (event) => {
          event.preventDefault();
          setBusy(true);
          setError(null);
          try {
            await session.signIn(email, password);
            const account = await answer(api.GET('/me'));
            queryClient.setQueryData(meQuery.queryKey, account);
            // The pages speak the language of whoever has come in; accounts for trying belong to nobody.
            if (site?.demonstration == null) await chooseLanguage(account.language);
          } catch (refused) {
            setError(refused);
            // To be typed again at once: most often it is the password that was wrong.
            if (refused instanceof Refusal && refused.code === 'INVALID_CREDENTIALS') {
              field.current?.focus();
              field.current?.select();
            }
          } finally {
            setBusy(false);
          }
        }}
      >
        {error !== null && <ProblemNotice error={error} />}
        <TextInput
          name="email"
          type="email"
          dir="ltr"
          autoComplete="username"
          label={t('common:account.email')}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          required
          error={error instanceof Refusal && error.code === 'INVALID_CREDENTIALS'}
        />
        <PasswordInput
          ref={field}
          name="password"
          autoComplete="current-password"
          label={t('common:account.password')}
          visibilityToggleButtonProps={{ 'aria-label': t('common:account.showPassword') }}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          required
        />
        <Button type="submit" loading={busy}>
          {t('common:account.signIn')}
        </Button>
      </form>
      <ul className={classes.links}>
        <li>
          {t('signIn.none')} <Link to={`/sign-up${passOn}`}>{t('signIn.toSignUp')}</Link>
        </li>
        <li>
          {t('signIn.secret')} <Link to="/activate">{t('signIn.toActivate')}</Link>
        </li>
        <li>{t('signIn.forgotten')}</li>
      </ul>
      {site?.demonstration != null && (
        <Accounts
          accounts={site.demonstration.accounts}
          choose={(account) => {
            setEmail(account.email);
            setPassword(account.password);
            setError(null);
          }}
        />
      )}
    </>
  );
}
