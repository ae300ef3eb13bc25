import { Skeleton } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** The page's skeleton while its first rows come. */
export function Loading({ rows = 4 }: { rows?: number }) {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t('loading')}>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows of a skeleton have nothing else.
        <Skeleton key={row} height={20} mt={12} width={row % 3 === 2 ? '60%' : '100%'} animate={false} />
      ))}
    </div>
  );
}
