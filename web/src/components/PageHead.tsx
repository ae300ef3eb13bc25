import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './PageHead.module.css';

/** The head of a page: its title (also the window's), one sentence, its actions. */
export function PageHead({
  title,
  about,
  actions,
  above,
  windowTitle,
}: {
  title: ReactNode;
  about?: ReactNode;
  actions?: ReactNode;
  above?: ReactNode;
  /** Needed when `title` is more than a text. */
  windowTitle?: string;
}) {
  const { t } = useTranslation();
  const words = windowTitle ?? (typeof title === 'string' ? title : '');
  useEffect(() => {
    document.title = words === '' ? t('product') : `${words} · ${t('product')}`;
  }, [words, t]);
  return (
    <header className={classes.head}>
      <div className={classes.words}>
        {above !== undefined && <div className={classes.above}>{above}</div>}
        <h1>{title}</h1>
        {about !== undefined && <p>{about}</p>}
      </div>
      {actions !== undefined && (
        <div className={classes.actions} data-no-print>
          {actions}
        </div>
      )}
    </header>
  );
}
