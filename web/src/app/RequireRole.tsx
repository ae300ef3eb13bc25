import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, useLocation } from 'react-router';
import { holds, meQuery, type Role, useSession } from '../api/queries.ts';
import { Loading } from '../components/Loading.tsx';
import { PageHead } from '../components/PageHead.tsx';

/**
 * Shows a page to those it is for. Nobody signed in: on to signing in, and back. Another role: says so. The server
 * decides again for every request; this only spares a person a page that would be empty.
 */
export function RequireRole({ roles = 'any', children }: { roles?: Role[] | 'any'; children: ReactNode }) {
  const { t } = useTranslation();
  const session = useSession();
  const me = useQuery(meQuery);
  const { pathname, search } = useLocation();
  if (session === 'anonymous') {
    return <Navigate replace to={`/sign-in?to=${encodeURIComponent(pathname + search)}`} />;
  }
  if (me.data === undefined || (me.data === null && session !== 'expired')) return <Loading />;
  if (roles !== 'any' && !holds(me.data, ...roles))
    return <PageHead title={t('forbidden.title')} about={t('forbidden.help')} />;
  return children;
}
