import { Alert, Button, Group, Modal, Stack, Textarea, TextInput } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { answer, api, onceKey } from '../../api/client.ts';
import { useNow } from '../../api/queries.ts';
import { localText } from '../../app/language.ts';
import { ProblemNotice } from '../../components/ProblemNotice.tsx';
import { diagramDifferences, fileDifferences } from './compare/differences.ts';
import type { StudioModeler } from './editor/studioModeler.ts';
import {
  contentOf,
  type Draft,
  diagramPath,
  type ProcedureProblem,
  type VersionLife,
  versionFilesQuery,
} from './queries.ts';
import type { DraftWork } from './useDraft.ts';

/** The last step of a draft: what is wrong, what differs, why, and from which day. */
export function PublishDialog({
  opened,
  onClose,
  draft,
  work,
  problems,
  running,
  modeler,
}: {
  opened: boolean;
  onClose: () => void;
  draft: Draft;
  work: DraftWork;
  problems: ProcedureProblem[] | null;
  running: VersionLife[];
  modeler: StudioModeler | null;
}) {
  const { t } = useTranslation('studio');
  const { t: common } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size="lg"
      title={t('publishTitle')}
      closeButtonProps={{ 'aria-label': common('action.close') }}
    >
      {opened && (
        <Form
          draft={draft}
          work={work}
          problems={problems}
          running={running}
          modeler={modeler}
          onClose={onClose}
        />
      )}
    </Modal>
  );
}

function Form({
  draft,
  work,
  problems,
  running,
  modeler,
  onClose,
}: {
  draft: Draft;
  work: DraftWork;
  problems: ProcedureProblem[] | null;
  running: VersionLife[];
  modeler: StudioModeler | null;
  onClose: () => void;
}) {
  const { t } = useTranslation('studio');
  const { t: common } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Africa/Casablanca' }).format(useNow());
  const [note, setNote] = useState('');
  const [missing, setMissing] = useState(false);
  const [from, setFrom] = useState(today);
  const key = useRef(onceKey());
  const summary = useSummary(draft, work, modeler);
  const publication = useMutation({
    mutationFn: async () => {
      const tag = await work.flush();
      return answer(
        api.POST('/procedure-drafts/{id}/publication', {
          params: { path: { id: draft.id }, header: { 'Idempotency-Key': key.current, 'If-Match': tag } },
          body: { note: note.trim(), inForceFrom: from },
        }),
      );
    },
    onError: () => {
      // Another try says another thing.
      key.current = onceKey();
    },
    onSuccess: async (life) => {
      await queries.invalidateQueries({ queryKey: ['studio', 'versions'] });
      await queries.invalidateQueries({ queryKey: ['studio', 'drafts'] });
      await navigate(`/studio?published=${life.version}`);
    },
  });
  const isWrong = problems !== null && problems.length > 0;
  const count = running.reduce((sum, one) => sum + one.running, 0);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setMissing(note.trim().length < 3);
    if (note.trim().length >= 3 && !isWrong) publication.mutate();
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        {isWrong && (
          <Alert
            role="alert"
            color="red"
            variant="light"
            icon={<IconAlertTriangle aria-hidden="true" />}
            title={t('problems.block', { count: problems.length })}
          >
            <ul>
              {problems.slice(0, 5).map((one) => (
                <li key={one.rule + one.element + one.message.fr}>{localText(one.message)}</li>
              ))}
            </ul>
          </Alert>
        )}
        {publication.error !== null && <ProblemNotice error={publication.error} kept={t('draft.kept')} />}
        {summary !== null && <p>{t('compare.summary', summary)}</p>}
        <p>
          <strong>{t('effect.title')}</strong> {count === 0 ? t('effect.none') : t('effect.some', { count })}
        </p>
        <Textarea
          label={t('note.label')}
          description={t('note.help')}
          required
          rows={3}
          maxLength={2000}
          data-autofocus
          value={note}
          error={missing && note.trim().length < 3 ? t('note.missing') : undefined}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <TextInput
          type="date"
          label={t('inForceFrom')}
          min={today}
          dir="ltr"
          value={from}
          onChange={(event) => setFrom(event.currentTarget.value || today)}
        />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {common('action.cancel')}
          </Button>
          <Button type="submit" disabled={isWrong || problems === null} loading={publication.isPending}>
            {t('publish')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** How many things differ from the version that the draft was begun from; null when it is new or not read yet. */
function useSummary(draft: Draft, work: DraftWork, modeler: StudioModeler | null) {
  const base = useQuery({ ...versionFilesQuery(draft.base ?? ''), enabled: draft.base !== null });
  const before = base.data?.files;
  const path = diagramPath(draft.procedure);
  const { data } = useQuery({
    queryKey: ['studio', 'summary', draft.id, work.tag, draft.base],
    enabled: before !== undefined && modeler !== null,
    queryFn: async () => {
      if (before === undefined || modeler === null) return null;
      const [old, now] = await Promise.all(
        [before, work.files].map((files) => modeler.read(contentOf(files, path))),
      );
      const drawn = diagramDifferences(old, now);
      const of = (kind: string) => drawn.filter((one) => one.kind === kind).length;
      return {
        added: of('added'),
        removed: of('removed'),
        changed: of('changed'),
        moved: of('moved'),
        values: fileDifferences(before, work.files).length,
      };
    },
  });
  return data ?? null;
}
