import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { isRouteErrorResponse, useRouteError } from 'react-router';
import { PageHead } from '../components/PageHead.tsx';
import { ProblemNotice } from '../components/ProblemNotice.tsx';
import { NotFound } from './NotFound.tsx';

/** A page that could not be drawn: the frame stays, and the page can be tried again. */
export function Failed() {
  const { t } = useTranslation();
  const error = useRouteError();
  if (isRouteErrorResponse(error) && error.status === 404) return <NotFound />;
  return (
    <>
      <PageHead title={t('failed.title')} />
      <ProblemNotice error={error} />
      <Button mt="md" onClick={() => location.reload()}>
        {t('action.reload')}
      </Button>
    </>
  );
}
