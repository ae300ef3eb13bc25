import { IconFileText, IconRulerMeasure } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answer, api, type Schema } from '../../api/client.ts';
import { localText } from '../../app/language.ts';
import { Code, Name } from '../../components/Code.tsx';
import { Moment } from '../../components/Moment.tsx';
import { procedureQuery } from '../tasks/queries.ts';
import { factsOf, useApplicationForm } from './facts.ts';
import { Opinions } from './Opinions.tsx';
import classes from './Review.module.css';

/** The left of a review: what was declared, the pieces, what the others said, what else happened on this land. */
export function DossierFacts({
  dossier,
  procedureVersion,
  documents,
  nameOf,
  shown,
  onShow,
}: {
  dossier: Schema<'DossierDetail'>;
  procedureVersion: string;
  documents: Schema<'Document'>[];
  nameOf: (piece: string) => string;
  shown: string | null;
  onShow: (document: string) => void;
}) {
  const { t } = useTranslation(['committee', 'common']);
  const { id, procedure, application, submittedAt, round } = dossier.dossier;
  const { data: version } = useQuery(procedureQuery(procedure, procedureVersion));
  const { data: form } = useApplicationForm(procedure, procedureVersion, version?.applicationForm);
  const { data: related } = useQuery({
    queryKey: ['dossier', id, 'related'],
    retry: false,
    queryFn: async () =>
      (await answer(api.GET('/dossiers/{id}/related', { params: { path: { id } } }))).items,
  });
  const sections =
    form === undefined ? [] : factsOf(form, application, { yes: t('facts.yes'), no: t('facts.no') });
  return (
    <>
      <details open>
        <summary>{t('facts.pieces')}</summary>
        <ul className={classes.pieces}>
          {documents.map((one) => {
            const plan = version?.pieces.find(({ code }) => code === one.piece)?.plan === true;
            const Icon = plan ? IconRulerMeasure : IconFileText;
            return (
              <li key={one.id}>
                <button type="button" aria-pressed={one.id === shown} onClick={() => onShow(one.id)}>
                  <Icon size={18} aria-hidden="true" />
                  <span>
                    <bdi>{nameOf(one.piece)}</bdi>
                    <small>
                      <bdi dir="ltr">{one.fileName}</bdi>
                      {one.version > 1 && <> · {t('facts.version', { version: one.version })}</>}
                    </small>
                  </span>
                </button>
              </li>
            );
          })}
        </ul>
      </details>
      <details open>
        <summary>{t('facts.title')}</summary>
        <dl className={classes.rows}>
          <div>
            <dt>{t('facts.architect')}</dt>
            <dd>
              <Name>{dossier.architectName}</Name>
            </dd>
          </div>
          {submittedAt !== null && (
            <div>
              <dt>{t('facts.filed')}</dt>
              <dd>
                <Moment at={submittedAt} />
              </dd>
            </div>
          )}
          {round > 1 && (
            <div>
              <dt>{t('facts.round')}</dt>
              <dd>{round}</dd>
            </div>
          )}
        </dl>
        {sections.map(({ section, rows }) => (
          <section key={section} aria-label={section}>
            {section !== '' && <h4>{section}</h4>}
            <dl className={classes.rows}>
              {rows.map(([name, value]) => (
                <div key={name}>
                  <dt>{name}</dt>
                  <dd>
                    <Name>{value}</Name>
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </details>
      <details open>
        <summary>{t('opinions.title')}</summary>
        <Opinions dossier={dossier} />
      </details>
      {related !== undefined && (
        <details open={related.length > 0}>
          <summary>{t('facts.history')}</summary>
          {related.length === 0 ? (
            <p className={classes.help}>{t('facts.noHistory')}</p>
          ) : (
            <ul className={classes.related}>
              {related.map((one) => (
                <li key={one.dossier.id}>
                  <Link to={`/dossiers/${one.dossier.id}`}>
                    <Code>{one.dossier.number}</Code>
                  </Link>
                  <small>
                    {one.sameLand
                      ? t('facts.sameLand')
                      : one.sameOwner
                        ? t('facts.sameOwner')
                        : t('facts.near')}
                    {one.metres !== null && <> · {t('facts.metres', { count: one.metres })}</>}
                    {one.decision !== null && <> · {t(`choice.${one.decision}`)}</>}
                  </small>
                </li>
              ))}
            </ul>
          )}
        </details>
      )}
      <p>
        <Link to={`/dossiers/${id}`}>{t('facts.whole')}</Link> · {localText(dossier.communeName)}
      </p>
    </>
  );
}
