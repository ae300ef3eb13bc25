import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, useSearchParams } from 'react-router';
import { Refusal } from '../../api/problem.ts';
import { useSession } from '../../api/queries.ts';
import { session } from '../../api/session.ts';
import { PageHead } from '../../components/PageHead.tsx';
import { ProblemNotice } from '../../components/ProblemNotice.tsx';

/** Signs a person in and takes them where they wanted to go. */
export function SignIn() {
  const { t } = useTranslation(['entry', 'common']);
  const [params] = useSearchParams();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const to = params.get('to') ?? '/';
  // Only an address of ours: never another site's.
  if (useSession() === 'signedIn') return <Navigate replace to={/^\/(?!\/)/.test(to) ? to : '/'} />;
  return (
    <>
      <PageHead title={t('common:account.signIn')} />
      <form
        onSubmit={async (event) => {
          event.preventDefault();
          const form = new FormData(event.currentTarget);
          setBusy(true);
          setError(null);
          try {
            await session.signIn(String(form.get('email')), String(form.get('password')));
          } catch (refused) {
            setError(refused);
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
          required
          mb="md"
          error={error instanceof Refusal && error.code === 'INVALID_CREDENTIALS'}
        />
        <PasswordInput
          name="password"
          autoComplete="current-password"
          label={t('common:account.password')}
          visibilityToggleButtonProps={{ 'aria-label': t('common:account.showPassword') }}
          required
          mb="lg"
        />
        <Button type="submit" loading={busy}>
          {t('common:account.signIn')}
        </Button>
      </form>
    </>
  );
}
