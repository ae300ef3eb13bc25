import { Button, Group, NumberInput, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../api/client.ts';
import { dateTime, number } from '../../app/format.ts';
import { localText } from '../../app/language.ts';
import { Code } from '../../components/Code.tsx';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { Moment } from '../../components/Moment.tsx';
import { Panel } from '../../components/Panel.tsx';
import { ProblemNotice } from '../../components/ProblemNotice.tsx';
import classes from './Operation.module.css';
import { type State, timersQuery } from './queries.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Moves the clock of a demonstration, and says first what falls due on the way. */
export function ClockPanel({ state }: { state: State }) {
  const { t } = useTranslation('operation');
  const client = useQueryClient();
  const [days, setDays] = useState<number | string>(1);
  const [to, setTo] = useState('');
  const now = Date.parse(state.now);
  const timers = useQuery(timersQuery(to));
  const move = useMutation({
    mutationFn: () => answer(api.PUT('/clock', { body: { to } })),
    onSuccess: async () => {
      setTo('');
      await client.invalidateQueries();
    },
  });
  const plan = (until: number) => {
    move.reset();
    setTo(new Date(until).toISOString());
  };
  const count = timers.data?.count ?? 0;
  const due = timers.data?.items ?? [];
  return (
    <Panel title={t('clock.title')}>
      <p>{t('clock.about')}</p>
      <p className={classes.now}>
        <Moment at={state.now} as="time" />
      </p>
      {move.error !== null && <ProblemNotice error={move.error} />}
      <Group gap="xs">
        <Button variant="default" onClick={() => plan(now + HOUR)}>
          {t('clock.hour')}
        </Button>
        <Button variant="default" onClick={() => plan(now + DAY)}>
          {t('clock.day')}
        </Button>
        {state.nextTimerAt !== null && (
          <Button onClick={() => plan(Math.max(now, Date.parse(state.nextTimerAt ?? state.now)))}>
            {t('clock.next')}
          </Button>
        )}
      </Group>
      <form
        className={classes.ahead}
        onSubmit={(event) => {
          event.preventDefault();
          const ahead = Number(days);
          if (ahead > 0) plan(now + Math.round(ahead * DAY));
        }}
      >
        <NumberInput
          label={t('clock.days')}
          value={days}
          min={1}
          max={400}
          allowNegative={false}
          onChange={setDays}
          hideControls
        />
        <Button type="submit" variant="default">
          {t('clock.move')}
        </Button>
      </form>
      <form
        className={classes.ahead}
        onSubmit={(event) => {
          event.preventDefault();
          const at = String(new FormData(event.currentTarget).get('at') ?? '');
          // Moroccan time is UTC+1 but in Ramadan: the instant is shown again before anything moves.
          const until = Date.parse(`${at}+01:00`);
          if (until > now) plan(until);
        }}
      >
        <TextInput type="datetime-local" name="at" label={t('clock.at')} required />
        <Button type="submit" variant="default">
          {t('clock.move')}
        </Button>
      </form>
      <ConfirmDialog
        opened={to !== ''}
        title={t('clock.confirm', { at: to === '' ? '' : `\u2068${dateTime(to)}\u2069` })}
        action={t('clock.moveNow')}
        busy={move.isPending}
        onClose={() => setTo('')}
        onConfirm={() => move.mutate()}
      >
        <p>{t('clock.noReturn')}</p>
        {timers.data !== undefined && <p>{t('clock.due', { count })}</p>}
        {due.length > 0 && (
          <ul>
            {due.map((timer) => (
              <li key={timer.id}>
                <Moment at={timer.dueAt} as="time" /> — <Code>{timer.dossierNumber ?? '—'}</Code>{' '}
                <bdi>{timer.name === null ? timer.flowNode : localText(timer.name)}</bdi>
              </li>
            ))}
          </ul>
        )}
        {count > due.length && <p>{t('clock.dueMore', { more: number(count - due.length) })}</p>}
      </ConfirmDialog>
    </Panel>
  );
}
