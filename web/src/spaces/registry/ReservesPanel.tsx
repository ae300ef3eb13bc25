import { Button, Radio, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, type Schema } from '../../api/client.ts';
import { localText } from '../../app/language.ts';
import { Code } from '../../components/Code.tsx';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { Loading } from '../../components/Loading.tsx';
import { ProblemNotice } from '../../components/ProblemNotice.tsx';
import { StatePill } from '../../components/StatePill.tsx';
import { PlanViewer } from '../../viewer/PlanViewer.tsx';
import type { Annotation, Zone } from '../../viewer/zone.ts';
import type { PanelProps } from '../tasks/panel.ts';
import { documentsQuery, procedureQuery } from './queries.ts';
import classes from './registry.module.css';

/** The check of the answered reserves: each with the answer, the plan it speaks of, before and after (RGC 38). */
export function ReservesPanel({ dossier: detail, complete, busy, done }: PanelProps) {
  const { t } = useTranslation('registry');
  const { dossier } = detail;
  const procedure = useQuery(procedureQuery(dossier.procedure, dossier.procedureVersion));
  const documents = useQuery(documentsQuery(dossier.id));
  const remarks = useQuery({
    queryKey: ['dossier', dossier.id, 'remarks'],
    queryFn: async () =>
      (await answer(api.GET('/dossiers/{id}/remarks', { params: { path: { id: dossier.id } } }))).items,
  });
  const [chosen, setChosen] = useState(0);
  const [lifted, setLifted] = useState<string | null>(null);
  const [observations, setObservations] = useState('');
  const [tried, setTried] = useState(false);
  const [confirming, setConfirming] = useState(false);

  const failed = procedure.error ?? documents.error ?? remarks.error;
  if (failed !== null) return <ProblemNotice error={failed} />;
  if (procedure.data === undefined || documents.data === undefined || remarks.data === undefined)
    return <Loading rows={8} />;

  const reserves = remarks.data.filter(({ round, reserve }) => reserve && round === dossier.round);
  const nameOf = (code: string) => {
    const piece = procedure.data.pieces.find((one) => one.code === code);
    return piece === undefined ? code : localText(piece.name);
  };
  const before = (reserve: Schema<'Remark'> | undefined) =>
    documents.data.find((one) => one.id === reserve?.document?.id);
  const after = (reserve: Schema<'Remark'> | undefined) => {
    const old = before(reserve);
    return documents.data.find((one) => one.piece === old?.piece && one.current && one.id !== old.id);
  };
  const shown = reserves[chosen];
  const old = before(shown);
  const next = after(shown);
  const written = Object.values(detail.records).find(
    (record): record is { answer: string } =>
      typeof record === 'object' &&
      record !== null &&
      'answer' in record &&
      typeof record.answer === 'string',
  );
  const marks: Annotation[] = reserves.flatMap((reserve, index) =>
    reserve.zone === null || reserve.document?.id !== old?.id
      ? []
      : [
          {
            id: reserve.id,
            number: index + 1,
            page: reserve.page,
            zone: zoneOf(reserve.zone),
            label: reserve.text,
            tone: reserve.state === 'answered' ? ('answered' as const) : ('open' as const),
          },
        ],
  );

  const send = async () => {
    try {
      await complete({
        lifted: lifted === 'yes',
        ...(observations.trim() === '' ? {} : { observations: observations.trim() }),
      });
      done();
    } catch {
      // Told above the panel; what was typed stays.
    } finally {
      setConfirming(false);
    }
  };

  return (
    <>
      <div className={classes.beside}>
        <div>
          <ul className={classes.pieces} aria-label={t('reserves.list')}>
            {reserves.map((reserve, index) => {
              const plan = before(reserve);
              const changed = after(reserve);
              const own = reserve.answer?.text ?? null;
              return (
                <li key={reserve.id} className={classes.piece} data-shown={index === chosen || undefined}>
                  <div className={classes.pieceHead}>
                    <span className={classes.turn}>
                      <bdi className={classes.pieceName}>{reserve.text}</bdi>
                      <small className={classes.soft}>
                        <bdi>{reserve.article}</bdi>
                        {' · '}
                        {localText(reserve.bodyName)}
                        {plan !== undefined && (
                          <>
                            {' · '}
                            {nameOf(plan.piece)}, {t('reserves.page', { page: reserve.page })}
                          </>
                        )}
                      </small>
                    </span>
                    <StatePill tone={changed === undefined ? 'near' : 'good'}>
                      {t(changed === undefined ? 'reserves.unchanged' : 'reserves.changed')}
                    </StatePill>
                  </div>
                  {own !== null && (
                    <p>
                      {t('reserves.answer')} <bdi>{own}</bdi>
                    </p>
                  )}
                  <Button
                    size="compact-sm"
                    variant="subtle"
                    aria-pressed={index === chosen}
                    onClick={() => setChosen(index)}
                  >
                    {t('reserves.look')}
                  </Button>
                </li>
              );
            })}
          </ul>
          {reserves.length === 0 && <p className={classes.soft}>{t('reserves.none')}</p>}
          {written !== undefined && (
            <>
              <h3 className={classes.small}>{t('reserves.written')}</h3>
              <blockquote dir="auto" style={{ marginInline: 0, whiteSpace: 'pre-wrap' }}>
                {written.answer}
              </blockquote>
            </>
          )}
          <Radio.Group
            label={t('reserves.question')}
            value={lifted ?? ''}
            onChange={setLifted}
            mt="lg"
            required
            error={tried && lifted === null ? t('reserves.needAnswer') : null}
          >
            <Radio value="yes" label={t('reserves.yes')} mt="xs" />
            <Radio value="no" label={t('reserves.no')} mt="xs" />
          </Radio.Group>
          <Textarea
            label={t('check.observations')}
            dir="auto"
            rows={2}
            maxLength={4000}
            mt="md"
            value={observations}
            onChange={(event) => setObservations(event.currentTarget.value)}
          />
        </div>
        <div className={classes.document}>
          {old !== undefined && (
            <p className={classes.soft}>
              {nameOf(old.piece)} · {t('reserves.before')} <Code>{`v${old.version}`}</Code>
              {next !== undefined && (
                <>
                  {' · '}
                  {t('reserves.after')} <Code>{`v${next.version}`}</Code>
                </>
              )}
            </p>
          )}
          <div className={classes.viewer}>
            {old === undefined ? (
              <p className={classes.nothing}>{t('check.nothing')}</p>
            ) : (
              <PlanViewer
                key={`${old.id}-${next?.id}`}
                document={next ?? old}
                compareWith={next === undefined ? null : old}
                annotations={marks}
                selected={shown?.id ?? null}
                label={nameOf(old.piece)}
              />
            )}
          </div>
        </div>
      </div>
      <div className={classes.bar}>
        <Button
          loading={busy}
          onClick={() => {
            setTried(true);
            if (lifted !== null) setConfirming(true);
          }}
        >
          {t('reserves.send')}
        </Button>
        <span className={classes.soft}>
          {lifted === null ? '' : t(lifted === 'yes' ? 'reserves.nextYes' : 'reserves.nextNo')}
        </span>
      </div>
      <ConfirmDialog
        opened={confirming}
        title={t('reserves.send')}
        action={t('reserves.send')}
        busy={busy}
        onClose={() => setConfirming(false)}
        onConfirm={() => void send()}
      >
        <p>{t(lifted === 'yes' ? 'reserves.nextYes' : 'reserves.nextNo')}</p>
      </ConfirmDialog>
    </>
  );
}

/** A zone as the viewer takes it: a pin has no size. */
function zoneOf(zone: NonNullable<Schema<'Remark'>['zone']>): Zone {
  const { kind, x, y, width, height } = zone;
  return kind === 'area' && width !== undefined && height !== undefined
    ? { kind, x, y, width, height }
    : { kind: 'pin', x, y };
}
