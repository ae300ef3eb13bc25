import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Schema } from '../../api/client.ts';
import { useSession } from '../../api/queries.ts';
import { money, number } from '../../app/format.ts';
import { localText } from '../../app/language.ts';
import { Panel } from '../../components/Panel.tsx';
import classes from './Needs.module.css';

type Assessment = Schema<'ProjectAssessment'>;

/** What a project needs, as far as the answers tell: procedure, delay, cost, pieces, law; and how to begin. */
export function Answer({
  assessment,
  commune,
  left,
}: {
  assessment: Assessment;
  commune: string;
  left: number;
}) {
  const { t } = useTranslation(['public', 'common']);
  const { serves, size } = assessment;
  if (serves === null) {
    return (
      <p className={classes.open} role="status">
        {t('needs.left', { count: left })}
      </p>
    );
  }
  if (!serves) {
    return (
      <section className={classes.large} role="status">
        <h2>{t('needs.large')}</h2>
        <p>{t('needs.largeHelp')}</p>
        {size !== null && (
          <p className={classes.article}>
            {size.article}
            <Doubt of={size.doubt} />
          </p>
        )}
      </section>
    );
  }
  return (
    <div role="status">
      <div className={classes.yes}>
        <h2>{t('needs.served')}</h2>
        {size !== null && (
          <p>
            {t('needs.small')} <span className={classes.article}>{size.article}</span>
          </p>
        )}
        <Begin assessment={assessment} commune={commune} />
      </div>
      <Panel title={t('needs.delay')}>
        <Delay assessment={assessment} />
      </Panel>
      {assessment.taxed && (
        <Panel title={t('needs.cost')}>
          <Cost assessment={assessment} />
        </Panel>
      )}
      <Panel title={t('needs.pieces')}>
        <Pieces assessment={assessment} />
      </Panel>
      <Panel title={t('needs.law')}>
        <ul className={classes.law}>
          {assessment.legalBasis.map(({ article, text }) => (
            <li key={article}>
              <strong>{article}</strong> {localText(text)}
            </li>
          ))}
        </ul>
      </Panel>
    </div>
  );
}

function Begin({ assessment, commune }: { assessment: Assessment; commune: string }) {
  const { t } = useTranslation(['public', 'common']);
  const isSignedIn = useSession() === 'signedIn';
  if (!assessment.served) return <p className={classes.notServed}>{t('needs.notServed')}</p>;
  const to = `/my/new?procedure=${encodeURIComponent(assessment.procedure)}&commune=${encodeURIComponent(commune)}`;
  if (isSignedIn) {
    return (
      <Button component={Link} to={to} size="md" data-no-print>
        {t('needs.begin')}
      </Button>
    );
  }
  return (
    <div className={classes.begin} data-no-print>
      <Button component={Link} to={`/sign-up?to=${encodeURIComponent(to)}`} size="md">
        {t('needs.begin')}
      </Button>
      <Link className={classes.have} to={`/sign-in?to=${encodeURIComponent(to)}`}>
        {t('needs.haveAccount')}
      </Link>
    </div>
  );
}

function Delay({ assessment: { timeLimit, silenceIsApproval } }: { assessment: Assessment }) {
  const { t } = useTranslation(['public', 'common']);
  if (timeLimit === null) return <p>{t('needs.noLimit')}</p>;
  return (
    <>
      <p className={classes.large1}>
        {t(timeLimit.unit === 'workingDays' ? 'needs.workingDays' : 'needs.calendarDays', {
          count: timeLimit.amount,
        })}
      </p>
      <p className={classes.article}>
        {timeLimit.article}
        <Doubt of={timeLimit.doubt} />
      </p>
      <p>{t('needs.delayHelp')}</p>
      {silenceIsApproval && <p>{t('needs.silence')}</p>}
    </>
  );
}

function Cost({ assessment: { tax } }: { assessment: Assessment }) {
  const { t } = useTranslation(['public', 'common']);
  if (tax === null) return <p>{t('needs.costOpen')}</p>;
  return (
    <>
      <p className={classes.large1}>
        {tax.exemption !== null ? t('needs.exempt') : t('needs.estimate', { amount: money(tax.amount) })}
      </p>
      {tax.lowest !== null && tax.highest !== null && tax.exemption === null && (
        <p>{t('needs.between', { lowest: money(tax.lowest), highest: money(tax.highest) })}</p>
      )}
      {tax.lines.length > 0 && (
        <ul>
          {tax.lines.map(({ label, quantity, rate, amount }) => (
            <li key={label}>
              {label === 'fixed'
                ? t('needs.fixed', { amount: money(amount) })
                : t(`needs.lines.${label}`, {
                    quantity: number(quantity),
                    rate: money(rate),
                    amount: money(amount),
                  })}
            </li>
          ))}
        </ul>
      )}
      <p className={classes.article}>
        {tax.article}
        <Doubt of={tax.doubt} />
      </p>
    </>
  );
}

function Pieces({ assessment: { pieces } }: { assessment: Assessment }) {
  const { t } = useTranslation(['public', 'common']);
  return (['principal', 'information'] as const).map((kind) => {
    const shown = pieces.filter((piece) => piece.kind === kind);
    if (shown.length === 0) return null;
    return (
      <div key={kind}>
        <h3>{t(`needs.${kind}`)}</h3>
        <p>{t(`needs.${kind}Help`)}</p>
        <ul className={classes.pieces}>
          {shown.map(({ code, name, article, needed }) => (
            <li key={code}>
              <span>
                {localText(name)}
                {needed === null && <em> ({t('needs.maybe')})</em>}
              </span>
              <span className={classes.article}>{article}</span>
            </li>
          ))}
        </ul>
      </div>
    );
  });
}

/** What the sources leave open is said where it matters, and opened by whoever wants to know. */
function Doubt({ of }: { of: string | null }) {
  const { t } = useTranslation('public');
  if (of === null) return null;
  return (
    <details className={classes.doubt}>
      <summary>{t('needs.doubt')}</summary>
      <bdi>{of}</bdi>
    </details>
  );
}
