import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { number } from '../../app/format.ts';
import { localText } from '../../app/language.ts';
import { RequireRole } from '../../app/RequireRole.tsx';
import type { DiagramMark } from '../../bpmn/DiagramView.tsx';
import { Code, Name } from '../../components/Code.tsx';
import { Facts } from '../../components/Facts.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Moment } from '../../components/Moment.tsx';
import { PageHead } from '../../components/PageHead.tsx';
import { Panel } from '../../components/Panel.tsx';
import { ProblemNotice } from '../../components/ProblemNotice.tsx';
import { StatePill, type Tone } from '../../components/StatePill.tsx';
import { Cancel } from './Cancel.tsx';
import { Diagram } from './Diagram.tsx';
import { MovePanel } from './MovePanel.tsx';
import classes from './Operation.module.css';
import { placeName, waitsInWords } from './places.ts';
import { type Instance, instanceQuery } from './queries.ts';
import { VariablesPanel } from './VariablesPanel.tsx';

const TONES: Record<Instance['status'], Tone> = {
  active: 'plain',
  completed: 'good',
  terminated: 'good',
  cancelled: 'late',
  failed: 'late',
};

/** One running or ended process: where it waits, what it knows, what operators did, and intervening. */
export function InstancePage() {
  return (
    <RequireRole roles={['operator']}>
      <Process />
    </RequireRole>
  );
}

function Process() {
  const { t } = useTranslation('operation');
  const { id = '' } = useParams();
  const [target, setTarget] = useState('');
  const { data: instance, error, refetch } = useQuery(instanceQuery(id));
  if (error !== null) return <ProblemNotice error={error} retry={() => void refetch()} />;
  if (instance === undefined) return <Loading rows={8} />;
  const name = instance.dossierNumber ?? t('incidents.noNumber');
  const isActive = instance.status === 'active';
  return (
    <>
      <PageHead
        above={<Link to="/operation">{t('incident.back')}</Link>}
        title={
          <>
            {t('process.title')} <Code>{name}</Code>
          </>
        }
        windowTitle={`${t('process.title')} ${name}`}
        about={t('process.about')}
        actions={isActive ? <Cancel instance={instance} /> : undefined}
      />
      <Panel title={t('process.what')}>
        <Facts
          columns={2}
          rows={[
            [
              t('incident.state'),
              <StatePill key="state" tone={TONES[instance.status]}>
                {t(`process.states.${instance.status}`)}
              </StatePill>,
            ],
            [
              t('incident.dossier'),
              <Link key="dossier" to={`/dossiers/${instance.dossier}`}>
                <Code>{name}</Code>
              </Link>,
            ],
            [t('process.startedAt'), <Moment key="from" at={instance.startedAt} as="time" />],
            [
              t('process.endedAt'),
              instance.endedAt === null ? null : <Moment key="to" at={instance.endedAt} as="time" />,
            ],
          ]}
        />
      </Panel>
      {isActive && <Places instance={instance} target={target} />}
      {isActive && <MovePanel instance={instance} target={target} setTarget={setTarget} />}
      <VariablesPanel instance={instance} />
      <History instance={instance} />
    </>
  );
}

function Places({ instance, target }: { instance: Instance; target: string }) {
  const { t } = useTranslation('operation');
  const { waiting } = instance;
  const marks = useMemo((): DiagramMark[] => {
    const places = waiting.map((one): DiagramMark => {
      const words = waitsInWords(one.waitsFor, t);
      return one.incident === null
        ? { element: one.flowNode, paint: 'waiting', figure: t('process.mark'), words }
        : { element: one.flowNode, paint: 'failing', figure: t('incident.mark'), words };
    });
    if (target === '' || waiting.some(({ flowNode }) => flowNode === target)) return places;
    return [...places, { element: target, paint: 'heat0', figure: t('move.mark'), words: t('move.to') }];
  }, [waiting, target, t]);
  return (
    <Panel title={t('process.where')}>
      <ul className={classes.list}>
        {waiting.map((one) => (
          <li key={one.token}>
            <strong>
              <bdi>{placeName(one)}</bdi>
            </strong>
            <span className={classes.soft}>
              {waitsInWords(one.waitsFor, t)}
              {one.tasks > 0 && <> · {t('move.tasks', { tasks: number(one.tasks) })}</>}
            </span>
            {one.incident !== null && (
              <Link to={`/operation/incidents/${one.incident}`}>{t('process.incident')}</Link>
            )}
          </li>
        ))}
      </ul>
      <Diagram
        procedure={instance.procedure}
        version={instance.version}
        label={t('process.diagram')}
        marks={marks}
      />
    </Panel>
  );
}

function History({ instance }: { instance: Instance }) {
  const { t } = useTranslation('operation');
  if (instance.history.length === 0) return null;
  return (
    <Panel title={t('history.title')}>
      <ul className={classes.list}>
        {instance.history.map((one) => (
          <li key={one.id}>
            <strong>
              {t(`history.${one.kind}`, {
                from: one.name === null ? one.flowNode : localText(one.name),
                to: one.toName === null ? one.to : localText(one.toName),
              })}
            </strong>
            <q dir="auto">{one.reason}</q>
            <span className={classes.soft}>
              <Moment at={one.at} as="time" /> · <Name>{one.byName}</Name>
              {one.names.length > 0 && (
                <>
                  {' '}
                  · {t('variables.title')} <Code>{one.names.join(', ')}</Code>
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
