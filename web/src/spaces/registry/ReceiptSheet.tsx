import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { fetchFile } from '../../api/client.ts';
import { Loading } from '../../components/Loading.tsx';
import { ProblemNotice } from '../../components/ProblemNotice.tsx';
import { pdfPages } from './pdfPages.ts';
import classes from './registry.module.css';

/** A receipt as it is printed: the letter itself, page by page. */
export function ReceiptSheet({
  dossier,
  number,
  onReady,
}: {
  dossier: string;
  number?: string | null;
  onReady?: (dossier: string, ready: boolean) => void;
}) {
  const { t } = useTranslation('registry');
  const receipt = useQuery({
    queryKey: ['receipt-pages', dossier],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async () => pdfPages((await fetchFile(`/dossiers/${dossier}/receipt`)).blob),
  });
  const settled = receipt.data !== undefined || receipt.error !== null;
  const good = receipt.data !== undefined;
  useEffect(() => {
    if (settled) onReady?.(dossier, good);
  }, [settled, good, dossier, onReady]);
  if (receipt.error !== null)
    return (
      <div data-no-print>
        <ProblemNotice error={receipt.error} retry={() => void receipt.refetch()} />
      </div>
    );
  if (receipt.data === undefined) return <Loading rows={6} />;
  return receipt.data.map((address, index) => (
    <div key={address} className={classes.sheet}>
      <img src={address} alt={t('receipt.alt', { number: number ?? '', page: index + 1 })} />
    </div>
  ));
}
