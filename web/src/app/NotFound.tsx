import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { EmptyState } from '../components/EmptyState.tsx';
import { PageHead } from '../components/PageHead.tsx';
import press from '../components/press.module.css';

/** Nothing is at this address. */
export function NotFound() {
  const { t } = useTranslation();
  return (
    <>
      <PageHead title={t('notFound.title')} />
      <EmptyState
        title={t('notFound.help')}
        action={
          <Link className={press.press} to="/">
            {t('action.home')}
          </Link>
        }
      />
    </>
  );
}
