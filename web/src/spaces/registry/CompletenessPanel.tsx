import { Alert, Button, Checkbox, Textarea, TextInput } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schema } from '../../api/client.ts';
import { colon } from '../../app/format.ts';
import { localText } from '../../app/language.ts';
import { Code } from '../../components/Code.tsx';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { ErrorSummary } from '../../components/ErrorSummary.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Moment } from '../../components/Moment.tsx';
import { ProblemNotice } from '../../components/ProblemNotice.tsx';
import { StatePill } from '../../components/StatePill.tsx';
import { PlanViewer } from '../../viewer/PlanViewer.tsx';
import type { PanelProps } from '../tasks/panel.ts';
import { Dispatch } from './Dispatch.tsx';
import { dispatchQuery, documentsQuery, procedureQuery } from './queries.ts';
import { Related } from './Related.tsx';
import classes from './registry.module.css';

interface Asked {
  reason: string;
  article: string;
}

/**
 * The check of a dossier's completeness: the listed pieces one by one beside the document each speaks of; then either the
 * committee is convened, or what is missing is asked for, once (law 55-19).
 */
export function CompletenessPanel({ dossier: detail, complete, busy, done }: PanelProps) {
  const { t } = useTranslation(['registry', 'common']);
  const { dossier } = detail;
  const procedure = useQuery(procedureQuery(dossier.procedure, dossier.procedureVersion));
  const documents = useQuery(documentsQuery(dossier.id));
  const rules = useQuery(dispatchQuery(dossier.id));
  const [asked, setAsked] = useState<Record<string, Asked>>({});
  const [members, setMembers] = useState<string[]>([]);
  const [observations, setObservations] = useState('');
  const [shown, setShown] = useState<string | null>(null);
  const [confirming, setConfirming] = useState(false);
  const [tried, setTried] = useState(false);
  const viewer = useRef<HTMLDivElement>(null);

  const pieces = useMemo(() => {
    const listed = new Set(rules.data?.listed);
    return procedure.data?.pieces.filter(({ code }) => listed.has(code)) ?? [];
  }, [procedure.data, rules.data]);
  const current = (piece: string) =>
    documents.data?.find((one) => one.piece === piece && one.current) ?? null;
  const earlier = dossier.complements.find(({ round }) => round === dossier.round);

  const failed = procedure.error ?? documents.error ?? rules.error;
  if (failed !== null) return <ProblemNotice error={failed} />;
  if (procedure.data === undefined || documents.data === undefined || rules.data === undefined)
    return <Loading rows={8} />;

  const missing = Object.entries(asked);
  const first = pieces.find(({ code }) => current(code) !== null)?.code ?? null;
  const selected = shown ?? first;
  const document = selected === null ? null : current(selected);
  const faults = missing.flatMap(([code, { reason, article }]) => [
    ...(reason.trim().length < 3
      ? [{ message: t('check.needReason', { piece: nameOf(pieces, code) }), target: `reason-${code}` }]
      : []),
    ...(article.trim() === ''
      ? [{ message: t('check.needArticle', { piece: nameOf(pieces, code) }), target: `article-${code}` }]
      : []),
  ]);
  const isComplete = missing.length === 0;

  const change = (code: string, part: Partial<Asked>) =>
    setAsked((before) => {
      const known = before[code];
      return known === undefined ? before : { ...before, [code]: { ...known, ...part } };
    });
  const toggle = (code: string, article: string) => {
    // An absent piece has nothing to show: the document that is shown stays.
    if (current(code) !== null) setShown(code);
    setAsked((before) => {
      const { [code]: known, ...others } = before;
      if (known !== undefined) return others;
      const reason = current(code) === null ? t('check.reasonMissing') : '';
      return { ...before, [code]: { reason, article } };
    });
  };
  const send = async () => {
    try {
      await complete({
        complete: isComplete,
        missing: missing.map(([piece, { reason, article }]) => ({
          piece,
          reason: reason.trim(),
          article: article.trim(),
        })),
        ...(isComplete && members.length > 0 ? { occasionalMembers: members } : {}),
        ...(observations.trim() === '' ? {} : { observations: observations.trim() }),
      });
      done();
    } catch {
      // The refusal is told above the panel; everything that was typed stays.
    } finally {
      setConfirming(false);
    }
  };

  return (
    <>
      {earlier !== undefined && (
        <Alert
          variant="light"
          color="blue"
          mb="md"
          icon={<IconInfoCircle aria-hidden />}
          title={t('check.once')}
        >
          {t('check.onceHelp')} <Moment at={earlier.requestedAt} />
          {colon()}
          {earlier.items.map(({ piece }) => nameOf(pieces, piece)).join('، ')}
          {earlier.answeredAt !== null && (
            <>
              . {t('check.answered')} <Moment at={earlier.answeredAt} />.
            </>
          )}
        </Alert>
      )}
      {tried && <ErrorSummary errors={faults} />}
      <div className={classes.beside}>
        <div>
          <ul className={classes.pieces} aria-label={t('check.pieces')}>
            {pieces.map((piece) => {
              const here = current(piece.code);
              const wanted = asked[piece.code];
              const wasAsked = earlier?.items.some((one) => one.piece === piece.code) ?? false;
              return (
                <li
                  key={piece.code}
                  className={classes.piece}
                  data-shown={piece.code === selected || undefined}
                  data-asked={wanted !== undefined || undefined}
                >
                  <div className={classes.pieceHead}>
                    <span className={classes.turn}>
                      <span className={classes.pieceName}>{localText(piece.name)}</span>
                      <small className={classes.soft}>
                        {t(`check.${piece.kind}`)} · <bdi>{piece.article}</bdi>
                      </small>
                    </span>
                    {here === null ? (
                      <StatePill tone={piece.kind === 'principal' ? 'late' : 'near'}>
                        {t('check.absent')}
                      </StatePill>
                    ) : (
                      <Button
                        variant="subtle"
                        size="compact-sm"
                        aria-pressed={piece.code === selected}
                        onClick={() => {
                          setShown(piece.code);
                          // Under the list on a narrow screen.
                          viewer.current?.scrollIntoView({ block: 'nearest' });
                        }}
                      >
                        {t('check.look')}
                        &nbsp;
                        <Code>{`v${here.version}`}</Code>
                      </Button>
                    )}
                  </div>
                  {wasAsked && here !== null && (
                    <small className={classes.soft}>{t('check.broughtAfter')}</small>
                  )}
                  {earlier === undefined && (
                    <Checkbox
                      mt={6}
                      label={t('check.ask')}
                      aria-label={`${t('check.ask')} — ${localText(piece.name)}`}
                      checked={wanted !== undefined}
                      onChange={() => toggle(piece.code, piece.article)}
                    />
                  )}
                  {wanted !== undefined && (
                    <div className={classes.asking}>
                      <Textarea
                        id={`reason-${piece.code}`}
                        label={t('check.reason')}
                        aria-label={`${t('check.reason')} — ${localText(piece.name)}`}
                        dir="auto"
                        rows={2}
                        maxLength={1000}
                        required
                        value={wanted.reason}
                        error={tried && wanted.reason.trim().length < 3}
                        onChange={(event) => change(piece.code, { reason: event.currentTarget.value })}
                      />
                      <TextInput
                        id={`article-${piece.code}`}
                        label={t('check.article')}
                        aria-label={`${t('check.article')} — ${localText(piece.name)}`}
                        dir="auto"
                        maxLength={200}
                        required
                        value={wanted.article}
                        error={tried && wanted.article.trim() === ''}
                        onChange={(event) => change(piece.code, { article: event.currentTarget.value })}
                      />
                    </div>
                  )}
                </li>
              );
            })}
          </ul>
          {isComplete && rules.data.dispatch !== null && (
            <>
              <Dispatch dispatch={rules.data.dispatch} />
              {rules.data.dispatch.occasional.length > 0 && (
                <Checkbox.Group
                  label={t('dispatch.occasional')}
                  description={t('dispatch.occasionalHelp')}
                  value={members}
                  onChange={setMembers}
                  mt="md"
                >
                  {rules.data.dispatch.occasional.map(({ kind, name }) => (
                    <Checkbox key={kind} value={kind} label={localText(name)} mt="xs" />
                  ))}
                </Checkbox.Group>
              )}
            </>
          )}
          <Textarea
            label={t('check.observations')}
            description={t('check.observationsHelp')}
            dir="auto"
            rows={2}
            maxLength={4000}
            mt="md"
            value={observations}
            onChange={(event) => setObservations(event.currentTarget.value)}
          />
          <Related dossier={dossier.id} level={3} />
        </div>
        <div className={classes.document}>
          <div className={classes.viewer} ref={viewer}>
            {document === null ? (
              <p className={classes.nothing}>{t('check.nothing')}</p>
            ) : (
              <PlanViewer
                key={document.id}
                document={document}
                label={selected === null ? undefined : nameOf(pieces, selected)}
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
            if (faults.length === 0) setConfirming(true);
          }}
        >
          {isComplete ? t('check.complete') : t('check.request', { count: missing.length })}
        </Button>
        <span className={classes.soft}>{isComplete ? t('check.nextComplete') : t('check.nextRequest')}</span>
      </div>
      <ConfirmDialog
        opened={confirming}
        title={isComplete ? t('check.complete') : t('check.request', { count: missing.length })}
        action={t(isComplete ? 'check.confirmComplete' : 'check.confirmRequest')}
        busy={busy}
        onClose={() => setConfirming(false)}
        onConfirm={() => void send()}
      >
        <p>{t(isComplete ? 'check.willConvene' : 'check.willAsk', { name: detail.applicantName })}</p>
        {!isComplete && (
          <ul>
            {missing.map(([code, { reason }]) => (
              <li key={code}>
                {nameOf(pieces, code)}
                {colon()}
                <bdi>{reason}</bdi>
              </li>
            ))}
          </ul>
        )}
      </ConfirmDialog>
    </>
  );
}

const nameOf = (pieces: Schema<'Procedure'>['pieces'], code: string): string => {
  const found = pieces.find((one) => one.code === code);
  return found === undefined ? code : localText(found.name);
};
