import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../api/client.ts';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { ProblemNotice } from '../../components/ProblemNotice.tsx';
import { ReasonField, VariablesField } from './Fields.tsx';
import { isReason, variablesOf } from './given.ts';
import type { Incident } from './queries.ts';
import { useIntervention } from './useIntervention.ts';

/** Takes what an incident stopped as done, with what it would have brought. */
export function Skip({ incident }: { incident: Incident }) {
  const { t } = useTranslation('operation');
  const [asking, ask] = useState(false);
  const [reason, setReason] = useState('');
  const [typed, setTyped] = useState('');
  const variables = variablesOf(typed);
  const skip = useIntervention<{ reason: string; variables: Record<string, unknown> }>(
    (body, header) =>
      answer(api.POST('/incidents/{id}/skip', { params: { path: { id: incident.id }, header }, body })),
    () => ask(false),
  );
  return (
    <>
      <Button
        variant="default"
        onClick={() => {
          skip.reset();
          ask(true);
        }}
      >
        {t('skip.action')}
      </Button>
      <ConfirmDialog
        opened={asking}
        title={t('skip.title')}
        action={t('skip.confirm')}
        danger
        busy={skip.isPending}
        wanting={!isReason(reason) || variables === null}
        onClose={() => ask(false)}
        onConfirm={() => skip.mutate({ reason: reason.trim(), variables: variables ?? {} })}
      >
        <p>{t('skip.what')}</p>
        <p>{t('skip.notMadeUp')}</p>
        {skip.error !== null && <ProblemNotice error={skip.error} />}
        <ReasonField value={reason} onChange={setReason} />
        <VariablesField
          label={t('skip.variables')}
          help={t('skip.variablesHelp')}
          value={typed}
          onChange={setTyped}
        />
      </ConfirmDialog>
    </>
  );
}
