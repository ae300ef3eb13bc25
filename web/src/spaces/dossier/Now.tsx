import { Button, Popover } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useMe } from '../../api/queries.ts';
import { longDate, money } from '../../app/format.ts';
import { localText } from '../../app/language.ts';
import { Moment } from '../../components/Moment.tsx';
import { StatePill, type Tone } from '../../components/StatePill.tsx';
import classes from './dossier.module.css';
import { type Detail, decisionsQuery } from './queries.ts';
import { daysWord, inSentence, isOwn, listed, whoOf } from './words.ts';

/** Where the dossier is, in a sentence: who holds it, since when, why, what next, and the date the law sets. */
export function Now({ detail }: { detail: Detail }) {
  const { t } = useTranslation(['dossier', 'common']);
  return (
    <section className={classes.now} aria-labelledby="now">
      <h2 id="now">{t('now.title')}</h2>
      <Sentence detail={detail} />
      <LegalDate detail={detail} />
    </section>
  );
}

function Sentence({ detail }: { detail: Detail }) {
  const { t, i18n } = useTranslation('dossier');
  const me = useMe();
  const { dossier, holders } = detail;
  const mine = me?.id === dossier.applicant || me?.id === dossier.architect;
  const { data: decisions = [] } = useQuery({
    ...decisionsQuery(dossier.id),
    enabled: dossier.endedAt !== null,
  });

  if (dossier.status === 'draft') return <p>{t('now.draft')}</p>;
  if (dossier.endedAt !== null) {
    const act = decisions.findLast((one) => one.status === 'issued');
    return (
      <p>
        {t(`now.ended.${dossier.status}`, { date: longDate(dossier.endedAt) })}
        {act !== undefined && dossier.status !== 'delivered' && act.reasons.length > 0 && (
          <> {t('now.reasons')}</>
        )}
      </p>
    );
  }
  if (holders.length === 0) return <p>{t('now.between')}</p>;

  const since = longDate(holders.map((one) => one.since).sort()[0] ?? dossier.updatedAt);
  const what = listed([...new Set(holders.map((one) => inSentence(localText(one.name))))]);
  const articles = [...new Set(holders.flatMap((one) => (one.article === null ? [] : [one.article])))];
  const waitsForMe = mine && holders.every((one) => one.party === 'applicant');
  const atCounter = waitsForMe && !holders.some(isOwn);
  const who = listed(whoOf(holders, t));
  return (
    <>
      <p className={classes.sentence}>
        {waitsForMe && !atCounter
          ? t('now.you', { since, what })
          : atCounter
            ? t('now.youAt', { since, who, what })
            : t('now.others', { since, who, what, count: holders.length })}
      </p>
      <p>
        {articles.length > 0 && (
          <>
            {t('now.why')} <bdi>{articles.join(i18n.language === 'ar' ? '؛ ' : ' ; ')}</bdi>
            {'. '}
          </>
        )}
        <Next detail={detail} />
      </p>
    </>
  );
}

const MOST_NEXT = 4;

function Next({ detail }: { detail: Detail }) {
  const { t } = useTranslation('dossier');
  const names = [...new Set(detail.next.map(({ name }) => inSentence(localText(name))))];
  if (names.length === 0) return null;
  const shown = names.slice(0, MOST_NEXT);
  return <>{t('now.next', { what: listed(shown, 'disjunction') })}</>;
}

function LegalDate({ detail }: { detail: Detail }) {
  const { t } = useTranslation('dossier');
  const { timeLimit, dossier } = detail;
  if (timeLimit === null || timeLimit.dueAt === null) return null;
  const left = timeLimit.dueInWorkingDays;
  const tone: Tone = left === null ? 'plain' : left < 0 ? 'late' : left <= 2 ? 'near' : 'good';
  // A limit in days ends at 24:00: it is named by the day that ends.
  const day = Date.parse(timeLimit.dueAt) - 1000;
  return (
    <div className={classes.legal}>
      <span>
        {t('legal.date')} <Moment at={day} as="long" far={false} />
      </span>
      {left !== null && (
        <StatePill tone={timeLimit.running ? tone : 'paused'}>
          {left < 0
            ? t('legal.late', { days: daysWord(t, -left, 'workingDays') })
            : left === 0
              ? t('legal.today')
              : t('legal.in', { days: daysWord(t, left, 'workingDays') })}
        </StatePill>
      )}
      <Popover width={360} position="bottom-start" withArrow trapFocus returnFocus>
        <Popover.Target>
          <button type="button" className={classes.why} data-no-print>
            {t('legal.why')}
          </button>
        </Popover.Target>
        <Popover.Dropdown>
          <div className={classes.because}>
            <p>
              {t('legal.counted', {
                days: daysWord(t, timeLimit.amount, timeLimit.unit),
                start: longDate(dossier.clockStartedAt ?? dossier.createdAt),
              })}
            </p>
            <p>
              {timeLimit.pausedDays > 0
                ? t('legal.paused', { days: daysWord(t, timeLimit.pausedDays, timeLimit.unit) })
                : t('legal.notPaused')}
            </p>
            <p>
              {t('legal.article')} <bdi>{timeLimit.article}</bdi>
            </p>
            {timeLimit.doubt !== null && (
              <p className={classes.doubt}>
                {t('legal.doubt')} <bdi lang="fr">{timeLimit.doubt}</bdi>
              </p>
            )}
            <p className={classes.note}>{t('legal.source', { source: timeLimit.source })}</p>
          </div>
        </Popover.Dropdown>
      </Popover>
    </div>
  );
}

/** The two clocks: the administration's and the applicant's, which never run at the same time. */
export function Clocks({ detail }: { detail: Detail }) {
  const { t } = useTranslation('dossier');
  const { clocks, timeLimit, dossier } = detail;
  if (dossier.submittedAt === null) return null;
  const unit = timeLimit?.unit ?? 'calendarDays';
  const total = timeLimit === null ? null : timeLimit.amount;
  const days = clocks.administration.days;
  const share = total === null || total === 0 ? 0 : Math.min(100, (100 * days) / total);
  return (
    <section className={classes.clocks} aria-labelledby="clocks">
      <h2 id="clocks">{t('clocks.title')}</h2>
      <dl>
        <div data-running={clocks.running === 'administration'}>
          <dt>{t('clocks.administration')}</dt>
          <dd>
            {total === null
              ? daysWord(t, days, unit)
              : t('clocks.of', { days, total: daysWord(t, total, unit) })}
            {clocks.running === 'administration' && <small>{t('clocks.running')}</small>}
          </dd>
          <span className={classes.gauge} aria-hidden="true">
            <span style={{ inlineSize: `${share}%` }} data-late={total !== null && days > total} />
          </span>
        </div>
        <div data-running={clocks.running === 'applicant'}>
          <dt>{t('clocks.applicant')}</dt>
          <dd>
            {daysWord(t, Math.round(clocks.applicant.elapsedSeconds / 86_400), 'calendarDays')}
            <small>
              {clocks.running === 'applicant'
                ? t('clocks.runningHere')
                : t('clocks.pauses', { count: clocks.applicant.times })}
            </small>
          </dd>
        </div>
      </dl>
    </section>
  );
}

/** What is asked of the reader now, with the one thing to press. */
export function AskedOfYou({ detail }: { detail: Detail }) {
  const { t } = useTranslation('dossier');
  const me = useMe();
  const { tasks, dossier } = detail;
  const names = new Map(detail.stage.map(({ flowNode, name }) => [flowNode, localText(name)]));
  if (dossier.status === 'draft') {
    return (
      <section className={classes.asked} aria-labelledby="asked" data-no-print>
        <h2 id="asked">{t('asked.title')}</h2>
        <p>{t('asked.draft')}</p>
        <Button component={Link} to={`/my/drafts/${dossier.id}`}>
          {t('asked.goOn')}
        </Button>
      </section>
    );
  }
  if (dossier.endedAt !== null) return null;
  const [first, ...others] = tasks;
  const mine = me?.id === dossier.applicant;
  const toPay = mine && dossier.tax !== null && dossier.tax.payment === null ? dossier.tax.amount : 0;
  return (
    <section
      className={classes.asked}
      aria-labelledby="asked"
      data-open={first !== undefined || toPay > 0}
      data-no-print
    >
      <h2 id="asked">{t('asked.title')}</h2>
      {first === undefined ? (
        <p>
          {toPay
            ? t('asked.pay', { amount: money(toPay), commune: localText(detail.communeName) })
            : t('asked.nothing')}
        </p>
      ) : (
        <>
          <p>
            <strong>{names.get(first.flowNode) ?? first.flowNode}</strong>
            {first.dueAt !== null && (
              <>
                {' · '}
                {t('asked.before')} <Moment at={first.dueAt} as="long" far={false} />
              </>
            )}
          </p>
          <Button component={Link} to={`/tasks/${first.id}`} size="md">
            {t('asked.do')}
          </Button>
          {others.length > 0 && (
            <ul>
              {others.map((task) => (
                <li key={task.id}>
                  <Link to={`/tasks/${task.id}`}>{names.get(task.flowNode) ?? task.flowNode}</Link>
                </li>
              ))}
            </ul>
          )}
        </>
      )}
    </section>
  );
}
