import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type Language, localText } from '../../../app/language.ts';
import { RequireRole } from '../../../app/RequireRole.tsx';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { Loading } from '../../../components/Loading.tsx';
import { PageHead } from '../../../components/PageHead.tsx';
import { Panel } from '../../../components/Panel.tsx';
import { ProblemNotice } from '../../../components/ProblemNotice.tsx';
import { useUrlState } from '../../../components/useUrlState.ts';
import {
  contentOf,
  type DraftFile,
  diagramPath,
  draftQuery,
  draftsQuery,
  versionFilesQuery,
  versionsQuery,
} from '../queries.ts';
import classes from './ComparePage.module.css';
import { DiagramList, FileList } from './DifferenceList.tsx';
import { type DiagramDifference, diagramDifferences, fileDifferences } from './differences.ts';
import { type Shown, Viewer } from './Viewer.tsx';

/** Two versions side by side, or a version and a draft: what is new, gone, changed and moved. */
export function ComparePage() {
  return (
    <RequireRole roles={['procedureAdministrator']}>
      <Compared />
    </RequireRole>
  );
}

const HASH = /^[a-f0-9]{64}$/;

/** The files of a version or of a draft, by what the address names. */
function useFiles(named: string) {
  const isVersion = HASH.test(named);
  const version = useQuery({ ...versionFilesQuery(named), enabled: isVersion });
  const draft = useQuery({ ...draftQuery(named), enabled: !isVersion && named !== '' });
  return isVersion
    ? { files: version.data?.files, procedure: version.data?.life.id, error: version.error }
    : { files: draft.data?.data.files, procedure: draft.data?.data.procedure, error: draft.error };
}

function Compared() {
  const { t, i18n } = useTranslation('studio');
  const [from, setFrom] = useUrlState('from');
  const [to, setTo] = useUrlState('to');
  const versions = useQuery(versionsQuery);
  const drafts = useQuery(draftsQuery);
  const [before, after] = [useFiles(from), useFiles(to)];
  const error = versions.error ?? drafts.error ?? before.error ?? after.error;
  const procedure = before.procedure ?? after.procedure;
  const options = [
    ...(versions.data ?? [])
      .filter(({ id }) => procedure === undefined || id === procedure)
      .map((one) => ({
        value: one.version,
        label: `${localText(one.name, i18n.language as Language)} – ${t('compare.version', { date: `\u2066${one.inForceFrom}\u2069`, code: one.version.slice(0, 7) })}`,
      })),
    ...(drafts.data ?? [])
      .filter((one) => procedure === undefined || one.procedure === procedure)
      .map((one) => ({
        value: one.id,
        label: t('compare.draft', { procedure: one.procedure, code: one.id.slice(-6) }),
      })),
  ];
  return (
    <>
      <PageHead
        title={t('compare.title')}
        about={t('compare.about')}
        above={<Link to="/studio">{t('title')}</Link>}
      />
      {error !== null && <ProblemNotice error={error} />}
      <div className={classes.choice}>
        <Select
          label={t('compare.from')}
          data={options}
          value={from || null}
          onChange={(value) => setFrom(value ?? '')}
        />
        <Select
          label={t('compare.to')}
          data={options}
          value={to || null}
          onChange={(value) => setTo(value ?? '')}
        />
      </div>
      {from === '' || to === '' ? (
        <EmptyState title={t('compare.choose')} />
      ) : before.files === undefined || after.files === undefined || procedure === undefined ? (
        error === null && <Loading rows={6} />
      ) : (
        <SideBySide key={`${from} ${to}`} before={before.files} after={after.files} procedure={procedure} />
      )}
    </>
  );
}

function SideBySide({
  before,
  after,
  procedure,
}: {
  before: DraftFile[];
  after: DraftFile[];
  procedure: string;
}) {
  const { t, i18n } = useTranslation('studio');
  const language = i18n.language as Language;
  const [old, setOld] = useState<Shown | null>(null);
  const [next, setNext] = useState<Shown | null>(null);
  const [found, setFound] = useState<DiagramDifference[] | null>(null);
  useEffect(() => {
    if (old === null || next === null) return;
    const differences = diagramDifferences(old.definitions, next.definitions);
    const marks = (kinds: string[]) =>
      differences
        .filter(({ kind }) => kinds.includes(kind))
        .map(({ id, kind }) => ({ id, marker: `differs-${kind}` }));
    old.mark(marks(['removed', 'changed', 'moved']));
    next.mark(marks(['added', 'changed', 'moved']));
    old.follow(next);
    next.follow(old);
    setFound(differences);
  }, [old, next]);
  const path = diagramPath(procedure);
  return (
    <>
      <ul className={classes.legend}>
        {(['added', 'removed', 'changed', 'moved'] as const).map((kind) => (
          <li key={kind} data-kind={kind}>
            {t(`compare.${kind}`)}{' '}
            {found === null ? '' : `(${found.filter((one) => one.kind === kind).length})`}
          </li>
        ))}
      </ul>
      <div className={classes.sides}>
        <Viewer
          label={t('compare.from')}
          xml={contentOf(before, path)}
          language={language}
          onShown={setOld}
        />
        <Viewer label={t('compare.to')} xml={contentOf(after, path)} language={language} onShown={setNext} />
      </div>
      <div className={classes.lists}>
        <Panel title={t('compare.diagram')}>
          {found === null ? (
            <Loading rows={3} />
          ) : (
            <DiagramList
              differences={found}
              onOpen={(id) => {
                old?.go(id);
                next?.go(id);
              }}
            />
          )}
        </Panel>
        <Panel title={t('compare.files')}>
          <FileList differences={fileDifferences(before, after)} />
        </Panel>
      </div>
    </>
  );
}
