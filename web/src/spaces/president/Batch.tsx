import { Button, Group, Modal, Progress } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconDots } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, onceKey } from '../../api/client.ts';
import { confirmation } from '../../api/confirmation.ts';
import { Refusal } from '../../api/problem.ts';
import { queryClient } from '../../api/queries.ts';
import { money } from '../../app/format.ts';
import { localText } from '../../app/language.ts';
import { Code, Name } from '../../components/Code.tsx';
import classes from './President.module.css';
import type { SigningRow } from './queries.ts';
import { Verdicts } from './Verdicts.tsx';

type Outcome = { is: 'signed' } | { is: 'failed'; cause: string };

/**
 * Signs several acts one after the other: each is listed first, the password is asked once, what failed stays with its
 * cause. Closing the page leaves signed what is signed, and nothing half done: each signature is one request.
 */
export function Batch({
  rows,
  onClose,
}: {
  rows: SigningRow[];
  onClose: (signed: ReadonlySet<string>) => void;
}) {
  const { t } = useTranslation(['president', 'committee', 'common']);
  const [outcomes, setOutcomes] = useState<Record<string, Outcome>>({});
  const [state, setState] = useState<'asking' | 'signing' | 'over'>('asking');
  const stop = useRef(false);
  // What was pressed may be gone with what was signed.
  const end = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (state === 'over' && document.activeElement === document.body) end.current?.focus();
  }, [state]);
  // One key for each act, so that signing again after a lost answer signs nothing twice.
  const keys = useRef(new Map(rows.map(({ task }) => [task.id, onceKey()])));
  const signed = new Set(Object.entries(outcomes).flatMap(([id, { is }]) => (is === 'signed' ? [id] : [])));
  const failed = Object.values(outcomes).filter(({ is }) => is === 'failed').length;

  const sign = async () => {
    if ((await confirmation.ask()) === null) return;
    stop.current = false;
    setState('signing');
    for (const { task } of rows) {
      if (stop.current) break;
      if (signed.has(task.id)) continue;
      const outcome = await signOne(task.id, keys.current.get(task.id) ?? onceKey(), t('batch.unknown'));
      setOutcomes((old) => ({ ...old, [task.id]: outcome }));
    }
    setState('over');
    void queryClient.invalidateQueries({ queryKey: ['tasks'] });
    void queryClient.invalidateQueries({ queryKey: ['dossier'] });
  };

  return (
    <Modal
      opened
      size="xl"
      title={t('batch.title', { count: rows.length })}
      onClose={() => {
        stop.current = true;
        onClose(signed);
      }}
      closeButtonProps={{ 'aria-label': t('common:action.close') }}
    >
      <p>{t(state === 'over' ? 'batch.over' : 'batch.help', { count: signed.size, failed })}</p>
      {state !== 'asking' && (
        <Progress
          value={((signed.size + failed) / rows.length) * 100}
          aria-label={t('batch.progress')}
          mb="md"
        />
      )}
      <ul className={classes.batch} aria-live="polite">
        {rows.map((row) => {
          const outcome = outcomes[row.task.id];
          return (
            <li key={row.task.id} data-outcome={outcome?.is}>
              <span aria-hidden="true">
                {outcome === undefined ? (
                  <IconDots />
                ) : outcome.is === 'signed' ? (
                  <IconCheck />
                ) : (
                  <IconAlertTriangle />
                )}
              </span>
              <div>
                <b>{t(`act.${row.act}`)}</b> · <Code>{row.task.dossierNumber}</Code> ·{' '}
                <Name>{row.task.applicantName}</Name> · {localText(row.task.communeName)}
                {row.tax !== null && <> · {money(row.tax.amount)}</>}
                <div className={classes.verdicts}>
                  <Verdicts row={row} />
                </div>
                {outcome !== undefined && (
                  <p role="status">
                    {outcome.is === 'signed'
                      ? t('batch.signed')
                      : t('batch.failed', { cause: outcome.cause })}
                  </p>
                )}
              </div>
            </li>
          );
        })}
      </ul>
      <Group justify="flex-end" gap="sm" mt="md">
        <Button
          ref={end}
          variant="default"
          onClick={() => {
            stop.current = true;
            if (state !== 'signing') onClose(signed);
          }}
        >
          {t(
            state === 'signing'
              ? 'batch.stop'
              : state === 'over'
                ? 'common:action.close'
                : 'common:action.cancel',
          )}
        </Button>
        {signed.size < rows.length && (
          <Button loading={state === 'signing'} onClick={() => void sign()}>
            {t(state === 'over' ? 'common:action.retry' : 'batch.action', { count: rows.length })}
          </Button>
        )}
      </Group>
    </Modal>
  );
}

async function signOne(id: string, key: string, unknown: string): Promise<Outcome> {
  try {
    await answer(
      api.POST('/tasks/{id}/completion', {
        params: { path: { id }, header: { 'Idempotency-Key': key } },
        body: { confirm: true } as unknown as Record<string, never>,
      }),
    );
    return { is: 'signed' };
  } catch (error) {
    return { is: 'failed', cause: error instanceof Refusal ? error.message : unknown };
  }
}
