import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Code } from '../../components/Code.tsx';
import { Moment } from '../../components/Moment.tsx';
import { ProblemNotice } from '../../components/ProblemNotice.tsx';
import { StatePill } from '../../components/StatePill.tsx';
import { relatedQuery } from './queries.ts';
import classes from './registry.module.css';
import { DossierState } from './States.tsx';

/** Other dossiers on the same land, near the same place or of the same owner, with what came of them. */
export function Related({ dossier, level = 2 }: { dossier: string; level?: 2 | 3 }) {
  const { t } = useTranslation('registry');
  const related = useQuery(relatedQuery(dossier));
  const Heading = `h${level}` as const;
  if (related.error !== null)
    return <ProblemNotice error={related.error} retry={() => void related.refetch()} />;
  const items = related.data ?? [];
  return (
    <section aria-label={t('related.title')}>
      <Heading className={classes.small}>{t('related.title')}</Heading>
      {related.data !== undefined && items.length === 0 && (
        <p className={classes.soft}>{t('related.none')}</p>
      )}
      <ul className={classes.plainList}>
        {items.map(({ dossier: other, sameLand, sameOwner, metres, decision }) => (
          <li key={other.id}>
            <span className={classes.turn}>
              <Link to={`/dossiers/${other.id}`}>
                <Code>{other.number}</Code>
              </Link>
              <small className={classes.soft}>
                {[
                  sameLand ? t('related.land') : null,
                  metres === null ? null : t('related.near', { count: metres }),
                  sameOwner ? t('related.owner') : null,
                ]
                  .filter((one) => one !== null)
                  .join(' · ')}
                {other.submittedAt !== null && (
                  <>
                    {' '}
                    · <Moment at={other.submittedAt} />
                  </>
                )}
              </small>
            </span>
            {decision === 'refuse' && other.status !== 'refused' ? (
              <StatePill tone="late">{t('related.refused')}</StatePill>
            ) : (
              <DossierState status={other.status} />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Whether another dossier on the same land is still under way or already led to a licence: a duplicate, perhaps. */
export function useDuplicates(dossier: string) {
  const { data = [] } = useQuery(relatedQuery(dossier));
  return data.filter(
    ({ dossier: other, sameLand, metres }) =>
      (sameLand || metres !== null) && ['filed', 'underStudy', 'delivered'].includes(other.status),
  );
}
