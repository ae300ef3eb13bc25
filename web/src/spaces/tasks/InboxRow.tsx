import { Button } from '@mantine/core';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { relative, shortDate } from '../../app/format.ts';
import { localText } from '../../app/language.ts';
import { Code, Name } from '../../components/Code.tsx';
import { StatePill } from '../../components/StatePill.tsx';
import { toneOfDue } from './due.ts';
import classes from './Inbox.module.css';
import type { TaskRow } from './queries.ts';

/**
 * One line of an inbox: what to do, on whose dossier, until when, in whose hands. Drawn again only when it changed: a key
 * that moves down a long list changes two lines of it.
 */
export const InboxRow = memo(function InboxRow({
  row,
  index,
  now,
  mine,
  current,
  link,
  onFocus,
  onTake,
}: {
  row: TaskRow;
  index: number;
  /** To the minute. */
  now: number;
  mine: boolean;
  current: boolean;
  link: (index: number, element: HTMLAnchorElement | null) => void;
  onFocus: (index: number) => void;
  onTake: (row: TaskRow) => void;
}) {
  const { t } = useTranslation('tasks');
  return (
    <li className={classes.row} data-current={current}>
      <div className={classes.what}>
        <Link ref={(element) => link(index, element)} to={`/tasks/${row.id}`} onFocus={() => onFocus(index)}>
          {localText(row.name)}
        </Link>
        <small>{localText(row.procedureName)}</small>
      </div>
      <div>
        <Code>{row.dossierNumber}</Code>
        <small>{localText(row.communeName)}</small>
      </div>
      <div>
        <Name>{row.applicantName}</Name>
        {row.round > 1 && <small>{t('inbox.round', { round: row.round })}</small>}
      </div>
      <div>
        {row.dueAt === null ? (
          <StatePill tone="plain">{t('inbox.noLimit')}</StatePill>
        ) : (
          <StatePill tone={toneOfDue(row.dueAt, now)}>
            {t(Date.parse(row.dueAt) < now ? 'inbox.late' : 'inbox.left', {
              far: relative(row.dueAt, now),
              date: shortDate(row.dueAt),
            })}
          </StatePill>
        )}
      </div>
      <div className={classes.who}>
        {row.assignee === null ? (
          <Button size="compact-sm" variant="default" onClick={() => onTake(row)}>
            {t('inbox.claim')}
          </Button>
        ) : mine ? (
          <Button size="compact-sm" variant="default" onClick={() => onTake(row)}>
            {t('inbox.release')}
          </Button>
        ) : (
          <small>{t('inbox.heldBy', { name: `\u2068${row.assigneeName ?? ''}\u2069` })}</small>
        )}
      </div>
    </li>
  );
});
