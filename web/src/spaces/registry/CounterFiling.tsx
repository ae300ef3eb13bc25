import { Alert, Button, Group } from '@mantine/core';
import { IconCircleCheck, IconCircleDashed, IconCopy, IconKey, IconPrinter } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams, useSearchParams } from 'react-router';
import { answer, api, onceKey, type Schema } from '../../api/client.ts';
import { localText } from '../../app/language.ts';
import { RequireRole } from '../../app/RequireRole.tsx';
import { Code, Name } from '../../components/Code.tsx';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { useKeys } from '../../components/keys.tsx';
import { Loading } from '../../components/Loading.tsx';
import { PageHead } from '../../components/PageHead.tsx';
import { Panel } from '../../components/Panel.tsx';
import { ProblemNotice } from '../../components/ProblemNotice.tsx';
import { StatePill } from '../../components/StatePill.tsx';
import { dossierQuery, needsQuery } from './queries.ts';
import { ReceiptSheet } from './ReceiptSheet.tsx';
import { Related, useDuplicates } from './Related.tsx';
import classes from './registry.module.css';
import { DossierState } from './States.tsx';

/** One application of the counter: what is still to do, the filing, the papers the person takes home. */
export function CounterFiling() {
  const { id = '' } = useParams();
  return (
    <RequireRole roles={['registryOfficer']}>
      <Filing key={id} id={id} />
    </RequireRole>
  );
}

function Filing({ id }: { id: string }) {
  const { t } = useTranslation('registry');
  const detail = useQuery(dossierQuery(id));
  if (detail.error !== null)
    return <ProblemNotice error={detail.error} retry={() => void detail.refetch()} />;
  if (detail.data === undefined) return <Loading rows={8} />;
  const { dossier, applicantName, communeName, procedureName } = detail.data;
  return (
    <>
      <div data-no-print>
        <PageHead
          above={`${localText(procedureName)} · ${localText(communeName)}`}
          title={<Name>{applicantName}</Name>}
          windowTitle={applicantName}
          about={
            <Group component="span" gap="xs">
              <DossierState status={dossier.status} />
              {dossier.number !== null && <Code>{dossier.number}</Code>}
            </Group>
          }
        />
      </div>
      {dossier.status === 'draft' ? <ToDo id={id} dossier={dossier} /> : <Papers dossier={dossier} />}
      <div data-no-print>
        <Panel>
          <Related dossier={id} />
        </Panel>
        {dossier.status !== 'draft' && (
          <p>
            <Link to={`/dossiers/${id}`}>{t('preview.open')}</Link>
          </p>
        )}
      </div>
    </>
  );
}

function ToDo({ id, dossier }: { id: string; dossier: Schema<'Dossier'> }) {
  const { t } = useTranslation(['registry', 'common']);
  const client = useQueryClient();
  const [params] = useSearchParams();
  const needs = useQuery({ ...needsQuery(id), refetchInterval: 15_000 });
  const duplicates = useDuplicates(id);
  const [asking, setAsking] = useState(false);
  const key = useRef(onceKey());
  const file = useMutation({
    mutationFn: () =>
      answer(
        api.POST('/dossiers/{id}/submission', {
          params: { path: { id }, header: { 'Idempotency-Key': key.current } },
          body: {},
        }),
      ),
    onSuccess: () => client.invalidateQueries(),
    onError: () => {
      key.current = onceKey();
      setAsking(false);
    },
  });
  if (needs.error !== null) return <ProblemNotice error={needs.error} retry={() => void needs.refetch()} />;
  if (needs.data === undefined) return <Loading rows={5} />;
  const { faults, pieces, signature } = needs.data;
  const begun = Object.keys(dossier.application).length > 0;
  const missing = pieces.filter(({ needed, present }) => needed === true && !present);
  const principal = missing.filter(({ kind }) => kind === 'principal');
  const ready = faults.length === 0 && (!signature.needed || signature.done);
  const account = params.get('account');
  return (
    <>
      {account !== null && (
        <Alert color="green" variant="light" mb="md" role="status" icon={<IconCircleCheck aria-hidden />}>
          {t(account === 'opened' ? 'counter.accountOpened' : 'counter.accountFound')}
        </Alert>
      )}
      {file.error !== null && <ProblemNotice error={file.error} kept={t('counter.kept')} />}
      {duplicates.length > 0 && (
        <Alert
          color="yellow"
          variant="light"
          mb="md"
          role="alert"
          icon={<IconCopy aria-hidden />}
          title={t('duplicate.title', { count: duplicates.length })}
        >
          {t('duplicate.help')}{' '}
          {duplicates.map(({ dossier: other }, index) => (
            <span key={other.id}>
              {index > 0 && ' · '}
              <Link to={`/dossiers/${other.id}`}>
                <Code>{other.number}</Code>
              </Link>
            </span>
          ))}
        </Alert>
      )}
      <Panel title={t('todo.title')}>
        <ol className={classes.steps}>
          <Step
            done={begun && faults.length === 0}
            name={t('todo.form')}
            state={
              begun
                ? faults.length === 0
                  ? t('todo.formDone')
                  : t('todo.formFaults', { count: faults.length })
                : t('todo.formEmpty')
            }
            action={
              <Button component={Link} to={`/my/dossiers/${id}/edit`} variant={begun ? 'default' : 'filled'}>
                {t(begun ? 'todo.formGoOn' : 'todo.formBegin')}
              </Button>
            }
          />
          <Step
            done={missing.length === 0}
            name={t('todo.pieces')}
            state={
              missing.length === 0
                ? t('todo.piecesDone')
                : t('todo.piecesMissing', {
                    count: missing.length,
                    names: missing.map((piece) => localText(piece.name)).join('، '),
                  })
            }
          />
          <Step
            done={signature.done}
            name={t('todo.signature')}
            state={
              signature.done
                ? t('todo.signatureDone')
                : dossier.architect === null
                  ? t('todo.signatureNobody')
                  : t(signature.needed ? 'todo.signatureWaits' : 'todo.signatureLater')
            }
          />
        </ol>
        <Button mt="lg" disabled={!ready} loading={file.isPending} onClick={() => setAsking(true)}>
          {t('todo.file')}
        </Button>
        {!ready && <p className={classes.soft}>{t('todo.notReady')}</p>}
      </Panel>
      <ConfirmDialog
        opened={asking}
        title={t('todo.confirmTitle')}
        action={t('todo.file')}
        busy={file.isPending}
        onClose={() => setAsking(false)}
        onConfirm={() => file.mutate()}
      >
        <p>{t(principal.length > 0 ? 'todo.confirmRejected' : 'todo.confirmFiled')}</p>
        {principal.length > 0 && (
          <ul>
            {principal.map((piece) => (
              <li key={piece.code}>{localText(piece.name)}</li>
            ))}
          </ul>
        )}
        {duplicates.length > 0 && <p>{t('duplicate.confirm', { count: duplicates.length })}</p>}
      </ConfirmDialog>
    </>
  );
}

function Step({
  done,
  name,
  state,
  action,
}: {
  done: boolean;
  name: string;
  state: string;
  action?: ReactNode;
}) {
  const Icon = done ? IconCircleCheck : IconCircleDashed;
  return (
    <li>
      <Icon aria-hidden color={done ? 'var(--good-ink)' : 'var(--soft)'} />
      <span className={classes.turn}>
        <strong>{name}</strong>
        <span className={classes.soft}>{state}</span>
      </span>
      {action}
    </li>
  );
}

/** What the person takes home: the receipt, and the slip by which the account becomes theirs. */
function Papers({ dossier }: { dossier: Schema<'Dossier'> }) {
  const { t } = useTranslation(['registry', 'common']);
  const [ready, setReady] = useState(false);
  const key = useRef(onceKey());
  const slip = useMutation({
    mutationFn: () =>
      answer(
        api.POST('/dossiers/{id}/hand-over', {
          params: { path: { id: dossier.id }, header: { 'Idempotency-Key': key.current } },
          body: {},
        }),
      ),
    onSettled: () => {
      key.current = onceKey();
    },
  });
  useKeys(
    useMemo(() => [{ key: 'p', label: t('keys.print'), run: () => ready && window.print() }], [ready, t]),
  );
  if (dossier.status === 'rejectedAtFiling') {
    return (
      <Panel title={t('status.rejectedAtFiling')}>
        <p>{t('papers.rejected')}</p>
      </Panel>
    );
  }
  if (dossier.receipt === null) return <Loading rows={4} />;
  const mayHandOver = dossier.channel === 'counter';
  return (
    <>
      <div data-no-print>
        <Panel
          title={t('papers.title')}
          actions={
            <Group gap="sm">
              <Button
                leftSection={<IconPrinter size={18} aria-hidden />}
                disabled={!ready}
                onClick={() => window.print()}
              >
                {t('papers.print')}
              </Button>
              {mayHandOver && (
                <Button
                  variant="default"
                  leftSection={<IconKey size={18} aria-hidden />}
                  loading={slip.isPending}
                  onClick={() => slip.mutate()}
                >
                  {t(slip.data === undefined ? 'papers.slip' : 'papers.slipAgain')}
                </Button>
              )}
            </Group>
          }
        >
          <p>{t('papers.about')}</p>
          {slip.error !== null && <ProblemNotice error={slip.error} />}
        </Panel>
      </div>
      {slip.data?.secret != null && (
        <section className={classes.slip} aria-label={t('slip.title')}>
          <h2 className={classes.small}>{t('slip.title')}</h2>
          <p>
            {t('slip.number')} <Code>{dossier.number}</Code>
          </p>
          <ol>
            <li>
              {t('slip.open')} <Code>{`${location.origin}/activate`}</Code>
            </li>
            <li>
              {t('slip.type')}{' '}
              <bdi dir="ltr" className={classes.secret}>
                {slip.data.secret}
              </bdi>
            </li>
            <li>{t(slip.data.hasEmail ? 'slip.password' : 'slip.emailAndPassword')}</li>
          </ol>
          <p>
            <StatePill tone="near">{t('slip.once')}</StatePill>
          </p>
        </section>
      )}
      <ReceiptSheet dossier={dossier.id} number={dossier.number} onReady={(_, good) => setReady(good)} />
    </>
  );
}
