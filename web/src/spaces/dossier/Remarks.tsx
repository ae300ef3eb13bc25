import { Button, Textarea } from '@mantine/core';
import { IconArrowsDiff, IconMapPin } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../api/client.ts';
import { number } from '../../app/format.ts';
import { localText } from '../../app/language.ts';
import { Code } from '../../components/Code.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Moment } from '../../components/Moment.tsx';
import { ProblemNotice } from '../../components/ProblemNotice.tsx';
import { SavedState } from '../../components/SavedState.tsx';
import { StatePill } from '../../components/StatePill.tsx';
import { PlanViewer } from '../../viewer/PlanViewer.tsx';
import classes from './dossier.module.css';
import {
  type Detail,
  type Document,
  documentsQuery,
  procedureQuery,
  type Remark,
  remarksQuery,
} from './queries.ts';
import { useDraft } from './useDraft.ts';
import { zoneOf } from './words.ts';

/** All that the bodies remarked, each tied to its place and article, with what was answered. */
export function Remarks({ detail }: { detail: Detail }) {
  const { t } = useTranslation('dossier');
  const { data: remarks, isError, error, refetch } = useQuery(remarksQuery(detail.dossier.id));
  if (isError) return <ProblemNotice error={error} retry={() => void refetch()} />;
  if (remarks === undefined) return <Loading rows={6} />;
  if (remarks.length === 0) return <EmptyState title={t('remarks.none')}>{t('remarks.noneHelp')}</EmptyState>;
  return <RemarkList detail={detail} remarks={remarks} />;
}

/** Remarks in their order; those that may be answered have their answer beside them. */
export function RemarkList({ detail, remarks }: { detail: Detail; remarks: Remark[] }) {
  const { dossier } = detail;
  const { data: documents = [] } = useQuery(documentsQuery(dossier.id));
  const { data: procedure } = useQuery(procedureQuery(dossier.procedure, dossier.procedureVersion));
  const pieceName = (code: string) => {
    const piece = procedure?.pieces.find((one) => one.code === code);
    return piece === undefined ? code : localText(piece.name);
  };
  return (
    <ol className={classes.remarks}>
      {remarks.map((remark, index) => (
        <RemarkCard
          key={remark.id}
          dossier={dossier.id}
          remark={remark}
          place={index + 1}
          documents={documents}
          pieceName={pieceName}
        />
      ))}
    </ol>
  );
}

function RemarkCard({
  dossier,
  remark,
  place,
  documents,
  pieceName,
}: {
  dossier: string;
  remark: Remark;
  place: number;
  documents: Document[];
  pieceName: (code: string) => string;
}) {
  const { t } = useTranslation('dossier');
  const [plan, setPlan] = useState<'closed' | 'there' | 'compared'>('closed');
  const on = documents.find((one) => one.id === remark.document?.id);
  const newer = documents.find(
    (one) => one.piece === remark.document?.piece && one.version > (on?.version ?? 0) && one.current,
  );
  const annotations = useMemo(
    () =>
      remark.zone === null
        ? []
        : [
            {
              id: remark.id,
              number: place,
              page: remark.page,
              zone: zoneOf(remark.zone),
              label: remark.text,
              tone: remark.answer === null ? ('open' as const) : ('answered' as const),
            },
          ],
    [remark, place],
  );
  return (
    <li className={classes.remark}>
      <div className={classes.remarkTop}>
        <span className={classes.number}>{number(place)}</span>
        <strong>
          <bdi>{localText(remark.bodyName)}</bdi>
        </strong>
        {remark.reserve && <StatePill tone="near">{t('remarks.reserve')}</StatePill>}
        <StatePill tone={remark.answer === null ? 'plain' : 'good'}>{t(`remarks.${remark.state}`)}</StatePill>
        {remark.round > 1 && <span>{t('round', { round: number(remark.round) })}</span>}
      </div>
      <p>
        <bdi>{remark.text}</bdi>
      </p>
      <p className={classes.note}>
        {t('remarks.article')} <bdi>{remark.article}</bdi>
        {remark.document !== null && (
          <>
            {' · '}
            {t('remarks.where', {
              piece: pieceName(remark.document.piece),
              version: number(remark.document.version),
              page: number(remark.page),
            })}
          </>
        )}
      </p>
      {on !== undefined && (
        <div className={classes.remarkTop} data-no-print>
          <Button
            variant="default"
            size="compact-md"
            leftSection={<IconMapPin size={16} aria-hidden="true" />}
            aria-expanded={plan === 'there'}
            onClick={() => setPlan(plan === 'there' ? 'closed' : 'there')}
          >
            {t('remarks.see')}
          </Button>
          {newer !== undefined && (
            <Button
              variant="default"
              size="compact-md"
              leftSection={<IconArrowsDiff size={16} aria-hidden="true" />}
              aria-expanded={plan === 'compared'}
              onClick={() => setPlan(plan === 'compared' ? 'closed' : 'compared')}
            >
              {t('remarks.compare', { version: number(newer.version) })}
            </Button>
          )}
        </div>
      )}
      {on !== undefined && plan !== 'closed' && (
        <div className={classes.viewer} data-no-print>
          {plan === 'compared' && newer !== undefined ? (
            <PlanViewer
              document={newer}
              compareWith={on}
              label={t('remarks.compared', { piece: pieceName(on.piece) })}
            />
          ) : (
            <PlanViewer document={on} annotations={annotations} selected={remark.id} />
          )}
        </div>
      )}
      <Reply dossier={dossier} remark={remark} documents={documents} />
    </li>
  );
}

/** What was answered; and, for the applicant's side while it may, the answer to write or change. */
function Reply({ dossier, remark, documents }: { dossier: string; remark: Remark; documents: Document[] }) {
  const { t } = useTranslation(['dossier', 'common']);
  const queries = useQueryClient();
  const [typed, type, saved, forget] = useDraft(`remark.${remark.id}`, remark.answer?.text ?? '');
  const [editing, setEditing] = useState(false);
  const newest = documents.find((one) => one.piece === remark.document?.piece && one.current);
  const isNew = newest !== undefined && newest.id !== remark.document?.id;
  const send = useMutation({
    mutationFn: () =>
      answer(
        api.PUT('/dossiers/{id}/remarks/{remark}/answer', {
          params: { path: { id: dossier, remark: remark.id } },
          body: { text: typed.trim(), document: isNew ? newest.id : null },
        }),
      ),
    async onSuccess() {
      forget();
      setEditing(false);
      await queries.invalidateQueries({ queryKey: ['dossier', dossier, 'remarks'] });
    },
  });
  const writes = remark.answerable && (remark.answer === null || editing);
  return (
    <>
      {remark.answer !== null && !writes && (
        <div className={classes.answer}>
          <p>
            <bdi>{remark.answer.text}</bdi>
          </p>
          <small>
            <bdi>{remark.answer.byName}</bdi> · <Moment at={remark.answer.at} as="time" />
            {documents
              .filter((one) => one.id === remark.answer?.document)
              .map((one) => (
                <span key={one.id}>
                  {' · '}
                  {t('remarks.with')} <Code>{one.fileName}</Code>
                </span>
              ))}
          </small>
        </div>
      )}
      {remark.answerable && !writes && (
        <div data-no-print>
          <Button variant="subtle" size="compact-md" onClick={() => setEditing(true)}>
            {t('remarks.change')}
          </Button>
        </div>
      )}
      {writes && (
        <form
          data-no-print
          onSubmit={(event) => {
            event.preventDefault();
            if (typed.trim() !== '') send.mutate();
          }}
        >
          <Textarea
            label={t('remarks.yourAnswer')}
            description={isNew ? t('remarks.withVersion', { version: number(newest.version) }) : undefined}
            rows={2}
            maxLength={4000}
            value={typed}
            onChange={(event) => type(event.currentTarget.value)}
          />
          {send.isError && <ProblemNotice error={send.error} kept={t('kept')} />}
          <div className={classes.remarkTop} style={{ marginBlockStart: 8 }}>
            <Button type="submit" loading={send.isPending} disabled={typed.trim() === ''} variant="light">
              {t('remarks.send')}
            </Button>
            <SavedState state={saved} />
          </div>
        </form>
      )}
    </>
  );
}
