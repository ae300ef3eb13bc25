import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../../components/Panel.tsx';
import type { PanelProps } from '../../tasks/panel.ts';
import classes from '../dossier.module.css';
import { remarksQuery } from '../queries.ts';
import { RemarkList } from '../Remarks.tsx';
import { useDraft } from '../useDraft.ts';
import { PiecesToBring, PlanSignature, SendAll } from './parts.tsx';

/** The designer answers the reserves, each by itself, with new versions of the plans they touch (RGC 38). */
export function AnswerReserves({ task, dossier: detail, complete, busy, done }: PanelProps) {
  const { t } = useTranslation('dossier');
  const [text, type, saved, forget] = useDraft(`task.${task.task.id}`, '');
  const { dossier } = detail;
  const { data: remarks = [] } = useQuery(remarksQuery(dossier.id));
  const reserves = remarks.filter((one) => one.reserve && one.round === dossier.round);
  const pieces = [...new Set(reserves.flatMap((one) => (one.document === null ? [] : [one.document.piece])))];
  return (
    <div className={classes.steps}>
      <Panel title={t('reserves.title')}>
        <RemarkList detail={detail} remarks={reserves} />
      </Panel>
      <PiecesToBring
        detail={detail}
        title={t('reserves.bring')}
        asked={pieces.map((code) => ({ code, reason: null, article: null }))}
        isNew={(document) => !reserves.some((one) => one.document?.id === document.id)}
      />
      <PlanSignature detail={detail} />
      <SendAll
        label={t('reserves.message')}
        description={t('reserves.messageHelp')}
        action={t('reserves.send')}
        value={text}
        onChange={type}
        saved={saved}
        required
        busy={busy}
        onSend={async () => {
          await complete({ answer: text.trim() });
          forget();
          done();
        }}
      />
    </div>
  );
}
