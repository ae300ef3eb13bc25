import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { RequireRole } from '../../app/RequireRole.tsx';
import classes from './Administration.module.css';

/** The three rooms of the administrator, with the page of one of them. */
export function Rooms({ children }: { children: ReactNode }) {
  const { t } = useTranslation('administration');
  return (
    <RequireRole roles={['administrator']}>
      <nav className={classes.rooms} aria-label={t('rooms.label')} data-no-print>
        {(['accounts', 'bodies', 'territories'] as const).map((room) => (
          <NavLink key={room} to={`/admin/${room}`}>
            {t(`rooms.${room}`)}
          </NavLink>
        ))}
      </nav>
      {children}
    </RequireRole>
  );
}
