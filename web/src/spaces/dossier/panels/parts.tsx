import { Button, Textarea } from '@mantine/core';
import { IconSignature } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, onceKey } from '../../../api/client.ts';
import { useMe } from '../../../api/queries.ts';
import { localText } from '../../../app/language.ts';
import { Panel } from '../../../components/Panel.tsx';
import { ProblemNotice } from '../../../components/ProblemNotice.tsx';
import { type Saved, SavedState } from '../../../components/SavedState.tsx';
import { StatePill } from '../../../components/StatePill.tsx';
import { PieceUploader } from '../../../documents/PieceUploader.tsx';
import classes from '../dossier.module.css';
import { type Detail, type Document, documentsQuery, procedureQuery } from '../queries.ts';

export interface AskedPiece {
  code: string;
  /** Why it is asked for, and by which article; null when any version may come. */
  reason: string | null;
  article: string | null;
}

/** What is known of the pieces of a dossier: their names and rules, and the version of each that stands. */
export function usePieces(detail: Detail) {
  const { dossier } = detail;
  const { data: documents = [] } = useQuery(documentsQuery(dossier.id));
  const { data: procedure } = useQuery(procedureQuery(dossier.procedure, dossier.procedureVersion));
  const pieces = procedure?.pieces ?? [];
  return {
    pieces,
    documents,
    currentOf: (code: string) => documents.find((one) => one.piece === code && one.current),
  };
}

/** Pieces to bring, each with its reason and the place to put its file. */
export function PiecesToBring({
  detail,
  title,
  asked,
  isNew,
}: {
  detail: Detail;
  title: string;
  asked: AskedPiece[];
  /** Whether the version that stands answers what was asked. */
  isNew: (document: Document) => boolean;
}) {
  const { t } = useTranslation('dossier');
  const queries = useQueryClient();
  const { pieces, currentOf } = usePieces(detail);
  const { id } = detail.dossier;
  return (
    <Panel title={title}>
      <ul className={classes.remarks}>
        {asked.map(({ code, reason, article }) => {
          const piece = pieces.find((one) => one.code === code);
          if (piece === undefined) return null;
          const current = currentOf(code);
          const brought = current !== undefined && isNew(current);
          return (
            <li key={code} className={classes.remark}>
              <div className={classes.remarkTop}>
                <strong>{localText(piece.name)}</strong>
                <StatePill tone={brought ? 'good' : 'plain'}>
                  {brought ? t('bring.done') : t('bring.open')}
                </StatePill>
              </div>
              {reason !== null && (
                <p>
                  <bdi>{reason}</bdi>{' '}
                  {article !== null && (
                    <small>
                      (<bdi>{article}</bdi>)
                    </small>
                  )}
                </p>
              )}
              <PieceUploader
                dossier={id}
                piece={piece}
                current={current}
                onUploaded={() => void queries.invalidateQueries({ queryKey: ['dossier', id] })}
              />
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}

/** Plans that were changed are signed again by the architect; says whether they are, and lets the architect do it. */
export function PlanSignature({ detail }: { detail: Detail }) {
  const { t } = useTranslation('dossier');
  const me = useMe();
  const queries = useQueryClient();
  const { dossier, brings } = detail;
  const signed = brings?.plansSigned ?? true;
  const sign = useMutation({
    mutationFn: () =>
      answer(
        api.POST('/dossiers/{id}/architect-signature', {
          params: { path: { id: dossier.id }, header: { 'Idempotency-Key': onceKey() } },
        }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['dossier', dossier.id] }),
  });
  const architect = me?.id === dossier.architect;
  return (
    <Panel title={t('signature.title')}>
      <p>
        <StatePill tone={signed ? 'good' : 'near'}>
          {signed ? t('signature.done') : t('signature.missing')}
        </StatePill>
      </p>
      {!signed && !architect && <p>{t('signature.ask', { name: detail.architectName ?? '' })}</p>}
      {!signed && architect && (
        <Button
          variant="default"
          leftSection={<IconSignature size={18} aria-hidden="true" />}
          loading={sign.isPending}
          onClick={() => sign.mutate()}
        >
          {t('signature.sign')}
        </Button>
      )}
      {sign.isError && <ProblemNotice error={sign.error} />}
    </Panel>
  );
}

/** The words that go with the answer, and the one button that sends it all. */
export function SendAll({
  label,
  description,
  action,
  value,
  onChange,
  saved,
  required,
  busy,
  onSend,
  children,
}: {
  label: string;
  description: string;
  action: string;
  value: string;
  onChange: (value: string) => void;
  saved: Saved;
  required: boolean;
  busy: boolean;
  onSend: () => Promise<void>;
  children?: ReactNode;
}) {
  return (
    <Panel>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          // What was refused has been told above; what was typed stays.
          onSend().catch(() => undefined);
        }}
      >
        <Textarea
          label={label}
          description={description}
          rows={3}
          maxLength={4000}
          required={required}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
        {children}
        <div className={classes.remarkTop} style={{ marginBlockStart: 12 }}>
          <Button type="submit" size="md" loading={busy} disabled={required && value.trim() === ''}>
            {action}
          </Button>
          <SavedState state={saved} />
        </div>
      </form>
    </Panel>
  );
}
