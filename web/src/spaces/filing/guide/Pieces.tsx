import { Button, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Schema } from '../../../api/client.ts';
import { queryClient } from '../../../api/queries.ts';
import { Loading } from '../../../components/Loading.tsx';
import { ProblemNotice } from '../../../components/ProblemNotice.tsx';
import { PieceUploader } from '../../../documents/PieceUploader.tsx';
import classes from '../filing.module.css';
import { documentsQuery, needsQuery } from '../queries.ts';
import type { GuidePage } from './shared.ts';

/** The pieces this application needs, each with its article: what is there, what is missing, and where to put it. */
export function Pieces({ id, state }: GuidePage) {
  const { t } = useTranslation('filing');
  const needs = useQuery(needsQuery(id, state.version));
  const documents = useQuery(documentsQuery(id));
  if (needs.error !== null) return <ProblemNotice error={needs.error} retry={() => void needs.refetch()} />;
  if (needs.data === undefined || documents.data === undefined) return <Loading rows={8} />;
  const again = () => void queryClient.invalidateQueries({ queryKey: ['dossier', id] });
  const { pieces } = needs.data;
  const part = (kind: 'principal' | 'information') => {
    const shown = pieces.filter((piece) => piece.kind === kind);
    if (shown.length === 0) return null;
    return (
      <section aria-labelledby={`pieces-${kind}`}>
        <h2 id={`pieces-${kind}`}>{t(`pieces.${kind}`)}</h2>
        <p>{t(`pieces.${kind}Help`)}</p>
        {shown.map((piece) => (
          <Piece
            key={piece.code}
            dossier={id}
            piece={piece}
            current={documents.data.find((one) => one.piece === piece.code && one.current)}
            onUploaded={again}
          />
        ))}
      </section>
    );
  };
  return (
    <>
      <p>{t('pieces.closed')}</p>
      {part('principal')}
      {part('information')}
      <Group gap="sm" mt="lg">
        <Button component={Link} to={`/my/dossiers/${id}/edit/check`}>
          {t('guide.next')}
        </Button>
        <Link to={`/my/dossiers/${id}/edit`}>{t('guide.later')}</Link>
      </Group>
    </>
  );
}

function Piece({
  dossier,
  piece,
  current,
  onUploaded,
}: {
  dossier: string;
  piece: Schema<'DossierNeeds'>['pieces'][number];
  current: Schema<'Document'> | undefined;
  onUploaded: () => void;
}) {
  const { t } = useTranslation('filing');
  return (
    <div className={classes.piece} id={`piece-${piece.code}`}>
      {piece.needed === null && <p className={classes.small}>{t('pieces.perhaps')}</p>}
      <PieceUploader dossier={dossier} piece={piece} current={current} onUploaded={onUploaded} />
    </div>
  );
}
