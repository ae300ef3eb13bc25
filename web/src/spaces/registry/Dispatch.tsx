import { useTranslation } from 'react-i18next';
import type { Schema } from '../../api/client.ts';
import { localText } from '../../app/language.ts';
import { StatePill } from '../../components/StatePill.tsx';
import classes from './registry.module.css';

/** Whom the dossier goes to once it is complete, and by which article. */
export function Dispatch({ dispatch }: { dispatch: Schema<'Dispatch'> }) {
  const { t } = useTranslation('registry');
  return (
    <section aria-label={t('dispatch.title')}>
      <h3 className={classes.small}>{t('dispatch.title')}</h3>
      <p className={classes.soft}>
        {t(`dispatch.${dispatch.kind}`)}
        {dispatch.secretariat.name !== null && (
          <>
            {' · '}
            {t('dispatch.secretariat')} {localText(dispatch.secretariat.name)}
          </>
        )}
      </p>
      <ul className={classes.plainList}>
        {dispatch.seats.map((seat) => (
          <li key={seat.kind}>
            <span className={classes.turn}>
              <span>{seat.name === null ? t(`bodyKind.${seat.kind}`) : localText(seat.name)}</span>
              <small className={classes.soft}>
                <bdi>{seat.article}</bdi>
              </small>
            </span>
            {seat.body === null ? (
              <StatePill tone="late">{t('dispatch.nobody')}</StatePill>
            ) : (
              seat.binding && <StatePill tone="plain">{t('dispatch.binding')}</StatePill>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
