import { PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

/** The shortest password that the server takes. */
const SHORTEST = 12;

/** Asks for a password to be, with its rule before any refusal. `name` is the field of the form. */
export function NewPassword({
  name,
  label,
  error,
}: {
  name: string;
  label: string;
  error?: React.ReactNode;
}) {
  const { t } = useTranslation();
  const [length, setLength] = useState(0);
  const [left, setLeft] = useState(false);
  const short = left && length > 0 && length < SHORTEST;
  return (
    <PasswordInput
      name={name}
      autoComplete="new-password"
      label={label}
      description={t('newPassword.rule', { count: SHORTEST })}
      visibilityToggleButtonProps={{ 'aria-label': t('account.showPassword') }}
      minLength={SHORTEST}
      maxLength={200}
      required
      onChange={(event) => setLength([...event.currentTarget.value].length)}
      onBlur={() => setLeft(true)}
      error={error ?? (short ? t('newPassword.missing', { count: SHORTEST - length }) : undefined)}
    />
  );
}
