import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Schema } from '../../api/client.ts';
import { bodyNamesQuery } from '../../api/queries.ts';
import { localText } from '../../app/language.ts';
import { Name } from '../../components/Code.tsx';
import { Moment } from '../../components/Moment.tsx';
import { StatePill, type Tone } from '../../components/StatePill.tsx';
import { opinionsQuery } from '../tasks/queries.ts';
import classes from './Opinions.module.css';

type Value = Schema<'OpinionPage'>['items'][number]['value'];

/** How an opinion is coloured, always beside its words. */
export const TONES: Record<Value, Tone> = {
  favourable: 'good',
  favourableWithReserves: 'near',
  unfavourable: 'late',
  notConcerned: 'plain',
};

/** Each body of the committee with its word of this round, and what it asks; silent and awaited ones are named. */
export function Opinions({ dossier }: { dossier: Schema<'DossierDetail'> }) {
  const { t } = useTranslation('committee');
  const { committee, round, id } = dossier.dossier;
  const { data: opinions = [] } = useQuery(opinionsQuery(id));
  const { data: names } = useQuery(bodyNamesQuery);
  if (committee === null) return null;
  return (
    <ul className={classes.opinions}>
      {committee.members.map(({ body, binding }) => {
        const opinion = opinions.find((one) => one.body === body && one.round === round);
        const name = names?.get(body);
        return (
          <li key={body}>
            <div className={classes.head}>
              <b>{name === undefined ? body : localText(name)}</b>
              {binding && <small>{t('opinions.binding')}</small>}
              {opinion === undefined ? (
                <StatePill tone="plain">
                  {t(committee.silent.includes(body) ? 'opinions.silent' : 'opinions.awaited')}
                </StatePill>
              ) : (
                <StatePill tone={TONES[opinion.value]}>{t(`value.${opinion.value}`)}</StatePill>
              )}
            </div>
            {opinion !== undefined && (
              <>
                <small>
                  <Moment at={opinion.givenAt} as="time" />
                </small>
                {opinion.observations !== null && (
                  <p>
                    <Name>{opinion.observations}</Name>
                  </p>
                )}
                {opinion.remarks.length > 0 && (
                  <ol>
                    {opinion.remarks.map((remark, index) => (
                      // biome-ignore lint/suspicious/noArrayIndexKey: a signed opinion never changes.
                      <li key={index}>
                        <Name>{remark.text}</Name>{' '}
                        <small>
                          <bdi>{remark.article}</bdi> · {t('remark.page', { page: remark.page })}
                          {remark.reserve && <> · {t('remark.reserveShort')}</>}
                        </small>
                      </li>
                    ))}
                  </ol>
                )}
              </>
            )}
          </li>
        );
      })}
    </ul>
  );
}
