import { Button } from '@mantine/core';
import { IconDownload, IconEye } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type Schema, saveFile } from '../api/client.ts';
import { fileSize } from '../app/format.ts';
import { localText } from '../app/language.ts';
import { Name } from '../components/Code.tsx';
import { EmptyState } from '../components/EmptyState.tsx';
import { Loading } from '../components/Loading.tsx';
import { Moment } from '../components/Moment.tsx';
import { ProblemNotice } from '../components/ProblemNotice.tsx';
import classes from './DocumentList.module.css';
import { MEDIA } from './media.ts';
import { QualityNotice } from './QualityNotice.tsx';
import { documentsQuery } from './queries.ts';

type Document = Schema<'Document'>;

export interface DocumentListProps {
  /** Identifier of the dossier. */
  dossier: string;
  /** Names of the pieces, by code; their codes are shown when left out. */
  pieces?: { code: string; name: { ar: string; fr: string; en?: string | undefined } }[] | undefined;
  /** What to list; asked of the server (all versions) when left out. */
  documents?: Document[] | undefined;
}

/** The documents of a dossier, piece by piece: the version in force, the earlier ones behind it, to open, compare and save. */
export function DocumentList({ dossier, pieces, documents }: DocumentListProps) {
  const { t } = useTranslation('documents');
  const asked = useQuery({ ...documentsQuery(dossier), enabled: documents === undefined });
  const all = documents ?? asked.data;
  if (all === undefined) {
    if (asked.error !== null) return <ProblemNotice error={asked.error} retry={() => void asked.refetch()} />;
    return <Loading />;
  }
  if (all.length === 0) return <EmptyState title={t('list.none')}>{t('list.noneHelp')}</EmptyState>;
  const codes = [...new Set(all.map(({ piece }) => piece))];
  const nameOf = (code: string): string => {
    const piece = pieces?.find((one) => one.code === code);
    return piece === undefined ? code : localText(piece.name);
  };
  const order = pieces?.map(({ code }) => code) ?? [];
  codes.sort((a, b) => order.indexOf(a) - order.indexOf(b));
  return (
    <ul className={classes.list}>
      {codes.map((code) => {
        const versions = all.filter(({ piece }) => piece === code).sort((a, b) => b.version - a.version);
        const [newest, ...older] = versions;
        return (
          newest !== undefined && (
            <li key={code} className={classes.piece}>
              <h3>{nameOf(code)}</h3>
              <Version document={newest} earlier={older[0]} />
              <QualityNotice document={newest} advice={false} />
              {older.length > 0 && (
                <details>
                  <summary>{t('list.older', { count: older.length })}</summary>
                  <ul className={classes.older}>
                    {older.map((document) => (
                      <li key={document.id}>
                        <Version document={document} />
                      </li>
                    ))}
                  </ul>
                </details>
              )}
            </li>
          )
        );
      })}
    </ul>
  );
}

function Version({ document, earlier }: { document: Document; earlier?: Document | undefined }) {
  const { t } = useTranslation('documents');
  const [fault, setFault] = useState<unknown>(null);
  const address = `/dossiers/${document.dossier}/documents/${document.id}`;
  return (
    <div className={classes.version}>
      <div className={classes.words}>
        <Link to={address}>
          <Name>{document.fileName}</Name>
        </Link>
        <p>
          {t('version', { version: document.version })} · <bdi>{MEDIA[document.mediaType]?.name}</bdi> ·{' '}
          {fileSize(document.size)}
          {document.pages !== null && <> · {t('pages', { count: document.pages })}</>} ·{' '}
          <Moment at={document.uploadedAt} />
        </p>
        {fault !== null && <ProblemNotice error={fault} />}
      </div>
      <div className={classes.actions} data-no-print>
        {earlier !== undefined && (
          <Button
            component={Link}
            to={`${address}?compare=${earlier.id}`}
            variant="default"
            size="compact-md"
          >
            {t('list.compare')}
          </Button>
        )}
        <Button
          component={Link}
          to={address}
          variant="default"
          size="compact-md"
          leftSection={<IconEye size={16} aria-hidden="true" />}
          aria-label={t('list.openOf', { name: document.fileName })}
        >
          {t('list.open')}
        </Button>
        <Button
          variant="default"
          size="compact-md"
          leftSection={<IconDownload size={16} aria-hidden="true" />}
          onClick={() => {
            setFault(null);
            saveFile(`/documents/${document.id}/content`).catch(setFault);
          }}
          aria-label={t('list.saveOf', { name: document.fileName })}
        >
          {t('list.save')}
        </Button>
      </div>
    </div>
  );
}
