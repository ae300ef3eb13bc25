import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './ErrorSummary.module.css';

/** Sums up what is to be put right at the top of a form, each with a link to its field; takes the focus when it appears. */
export function ErrorSummary({ errors }: { errors: { message: string; target?: string | undefined }[] }) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const count = errors.length;
  useEffect(() => {
    if (count > 0) box.current?.focus();
  }, [count]);
  if (count === 0) return null;
  return (
    <div ref={box} className={classes.summary} role="alert" tabIndex={-1}>
      <h2>{t('errors.title', { count })}</h2>
      <ul>
        {errors.map(({ message, target }) => (
          <li key={(target ?? '') + message}>
            {target === undefined ? (
              message
            ) : (
              <a
                href={`#${target}`}
                onClick={(event) => {
                  event.preventDefault();
                  const field = document.getElementById(target);
                  field?.scrollIntoView({ block: 'center' });
                  (field?.matches('input,select,textarea,button,[tabindex]')
                    ? field
                    : field?.querySelector<HTMLElement>('input,select,textarea,button')
                  )?.focus();
                }}
              >
                {message}
              </a>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
