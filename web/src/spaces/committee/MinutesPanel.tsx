import { Button, Group, Radio, Stack, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bodyNamesQuery } from '../../api/queries.ts';
import { localText } from '../../app/language.ts';
import { Name } from '../../components/Code.tsx';
import { ErrorSummary } from '../../components/ErrorSummary.tsx';
import { Panel } from '../../components/Panel.tsx';
import { SavedState } from '../../components/SavedState.tsx';
import { DraftPreview } from '../tasks/DraftPreview.tsx';
import type { PanelProps } from '../tasks/panel.ts';
import { useKept } from '../tasks/useKept.ts';
import { Opinions } from './Opinions.tsx';
import classes from './Review.module.css';

const PROPOSALS = ['deliver', 'liftReserves', 'modify', 'refuse'] as const;
type Proposal = (typeof PROPOSALS)[number];

/** The secretariat draws up the minutes: opinions received, bodies that stayed silent, what the committee proposes (RGC 34). */
export function MinutesPanel({ task, dossier, complete, busy }: PanelProps) {
  const { t } = useTranslation(['committee', 'common']);
  const [draft, setDraft, saved] = useKept<{ observations: string; proposal: Proposal | null }>(
    task.task.id,
    { observations: '', proposal: null },
  );
  const [tried, setTried] = useState(false);
  const { data: names } = useQuery(bodyNamesQuery);
  const silent = dossier.dossier.committee?.silent ?? [];
  const sentBack = (dossier.records as { Decide?: { choice?: string; reason?: string } }).Decide;
  const faults = [
    ...(draft.observations.trim() === ''
      ? [{ message: t('fault.observations'), target: 'minutes-observations' }]
      : []),
    ...(draft.proposal === null ? [{ message: t('fault.proposal'), target: 'minutes-proposal' }] : []),
  ];
  const payload = () => ({
    ...(draft.observations.trim() === '' ? {} : { observations: draft.observations }),
    ...(draft.proposal === null ? {} : { proposal: draft.proposal }),
  });
  return (
    <>
      {sentBack?.choice === 'sendBack' && sentBack.reason !== undefined && (
        <Panel title={t('minutes.sentBack')}>
          <p>
            <Name>{sentBack.reason}</Name>
          </p>
        </Panel>
      )}
      <Panel title={t('minutes.opinions')}>
        <Opinions dossier={dossier} />
        {silent.length > 0 && (
          <p>
            {t('minutes.silent')}{' '}
            {silent
              .map((body) => {
                const name = names?.get(body);
                return name === undefined ? body : localText(name);
              })
              .join(' · ')}
          </p>
        )}
      </Panel>
      <Panel title={t('minutes.title')}>
        {tried && <ErrorSummary errors={faults} />}
        <Textarea
          id="minutes-observations"
          label={t('minutes.observations')}
          description={t('minutes.observationsHelp')}
          resize="vertical"
          rows={4}
          maxLength={10_000}
          value={draft.observations}
          error={tried && draft.observations.trim() === '' ? t('fault.observations') : undefined}
          onChange={(event) => {
            const observations = event.currentTarget.value;
            setDraft((old) => ({ ...old, observations }));
          }}
        />
        <Radio.Group
          id="minutes-proposal"
          mt="md"
          label={t('minutes.proposal')}
          value={draft.proposal ?? ''}
          error={tried && draft.proposal === null ? t('fault.proposal') : undefined}
          onChange={(value) => setDraft((old) => ({ ...old, proposal: value as Proposal }))}
        >
          <Stack gap={6} mt={6}>
            {PROPOSALS.map((value) => (
              <Radio key={value} value={value} label={t(`choice.${value}`)} />
            ))}
          </Stack>
        </Radio.Group>
      </Panel>
      <div className={classes.bar}>
        <SavedState state={saved} />
        <Group gap="sm">
          <DraftPreview
            task={task.task.id}
            payload={payload}
            action={t('minutes.preview')}
            title={t('minutes.previewTitle')}
            differs={t('minutes.differs')}
          />
          <Button
            loading={busy}
            onClick={() => {
              setTried(true);
              if (faults.length === 0) void complete(payload()).catch(() => undefined);
            }}
          >
            {t('minutes.drawUp')}
          </Button>
        </Group>
      </div>
    </>
  );
}
