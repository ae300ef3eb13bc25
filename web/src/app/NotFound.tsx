import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { EmptyState } from '../components/EmptyState.tsx';
import { PageHead } from '../components/PageHead.tsx';

/** Nothing is at this address. */
export function NotFound() {
  const { t } = useTranslation();
  return (
    <>
      <PageHead title={t('notFound.title')} />
      <EmptyState
        title={t('notFound.help')}
        action={
          <Button component={Link} to="/">
            {t('action.home')}
          </Button>
        }
      />
    </>
  );
}
