import { ActionIcon, Button, Textarea, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { onceKey } from '../../api/client.ts';
import { MotivePicker } from '../../components/MotivePicker.tsx';
import classes from './President.module.css';

/** A reason while it is written. */
export interface DraftReason {
  key: string;
  article: string;
  text: string;
}

/** The reasons of a refusal or of a request for modifications, each on its text; from the library or in one's own words. */
export function Reasons({
  reasons,
  procedure,
  use,
  tried,
  onChange,
}: {
  reasons: DraftReason[];
  procedure: string;
  use: 'refusal' | 'modification';
  tried: boolean;
  onChange: (reasons: DraftReason[]) => void;
}) {
  const { t } = useTranslation(['president', 'common']);
  const set = (key: string, next: Partial<DraftReason>) =>
    onChange(reasons.map((one) => (one.key === key ? { ...one, ...next } : one)));
  return (
    <>
      <MotivePicker
        procedure={procedure}
        use={use}
        onPick={(motive) => onChange([...reasons, { key: onceKey(), ...motive }])}
      />
      {reasons.map((reason, index) => {
        const number = index + 1;
        return (
          <fieldset key={reason.key} className={classes.reason}>
            <legend>{t('reason.title', { number })}</legend>
            <TextInput
              id={`reason-${reason.key}-article`}
              label={t('reason.article')}
              maxLength={200}
              value={reason.article}
              error={tried && reason.article.trim() === '' ? t('fault.article') : undefined}
              onChange={(event) => set(reason.key, { article: event.currentTarget.value })}
            />
            <Textarea
              id={`reason-${reason.key}-text`}
              label={t('reason.text')}
              resize="vertical"
              rows={4}
              maxLength={4000}
              value={reason.text}
              error={tried && reason.text.trim().length < 3 ? t('fault.text') : undefined}
              onChange={(event) => set(reason.key, { text: event.currentTarget.value })}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('reason.remove', { number })}
              onClick={() => onChange(reasons.filter(({ key }) => key !== reason.key))}
            >
              <IconTrash size={18} aria-hidden="true" />
            </ActionIcon>
          </fieldset>
        );
      })}
      <Button
        id="add-reason"
        mt="sm"
        variant="default"
        onClick={() => onChange([...reasons, { key: onceKey(), article: '', text: '' }])}
      >
        {t('reason.add')}
      </Button>
    </>
  );
}
