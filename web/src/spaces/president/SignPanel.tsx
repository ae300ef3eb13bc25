import { Button, Group, Textarea } from '@mantine/core';
import { IconSignature } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorSummary } from '../../components/ErrorSummary.tsx';
import { Panel } from '../../components/Panel.tsx';
import { SavedState } from '../../components/SavedState.tsx';
import { DraftPreview } from '../tasks/DraftPreview.tsx';
import type { PanelProps } from '../tasks/panel.ts';
import { useKept } from '../tasks/useKept.ts';
import { Case } from './Case.tsx';
import classes from './President.module.css';
import { type DraftReason, Reasons } from './Reasons.tsx';

type Act = 'licence' | 'refusal' | 'modification';
const ACTS: Record<string, Act> = { signature: 'licence', refusal: 'refusal', modification: 'modification' };

interface Draft {
  reasons: DraftReason[];
  words: string;
}

/** The president signs the act: the licence as it is, a refusal or a request for modifications with its reasons. */
export function SignPanel({ task, dossier, complete, busy }: PanelProps) {
  const { t } = useTranslation(['president', 'committee', 'common']);
  const act = ACTS[task.task.form?.split('/').at(-1) ?? ''] ?? 'licence';
  const [draft, setDraft, saved] = useKept<Draft>(task.task.id, { reasons: [], words: '' });
  const [tried, setTried] = useState(false);
  const faults: { message: string; target?: string }[] = [];
  if (act !== 'licence') {
    if (draft.reasons.length === 0) faults.push({ message: t('fault.noReason'), target: 'add-reason' });
    for (const [index, one] of draft.reasons.entries()) {
      const number = index + 1;
      if (one.article.trim() === '')
        faults.push({
          message: t('fault.ofReason', { number, what: t('fault.article') }),
          target: `reason-${one.key}-article`,
        });
      if (one.text.trim().length < 3)
        faults.push({
          message: t('fault.ofReason', { number, what: t('fault.text') }),
          target: `reason-${one.key}-text`,
        });
    }
  }
  const payload = () =>
    act === 'licence'
      ? { confirm: true }
      : {
          reasons: draft.reasons.map(({ article, text }) => ({ article, text })),
          ...(draft.words.trim() === ''
            ? {}
            : act === 'refusal'
              ? { appeal: draft.words }
              : { message: draft.words }),
        };
  return (
    <div className={classes.sides}>
      <div>
        <Case dossier={dossier} version={task.task.procedureVersion} />
      </div>
      <div>
        <Panel title={t(`act.${act}`)}>
          <p>{t(`sign.help.${act}`)}</p>
          {tried && <ErrorSummary errors={faults} />}
          {act !== 'licence' && (
            <>
              <Reasons
                reasons={draft.reasons}
                procedure={task.task.procedure}
                use={act}
                tried={tried}
                onChange={(reasons) => setDraft((old) => ({ ...old, reasons }))}
              />
              <Textarea
                mt="md"
                label={t(act === 'refusal' ? 'sign.appeal' : 'sign.message')}
                resize="vertical"
                rows={2}
                maxLength={act === 'refusal' ? 2000 : 4000}
                value={draft.words}
                onChange={(event) => {
                  const words = event.currentTarget.value;
                  setDraft((old) => ({ ...old, words }));
                }}
              />
            </>
          )}
          <div className={classes.bar}>
            <SavedState state={saved} />
            <Group gap="sm">
              <DraftPreview
                task={task.task.id}
                payload={payload}
                action={t('sign.preview')}
                title={t(`act.${act}`)}
                differs={t('sign.differs')}
              />
              <Button
                loading={busy}
                leftSection={<IconSignature size={18} aria-hidden="true" />}
                onClick={() => {
                  setTried(true);
                  if (faults.length === 0) void complete(payload()).catch(() => undefined);
                }}
              >
                {t(`sign.action.${act}`)}
              </Button>
            </Group>
          </div>
        </Panel>
      </div>
    </div>
  );
}
