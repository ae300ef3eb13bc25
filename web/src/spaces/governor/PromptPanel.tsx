import { Button, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bodyNamesQuery } from '../../api/queries.ts';
import { longDate } from '../../app/format.ts';
import { localText } from '../../app/language.ts';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { Facts } from '../../components/Facts.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Moment } from '../../components/Moment.tsx';
import { Panel } from '../../components/Panel.tsx';
import { ProblemNotice } from '../../components/ProblemNotice.tsx';
import type { PanelProps } from '../tasks/panel.ts';

/** The governor writes to the body whose binding opinion is late (RGC 35, 49); the dossier goes on waiting for it. */
export function PromptPanel({ task, dossier: detail, complete, busy, done }: PanelProps) {
  const { t } = useTranslation('governor');
  const bodies = useQuery(bodyNamesQuery);
  const { dossier } = detail;
  const binding = dossier.committee?.members.filter((member) => member.binding) ?? [];
  const to = binding.map(({ body }) => {
    const name = bodies.data?.get(body);
    return name === undefined ? body : localText(name);
  });
  const draft = t('prompt.draft', {
    number: `\u2066${dossier.number ?? ''}\u2069`,
    date: longDate(dossier.committee?.convenedAt ?? task.task.createdAt),
  });
  const [message, setMessage] = useState<string | null>(null);
  const [confirming, setConfirming] = useState(false);
  const text = message ?? draft;
  if (bodies.error !== null) return <ProblemNotice error={bodies.error} />;
  if (bodies.data === undefined) return <Loading rows={5} />;

  const send = async () => {
    try {
      await complete({ message: text.trim() });
      done();
    } catch {
      // Told above the panel; the letter stays.
    } finally {
      setConfirming(false);
    }
  };
  return (
    <form
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        if (text.trim() !== '') setConfirming(true);
      }}
    >
      <Panel title={t('prompt.title')}>
        <Facts
          rows={[
            [t('prompt.to'), to.join('، ')],
            [
              t('prompt.since'),
              dossier.committee === null ? null : (
                <Moment key="s" at={dossier.committee.convenedAt} as="long" />
              ),
            ],
            [t('prompt.article'), <bdi key="a">{task.article ?? 'RGC 49'}</bdi>],
            [t('prompt.effect'), t('prompt.effectHelp')],
          ]}
        />
        <Textarea
          label={t('prompt.message')}
          description={t('prompt.messageHelp')}
          dir="auto"
          rows={6}
          maxLength={4000}
          required
          mt="md"
          value={text}
          onChange={(event) => setMessage(event.currentTarget.value)}
        />
      </Panel>
      <Button type="submit" loading={busy} disabled={text.trim() === ''}>
        {t('prompt.send')}
      </Button>
      <ConfirmDialog
        opened={confirming}
        title={t('prompt.send')}
        action={t('prompt.send')}
        busy={busy}
        onClose={() => setConfirming(false)}
        onConfirm={() => void send()}
      >
        <p>{t('prompt.confirm', { to: to.join('، ') })}</p>
      </ConfirmDialog>
    </form>
  );
}
