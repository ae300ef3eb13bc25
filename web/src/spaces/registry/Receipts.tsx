import { Button, Progress } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { RequireRole } from '../../app/RequireRole.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { useKeys } from '../../components/keys.tsx';
import { PageHead } from '../../components/PageHead.tsx';
import { ReceiptSheet } from './ReceiptSheet.tsx';
import classes from './registry.module.css';

/** Receipts to print, one or many: `?dossiers=` names them, `now=1` prints as soon as all are drawn. */
export function Receipts() {
  return (
    <RequireRole roles={['registryOfficer']}>
      <Sheets />
    </RequireRole>
  );
}

function Sheets() {
  const { t } = useTranslation(['registry', 'common']);
  const [params] = useSearchParams();
  const ids = useMemo(
    () => [...new Set((params.get('dossiers') ?? '').split(',').filter(Boolean))],
    [params],
  );
  const [drawn, setDrawn] = useState<Record<string, boolean>>({});
  const ready = useCallback(
    (id: string, good: boolean) => setDrawn((before) => ({ ...before, [id]: good })),
    [],
  );
  const count = ids.filter((id) => id in drawn).length;
  const all = ids.length > 0 && count === ids.length;
  const failed = ids.filter((id) => drawn[id] === false).length;
  const asked = params.get('now') === '1';
  const printed = useRef(false);
  useEffect(() => {
    if (!all || !asked || printed.current || failed > 0) return;
    printed.current = true;
    window.print();
  }, [all, asked, failed]);
  useKeys(useMemo(() => [{ key: 'p', label: t('keys.print'), run: () => window.print() }], [t]));
  if (ids.length === 0) return <EmptyState title={t('receipt.none')}>{t('receipt.noneHelp')}</EmptyState>;
  return (
    <>
      <div data-no-print>
        <PageHead
          title={t('receipt.title', { count: ids.length })}
          about={t('receipt.about')}
          actions={
            <Button
              leftSection={<IconPrinter size={18} aria-hidden />}
              disabled={!all}
              onClick={() => window.print()}
            >
              {t('common:action.print')}
            </Button>
          }
        />
        {!all && <Progress value={(100 * count) / ids.length} aria-label={t('receipt.progress')} mb="md" />}
        <p role="status" className={classes.soft}>
          {t('receipt.drawn', { done: count, total: ids.length, failed })}
        </p>
      </div>
      {ids.map((id) => (
        <ReceiptSheet key={id} dossier={id} onReady={ready} />
      ))}
    </>
  );
}
