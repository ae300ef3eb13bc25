import { Button, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { answer, api, onceKey } from '../../../api/client.ts';
import { Refusal } from '../../../api/problem.ts';
import { queryClient } from '../../../api/queries.ts';
import { money } from '../../../app/format.ts';
import { type Language, localText } from '../../../app/language.ts';
import { ConfirmDialog } from '../../../components/ConfirmDialog.tsx';
import { Facts } from '../../../components/Facts.tsx';
import { Loading } from '../../../components/Loading.tsx';
import { Panel } from '../../../components/Panel.tsx';
import { ProblemNotice } from '../../../components/ProblemNotice.tsx';
import { StatePill } from '../../../components/StatePill.tsx';
import { Answers } from '../../../forms/Answers.tsx';
import { type FormSchema, textsOf } from '../../../forms/layout.ts';
import { messageOf } from '../../../forms/messages.ts';
import { NO_RULES, rulesQuery } from '../../../forms/validation.ts';
import classes from '../filing.module.css';
import { needsQuery } from '../queries.ts';
import { Callout } from './Callout.tsx';
import { faultsIn } from './progress.ts';
import { Signature } from './Signature.tsx';
import { SizeNotice } from './SizeNotice.tsx';
import type { GuidePage } from './shared.ts';

/** Everything once more before it is filed, with what it will cost and how long it will take; then the filing itself. */
export function Check({ id, form, procedure, version, draft, state, steps, detail }: GuidePage) {
  const { t, i18n } = useTranslation('filing');
  const { t: words } = useTranslation('forms');
  const navigate = useNavigate();
  const schema = form.schema as FormSchema;
  const texts = textsOf(form, i18n.language as Language);
  const { data: rules = NO_RULES } = useQuery(rulesQuery(procedure, form.id, version, schema));
  const needs = useQuery(needsQuery(id, state.version));
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [key, setKey] = useState(onceKey);
  const [error, setError] = useState<unknown>(null);
  if (needs.data === undefined)
    return needs.error === null ? (
      <Loading rows={8} />
    ) : (
      <ProblemNotice error={needs.error} retry={() => void needs.refetch()} />
    );
  const { pieces, tax, timeLimit, size, served, signature, silenceIsApproval } = needs.data;
  const missing = pieces.filter((one) => one.kind === 'principal' && one.needed === true && !one.present);
  const sections = steps.filter(({ id: step }) => step !== 'pieces' && step !== 'check');
  const faulty = sections.flatMap((step) =>
    faultsIn(rules, schema, state.application, step.section).map((fault) => ({ step, fault })),
  );
  const edit = (step: string) => `/my/dossiers/${id}/edit/${step}`;
  const waitsForArchitect = signature.needed && !signature.done;
  const blocked = faulty.length > 0 || size?.size === 'large' || !served || waitsForArchitect;

  const file = async () => {
    setBusy(true);
    setError(null);
    try {
      if (!(await draft.flush())) return setAsking(false);
      await answer(
        api.POST('/dossiers/{id}/submission', {
          params: { path: { id }, header: { 'Idempotency-Key': key } },
        }),
      );
      await queryClient.invalidateQueries({ queryKey: ['dossiers'] });
      await navigate(`/my/dossiers/${id}/receipt`);
      await queryClient.invalidateQueries({ queryKey: ['dossier', id] });
    } catch (refused) {
      // A refusal is kept under its key; what is put right is another filing.
      if (refused instanceof Refusal) setKey(onceKey());
      setError(refused);
      setAsking(false);
      void needs.refetch();
    } finally {
      setBusy(false);
    }
  };

  return (
    <div className={classes.stack}>
      {error !== null && <ProblemNotice error={error} kept={t('check.kept')} />}
      <SizeNotice needs={needs.data} />
      {(faulty.length > 0 || missing.length > 0) && (
        <Callout tone="near" title={t('check.remains')}>
          <ul>
            {faulty.slice(0, 12).map(({ step, fault }) => (
              <li key={fault.pointer}>
                <Link to={edit(step.id)}>{messageOf(words, texts, fault)}</Link>
              </li>
            ))}
            {faulty.length > 12 && <li>{t('check.more', { count: faulty.length - 12 })}</li>}
            {missing.map((piece) => (
              <li key={piece.code}>
                <Link to={`${edit('pieces')}#piece-${piece.code}`}>
                  {t('check.piece', { piece: localText(piece.name) })}
                </Link>{' '}
                <bdi>({piece.article})</bdi>
              </li>
            ))}
          </ul>
        </Callout>
      )}
      {sections.map((step) => (
        <Panel
          key={step.id}
          title={step.title}
          actions={
            <Link to={edit(step.id)} className={classes.change}>
              {t('check.change')} <span className="hidden-visually">{step.title}</span>
            </Link>
          }
        >
          {step.section !== undefined && state.application[step.section] === undefined ? (
            <p>{words('nothing')}</p>
          ) : (
            <Answers form={form} value={state.application} section={step.section} />
          )}
        </Panel>
      ))}
      <Panel
        title={t('step.pieces')}
        actions={
          <Link to={edit('pieces')} className={classes.change}>
            {t('check.change')} <span className="hidden-visually">{t('step.pieces')}</span>
          </Link>
        }
      >
        <ul className={classes.tasks}>
          {pieces
            .filter(({ present, needed, kind }) => present || (needed === true && kind === 'principal'))
            .map((piece) => (
              <li key={piece.code}>
                <span>{localText(piece.name)}</span>
                <StatePill tone={piece.present ? 'good' : 'late'}>
                  {t(piece.present ? 'pieces.there' : 'pieces.missing')}
                </StatePill>
              </li>
            ))}
        </ul>
      </Panel>
      <Panel title={t('check.next')}>
        <Facts
          rows={[
            [
              t('check.tax'),
              tax === null ? (
                t('check.taxUnknown')
              ) : tax.exemption !== null ? (
                t('check.taxExempt', { article: tax.article })
              ) : (
                <>
                  <bdi>{money(tax.amount)}</bdi>
                  {tax.lowest !== null && tax.highest !== null && (
                    <> {t('check.taxBetween', { lowest: money(tax.lowest), highest: money(tax.highest) })}</>
                  )}{' '}
                  <small>
                    {t('check.estimate')} <bdi>{tax.article}</bdi>
                  </small>
                </>
              ),
            ],
            [
              t('check.limit'),
              timeLimit === null ? null : (
                <>
                  {t(`check.${timeLimit.unit}`, { count: timeLimit.amount })}{' '}
                  <small>
                    <bdi>{timeLimit.article}</bdi>
                  </small>
                  {silenceIsApproval && <> · {t('check.silence')}</>}
                </>
              ),
            ],
          ]}
        />
      </Panel>
      <Signature detail={detail} signature={signature} draft={draft} />
      <Group gap="sm" data-no-print>
        <Button disabled={blocked} onClick={() => setAsking(true)}>
          {t(missing.length > 0 ? 'check.fileAnyway' : 'check.file')}
        </Button>
        <Link to={`/my/dossiers/${id}/print`}>{t('check.print')}</Link>
      </Group>
      {blocked && (
        <p className={classes.small}>
          {t(waitsForArchitect && faulty.length === 0 ? 'check.waitsForArchitect' : 'check.blocked')}
        </p>
      )}
      <ConfirmDialog
        opened={asking}
        title={t('confirm.title')}
        action={t(missing.length > 0 ? 'check.fileAnyway' : 'check.file')}
        danger={missing.length > 0}
        busy={busy}
        onConfirm={() => void file()}
        onClose={() => setAsking(false)}
      >
        {missing.length > 0 ? (
          <p>{t('confirm.missing', { count: missing.length })}</p>
        ) : (
          <p>{t('confirm.help', { commune: localText(detail.communeName) })}</p>
        )}
      </ConfirmDialog>
    </div>
  );
}
