import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../../components/Panel.tsx';
import type { PanelProps } from '../../tasks/panel.ts';
import classes from '../dossier.module.css';
import { decisionsQuery, remarksQuery } from '../queries.ts';
import { RemarkList } from '../Remarks.tsx';
import { SaveButton } from '../SaveButton.tsx';
import { useDraft } from '../useDraft.ts';
import { PiecesToBring, PlanSignature, SendAll, usePieces } from './parts.tsx';

/** The applicant files the project changed as the letter asks; a new round of study begins with it (RGC 37). */
export function SubmitModifiedProject({ task, dossier: detail, complete, busy, done }: PanelProps) {
  const { t } = useTranslation('dossier');
  const [message, type, saved, forget] = useDraft(`task.${task.task.id}`, '');
  const { dossier } = detail;
  const { data: remarks = [] } = useQuery(remarksQuery(dossier.id));
  const { data: decisions = [] } = useQuery(decisionsQuery(dossier.id));
  const { pieces, documents } = usePieces(detail);
  const letter = decisions.findLast((one) => one.kind === 'modification' && one.status === 'issued');
  const current = remarks.filter((one) => one.round === dossier.round);
  const plans = pieces.filter((piece) => piece.plan && documents.some((one) => one.piece === piece.code));
  const next = dossier.round + 1;
  return (
    <div className={classes.steps}>
      {letter !== undefined && (
        <Panel title={t('modified.asked')}>
          <ul className={classes.reasons}>
            {letter.reasons.map((reason) => (
              <li key={reason.article + reason.text}>
                <bdi>{reason.text}</bdi>{' '}
                <small>
                  (<bdi>{reason.article}</bdi>)
                </small>
              </li>
            ))}
          </ul>
          {letter.file !== null && (
            <SaveButton path={`/decisions/${letter.id}/file`}>{t('papers.saveAct.modification')}</SaveButton>
          )}
        </Panel>
      )}
      {current.length > 0 && (
        <Panel title={t('modified.remarks')}>
          <RemarkList detail={detail} remarks={current} />
        </Panel>
      )}
      <PiecesToBring
        detail={detail}
        title={t('modified.bring')}
        asked={plans.map((piece) => ({ code: piece.code, reason: null, article: null }))}
        isNew={(document) => document.round >= next}
      />
      <PlanSignature detail={detail} />
      <SendAll
        label={t('modified.message')}
        description={t('modified.messageHelp')}
        action={t('modified.send')}
        value={message}
        onChange={type}
        saved={saved}
        required
        busy={busy}
        onSend={async () => {
          const answers = current.flatMap((one) =>
            one.answer === null ? [] : [{ remark: one.id, answer: one.answer.text }],
          );
          await complete({ message: message.trim(), ...(answers.length > 0 ? { answers } : {}) });
          forget();
          done();
        }}
      />
    </div>
  );
}
