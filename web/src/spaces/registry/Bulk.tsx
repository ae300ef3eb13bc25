import { Button, Group, Progress } from '@mantine/core';
import { IconPrinter, IconTableExport, IconUserCheck } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answer, api, onceKey } from '../../api/client.ts';
import { useMe } from '../../api/queries.ts';
import { localText } from '../../app/language.ts';
import { Code } from '../../components/Code.tsx';
import { saveCsv } from '../../components/csv.ts';
import { useNames, type WorkRow } from './queries.ts';
import classes from './registry.module.css';
import { taskOf } from './row.ts';

interface Run {
  done: number;
  total: number;
  failed: { number: string; cause: string }[];
  running: boolean;
}

/** What may be done with several dossiers at once; what failed stays, with its cause. */
export function Bulk({ rows, clear }: { rows: WorkRow[]; clear: () => void }) {
  const { t } = useTranslation(['registry', 'common']);
  const names = useNames();
  const me = useMe();
  const client = useQueryClient();
  const stopped = useRef(false);
  const [run, setRun] = useState<Run | null>(null);
  const free = rows.flatMap((row) => {
    const task = taskOf(row);
    return task !== undefined && task.assignee === null ? [{ row, task }] : [];
  });
  const printable = rows.filter(
    ({ dossier }) => dossier.number !== null && dossier.status !== 'rejectedAtFiling',
  );

  async function claimAll() {
    stopped.current = false;
    const state: Run = { done: 0, total: free.length, failed: [], running: true };
    setRun({ ...state });
    for (const { row, task } of free) {
      if (stopped.current) break;
      try {
        await answer(
          api.POST('/tasks/{id}/claim', {
            params: { path: { id: task.task }, header: { 'Idempotency-Key': onceKey() } },
            body: {},
          }),
        );
      } catch (cause) {
        const words = cause instanceof Error ? cause.message : String(cause);
        state.failed.push({ number: row.dossier.number ?? row.applicantName, cause: words });
      }
      state.done += 1;
      setRun({ ...state });
    }
    setRun({ ...state, running: false });
    await client.invalidateQueries({ queryKey: ['worklist'] });
  }

  function exportRows() {
    saveCsv(
      'dossiers',
      ['dossier', 'applicant', 'procedure', 'commune', 'state', 'filed', 'turn', 'due', 'limit'].map((key) =>
        t(`csv.${key}`),
      ),
      rows.map(({ dossier, applicantName, waiting, limit }) => [
        dossier.number,
        applicantName,
        names.procedure(dossier.procedure),
        names.place(dossier.commune),
        t(`status.${dossier.status}`),
        dossier.submittedAt,
        waiting.map(({ name }) => localText(name)).join(', '),
        waiting[0]?.dueAt ?? null,
        limit?.dueAt ?? null,
      ]),
    );
  }

  if (rows.length === 0 && run === null) return null;
  return (
    <section className={classes.bulk} aria-label={t('bulk.label')}>
      <Group gap="sm">
        <strong role="status">{t('bulk.selected', { count: rows.length })}</strong>
        <Button
          size="compact-md"
          leftSection={<IconUserCheck size={16} aria-hidden />}
          disabled={free.length === 0 || me === null || run?.running === true}
          onClick={() => void claimAll()}
        >
          {t('bulk.claim', { count: free.length })}
        </Button>
        {printable.length > 0 && (
          <Button
            component={Link}
            to={`/registry/receipts?dossiers=${printable.map(({ dossier }) => dossier.id).join(',')}`}
            size="compact-md"
            variant="default"
            leftSection={<IconPrinter size={16} aria-hidden />}
          >
            {t('bulk.print', { count: printable.length })}
          </Button>
        )}
        <Button
          size="compact-md"
          variant="default"
          leftSection={<IconTableExport size={16} aria-hidden />}
          disabled={rows.length === 0}
          onClick={exportRows}
        >
          {t('bulk.csv')}
        </Button>
        <Button
          size="compact-md"
          variant="subtle"
          onClick={() => {
            clear();
            setRun(null);
          }}
        >
          {t('bulk.clear')}
        </Button>
      </Group>
      {run !== null && (
        <div>
          <Progress
            value={run.total === 0 ? 100 : (100 * run.done) / run.total}
            aria-label={t('bulk.progress')}
            mt="sm"
          />
          <p role="status">
            {t('bulk.done', { done: run.done, total: run.total, failed: run.failed.length })}
            {run.running && (
              <Button
                ms="sm"
                size="compact-sm"
                variant="default"
                onClick={() => {
                  stopped.current = true;
                }}
              >
                {t('common:action.cancel')}
              </Button>
            )}
          </p>
          {run.failed.length > 0 && (
            <ul className={classes.failed}>
              {run.failed.map(({ number, cause }) => (
                <li key={number}>
                  <Code>{number}</Code> — {cause}
                </li>
              ))}
            </ul>
          )}
        </div>
      )}
    </section>
  );
}
