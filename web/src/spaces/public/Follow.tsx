import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { answer, api, type Schema } from '../../api/client.ts';
import { localText } from '../../app/language.ts';
import { Code } from '../../components/Code.tsx';
import { Facts } from '../../components/Facts.tsx';
import { Moment } from '../../components/Moment.tsx';
import { PageHead } from '../../components/PageHead.tsx';
import { ProblemNotice } from '../../components/ProblemNotice.tsx';
import { StatePill, type Tone } from '../../components/StatePill.tsx';
import classes from './Follow.module.css';

type Followed = Schema<'Followed'>;

const TONES: Record<Followed['status'], Tone> = {
  draft: 'plain',
  filed: 'plain',
  rejectedAtFiling: 'late',
  underStudy: 'plain',
  delivered: 'good',
  refused: 'late',
  closedWithoutFollowUp: 'late',
  stopped: 'late',
};

/** Tells where a dossier is to whoever holds its receipt: by its number and secret, nothing personal. */
export function Follow() {
  const { t } = useTranslation(['public', 'common']);
  const [params] = useSearchParams();
  const [number, setNumber] = useState(params.get('number') ?? '');
  const [secret, setSecret] = useState('');
  const ask = useMutation({
    mutationFn: () => answer(api.POST('/follow', { body: { number: number.trim(), secret: secret.trim() } })),
  });
  return (
    <>
      <PageHead title={t('follow.title')} about={t('follow.about')} />
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          ask.mutate();
        }}
      >
        <TextInput
          label={t('follow.number')}
          description={t('follow.numberHelp')}
          dir="ltr"
          value={number}
          onChange={(event) => setNumber(event.currentTarget.value)}
          maxLength={60}
          autoComplete="off"
          spellCheck={false}
          required
        />
        <TextInput
          label={t('follow.secret')}
          description={t('follow.secretHelp')}
          dir="ltr"
          value={secret}
          onChange={(event) => setSecret(event.currentTarget.value)}
          maxLength={40}
          autoComplete="off"
          spellCheck={false}
          required
        />
        <Button type="submit" loading={ask.isPending}>
          {t('follow.ask')}
        </Button>
      </form>
      <div aria-live="polite">
        {ask.isError && <ProblemNotice error={ask.error} />}
        {ask.isSuccess && <Where followed={ask.data} />}
      </div>
    </>
  );
}

function Where({ followed }: { followed: Followed }) {
  const { t } = useTranslation(['public', 'common']);
  const { status, stage, stages, timeLimit } = followed;
  const waits = stage.length > 0 && stage.every(({ party }) => party === 'applicant');
  return (
    <article className={classes.where}>
      <div className={classes.top}>
        <h2>
          <Code>{followed.number}</Code>
        </h2>
        <StatePill tone={waits ? 'paused' : TONES[status]}>
          {waits ? t('follow.waitsForYou') : t(`follow.status.${status}`)}
        </StatePill>
      </div>
      <p>
        {localText(followed.procedure)} · {localText(followed.commune)}
      </p>
      {stage.length > 0 && (
        <p className={classes.now}>
          {t(waits ? 'follow.nowYou' : 'follow.nowOffice', {
            step: [...new Set(stage.map(({ name }) => localText(name)))].join(t('follow.and')),
          })}
        </p>
      )}
      {stages.length > 0 && (
        <ol className={classes.stages}>
          {stages.map(({ name, state }) => (
            <li key={name.fr} data-state={state} aria-current={state === 'current' ? 'step' : undefined}>
              {localText(name)}
              <span className="hidden-visually"> ({t(`follow.state.${state}`)})</span>
            </li>
          ))}
        </ol>
      )}
      <Facts
        rows={[
          [
            t('follow.submittedAt'),
            followed.submittedAt && <Moment key="submitted" at={followed.submittedAt} as="long" />,
          ],
          [
            t('follow.dueAt'),
            followed.endedAt !== null || timeLimit?.dueAt == null ? null : (
              <>
                <Moment at={timeLimit.dueAt} as="long" />
                <br />
                <small>
                  {timeLimit.article}
                  {!timeLimit.running && ` · ${t('follow.paused')}`}
                </small>
              </>
            ),
          ],
          [t('follow.endedAt'), followed.endedAt && <Moment key="ended" at={followed.endedAt} as="long" />],
          [t('follow.updatedAt'), <Moment key="updated" at={followed.updatedAt} as="long" />],
        ]}
      />
      <p className={classes.more}>{t('follow.signInForMore')}</p>
    </article>
  );
}
