import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { holds, isOfficial, useMe } from '../api/queries.ts';
import classes from './Shell.module.css';
import { nav } from './spaces.ts';

/** Where one may go: what is for everybody, or for the roles one holds. Officials are spared what is for the public. */
export function Links() {
  const { t } = useTranslation();
  const me = useMe();
  const shown = nav.filter((entry) =>
    entry.for === 'public'
      ? !isOfficial(me)
      : me === null
        ? false
        : entry.for === 'any' || holds(me, ...entry.for),
  );
  return shown.map(({ to, label }) => (
    <NavLink key={to} to={to} className={({ isActive }) => (isActive ? classes.active : '') ?? ''}>
      {t(`nav.${label}`)}
    </NavLink>
  ));
}
