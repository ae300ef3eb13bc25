import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { RequireRole } from '../../app/RequireRole.tsx';
import { Loading } from '../../components/Loading.tsx';
import { PageHead } from '../../components/PageHead.tsx';
import { ProblemNotice } from '../../components/ProblemNotice.tsx';
import { Editor } from './editor/Editor.tsx';
import { draftQuery, versionsQuery, vocabularyQuery } from './queries.ts';

/** One draft: drawn, described, checked, published. */
export function DraftPage() {
  return (
    <RequireRole roles={['procedureAdministrator']}>
      <Opened />
    </RequireRole>
  );
}

function Opened() {
  const { t } = useTranslation('studio');
  const { id = '' } = useParams();
  const draft = useQuery(draftQuery(id));
  const vocabulary = useQuery(vocabularyQuery);
  const versions = useQuery(versionsQuery);
  const error = draft.error ?? vocabulary.error ?? versions.error;
  if (error !== null) {
    return (
      <>
        <PageHead title={t('draft.title')} />
        <ProblemNotice error={error} retry={() => void draft.refetch()} />
      </>
    );
  }
  if (draft.data === undefined || vocabulary.data === undefined || versions.data === undefined) {
    return (
      <>
        <PageHead title={t('draft.title')} />
        <Loading rows={8} />
      </>
    );
  }
  return (
    <Editor
      key={draft.data.data.id}
      draft={draft.data.data}
      tag={draft.data.tag}
      vocabulary={vocabulary.data}
      versions={versions.data}
      reload={() => void draft.refetch()}
    />
  );
}
