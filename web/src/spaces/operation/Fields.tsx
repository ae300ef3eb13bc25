import { Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { REASON, variablesOf } from './given.ts';
import classes from './Operation.module.css';

/** Why one intervenes; kept in one's name. */
export function ReasonField({ value, onChange }: { value: string; onChange: (text: string) => void }) {
  const { t } = useTranslation('operation');
  return (
    <Textarea
      mt="md"
      label={t('reason.label')}
      description={t('reason.help', { min: REASON.min })}
      rows={3}
      minLength={REASON.min}
      maxLength={REASON.max}
      required
      data-autofocus
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

/** Variables as a JSON object, with what is wrong with it. */
export function VariablesField({
  value,
  onChange,
  label,
  help,
}: {
  value: string;
  onChange: (text: string) => void;
  label: string;
  help: string;
}) {
  const { t } = useTranslation('operation');
  return (
    <Textarea
      mt="md"
      label={label}
      description={help}
      error={variablesOf(value) === null ? t('variables.broken') : undefined}
      dir="ltr"
      rows={5}
      spellCheck={false}
      placeholder={'{ "name": "value" }'}
      classNames={{ input: classes.json ?? '' }}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
