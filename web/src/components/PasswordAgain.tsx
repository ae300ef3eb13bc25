import { Button, Group, Modal, PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Refusal } from '../api/problem.ts';
import { ProblemNotice } from './ProblemNotice.tsx';

/** Asks for the password again; `onPassword` throws the refusal when it is wrong, and what is behind stays as it is. */
export function PasswordAgain({
  opened,
  title,
  action,
  onPassword,
  onClose,
  children,
}: {
  opened: boolean;
  title: string;
  action: string;
  onPassword: (password: string) => Promise<void>;
  onClose: () => void;
  children?: React.ReactNode;
}) {
  const { t } = useTranslation();
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      centered
      // Above whatever dialog asked for it.
      zIndex={400}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <form
        onSubmit={async (event) => {
          event.preventDefault();
          setBusy(true);
          setError(null);
          try {
            await onPassword(password);
            setPassword('');
          } catch (refused) {
            setError(refused);
          } finally {
            setBusy(false);
          }
        }}
      >
        {children}
        {error !== null && <ProblemNotice error={error} />}
        <PasswordInput
          mt="sm"
          data-autofocus
          label={t('account.password')}
          autoComplete="current-password"
          value={password}
          error={error instanceof Refusal && error.code === 'INVALID_CREDENTIALS'}
          onChange={(event) => setPassword(event.currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': t('account.showPassword') }}
          required
        />
        <Group justify="flex-end" mt="lg" gap="sm">
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" loading={busy} disabled={password === ''}>
            {action}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
