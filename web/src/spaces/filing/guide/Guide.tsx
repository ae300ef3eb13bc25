import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, useNavigate, useParams } from 'react-router';
import type { Schema } from '../../../api/client.ts';
import { Refusal } from '../../../api/problem.ts';
import { useMe } from '../../../api/queries.ts';
import { localText } from '../../../app/language.ts';
import { RequireRole } from '../../../app/RequireRole.tsx';
import { Loading } from '../../../components/Loading.tsx';
import { PageHead } from '../../../components/PageHead.tsx';
import { ProblemNotice } from '../../../components/ProblemNotice.tsx';
import { SavedState } from '../../../components/SavedState.tsx';
import type { Form } from '../../../forms/layout.ts';
import { SchemaForm } from '../../../forms/SchemaForm.tsx';
import classes from '../filing.module.css';
import { dossierQuery, formQuery, needsQuery } from '../queries.ts';
import { Callout } from './Callout.tsx';
import { Clashes } from './Clashes.tsx';
import { Draft } from './draft.ts';
import { Overview } from './Overview.tsx';
import { stepsOf } from './steps.ts';

// The last two pages are fetched when one comes to them.
const Pieces = lazy(async () => ({ default: (await import('./Pieces.tsx')).Pieces }));
const Check = lazy(async () => ({ default: (await import('./Check.tsx')).Check }));

/** The guided form of a draft: one section a page, saved as one types. */
export function Guide() {
  return (
    <RequireRole>
      <Opened />
    </RequireRole>
  );
}

function Opened() {
  const { id = '' } = useParams();
  const me = useMe();
  const found = useQuery({ ...dossierQuery(id), staleTime: 0 });
  const needs = useQuery(needsQuery(id, 0));
  const form = useQuery({
    ...formQuery(found.data?.data.dossier.procedure ?? '', needs.data?.form ?? '', needs.data?.version),
    enabled: found.data !== undefined && needs.data !== undefined,
  });
  const error = found.error ?? needs.error ?? form.error;
  if (found.data === undefined || needs.data === undefined || form.data === undefined || me === null) {
    if (error !== null)
      return (
        <>
          <PageHead title={error instanceof Refusal ? error.title : ''} />
          <ProblemNotice
            error={error}
            retry={() => {
              void found.refetch();
              void needs.refetch();
            }}
          />
        </>
      );
    return <Loading rows={8} />;
  }
  const { dossier } = found.data.data;
  if (dossier.status !== 'draft') return <Navigate replace to={`/my/dossiers/${id}/receipt`} />;
  return (
    <Typing
      key={id}
      account={me.id}
      detail={found.data.data}
      tag={found.data.tag}
      form={form.data}
      version={needs.data.version}
    />
  );
}

function Typing({
  account,
  detail,
  tag,
  form,
  version,
}: {
  account: string;
  detail: Schema<'DossierDetail'>;
  tag: string;
  form: Form;
  version: string;
}) {
  const { t, i18n } = useTranslation('filing');
  const { id = '', step } = useParams();
  const navigate = useNavigate();
  const [draft] = useState(() => new Draft(account, detail.dossier, tag));
  const state = useSyncExternalStore(draft.subscribe, draft.get);
  useEffect(() => draft.start(), [draft]);
  // Signing the plans, naming an architect: the dossier moves on without a word being typed.
  useEffect(() => draft.moved(detail.dossier, tag), [draft, detail, tag]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: titles are in the language.
  const steps = useMemo(() => stepsOf(form, t), [form, t, i18n.language]);
  const index = steps.findIndex((one) => one.id === step);
  const current = steps[index];
  const next = steps[index + 1];
  const base = `/my/dossiers/${id}/edit`;
  // Another page begins at its top, also for those who do not see it.
  useEffect(() => {
    if (current !== undefined) document.getElementById('content')?.focus({ preventScroll: true });
  }, [current]);
  if (step !== undefined && current === undefined) return <Navigate replace to={base} />;

  const about = `${localText(detail.procedureName)} · ${localText(detail.communeName)}`;
  const notices = (
    <>
      {state.clashes.length > 0 && <Clashes form={form} draft={draft} state={state} />}
      {state.notice !== null && state.clashes.length === 0 && (
        <Callout tone="paused">
          <p>{t(`notice.${state.notice}`)}</p>
          <Button variant="default" size="compact-sm" onClick={draft.hideNotice}>
            {t('common:action.close')}
          </Button>
        </Callout>
      )}
      {state.refused !== null && <ProblemNotice error={state.refused} kept={t('notice.kept')} />}
    </>
  );
  const saved = <SavedState state={state.saved} />;
  const shared = { id, form, procedure: detail.dossier.procedure, version, draft, state, steps, detail };

  if (current === undefined) {
    return (
      <>
        <PageHead
          title={t('guide.title')}
          about={about}
          above={<div className={classes.above}>{saved}</div>}
        />
        {notices}
        <Overview {...shared} />
      </>
    );
  }
  return (
    <>
      <PageHead
        title={current.title}
        above={
          <div className={classes.above}>
            <span>
              <Link to={base}>{about}</Link> · {t('guide.step', { step: index + 1, of: steps.length })}
            </span>
            {saved}
          </div>
        }
      />
      <progress className={classes.progress} value={index + 1} max={steps.length} aria-hidden="true" />
      {notices}
      {current.id === 'pieces' ? (
        <Suspense fallback={<Loading rows={8} />}>
          <Pieces {...shared} />
        </Suspense>
      ) : current.id === 'check' ? (
        <Suspense fallback={<Loading rows={8} />}>
          <Check {...shared} />
        </Suspense>
      ) : (
        <SchemaForm
          key={current.id}
          procedure={detail.dossier.procedure}
          version={version}
          form={form}
          value={state.application}
          onChange={draft.change}
          {...(current.section === undefined ? {} : { section: current.section })}
          submitLabel={t('guide.next')}
          onSubmit={async () => {
            void draft.flush();
            if (next !== undefined) await navigate(`${base}/${next.id}`);
          }}
          actions={<Link to={base}>{t('guide.later')}</Link>}
        />
      )}
    </>
  );
}
