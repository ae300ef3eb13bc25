import { Alert, Button } from '@mantine/core';
import { IconAlertTriangle, IconWifiOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Offline, Refusal } from '../api/problem.ts';

/** What happened, what was kept, what to do: for a refusal, an outage, or a fault of ours. */
export function ProblemNotice({
  error,
  retry,
  kept,
}: {
  error: unknown;
  retry?: (() => void) | undefined;
  kept?: string;
}) {
  const { t } = useTranslation();
  const offline = error instanceof Offline;
  const refusal = error instanceof Refusal ? error : null;
  return (
    <Alert
      role="alert"
      color={offline ? 'blue' : 'red'}
      variant="light"
      icon={offline ? <IconWifiOff aria-hidden="true" /> : <IconAlertTriangle aria-hidden="true" />}
      title={offline ? t('problem.offline') : (refusal?.title ?? t('problem.ours'))}
    >
      <p>{offline ? t('problem.offlineHelp') : (refusal?.message ?? t('problem.oursHelp'))}</p>
      {refusal !== null && refusal.fields.length > 0 && (
        <ul>
          {refusal.fields.map((one) => (
            <li key={one.field + one.rule}>{one.message}</li>
          ))}
        </ul>
      )}
      {kept !== undefined && <p>{kept}</p>}
      {refusal !== null && refusal.status >= 500 && (
        <p>
          {t('problem.request')} <bdi dir="ltr">{refusal.request}</bdi>
        </p>
      )}
      {retry !== undefined && (
        <Button variant="default" onClick={retry}>
          {t('action.retry')}
        </Button>
      )}
    </Alert>
  );
}
