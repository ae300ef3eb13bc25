import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../api/client.ts';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { ProblemNotice } from '../../components/ProblemNotice.tsx';
import { ReasonField } from './Fields.tsx';
import { isReason } from './given.ts';
import type { Instance } from './queries.ts';
import { useIntervention } from './useIntervention.ts';

/** Ends a process before its time. */
export function Cancel({ instance }: { instance: Instance }) {
  const { t } = useTranslation('operation');
  const [asking, ask] = useState(false);
  const [reason, setReason] = useState('');
  const cancel = useIntervention<{ reason: string }>(
    (body, header) =>
      answer(
        api.POST('/operation/instances/{id}/cancellation', {
          params: { path: { id: instance.id }, header },
          body,
        }),
      ),
    () => ask(false),
  );
  return (
    <>
      <Button
        variant="default"
        onClick={() => {
          cancel.reset();
          ask(true);
        }}
      >
        {t('cancel.action')}
      </Button>
      <ConfirmDialog
        opened={asking}
        title={t('cancel.title')}
        action={t('cancel.action')}
        danger
        typed={instance.dossierNumber ?? instance.dossier}
        busy={cancel.isPending}
        wanting={!isReason(reason)}
        onClose={() => ask(false)}
        onConfirm={() => cancel.mutate({ reason: reason.trim() })}
      >
        <p>{t('cancel.what')}</p>
        <p>{t('cancel.noReturn')}</p>
        {cancel.error !== null && <ProblemNotice error={cancel.error} />}
        <ReasonField value={reason} onChange={setReason} />
      </ConfirmDialog>
    </>
  );
}
