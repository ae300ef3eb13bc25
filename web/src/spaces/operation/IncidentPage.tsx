import { Alert, Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { answer, api, onceKey } from '../../api/client.ts';
import { Refusal } from '../../api/problem.ts';
import { number } from '../../app/format.ts';
import { localText } from '../../app/language.ts';
import { RequireRole } from '../../app/RequireRole.tsx';
import type { DiagramMark } from '../../bpmn/DiagramView.tsx';
import { Code } from '../../components/Code.tsx';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { Facts } from '../../components/Facts.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Moment } from '../../components/Moment.tsx';
import { PageHead } from '../../components/PageHead.tsx';
import { Panel } from '../../components/Panel.tsx';
import { ProblemNotice } from '../../components/ProblemNotice.tsx';
import { StatePill } from '../../components/StatePill.tsx';
import { causeInWords } from './cause.ts';
import { Diagram } from './Diagram.tsx';
import classes from './Operation.module.css';
import { type Incident, incidentQuery, instancesQuery } from './queries.ts';
import { Skip } from './Skip.tsx';

/** One stop: where in the diagram, why, what was tried, and trying again. */
export function IncidentPage() {
  return (
    <RequireRole roles={['operator']}>
      <Stop />
    </RequireRole>
  );
}

function Stop() {
  const { t } = useTranslation('operation');
  const { id = '' } = useParams();
  const { data: incident, error, refetch } = useQuery(incidentQuery(id));
  if (error !== null) return <ProblemNotice error={error} retry={() => void refetch()} />;
  if (incident === undefined) return <Loading rows={8} />;
  const name = incident.name === null ? incident.flowNode : localText(incident.name);
  return (
    <>
      <PageHead
        above={<Link to="/operation">{t('incident.back')}</Link>}
        title={
          <>
            {t('incident.title')} <bdi>{name}</bdi>
          </>
        }
        windowTitle={`${t('incident.title')} ${name}`}
        about={causeInWords(incident, t)}
        actions={
          <>
            {incident.resolvedAt === null && (
              <>
                <Retry incident={incident} />
                <Skip incident={incident} />
              </>
            )}
            <OtherMoves incident={incident} />
          </>
        }
      />
      {incident.resolvedAt !== null && <Outcome incident={incident} />}
      <Panel title={t('incident.what')}>
        <Facts
          columns={2}
          rows={[
            [
              t('incident.state'),
              <StatePill key="state" tone={incident.resolvedAt === null ? 'late' : 'good'}>
                {t(incident.resolvedAt === null ? 'incidents.isOpen' : 'incidents.isResolved')}
              </StatePill>,
            ],
            [
              t('incident.dossier'),
              // The operator of the machines may not read files: the number leads there for who may.
              <Link key="dossier" to={`/dossiers/${incident.dossier}`}>
                <Code>{incident.dossierNumber ?? t('incidents.noNumber')}</Code>
              </Link>,
            ],
            [t('incident.step'), <bdi key="step">{name}</bdi>],
            [t('incident.kind'), t(`incident.kinds.${incident.kind}`)],
            [t('incident.since'), <Moment key="since" at={incident.createdAt} as="time" far />],
            [t('incident.attempts'), number(incident.attempts)],
            [t('incident.code'), <Code key="code">{incident.code}</Code>],
            [
              t('incident.handler'),
              incident.handler === null ? null : <Code key="job">{incident.handler}</Code>,
            ],
            [
              t('incident.resolvedAt'),
              incident.resolvedAt === null ? null : <Moment key="at" at={incident.resolvedAt} as="time" />,
            ],
          ]}
        />
        <details className={classes.details}>
          <summary>{t('incident.message')}</summary>
          <pre dir="ltr">{incident.message}</pre>
        </details>
      </Panel>
      <Place incident={incident} name={name} />
    </>
  );
}

function Place({ incident, name }: { incident: Incident; name: string }) {
  const { t } = useTranslation('operation');
  const { procedure, version, flowNode } = incident;
  const isOpen = incident.resolvedAt === null;
  const marks = useMemo((): DiagramMark[] => {
    const words = t(isOpen ? 'incident.stoppedHere' : 'incident.hadStoppedHere', { name });
    return [{ element: flowNode, paint: 'failing', figure: t('incident.mark'), words }];
  }, [flowNode, name, isOpen, t]);
  return (
    <Panel title={t('incident.where')}>
      <p>{marks[0]?.words}</p>
      <Diagram
        procedure={procedure}
        version={version}
        label={t('incident.diagram')}
        marks={marks}
        focus={flowNode}
      />
    </Panel>
  );
}

/** Leads to the whole process, where more can be done than trying again. */
function OtherMoves({ incident }: { incident: Incident }) {
  const { t } = useTranslation('operation');
  const { data } = useQuery(instancesQuery({ dossier: incident.dossier }));
  const [instance] = data?.items ?? [];
  if (instance === undefined) return null;
  return (
    <Button component={Link} to={`/operation/instances/${instance.id}`} variant="subtle">
      {t('incident.otherMoves')}
    </Button>
  );
}

function Retry({ incident }: { incident: Incident }) {
  const { t } = useTranslation('operation');
  const client = useQueryClient();
  const [asking, ask] = useState(false);
  // One wish, one key: pressing again after a lost answer does not try twice.
  const key = useRef(onceKey());
  const retry = useMutation({
    mutationFn: () =>
      answer(
        api.POST('/incidents/{id}/retry', {
          params: { path: { id: incident.id }, header: { 'Idempotency-Key': key.current } },
        }),
      ),
    onSettled: async (_made, error) => {
      ask(false);
      if (error instanceof Refusal) key.current = onceKey();
      await client.invalidateQueries();
    },
  });
  return (
    <>
      <Button onClick={() => ask(true)}>{t('retry.action')}</Button>
      <ConfirmDialog
        opened={asking}
        title={t('retry.title')}
        action={t('retry.action')}
        busy={retry.isPending}
        onClose={() => ask(false)}
        onConfirm={() => retry.mutate()}
      >
        <p>{t(`retry.${incident.kind}`)}</p>
        <p>{t('retry.safe')}</p>
      </ConfirmDialog>
      {retry.error !== null && <ProblemNotice error={retry.error} />}
    </>
  );
}

/** After a retry: whether it went on, or stopped at the same place again. */
function Outcome({ incident }: { incident: Incident }) {
  const { t } = useTranslation('operation');
  const { data } = useQuery({
    queryKey: ['incidents', 'again', incident.id],
    // The work may still be under way.
    refetchInterval: 3_000,
    queryFn: () => answer(api.GET('/incidents', { params: { query: { open: true, limit: 100 } } })),
  });
  if (data === undefined) return null;
  const again = data.items.find(
    (one) => one.dossier === incident.dossier && one.createdAt >= (incident.resolvedAt ?? ''),
  );
  if (again === undefined) return <Alert color="green">{t('retry.wentOn')}</Alert>;
  return (
    <Alert color="red" role="alert" title={t('retry.again')}>
      <Link to={`/operation/incidents/${again.id}`}>{t('retry.openAgain')}</Link>
    </Alert>
  );
}
