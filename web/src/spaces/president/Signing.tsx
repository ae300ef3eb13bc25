import { Button, Checkbox } from '@mantine/core';
import { IconSignature } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useNow } from '../../api/queries.ts';
import { money, relative, shortDate } from '../../app/format.ts';
import { localText } from '../../app/language.ts';
import { RequireRole } from '../../app/RequireRole.tsx';
import { Code, Name } from '../../components/Code.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { Loading } from '../../components/Loading.tsx';
import { PageHead } from '../../components/PageHead.tsx';
import { ProblemNotice } from '../../components/ProblemNotice.tsx';
import { StatePill } from '../../components/StatePill.tsx';
import { DraftPreview } from '../tasks/DraftPreview.tsx';
import { toneOfDue } from '../tasks/due.ts';
import { Batch } from './Batch.tsx';
import classes from './President.module.css';
import { type SigningRow, signingQuery } from './queries.ts';
import { Verdicts } from './Verdicts.tsx';

/** The queue of a president. */
export function SigningPage() {
  return (
    <RequireRole roles={['president']}>
      <Signing />
    </RequireRole>
  );
}

/** A licence needs nothing but the signature; a refusal or a letter needs its reasons first, one by one. */
const isReady = ({ act }: SigningRow): boolean => act === 'licence';

function Signing() {
  const { t } = useTranslation(['president', 'committee', 'common']);
  const list = useInfiniteQuery(signingQuery);
  const rows = list.data?.pages.flatMap(({ items }) => items) ?? [];
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [batch, setBatch] = useState<SigningRow[] | null>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const ready = rows.filter(isReady);
  const picked = ready.filter(({ task }) => chosen.has(task.id));
  const all = picked.length > 0 && picked.length === ready.length;
  return (
    <>
      <PageHead title={t('queue.title')} about={t('queue.about')} />
      {list.isError && rows.length === 0 ? (
        <ProblemNotice error={list.error} retry={() => void list.refetch()} />
      ) : list.isPending ? (
        <Loading rows={8} />
      ) : rows.length === 0 ? (
        <EmptyState title={t('queue.none')}>{t('queue.noneHelp')}</EmptyState>
      ) : (
        <>
          {ready.length > 0 && (
            <div className={classes.tools}>
              <Checkbox
                label={t('queue.all', { count: ready.length })}
                checked={all}
                indeterminate={picked.length > 0 && !all}
                onChange={() => setChosen(all ? new Set() : new Set(ready.map(({ task }) => task.id)))}
              />
              <Button
                ref={opener}
                disabled={picked.length === 0}
                leftSection={<IconSignature size={18} aria-hidden="true" />}
                onClick={() => setBatch(picked)}
              >
                {t('queue.sign', { count: picked.length })}
              </Button>
            </div>
          )}
          <ul className={classes.queue}>
            {rows.map((row) => (
              <Row
                key={row.task.id}
                row={row}
                checked={chosen.has(row.task.id)}
                onCheck={(checked) =>
                  setChosen((old) => {
                    const next = new Set(old);
                    if (checked) next.add(row.task.id);
                    else next.delete(row.task.id);
                    return next;
                  })
                }
              />
            ))}
          </ul>
          {list.hasNextPage && (
            <Button
              mt="md"
              variant="default"
              loading={list.isFetchingNextPage}
              onClick={() => void list.fetchNextPage()}
            >
              {t('common:action.more')}
            </Button>
          )}
        </>
      )}
      {batch !== null && (
        <Batch
          rows={batch}
          onClose={(signed) => {
            setBatch(null);
            setChosen((old) => new Set([...old].filter((id) => !signed.has(id))));
            void list.refetch();
            // With nothing left to sign, what opened the dialog cannot be pressed any more.
            (signed.size === 0 ? opener.current : document.getElementById('content'))?.focus();
          }}
        />
      )}
    </>
  );
}

function Row({
  row,
  checked,
  onCheck,
}: {
  row: SigningRow;
  checked: boolean;
  onCheck: (checked: boolean) => void;
}) {
  const { t } = useTranslation(['president', 'committee', 'common']);
  const now = useNow();
  const { task, act, tax, limit } = row;
  const due = limit?.dueAt ?? task.dueAt;
  return (
    <li className={classes.row}>
      {isReady(row) ? (
        <Checkbox
          checked={checked}
          aria-label={t('queue.choose', { number: `\u2066${task.dossierNumber ?? ''}\u2069` })}
          onChange={(event) => onCheck(event.currentTarget.checked)}
        />
      ) : (
        <span />
      )}
      <div>
        <Link to={`/tasks/${task.id}`} className={classes.strong}>
          {t(`act.${act}`)}
        </Link>
        <small>
          <Code>{task.dossierNumber}</Code> · {localText(task.communeName)}
        </small>
      </div>
      <div>
        <Name>{task.applicantName}</Name>
        <small>{localText(task.procedureName)}</small>
      </div>
      <div className={classes.verdicts}>
        <Verdicts row={row} />
      </div>
      <div>
        {due === null ? null : (
          <StatePill tone={toneOfDue(due, now)}>
            {relative(due, now)} ({shortDate(due)})
          </StatePill>
        )}
        <small>
          {tax === null
            ? t('queue.noTax')
            : `${money(tax.amount)} · ${t(tax.paid || tax.amount === 0 ? 'case.paid' : 'case.unpaid')}`}
        </small>
      </div>
      <div>
        {isReady(row) ? (
          <DraftPreview
            task={task.id}
            payload={() => ({ confirm: true })}
            action={t('queue.preview')}
            title={`${t(`act.${act}`)} — ${task.dossierNumber ?? ''}`}
            differs={t('sign.differs')}
          />
        ) : (
          <Button component={Link} to={`/tasks/${task.id}`} variant="default">
            {t(act === 'decision' ? 'queue.decide' : 'queue.reasons')}
          </Button>
        )}
      </div>
    </li>
  );
}
