import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { answer, api } from '../../api/client.ts';
import { Refusal } from '../../api/problem.ts';
import { session } from '../../api/session.ts';
import { NewPassword } from '../../components/NewPassword.tsx';
import { PageHead } from '../../components/PageHead.tsx';
import { ProblemNotice } from '../../components/ProblemNotice.tsx';
import classes from './entry.module.css';

/** Takes an account into its holder's hands: the one-time secret, and a password of one's own. */
export function Activate() {
  const { t } = useTranslation(['entry', 'common']);
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const code = error instanceof Refusal ? error.code : null;
  // An account opened at a counter may have no address yet: it is asked for only then.
  const [needsEmail, setNeedsEmail] = useState(false);
  return (
    <>
      <PageHead title={t('activate.title')} about={t('activate.about')} />
      <form
        className={classes.form}
        onSubmit={async (event) => {
          event.preventDefault();
          const form = new FormData(event.currentTarget);
          const password = String(form.get('password') ?? '');
          const own = String(form.get('email') ?? '').trim();
          setBusy(true);
          setError(null);
          try {
            const { email } = await answer(
              api.POST('/accounts/activation', {
                body: {
                  secret: String(form.get('secret') ?? '').trim(),
                  password,
                  ...(own === '' ? {} : { email: own }),
                },
              }),
            );
            await session.signIn(email, password);
            await navigate('/sign-in', { replace: true });
          } catch (refused) {
            if (refused instanceof Refusal && refused.code === 'EMAIL_REQUIRED') setNeedsEmail(true);
            setError(refused);
            setBusy(false);
          }
        }}
      >
        {error !== null && <ProblemNotice error={error} />}
        <TextInput
          name="secret"
          label={t('activate.secret')}
          description={t('activate.secretHelp')}
          dir="ltr"
          defaultValue={params.get('secret') ?? ''}
          autoComplete="one-time-code"
          spellCheck={false}
          maxLength={200}
          required
          error={code === 'INVALID_ACTIVATION_SECRET'}
        />
        {needsEmail && (
          <TextInput
            name="email"
            type="email"
            label={t('common:account.email')}
            description={t('activate.emailHelp')}
            autoComplete="username"
            dir="ltr"
            maxLength={254}
            required
          />
        )}
        <NewPassword
          name="password"
          label={t('activate.password')}
          error={code === 'WEAK_PASSWORD' ? (error as Refusal).message : undefined}
        />
        <Button type="submit" loading={busy}>
          {t('activate.action')}
        </Button>
      </form>
    </>
  );
}
