import { useTranslation } from 'react-i18next';
import { useNow } from '../../api/queries.ts';
import { localText } from '../../app/language.ts';
import { Moment } from '../../components/Moment.tsx';
import { StatePill, type Tone } from '../../components/StatePill.tsx';
import type { Status, WorkRow } from './queries.ts';
import classes from './registry.module.css';

const TONES: Record<Status, Tone> = {
  draft: 'plain',
  filed: 'plain',
  rejectedAtFiling: 'late',
  underStudy: 'near',
  delivered: 'good',
  refused: 'late',
  closedWithoutFollowUp: 'plain',
  stopped: 'late',
};

/** The state of a dossier as a word of the glossary. */
export function DossierState({ status }: { status: Status }) {
  const { t } = useTranslation('registry');
  const tone = status === 'underStudy' ? 'plain' : TONES[status];
  return <StatePill tone={tone}>{t(`status.${status}`)}</StatePill>;
}

/** Whose turn it is, and by when; a limit that is near or passed is said in words and colour. */
export function Turn({ row }: { row: WorkRow }) {
  const { t } = useTranslation('registry');
  const [first, ...others] = row.waiting;
  if (first === undefined) return <span className={classes.soft}>{t('turn.nobody')}</span>;
  return (
    <span className={classes.turn}>
      <span>{t(`role.${first.roles[0] ?? 'operator'}`)}</span>
      <small className={classes.soft}>{localText(first.name)}</small>
      {others.length > 0 && (
        <small className={classes.soft}>{t('turn.others', { count: others.length })}</small>
      )}
    </span>
  );
}

/** When something is due: passed, near, or simply the day. */
export function Due({ at, paused = false }: { at: string | null | undefined; paused?: boolean }) {
  const { t } = useTranslation('registry');
  const now = useNow();
  if (at == null) return <span className={classes.soft}>—</span>;
  if (paused)
    return (
      <StatePill tone="paused">
        {t('due.paused')} <Moment at={at} />
      </StatePill>
    );
  const left = Date.parse(at) - now;
  if (left <= 0)
    return (
      <StatePill tone="late">
        {t('due.passed')} <Moment at={at} />
      </StatePill>
    );
  if (left <= 48 * 3_600_000)
    return (
      <StatePill tone="near">
        {t('due.soon')} <Moment at={at} as="time" />
      </StatePill>
    );
  return <Moment at={at} />;
}
