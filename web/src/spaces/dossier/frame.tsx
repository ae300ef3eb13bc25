import { IconBell, IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { answer, api } from '../../api/client.ts';
import { useMe } from '../../api/queries.ts';
import type { FrameTools } from '../../app/tools.ts';
import { IconButton } from '../../components/IconButton.tsx';
import { useKeys } from '../../components/keys.tsx';

const Follow = lazy(async () => {
  const { useLive } = await import('../../api/live.ts');
  return {
    default: function Following() {
      useLive();
      return null;
    },
  };
});

function Search() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const me = useMe();
  const keys = useMemo(
    () => (me === null ? [] : [{ key: '/', label: t('frame.search'), run: () => void navigate('/search') }]),
    [me, navigate, t],
  );
  useKeys(keys);
  if (me === null) return null;
  return (
    <IconButton label={t('frame.search')} to="/search">
      <IconSearch aria-hidden="true" />
    </IconButton>
  );
}

function Bell() {
  const { t } = useTranslation();
  const me = useMe();
  const { data } = useQuery({
    queryKey: ['notifications', 'unread'],
    enabled: me !== null,
    queryFn: () => answer(api.GET('/notifications', { params: { query: { unread: true, limit: 20 } } })),
  });
  if (me === null) return null;
  const count = data?.items.length ?? 0;
  const shown = data?.next == null ? String(count) : `${count}+`;
  return (
    <>
      <IconButton
        label={count === 0 ? t('frame.noNews') : t('frame.news', { count, shown })}
        to="/notifications"
        badge={count === 0 ? undefined : shown}
      >
        <IconBell aria-hidden="true" />
      </IconButton>
      <Suspense fallback={null}>
        <Follow />
      </Suspense>
    </>
  );
}

/** What every page has of this space: the search, the bell, and the stream of what changes. */
export const frame: FrameTools = { bar: [Search, Bell] };
