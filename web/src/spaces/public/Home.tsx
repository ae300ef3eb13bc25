import { useQuery } from '@tanstack/react-query';
import { useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, useNavigate } from 'react-router';
import { proceduresQuery, siteQuery } from '../../api/queries.ts';
import { localText } from '../../app/language.ts';
import press from '../../components/press.module.css';
import { findProcedures } from './findProcedures.ts';
import classes from './Home.module.css';

const SHOWN = 3;

/** The first page: one question, the commonest answers, and the two things people come back for. */
export function Home() {
  const { t } = useTranslation(['public', 'common']);
  const navigate = useNavigate();
  const field = useId();
  const [words, setWords] = useState('');
  const procedures = useQuery(proceduresQuery).data;
  const setup = useQuery(siteQuery).data?.setup;
  useEffect(() => {
    document.title = t('common:product');
  }, [t]);
  if (setup === 'needed') return <Navigate replace to="/setup" />;

  const found = findProcedures(procedures ?? [], words);
  const shown = found.slice(0, words.trim() === '' ? SHOWN : 6);
  const [first] = found;
  const about = (id: string) => `/needs?procedure=${encodeURIComponent(id)}`;
  return (
    <div className={classes.home}>
      <search>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (first !== undefined && words.trim() !== '') void navigate(about(first.id));
            else void navigate('/needs');
          }}
        >
          <h1>
            <label htmlFor={field}>{t('home.question')}</label>
          </h1>
          <div className={classes.ask}>
            <input
              id={field}
              type="search"
              value={words}
              onChange={(event) => setWords(event.currentTarget.value)}
              placeholder={t('home.placeholder')}
              autoComplete="off"
              enterKeyHint="search"
            />
            <button type="submit" className={press.press}>
              {t('home.go')}
            </button>
          </div>
        </form>
      </search>
      <section aria-live="polite" aria-label={t('home.common')} className={classes.found}>
        {procedures !== undefined && found.length === 0 && (
          <p>
            {procedures.length === 0 ? t('home.nothingPublished') : t('home.noneFound')}{' '}
            {procedures.length > 0 && <Link to="/needs">{t('home.all')}</Link>}
          </p>
        )}
        <ul>
          {shown.map(({ id, name }) => (
            <li key={id}>
              <Link to={about(id)}>{localText(name)}</Link>
            </li>
          ))}
        </ul>
      </section>
      <div className={classes.again}>
        <Link to="/check">{t('home.check')}</Link>
        <Link to="/follow">{t('home.follow')}</Link>
      </div>
    </div>
  );
}
