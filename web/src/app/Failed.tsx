import { useTranslation } from 'react-i18next';
import { isRouteErrorResponse, useRouteError } from 'react-router';
import { Offline, Refusal } from '../api/problem.ts';
import { PageHead } from '../components/PageHead.tsx';
import press from '../components/press.module.css';
import { NotFound } from './NotFound.tsx';

/** A page that could not be drawn: the frame stays, and the page can be tried again. Needs nothing that is not here yet. */
export function Failed() {
  const { t } = useTranslation();
  const error = useRouteError();
  if (isRouteErrorResponse(error) && error.status === 404) return <NotFound />;
  const words =
    error instanceof Refusal
      ? error.message
      : // A part of the page that cannot be fetched is an outage too.
        error instanceof Offline || error instanceof TypeError
        ? t('problem.offlineHelp')
        : t('problem.oursHelp');
  return (
    <>
      <PageHead title={t('failed.title')} />
      <p role="alert">{words}</p>
      <button type="button" className={press.press} onClick={() => location.reload()}>
        {t('action.reload')}
      </button>
    </>
  );
}
