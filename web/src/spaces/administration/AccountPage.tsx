import { Alert, Button, Group } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { answer, api, onceKey, type Schema } from '../../api/client.ts';
import { Refusal } from '../../api/problem.ts';
import { useMe } from '../../api/queries.ts';
import { LANGUAGE_NAMES, localText } from '../../app/language.ts';
import { Code, Name } from '../../components/Code.tsx';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { Facts } from '../../components/Facts.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Moment } from '../../components/Moment.tsx';
import { PageHead } from '../../components/PageHead.tsx';
import { Panel } from '../../components/Panel.tsx';
import { ProblemNotice } from '../../components/ProblemNotice.tsx';
import { AccountState } from './Accounts.tsx';
import classes from './Administration.module.css';
import { GrantList, useGrantWords } from './GrantList.tsx';
import { HandOver } from './HandOver.tsx';
import { type Account, accountQuery, type Grant } from './queries.ts';
import { Rooms } from './Rooms.tsx';

/** One account: who, with which grants, and all that was done to it. */
export function AccountPage() {
  const { id = '' } = useParams();
  return (
    <Rooms>
      <Whole key={id} id={id} />
    </Rooms>
  );
}

function Whole({ id }: { id: string }) {
  const { t } = useTranslation('administration');
  const client = useQueryClient();
  const { data, error, refetch } = useQuery(accountQuery(id));
  const [secret, setSecret] = useState<{ told: string | null } | null>(null);
  if (error !== null) return <ProblemNotice error={error} retry={() => void refetch()} />;
  if (data === undefined) return <Loading rows={8} />;
  const { data: account, tag } = data;
  if (secret !== null)
    return <HandOver account={account} secret={secret.told} onDone={() => setSecret(null)} />;
  const again = () =>
    Promise.all([
      client.invalidateQueries({ queryKey: ['account', id] }),
      client.invalidateQueries({ queryKey: ['accounts'] }),
    ]);
  return (
    <>
      <PageHead
        above={<Link to="/admin/accounts">{t('accounts.title')}</Link>}
        title={<Name>{account.name}</Name>}
        windowTitle={account.name}
        about={<AccountState account={account} />}
        actions={
          <>
            {account.active && <Renew account={account} onSecret={(told) => setSecret({ told })} />}
            <OpenOrClose account={account} tag={tag} onDone={again} />
          </>
        }
      />
      <Panel title={t('account.facts')}>
        <Facts
          columns={2}
          rows={[
            [t('account.email'), account.email === null ? null : <Code key="email">{account.email}</Code>],
            [t('account.nameAr'), account.nameAr === null ? null : <Name key="ar">{account.nameAr}</Name>],
            [t('account.title'), account.jobTitle === null ? null : localText(account.jobTitle)],
            [t('account.kind'), t(`account.kinds.${account.kind}`)],
            [t('account.phone'), account.phone === null ? null : <Code key="phone">{account.phone}</Code>],
            [t('account.language'), LANGUAGE_NAMES[account.language]],
            [t('account.since'), <Moment key="since" at={account.createdAt} />],
          ]}
        />
      </Panel>
      <Grants key={tag} account={account} tag={tag} onDone={again} />
      <Trail id={id} tag={tag} />
    </>
  );
}

/** Changes an account under its version; a conflict is told by the caller. */
function useChange(account: Account, tag: string, onDone: () => unknown) {
  return useMutation({
    mutationFn: (body: Schema<'AccountChange'>) =>
      answer(
        api.PATCH('/admin/accounts/{id}', {
          params: { path: { id: account.id }, header: { 'If-Match': tag } },
          body,
        }),
      ),
    // Not waited for: what was asked is answered, and the dialog closes with the words it had.
    onSuccess: () => {
      void onDone();
    },
  });
}

/** Says kindly that somebody else was faster; anything else as the server says it. */
function Refused({ error, onReload }: { error: unknown; onReload: () => unknown }) {
  const { t } = useTranslation('administration');
  if (error === null) return null;
  if (!(error instanceof Refusal && error.code === 'STALE_VERSION'))
    return <ProblemNotice error={error} kept={t('kept')} />;
  return (
    <Alert color="blue" role="alert" title={t('stale.title')}>
      <p>{t('stale.help')}</p>
      <Button variant="default" onClick={() => void onReload()}>
        {t('stale.reload')}
      </Button>
    </Alert>
  );
}

function Grants({ account, tag, onDone }: { account: Account; tag: string; onDone: () => unknown }) {
  const { t } = useTranslation('administration');
  const [grants, setGrants] = useState<Grant[]>(account.grants);
  const [asking, ask] = useState(false);
  const change = useChange(account, tag, onDone);
  const isChanged = JSON.stringify(grants) !== JSON.stringify(account.grants);
  return (
    <Panel>
      <Refused
        error={change.error}
        onReload={() => {
          change.reset();
          return onDone();
        }}
      />
      <GrantList grants={grants} onChange={setGrants} />
      {isChanged && (
        <Group gap="sm">
          <Button onClick={() => ask(true)}>{t('grants.save')}</Button>
          <Button variant="default" onClick={() => setGrants(account.grants)}>
            {t('common:action.undo')}
          </Button>
        </Group>
      )}
      <ConfirmDialog
        opened={asking}
        title={t('grants.confirm')}
        action={t('grants.save')}
        busy={change.isPending}
        onClose={() => ask(false)}
        onConfirm={() => change.mutate({ grants }, { onSettled: () => ask(false) })}
      >
        <p>{t('grants.consequence')}</p>
        {asking && <Held id={account.id} certain={false} />}
      </ConfirmDialog>
    </Panel>
  );
}

function Renew({ account, onSecret }: { account: Account; onSecret: (secret: string | null) => void }) {
  const { t } = useTranslation('administration');
  const [asking, ask] = useState(false);
  const key = useRef(onceKey());
  const renew = useMutation({
    mutationFn: () =>
      answer(
        api.POST('/admin/accounts/{id}/secret', {
          params: { path: { id: account.id }, header: { 'Idempotency-Key': key.current } },
        }),
      ),
    onSuccess: ({ secret }) => {
      key.current = onceKey();
      onSecret(secret);
    },
    onSettled: () => ask(false),
  });
  return (
    <>
      <Button variant="default" onClick={() => ask(true)}>
        {t('secret.renew')}
      </Button>
      {renew.error !== null && <ProblemNotice error={renew.error} />}
      <ConfirmDialog
        opened={asking}
        title={t('secret.confirm')}
        action={t('secret.renew')}
        busy={renew.isPending}
        onClose={() => ask(false)}
        onConfirm={() => renew.mutate()}
      >
        <p>{t('secret.consequence')}</p>
      </ConfirmDialog>
    </>
  );
}

function OpenOrClose({ account, tag, onDone }: { account: Account; tag: string; onDone: () => unknown }) {
  const { t } = useTranslation('administration');
  const me = useMe();
  const [asking, ask] = useState(false);
  const change = useChange(account, tag, onDone);
  // Somebody must be left to administer.
  if (me?.id === account.id) return null;
  const what = account.active ? 'close' : 'reopen';
  return (
    <>
      <Button variant="default" color={account.active ? 'red' : 'green'} onClick={() => ask(true)}>
        {t(`${what}.action`)}
      </Button>
      <Refused
        error={change.error}
        onReload={() => {
          change.reset();
          return onDone();
        }}
      />
      <ConfirmDialog
        opened={asking}
        title={t(`${what}.title`, { name: `\u2068${account.name}\u2069` })}
        action={t(`${what}.action`)}
        danger={account.active}
        busy={change.isPending}
        onClose={() => ask(false)}
        onConfirm={() => change.mutate({ active: !account.active }, { onSettled: () => ask(false) })}
      >
        <p>{t(`${what}.consequence`)}</p>
        {asking && account.active && <Held id={account.id} certain />}
      </ConfirmDialog>
    </>
  );
}

/** The tasks that go back to their groups. */
function Held({ id, certain }: { id: string; certain: boolean }) {
  const { t } = useTranslation('administration');
  const { data, error } = useQuery({
    queryKey: ['held', id],
    staleTime: 0,
    queryFn: () =>
      answer(api.GET('/admin/accounts/{id}/tasks', { params: { path: { id }, query: { limit: 20 } } })),
  });
  if (error !== null) return <ProblemNotice error={error} />;
  if (data === undefined) return <Loading rows={2} />;
  const count = data.items.length;
  return (
    <>
      <p>{t(data.next === null ? (certain ? 'held.released' : 'held.perhaps') : 'held.many', { count })}</p>
      <ul className={classes.held}>
        {data.items.map((task) => (
          <li key={task.id}>
            <Code>{task.dossierNumber ?? '—'}</Code>{' '}
            <bdi>{task.name === null ? task.flowNode : localText(task.name)}</bdi>
          </li>
        ))}
      </ul>
    </>
  );
}

function Trail({ id, tag }: { id: string; tag: string }) {
  const { t } = useTranslation('administration');
  const words = useGrantWords();
  const { data, error } = useQuery({
    // Whatever changes the account adds a line.
    queryKey: ['account', id, 'events', tag],
    queryFn: async () => {
      const events: Schema<'AccountEventPage'>['items'] = [];
      for (let after = 0; ; ) {
        const page = await answer(
          api.GET('/admin/accounts/{id}/events', { params: { path: { id }, query: { after, limit: 100 } } }),
        );
        events.push(...page.items);
        if (page.next === null) return events.reverse();
        after = page.next;
      }
    },
  });
  return (
    <Panel title={t('trail.title')}>
      {error !== null && <ProblemNotice error={error} />}
      {data === undefined ? (
        error === null && <Loading />
      ) : (
        <ol className={classes.trail}>
          {data.map((event) => (
            <li key={event.seq}>
              <Moment at={event.at} as="time" />
              <span>
                <b>{t(`trail.${event.type}`, { defaultValue: event.type })}</b>
                {event.active !== null && ` — ${t(event.active ? 'trail.reopened' : 'trail.closed')}`}
                {event.active === null && event.changed.length > 0 && (
                  <>
                    {' — '}
                    {event.changed
                      .map((name) => t(`trail.field.${name}`, { defaultValue: name }))
                      .join(t('comma'))}
                  </>
                )}
                {event.grants !== null && event.grants.length > 0 && (
                  <ul>
                    {event.grants.map((grant) => (
                      <li key={`${grant.role} ${grant.territory} ${grant.body}`}>
                        <bdi>{words(grant)}</bdi>
                      </li>
                    ))}
                  </ul>
                )}
              </span>
              <span className={classes.soft}>
                {event.actor === id ? (
                  t('trail.self')
                ) : event.actorName === null ? (
                  t('trail.system')
                ) : (
                  <Name>{event.actorName}</Name>
                )}
              </span>
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}
