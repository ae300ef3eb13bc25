import { Button, NativeSelect } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams, useSearchParams } from 'react-router';
import { answer, api, saveFile } from '../../api/client.ts';
import { shortDate } from '../../app/format.ts';
import { localText } from '../../app/language.ts';
import { Name } from '../../components/Code.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { Loading } from '../../components/Loading.tsx';
import { PageHead } from '../../components/PageHead.tsx';
import { ProblemNotice } from '../../components/ProblemNotice.tsx';
import { QualityNotice } from '../../documents/QualityNotice.tsx';
import { documentsQuery } from '../../documents/queries.ts';
import { PlanViewer } from '../../viewer/PlanViewer.tsx';
import classes from './DocumentPage.module.css';

/** Shows one version of one piece in full, beside another one when asked (`?compare=`). */
export function DocumentPage() {
  const { t } = useTranslation('documents');
  const { id = '', document: wanted = '' } = useParams();
  const [search, setSearch] = useSearchParams();
  const documents = useQuery(documentsQuery(id));
  const dossier = useQuery({
    queryKey: ['dossier', id, 'head'],
    queryFn: async () => (await answer(api.GET('/dossiers/{id}', { params: { path: { id } } }))).dossier,
  });
  const procedure = useQuery({
    queryKey: ['procedure', dossier.data?.procedure, dossier.data?.procedureVersion ?? null],
    enabled: dossier.data !== undefined,
    queryFn: () =>
      answer(
        api.GET('/procedures/{id}', {
          params: {
            path: { id: dossier.data?.procedure ?? '' },
            query: dossier.data?.procedureVersion == null ? {} : { version: dossier.data.procedureVersion },
          },
        }),
      ),
  });

  if (documents.error !== null && documents.data === undefined) {
    return <ProblemNotice error={documents.error} retry={() => void documents.refetch()} />;
  }
  if (documents.data === undefined) return <Loading rows={8} />;
  const document = documents.data.find((one) => one.id === wanted);
  if (document === undefined) {
    return (
      <>
        <PageHead title={t('page.missing')} />
        <EmptyState title={t('page.missing')} action={<Link to={`/dossiers/${id}`}>{t('page.back')}</Link>}>
          {t('page.missingHelp')}
        </EmptyState>
      </>
    );
  }
  const piece = procedure.data?.pieces.find((one) => one.code === document.piece);
  const others = documents.data
    .filter((one) => one.piece === document.piece && one.id !== document.id)
    .sort((a, b) => b.version - a.version);
  const other = others.find((one) => one.id === search.get('compare')) ?? null;
  return (
    <div className={classes.page}>
      <PageHead
        above={<Link to={`/dossiers/${id}`}>{dossier.data?.number ?? t('page.back')}</Link>}
        title={piece === undefined ? document.fileName : localText(piece.name)}
        about={
          <>
            <Name>{document.fileName}</Name> ·{' '}
            {t('page.filed', { version: document.version, date: shortDate(document.uploadedAt) })}
          </>
        }
        actions={
          <>
            {others.length > 0 && (
              <NativeSelect
                label={t('page.compare')}
                value={other?.id ?? ''}
                onChange={(event) => {
                  const next = event.currentTarget.value;
                  setSearch(next === '' ? {} : { compare: next }, { replace: true });
                }}
                data={[
                  { value: '', label: '—' },
                  ...others.map((one) => ({
                    value: one.id,
                    label: t('page.filed', { version: one.version, date: shortDate(one.uploadedAt) }),
                  })),
                ]}
              />
            )}
            <Button
              variant="default"
              leftSection={<IconDownload size={18} aria-hidden="true" />}
              onClick={() => void saveFile(`/documents/${document.id}/content`).catch(() => undefined)}
            >
              {t('page.save')}
            </Button>
          </>
        }
      />
      <QualityNotice document={document} advice={false} />
      <div className={classes.plan}>
        <PlanViewer document={document} compareWith={other} />
      </div>
    </div>
  );
}
