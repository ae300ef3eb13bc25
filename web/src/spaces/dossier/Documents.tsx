import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Loading } from '../../components/Loading.tsx';
import { Panel } from '../../components/Panel.tsx';
import { ProblemNotice } from '../../components/ProblemNotice.tsx';
import { DocumentList } from '../../documents/DocumentList.tsx';
import { type Detail, documentsQuery, procedureQuery } from './queries.ts';

/** The pieces of the dossier with all their versions. */
export function Documents({ detail }: { detail: Detail }) {
  const { t } = useTranslation('dossier');
  const { dossier } = detail;
  const documents = useQuery(documentsQuery(dossier.id));
  const procedure = useQuery(procedureQuery(dossier.procedure, dossier.procedureVersion));
  if (documents.isError)
    return <ProblemNotice error={documents.error} retry={() => void documents.refetch()} />;
  if (documents.data === undefined) return <Loading rows={6} />;
  return (
    <Panel title={t('documents.title')}>
      <DocumentList dossier={dossier.id} documents={documents.data} pieces={procedure.data?.pieces} />
    </Panel>
  );
}
