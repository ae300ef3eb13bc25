import { Button, Radio, Stack, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schema } from '../../api/client.ts';
import { ErrorSummary } from '../../components/ErrorSummary.tsx';
import { Panel } from '../../components/Panel.tsx';
import { SavedState } from '../../components/SavedState.tsx';
import type { PanelProps } from '../tasks/panel.ts';
import { opinionsQuery } from '../tasks/queries.ts';
import { useKept } from '../tasks/useKept.ts';
import { Case } from './Case.tsx';
import classes from './President.module.css';

const CHOICES = ['deliver', 'liftReserves', 'modify', 'refuse', 'sendBack'] as const;
type Choice = (typeof CHOICES)[number];

interface Draft {
  choice: Choice | null;
  conditions: string;
  reason: string;
  note: string;
}

/** The president decides within what the opinions allow (RGC 35–38), or sends the dossier back with a reason. */
export function DecidePanel({ task, dossier, complete, busy }: PanelProps) {
  const { t } = useTranslation(['president', 'committee', 'common']);
  const [draft, setDraft, saved] = useKept<Draft>(task.task.id, {
    choice: null,
    conditions: '',
    reason: '',
    note: '',
  });
  const [tried, setTried] = useState(false);
  const { data: opinions } = useQuery(opinionsQuery(dossier.dossier.id));
  const barred = opinions === undefined ? {} : barredChoices(dossier.dossier, opinions, t);
  const faults: { message: string; target?: string }[] = [];
  if (draft.choice === null) faults.push({ message: t('fault.choice'), target: 'decision-choice' });
  if (draft.choice === 'sendBack' && draft.reason.trim().length < 3)
    faults.push({ message: t('fault.reason'), target: 'decision-reason' });
  const conditions = draft.conditions
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.length >= 3);
  const decide = () => {
    setTried(true);
    if (faults.length > 0 || draft.choice === null) return;
    const releasing = draft.choice === 'deliver' || draft.choice === 'liftReserves';
    void complete({
      choice: draft.choice,
      conditions: releasing ? conditions : [],
      ...(draft.choice === 'sendBack' ? { reason: draft.reason } : {}),
      ...(draft.note.trim() === '' ? {} : { note: draft.note }),
    }).catch(() => undefined);
  };
  return (
    <div className={classes.sides}>
      <div>
        <Case dossier={dossier} version={task.task.procedureVersion} />
      </div>
      <div>
        <Panel title={t('decide.title')}>
          {tried && <ErrorSummary errors={faults} />}
          <Radio.Group
            id="decision-choice"
            label={t('decide.choice')}
            value={draft.choice ?? ''}
            error={tried && draft.choice === null ? t('fault.choice') : undefined}
            onChange={(choice) => setDraft((old) => ({ ...old, choice: choice as Choice }))}
          >
            <Stack gap={8} mt={6}>
              {CHOICES.map((choice) => (
                <Radio
                  key={choice}
                  value={choice}
                  disabled={barred[choice] !== undefined}
                  label={choice === 'sendBack' ? t('decide.sendBack') : t(`committee:choice.${choice}`)}
                  description={barred[choice] ?? t(`decide.help.${choice}`)}
                />
              ))}
            </Stack>
          </Radio.Group>
          {(draft.choice === 'deliver' || draft.choice === 'liftReserves') && (
            <Textarea
              mt="md"
              label={t('decide.conditions')}
              description={t('decide.conditionsHelp')}
              resize="vertical"
              rows={2}
              maxLength={20_000}
              value={draft.conditions}
              onChange={(event) => {
                const next = event.currentTarget.value;
                setDraft((old) => ({ ...old, conditions: next }));
              }}
            />
          )}
          {draft.choice === 'sendBack' && (
            <Textarea
              id="decision-reason"
              mt="md"
              label={t('decide.reason')}
              description={t('decide.reasonHelp')}
              resize="vertical"
              rows={3}
              maxLength={4000}
              value={draft.reason}
              error={tried && draft.reason.trim().length < 3 ? t('fault.reason') : undefined}
              onChange={(event) => {
                const reason = event.currentTarget.value;
                setDraft((old) => ({ ...old, reason }));
              }}
            />
          )}
          <Textarea
            mt="md"
            label={t('decide.note')}
            description={t('decide.noteHelp')}
            resize="vertical"
            maxLength={4000}
            value={draft.note}
            onChange={(event) => {
              const note = event.currentTarget.value;
              setDraft((old) => ({ ...old, note }));
            }}
          />
          <div className={classes.bar}>
            <SavedState state={saved} />
            <Button loading={busy} onClick={decide}>
              {draft.choice === 'sendBack' ? t('decide.sendBackAction') : t('decide.action')}
            </Button>
          </div>
        </Panel>
      </div>
    </div>
  );
}

/** What the law closes, and why: nobody should have to try to find out (RGC 35, 38). The server decides again. */
function barredChoices(
  { committee, round }: Schema<'Dossier'>,
  opinions: Schema<'OpinionPage'>['items'],
  t: TFunction<readonly ['president', 'committee', 'common']>,
): Partial<Record<Choice, string>> {
  const said = opinions.filter((one) => one.round === round);
  const binding = (committee?.members ?? []).filter((one) => one.binding);
  const words = binding.map(({ body }) => said.find((one) => one.body === body)?.value);
  if (words.some((word) => word === 'unfavourable')) {
    const why = t('barred.unfavourable');
    return { deliver: why, liftReserves: why };
  }
  if (binding.length === 0 || words.some((word) => word === undefined || word === 'notConcerned')) {
    const why = t('barred.missing');
    return { deliver: why, liftReserves: why };
  }
  return {
    ...(words.includes('favourableWithReserves') ? { deliver: t('barred.reserves') } : {}),
    ...(said.some((one) => one.value === 'favourableWithReserves')
      ? {}
      : { liftReserves: t('barred.noReserves') }),
  };
}
