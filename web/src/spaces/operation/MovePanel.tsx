import { Button, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../api/client.ts';
import { number } from '../../app/format.ts';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { Panel } from '../../components/Panel.tsx';
import { ProblemNotice } from '../../components/ProblemNotice.tsx';
import { ReasonField } from './Fields.tsx';
import { isReason } from './given.ts';
import classes from './Operation.module.css';
import { placeName, waitsInWords } from './places.ts';
import type { Instance } from './queries.ts';
import { useIntervention } from './useIntervention.ts';

interface Move {
  reason: string;
  token: string;
  from: string;
  to: string;
}

/** Takes what waits at one place of the diagram away and begins at another; `target` is shown in the diagram meanwhile. */
export function MovePanel({
  instance,
  target,
  setTarget,
}: {
  instance: Instance;
  target: string;
  setTarget: (flowNode: string) => void;
}) {
  const { t } = useTranslation('operation');
  const [chosen, choose] = useState('');
  const [reason, setReason] = useState('');
  const [asking, ask] = useState(false);
  const movable = instance.waiting.filter(({ mayGoTo }) => mayGoTo.length > 0);
  const from = movable.find(({ token }) => token === chosen) ?? movable[0];
  const places = [...(from?.mayGoTo ?? [])].sort((a, b) => placeName(a).localeCompare(placeName(b)));
  const to = places.find(({ flowNode }) => flowNode === target);
  const move = useIntervention<Move>(
    (body, header) =>
      answer(
        api.POST('/operation/instances/{id}/moves', { params: { path: { id: instance.id }, header }, body }),
      ),
    () => {
      ask(false);
      setTarget('');
      choose('');
      setReason('');
    },
  );
  if (from === undefined) return null;
  return (
    <Panel title={t('move.title')}>
      <p>{t('move.about')}</p>
      <form
        className={classes.ahead}
        onSubmit={(event) => {
          event.preventDefault();
          if (to === undefined) return;
          move.reset();
          ask(true);
        }}
      >
        <NativeSelect
          label={t('move.from')}
          value={from.token}
          onChange={(event) => {
            choose(event.currentTarget.value);
            setTarget('');
          }}
          data={movable.map((one) => ({
            value: one.token,
            label: `${placeName(one)} (${waitsInWords(one.waitsFor, t)})`,
          }))}
        />
        <NativeSelect
          label={t('move.to')}
          value={target}
          onChange={(event) => setTarget(event.currentTarget.value)}
          data={[
            { value: '', label: t('move.choose') },
            ...places.map((place) => ({ value: place.flowNode, label: placeName(place) })),
          ]}
        />
        <Button type="submit" variant="default" disabled={to === undefined}>
          {t('move.action')}
        </Button>
      </form>
      {to !== undefined && (
        <ConfirmDialog
          key={`${from.token} ${to.flowNode}`}
          opened={asking}
          title={t('move.confirm')}
          action={t('move.action')}
          danger
          typed={instance.dossierNumber ?? instance.dossier}
          busy={move.isPending}
          wanting={!isReason(reason)}
          onClose={() => ask(false)}
          onConfirm={() =>
            move.mutate({ reason: reason.trim(), token: from.token, from: from.flowNode, to: to.flowNode })
          }
        >
          <p>
            {t('move.cancels', { name: placeName(from), waits: waitsInWords(from.waitsFor, t) })}{' '}
            {from.tasks > 0 && t('move.tasks', { tasks: number(from.tasks) })}
          </p>
          <p>{t('move.begins', { name: placeName(to) })}</p>
          {move.error !== null && <ProblemNotice error={move.error} />}
          <ReasonField value={reason} onChange={setReason} />
        </ConfirmDialog>
      )}
    </Panel>
  );
}
