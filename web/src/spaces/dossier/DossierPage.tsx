import { Button, Tabs } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { useElsewhere } from '../../api/live.ts';
import { Refusal } from '../../api/problem.ts';
import { isOfficial, useMe } from '../../api/queries.ts';
import { localText } from '../../app/language.ts';
import { NotFound } from '../../app/NotFound.tsx';
import { RequireRole } from '../../app/RequireRole.tsx';
import { Code } from '../../components/Code.tsx';
import { Loading } from '../../components/Loading.tsx';
import { PageHead } from '../../components/PageHead.tsx';
import { ProblemNotice } from '../../components/ProblemNotice.tsx';
import { StatePill } from '../../components/StatePill.tsx';
import { useUrlState } from '../../components/useUrlState.ts';
import { Audit } from './Audit.tsx';
import { Documents } from './Documents.tsx';
import classes from './dossier.module.css';
import { History } from './History.tsx';
import { Messages } from './Messages.tsx';
import { AskedOfYou, Clocks, Now } from './Now.tsx';
import { Overview } from './Overview.tsx';
import { type Detail, dossierQuery, remarksQuery } from './queries.ts';
import { Remarks } from './Remarks.tsx';
import { Stages } from './Stages.tsx';
import { TONES } from './words.ts';

/** A dossier for whoever may see it: where it is, what is asked, and all that was filed, said and decided. */
export function DossierPage() {
  return (
    <RequireRole>
      <Found />
    </RequireRole>
  );
}

function Found() {
  const { id = '' } = useParams();
  const { data, error, isPending, refetch } = useQuery(dossierQuery(id));
  const { t } = useTranslation('dossier');
  if (error instanceof Refusal && error.status === 404) return <NotFound />;
  if (error !== null && data === undefined) {
    return (
      <>
        <PageHead title={t('title')} />
        <ProblemNotice error={error} retry={() => void refetch()} />
      </>
    );
  }
  if (isPending || data === undefined || data.dossier.id !== id) return <Loading rows={8} />;
  return <Whole detail={data} />;
}

function Whole({ detail }: { detail: Detail }) {
  const { t } = useTranslation(['dossier', 'common']);
  const me = useMe();
  const [tab, setTab] = useUrlState('tab', 'overview');
  const { dossier } = detail;
  const official = isOfficial(me);
  const party = me !== null && [dossier.applicant, dossier.architect, dossier.createdBy].includes(me.id);
  const { data: remarks = [] } = useQuery({
    ...remarksQuery(dossier.id),
    enabled: dossier.status !== 'draft',
  });
  const tabs = [
    'overview',
    'documents',
    'remarks',
    'messages',
    'history',
    ...(official && !party ? ['audit'] : []),
  ];
  const shown = tabs.includes(tab) ? tab : 'overview';
  const unanswered = remarks.filter((one) => one.answerable && one.answer === null).length;
  const number = dossier.number ?? t('unnumbered');
  return (
    <>
      <PageHead
        above={
          <>
            {localText(detail.procedureName)} · {localText(detail.communeName)}
          </>
        }
        title={
          <span className={classes.head}>
            {dossier.number === null ? number : <Code>{dossier.number}</Code>}
            <StatePill tone={TONES[dossier.status]}>{t(`status.${dossier.status}`)}</StatePill>
          </span>
        }
        windowTitle={number}
        about={
          <>
            <bdi>{detail.applicantName}</bdi>
            {detail.architectName !== null && (
              <>
                {' · '}
                {t('architect')} <bdi>{detail.architectName}</bdi>
              </>
            )}
          </>
        }
        actions={
          <Button
            variant="default"
            leftSection={<IconPrinter size={18} aria-hidden="true" />}
            onClick={() => print()}
          >
            {t('common:action.print')}
          </Button>
        }
      />
      <ChangedElsewhere id={dossier.id} show={() => setTab('history')} />
      <div className={classes.top} data-wide={official}>
        <Now detail={detail} />
        <AskedOfYou detail={detail} />
        <Clocks detail={detail} />
        <Stages detail={detail} />
      </div>
      <Tabs
        value={shown}
        onChange={(value) => setTab(value ?? 'overview')}
        keepMounted={false}
        className={classes.tabs}
      >
        <Tabs.List aria-label={t('tabs.label')} data-no-print>
          {tabs.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {t(`tabs.${name}`)}
              {name === 'remarks' && unanswered > 0 && <> ({unanswered})</>}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={shown} pt="lg">
          {shown === 'overview' && <Overview detail={detail} wide={official} />}
          {shown === 'documents' && <Documents detail={detail} />}
          {shown === 'remarks' && <Remarks detail={detail} />}
          {shown === 'messages' && <Messages detail={detail} />}
          {shown === 'history' && <History detail={detail} />}
          {shown === 'audit' && <Audit detail={detail} />}
        </Tabs.Panel>
      </Tabs>
      <p className={classes.sheet}>{t('printed', { address: location.origin + location.pathname })}</p>
    </>
  );
}

const FORGET_MS = 120_000;

/** Says quietly that somebody else has changed the dossier; what is shown is fresh already. */
function ChangedElsewhere({ id, show }: { id: string; show: () => void }) {
  const { t } = useTranslation(['dossier', 'common']);
  const { change, seen } = useElsewhere(id);
  useEffect(() => {
    if (change === null) return;
    const timer = setTimeout(seen, FORGET_MS);
    return () => clearTimeout(timer);
  }, [change, seen]);
  return (
    <div role="status" data-no-print>
      {change !== null && (
        <div className={classes.elsewhere}>
          <span>{t(`elsewhere.${change.by}`)}</span>
          <span>
            <Button
              variant="subtle"
              size="compact-md"
              color="blue"
              onClick={() => {
                seen();
                show();
              }}
            >
              {t('elsewhere.show')}
            </Button>
            <Button variant="subtle" size="compact-md" color="gray" onClick={seen}>
              {t('common:action.close')}
            </Button>
          </span>
        </div>
      )}
    </div>
  );
}
