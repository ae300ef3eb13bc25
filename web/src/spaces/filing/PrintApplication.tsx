import { Button } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { localText } from '../../app/language.ts';
import { RequireRole } from '../../app/RequireRole.tsx';
import { Code, Name } from '../../components/Code.tsx';
import { Facts } from '../../components/Facts.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Moment } from '../../components/Moment.tsx';
import { PageHead } from '../../components/PageHead.tsx';
import { Panel } from '../../components/Panel.tsx';
import { ProblemNotice } from '../../components/ProblemNotice.tsx';
import { Answers } from '../../forms/Answers.tsx';
import classes from './filing.module.css';
import { stepsOf } from './guide/steps.ts';
import { dossierQuery, formQuery, needsQuery } from './queries.ts';

/** The filled-in application on paper: every answer, and which pieces are with it. */
export function PrintApplication() {
  return (
    <RequireRole>
      <Sheet />
    </RequireRole>
  );
}

function Sheet() {
  const { t } = useTranslation('filing');
  const { id = '' } = useParams();
  const found = useQuery(dossierQuery(id));
  const needs = useQuery(needsQuery(id, found.data?.data.dossier.version ?? 0));
  const form = useQuery({
    ...formQuery(found.data?.data.dossier.procedure ?? '', needs.data?.form ?? '', needs.data?.version),
    enabled: found.data !== undefined && needs.data !== undefined,
  });
  const error = found.error ?? needs.error ?? form.error;
  if (error !== null) return <ProblemNotice error={error} retry={() => void found.refetch()} />;
  if (found.data === undefined || needs.data === undefined || form.data === undefined)
    return <Loading rows={8} />;
  const { data: detail } = found.data;
  const { dossier } = detail;
  return (
    <>
      <PageHead
        title={localText(detail.procedureName)}
        about={localText(detail.communeName)}
        actions={
          <Button
            leftSection={<IconPrinter size="1.1em" aria-hidden="true" />}
            onClick={() => window.print()}
          >
            {t('common:action.print')}
          </Button>
        }
      />
      <div className={classes.stack}>
        <Facts
          rows={[
            [
              t('receipt.number'),
              dossier.number === null ? t('mine.unnumbered') : <Code key="number">{dossier.number}</Code>,
            ],
            [
              t('receipt.filed'),
              dossier.submittedAt === null ? null : <Moment key="filed" at={dossier.submittedAt} as="time" />,
            ],
            [t('receipt.owner'), <Name key="owner">{detail.applicantName}</Name>],
            [
              t('receipt.architect'),
              detail.architectName === null ? null : <Name key="architect">{detail.architectName}</Name>,
            ],
          ]}
        />
        {stepsOf(form.data, t)
          .filter(({ id: step }) => step !== 'pieces' && step !== 'check')
          .map(({ id: step, title, section }) => (
            <Panel key={step} title={title}>
              <Answers form={form.data} value={dossier.application} section={section} />
            </Panel>
          ))}
        <Panel title={t('step.pieces')}>
          <ul>
            {needs.data.pieces
              .filter(({ present }) => present)
              .map(({ code, name }) => (
                <li key={code}>{localText(name)}</li>
              ))}
          </ul>
        </Panel>
      </div>
    </>
  );
}
