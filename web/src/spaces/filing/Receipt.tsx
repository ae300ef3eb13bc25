import { Button, Group } from '@mantine/core';
import { IconDownload, IconPrinter } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, useParams } from 'react-router';
import { answer, api, saveFile } from '../../api/client.ts';
import { localText } from '../../app/language.ts';
import { RequireRole } from '../../app/RequireRole.tsx';
import { Code, Name } from '../../components/Code.tsx';
import { Facts } from '../../components/Facts.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Moment } from '../../components/Moment.tsx';
import { PageHead } from '../../components/PageHead.tsx';
import { Panel } from '../../components/Panel.tsx';
import { ProblemNotice } from '../../components/ProblemNotice.tsx';
import { StatePill } from '../../components/StatePill.tsx';
import classes from './filing.module.css';
import { dossierQuery, needsQuery } from './queries.ts';

/** What came of a filing: the number and the receipt, or the dated refusal to receive it; and what happens next. */
export function Receipt() {
  return (
    <RequireRole>
      <Filed />
    </RequireRole>
  );
}

function Filed() {
  const { t } = useTranslation('filing');
  const { id = '' } = useParams();
  const [error, setError] = useState<unknown>(null);
  const found = useQuery({
    ...dossierQuery(id),
    // The number is given a moment after the filing.
    refetchInterval: ({ state }) =>
      state.data?.data.dossier.status === 'filed' && state.data.data.dossier.number === null ? 1500 : false,
  });
  const procedure = found.data?.data.dossier.procedure;
  const version = found.data?.data.dossier.procedureVersion ?? undefined;
  const { data: known } = useQuery({
    queryKey: ['procedure', procedure, version ?? null],
    enabled: procedure !== undefined,
    queryFn: () =>
      answer(
        api.GET('/procedures/{id}', {
          params: { path: { id: procedure ?? '' }, ...(version === undefined ? {} : { query: { version } }) },
        }),
      ),
  });
  const { data: needs } = useQuery(needsQuery(id, found.data?.data.dossier.version ?? 0));
  if (found.data === undefined)
    return found.error === null ? (
      <Loading rows={6} />
    ) : (
      <ProblemNotice error={found.error} retry={() => void found.refetch()} />
    );
  const { data: detail } = found.data;
  const { dossier } = detail;
  if (dossier.status === 'draft') return <Navigate replace to={`/my/dossiers/${id}/edit`} />;
  const rejection = dossier.filingRejection;
  const nameOf = (code: string): string => {
    const piece = known?.pieces.find((one) => one.code === code);
    return piece === undefined ? code : localText(piece.name);
  };
  const save = (path: string) => saveFile(path).catch(setError);
  return (
    <>
      <PageHead
        title={t(rejection === null ? 'receipt.title' : 'receipt.rejected')}
        about={`${localText(detail.procedureName)} · ${localText(detail.communeName)}`}
      />
      {error !== null && <ProblemNotice error={error} />}
      <div className={classes.stack}>
        {rejection === null ? (
          <Panel title={t('receipt.number')}>
            <p className={classes.number} role="status">
              {dossier.number === null ? t('receipt.numbering') : <Code>{dossier.number}</Code>}
            </p>
            <Facts
              rows={[
                [
                  t('receipt.filed'),
                  dossier.submittedAt === null ? null : (
                    <Moment key="filed" at={dossier.submittedAt} as="long" far={false} />
                  ),
                ],
                [t('receipt.owner'), <Name key="owner">{detail.applicantName}</Name>],
                [
                  t('receipt.architect'),
                  detail.architectName === null ? null : <Name key="architect">{detail.architectName}</Name>,
                ],
                [
                  t('receipt.pieces'),
                  needs?.pieces
                    .filter(({ present }) => present)
                    .map(({ name }) => localText(name))
                    .join(t('receipt.comma')),
                ],
              ]}
            />
          </Panel>
        ) : (
          <Panel title={t('receipt.why')}>
            <p>
              <StatePill tone="late">{t('status.rejectedAtFiling')}</StatePill>{' '}
              <Moment at={rejection.at} as="time" />
            </p>
            <p>{t('receipt.whyHelp')}</p>
            <ul>
              {rejection.missing.map(({ piece, article }) => (
                <li key={piece}>
                  {nameOf(piece)} <bdi>({article})</bdi>
                </li>
              ))}
            </ul>
          </Panel>
        )}
        <Group gap="sm" data-no-print>
          {rejection === null ? (
            <Button
              disabled={dossier.receipt === null}
              leftSection={<IconDownload size="1.1em" aria-hidden="true" />}
              onClick={() => void save(`/dossiers/${id}/receipt`)}
            >
              {t('receipt.download')}
            </Button>
          ) : (
            <Button
              leftSection={<IconDownload size="1.1em" aria-hidden="true" />}
              onClick={() => void save(`/dossiers/${id}/filing-rejection`)}
            >
              {t('receipt.downloadRefusal')}
            </Button>
          )}
          <Button
            variant="default"
            leftSection={<IconPrinter size="1.1em" aria-hidden="true" />}
            onClick={() => window.print()}
          >
            {t('common:action.print')}
          </Button>
          <Link to={`/my/dossiers/${id}/print`}>{t('receipt.application')}</Link>
        </Group>
        <Panel title={t('receipt.next')}>
          {rejection === null ? (
            <ol>
              <li>{t('receipt.next1')}</li>
              <li>{t('receipt.next2')}</li>
              <li>
                {needs?.timeLimit == null
                  ? t('receipt.next3')
                  : t(`receipt.next3_${needs.timeLimit.unit}`, {
                      count: needs.timeLimit.amount,
                      article: `\u2068${needs.timeLimit.article}\u2069`,
                    })}
              </li>
            </ol>
          ) : (
            <p>{t('receipt.again')}</p>
          )}
          <p data-no-print>
            {rejection === null ? (
              <Link to={`/dossiers/${id}`}>{t('receipt.follow')}</Link>
            ) : (
              <Link to={`/my/new?procedure=${dossier.procedure}&commune=${dossier.commune}`}>
                {t('receipt.anew')}
              </Link>
            )}
          </p>
        </Panel>
      </div>
    </>
  );
}
