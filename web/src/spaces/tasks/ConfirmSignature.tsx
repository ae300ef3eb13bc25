import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../api/client.ts';
import { confirmation } from '../../api/confirmation.ts';
import { PasswordAgain } from '../../components/PasswordAgain.tsx';

/** Asks for the password again whenever something is about to be signed; the page behind stays as it is. */
export function ConfirmSignature() {
  const { t } = useTranslation();
  const asked = useSyncExternalStore(confirmation.subscribe, confirmation.get);
  return (
    <PasswordAgain
      opened={asked !== null}
      title={t('sign.title')}
      action={t('sign.action')}
      onPassword={async (password) => {
        const given = await answer(api.POST('/sessions/confirmation', { body: { password } }));
        asked?.give(given.confirmation, given.expiresIn);
      }}
      onClose={() => asked?.cancel()}
    >
      <p>{t('sign.help')}</p>
    </PasswordAgain>
  );
}
