import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, onceKey, type Schema } from '../../api/client.ts';
import { proceduresQuery } from '../../api/queries.ts';
import { localText } from '../../app/language.ts';
import { Code, Name } from '../../components/Code.tsx';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Moment } from '../../components/Moment.tsx';
import { Panel } from '../../components/Panel.tsx';
import { ProblemNotice } from '../../components/ProblemNotice.tsx';
import { StatePill } from '../../components/StatePill.tsx';
import classes from './account.module.css';

type Delegation = Schema<'Delegation'>;
const KEY = ['account', 'delegates'];

/** Who may act in one's place, and in whose place one may act. */
export function Delegates() {
  const { t } = useTranslation(['account', 'common']);
  const delegations = useQuery({ queryKey: KEY, queryFn: () => answer(api.GET('/me/delegates')) });
  const procedures = useQuery(proceduresQuery).data ?? [];
  const names = new Map(procedures.map(({ id, name }) => [id, name]));
  const nameOf = (id: string | null) => {
    const name = id === null ? undefined : names.get(id);
    return id === null ? t('delegates.everything') : name === undefined ? id : localText(name);
  };
  return (
    <Panel title={t('delegates.title')}>
      <p>{t('delegates.help')}</p>
      {delegations.isError && (
        <ProblemNotice error={delegations.error} retry={() => void delegations.refetch()} />
      )}
      {delegations.isPending && <Loading rows={2} />}
      {delegations.data !== undefined && (
        <>
          {delegations.data.given.length === 0 && <p className={classes.none}>{t('delegates.none')}</p>}
          <List delegations={delegations.data.given} nameOf={nameOf} removable />
          <Add procedures={[...names]} />
          {delegations.data.received.length > 0 && (
            <>
              <h3>{t('delegates.received')}</h3>
              <List delegations={delegations.data.received} nameOf={nameOf} />
            </>
          )}
        </>
      )}
    </Panel>
  );
}

function List({
  delegations,
  nameOf,
  removable = false,
}: {
  delegations: Delegation[];
  nameOf: (procedure: string | null) => string;
  removable?: boolean;
}) {
  const { t } = useTranslation(['account', 'common']);
  const client = useQueryClient();
  const [asked, setAsked] = useState<Delegation | null>(null);
  const remove = useMutation({
    mutationFn: (id: string) => answer(api.DELETE('/me/delegates/{id}', { params: { path: { id } } })),
    onSuccess: () => setAsked(null),
    onSettled: () => client.invalidateQueries({ queryKey: KEY }),
  });
  return (
    <>
      {remove.isError && <ProblemNotice error={remove.error} />}
      <ul className={classes.delegates}>
        {delegations.map((one) => (
          <li key={one.id}>
            <div>
              <strong>
                <Name>{one.name}</Name>
              </strong>{' '}
              {one.email !== null && <Code>{one.email}</Code>}
              <br />
              <small>
                {nameOf(one.procedure)} · {t('delegates.from')} <Moment at={one.from} />
                {one.until !== null && (
                  <>
                    {' '}
                    {t('delegates.until')} <Moment at={one.until} />
                  </>
                )}
              </small>
            </div>
            <StatePill tone={one.inForce ? 'good' : 'plain'}>
              {t(one.inForce ? 'delegates.inForce' : 'delegates.notInForce')}
            </StatePill>
            {removable && (
              <Button
                variant="default"
                onClick={() => setAsked(one)}
                aria-label={t('delegates.removeNamed', { name: one.name })}
              >
                {t('delegates.remove')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <ConfirmDialog
        opened={asked !== null}
        title={t('delegates.removeTitle')}
        action={t('delegates.remove')}
        busy={remove.isPending}
        onConfirm={() => asked !== null && remove.mutate(asked.id)}
        onClose={() => setAsked(null)}
      >
        <p>{t('delegates.removeHelp', { name: asked?.name ?? '' })}</p>
      </ConfirmDialog>
    </>
  );
}

function Add({ procedures }: { procedures: [string, Schema<'ProcedureSummary'>['name']][] }) {
  const { t } = useTranslation(['account', 'common']);
  const client = useQueryClient();
  const [opened, setOpened] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const [key, setKey] = useState(onceKey);
  const name = useMutation({
    mutationFn: (body: Schema<'NewDelegation'>) =>
      answer(api.POST('/me/delegates', { body, params: { header: { 'Idempotency-Key': key } } })),
    onSuccess() {
      setOpened(false);
      return client.invalidateQueries({ queryKey: KEY });
    },
    // What is sent next is another wish: also after a refusal, which kept nothing.
    onSettled: () => setKey(onceKey()),
  });
  if (!opened) {
    return (
      <Button variant="default" onClick={() => setOpened(true)}>
        {t('delegates.add')}
      </Button>
    );
  }
  return (
    <form
      ref={form}
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        const data = new FormData(event.currentTarget);
        const text = (field: string) => String(data.get(field) ?? '').trim();
        // A day is meant whole: from its beginning, to its end.
        const instant = (field: string, time: string) =>
          text(field) === '' ? null : new Date(`${text(field)}T${time}`).toISOString();
        const from = instant('from', '00:00:00');
        name.mutate({
          email: text('email'),
          procedure: text('procedure') === '' ? null : text('procedure'),
          ...(from === null ? {} : { from }),
          until: instant('until', '23:59:59'),
        });
      }}
    >
      {name.isError && <ProblemNotice error={name.error} />}
      <TextInput
        name="email"
        type="email"
        label={t('delegates.email')}
        description={t('delegates.emailHelp')}
        dir="ltr"
        maxLength={254}
        required
        data-autofocus
      />
      <NativeSelect
        name="procedure"
        label={t('delegates.procedure')}
        data={[
          { value: '', label: t('delegates.everything') },
          ...procedures.map(([id, text]) => ({ value: id, label: localText(text) })),
        ]}
      />
      <TextInput
        name="from"
        type="date"
        label={t('delegates.start')}
        description={t('delegates.startHelp')}
      />
      <TextInput name="until" type="date" label={t('delegates.end')} description={t('delegates.endHelp')} />
      <div className={classes.row}>
        <Button type="submit" loading={name.isPending}>
          {t('delegates.name')}
        </Button>
        <Button variant="default" onClick={() => setOpened(false)}>
          {t('common:action.cancel')}
        </Button>
      </div>
    </form>
  );
}
