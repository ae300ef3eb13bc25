import { useTranslation } from 'react-i18next';
import type { PanelProps } from '../../tasks/panel.ts';
import classes from '../dossier.module.css';
import { useDraft } from '../useDraft.ts';
import { PiecesToBring, PlanSignature, SendAll } from './parts.tsx';

/** The applicant brings the pieces that the registry asked for, once a round (law 55-19). */
export function AnswerComplement({ task, dossier: detail, complete, busy, done }: PanelProps) {
  const { t } = useTranslation('dossier');
  const [message, type, saved, forget] = useDraft(`task.${task.task.id}`, '');
  const { dossier } = detail;
  const asked = dossier.complements.findLast((one) => one.round === dossier.round);
  return (
    <div className={classes.steps}>
      <PiecesToBring
        detail={detail}
        title={t('complement.bring')}
        asked={(asked?.items ?? []).map(({ piece, reason, article }) => ({ code: piece, reason, article }))}
        isNew={(document) =>
          asked?.items.find(({ piece }) => piece === document.piece)?.document !== document.id
        }
      />
      <PlanSignature detail={detail} />
      <SendAll
        label={t('complement.message')}
        description={t('complement.messageHelp')}
        action={t('complement.send')}
        value={message}
        onChange={type}
        saved={saved}
        required={false}
        busy={busy}
        onSend={async () => {
          await complete(message.trim() === '' ? {} : { message: message.trim() });
          forget();
          done();
        }}
      />
    </div>
  );
}
