import { useTranslation } from 'react-i18next';
import { useMe, useSession } from '../api/queries.ts';
import { session } from '../api/session.ts';
import { PasswordAgain } from '../components/PasswordAgain.tsx';

/** A sign-in that has ended while somebody works: the page stays behind this, with all that was typed. */
export function SignInAgain() {
  const { t } = useTranslation();
  const state = useSession();
  const me = useMe();
  const email = me?.email ?? '';
  return (
    <PasswordAgain
      opened={state === 'expired' && email !== ''}
      title={t('expired.title')}
      action={t('account.signIn')}
      onPassword={(password) => session.signIn(email, password)}
      onClose={() => void session.signOut()}
    >
      <p>{t('expired.help')}</p>
      <p>
        <bdi dir="ltr">{email}</bdi>
      </p>
    </PasswordAgain>
  );
}
