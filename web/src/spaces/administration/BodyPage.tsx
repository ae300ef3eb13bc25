import { Button, Group, MultiSelect, Select, TextInput } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { answer, api, onceKey, type Schema } from '../../api/client.ts';
import { bodiesQuery } from '../../api/queries.ts';
import { Name } from '../../components/Code.tsx';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorSummary } from '../../components/ErrorSummary.tsx';
import { Loading } from '../../components/Loading.tsx';
import { PageHead } from '../../components/PageHead.tsx';
import { Panel } from '../../components/Panel.tsx';
import { ProblemNotice } from '../../components/ProblemNotice.tsx';
import { StatePill } from '../../components/StatePill.tsx';
import { AccountState } from './Accounts.tsx';
import classes from './Administration.module.css';
import { accountsQuery, BODY_KINDS, type Body, type BodyKind, usePlaces } from './queries.ts';
import { Rooms } from './Rooms.tsx';

interface Typed {
  id: string;
  kind: BodyKind | null;
  fr: string;
  ar: string;
  territories: string[];
}

/** Opens a body, in the place and of the kind that the address may ask for. */
export function NewBody() {
  const { t } = useTranslation('administration');
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const client = useQueryClient();
  const key = useRef({ text: '', value: '' });
  const territory = params.get('territory');
  const open = useMutation({
    mutationFn: ({ id, kind, fr, ar, territories }: Typed) => {
      const body = { id, kind: kind ?? 'other', name: { ar: ar.trim(), fr: fr.trim() }, territories };
      const text = JSON.stringify(body);
      if (key.current.text !== text) key.current = { text, value: onceKey() };
      const header = { 'Idempotency-Key': key.current.value };
      return answer(api.POST('/bodies', { params: { header }, body }));
    },
    onSuccess: async (body) => {
      await client.invalidateQueries({ queryKey: ['bodies'] });
      void navigate(`/admin/bodies/${body.id}`, { replace: true });
    },
  });
  return (
    <Rooms>
      <PageHead
        above={<Link to="/admin/bodies">{t('bodies.title')}</Link>}
        title={t('bodies.open')}
        about={t('bodies.openHelp')}
      />
      {open.error !== null && <ProblemNotice error={open.error} kept={t('kept')} />}
      <BodyForm
        first={{
          id: '',
          kind: BODY_KINDS.find((one) => one === params.get('kind')) ?? null,
          fr: '',
          ar: '',
          territories: territory === null ? [] : [territory],
        }}
        isNew
        busy={open.isPending}
        action={t('bodies.open')}
        onSubmit={(typed) => open.mutate(typed)}
      />
    </Rooms>
  );
}

/** A body: its names and territories, who sits for it, closing and opening it again. */
export function BodyPage() {
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
  const places = usePlaces();
  const { data: bodies, error } = useQuery(bodiesQuery);
  const [asking, ask] = useState(false);
  const change = useMutation({
    mutationFn: (body: Schema<'BodyChange'>) =>
      answer(api.PATCH('/bodies/{id}', { params: { path: { id } }, body })),
    onSettled: () => {
      ask(false);
      void client.invalidateQueries({ queryKey: ['bodies'] });
    },
  });
  if (error !== null) return <ProblemNotice error={error} />;
  if (bodies === undefined) return <Loading rows={6} />;
  const body = bodies.find((one) => one.id === id);
  if (body === undefined) return <EmptyState title={t('bodies.none')} />;
  const what = body.active ? 'closeBody' : 'reopenBody';
  return (
    <>
      <PageHead
        above={<Link to="/admin/bodies">{t('bodies.title')}</Link>}
        title={<bdi>{places.body(id)}</bdi>}
        windowTitle={places.body(id)}
        about={
          <>
            {t(`bodyKind.${body.kind}`)}{' '}
            <StatePill tone={body.active ? 'good' : 'plain'}>
              {t(body.active ? 'bodies.isOpen' : 'bodies.isClosed')}
            </StatePill>
          </>
        }
        actions={
          <Button variant="default" onClick={() => ask(true)}>
            {t(`${what}.action`)}
          </Button>
        }
      />
      {change.error !== null && <ProblemNotice error={change.error} kept={t('kept')} />}
      <Panel title={t('bodies.facts')}>
        <BodyForm
          key={JSON.stringify(body)}
          first={{ id, kind: body.kind, fr: body.name.fr, ar: body.name.ar, territories: body.territories }}
          busy={change.isPending}
          action={t('common:action.save')}
          onSubmit={({ fr, ar, territories }) =>
            change.mutate({ name: { ar: ar.trim(), fr: fr.trim() }, territories })
          }
        />
      </Panel>
      <Sitting body={body} />
      <ConfirmDialog
        opened={asking}
        title={t(`${what}.title`, { name: `\u2068${places.body(id)}\u2069` })}
        action={t(`${what}.action`)}
        danger={body.active}
        busy={change.isPending}
        onClose={() => ask(false)}
        onConfirm={() => change.mutate({ active: !body.active })}
      >
        <p>{t(`${what}.consequence`)}</p>
      </ConfirmDialog>
    </>
  );
}

function Sitting({ body }: { body: Body }) {
  const { t } = useTranslation('administration');
  const list = useInfiniteQuery(accountsQuery({ q: '', role: '', territory: '', body: body.id }));
  const items = list.data?.pages.flatMap((page) => page.items);
  const isSecretariat = body.kind === 'oneStopShop' || body.kind === 'provincialCommittee';
  const wanted = new URLSearchParams({
    role: isSecretariat ? 'committeeSecretary' : 'committeeMember',
    territory: body.territories[0] ?? '*',
    body: body.id,
  });
  return (
    <Panel
      title={t('bodies.sitting')}
      actions={
        body.active ? (
          <Button component={Link} variant="default" to={`/admin/accounts/new?${wanted}`}>
            {t('accounts.open')}
          </Button>
        ) : undefined
      }
    >
      {items === undefined ? (
        <Loading />
      ) : items.length === 0 ? (
        <p>{t('bodies.nobody')}</p>
      ) : (
        <ul className={classes.people}>
          {items.map((account) => (
            <li key={account.id}>
              <Link to={`/admin/accounts/${account.id}`}>
                <Name>{account.name}</Name>
              </Link>
              <AccountState account={account} />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

const slugOf = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60);

function BodyForm({
  first,
  isNew = false,
  busy,
  action,
  onSubmit,
}: {
  first: Typed;
  isNew?: boolean;
  busy: boolean;
  action: string;
  onSubmit: (typed: Typed) => void;
}) {
  const { t } = useTranslation('administration');
  const places = usePlaces();
  const [typed, type] = useState(first);
  const [errors, setErrors] = useState<{ message: string; target: string }[]>([]);
  const id = isNew && typed.id === '' ? slugOf(typed.fr) : typed.id;
  const isChanged = JSON.stringify(typed) !== JSON.stringify(first);
  const errorOf = (name: string) => errors.find(({ target }) => target === `body-${name}`)?.message;
  const set = (change: Partial<Typed>) => type((old) => ({ ...old, ...change }));
  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const found: { message: string; target: string }[] = [];
        const need = (name: string) =>
          found.push({ message: t(`bodies.needs.${name}`), target: `body-${name}` });
        if (typed.kind === null) need('kind');
        if (typed.ar.trim() === '') need('ar');
        if (typed.fr.trim() === '') need('fr');
        if (isNew && !/^[A-Za-z0-9_-]{1,60}$/.test(id)) need('id');
        if (typed.territories.length === 0) need('territories');
        setErrors(found);
        if (found.length === 0) onSubmit({ ...typed, id });
      }}
    >
      <ErrorSummary errors={errors} />
      <div className={classes.fields}>
        {isNew && (
          <Select
            id="body-kind"
            label={t('bodies.kind')}
            data={BODY_KINDS.map((one) => ({ value: one, label: t(`bodyKind.${one}`) }))}
            value={typed.kind}
            onChange={(kind) => set({ kind: kind as BodyKind | null })}
            error={errorOf('kind')}
            required
          />
        )}
        <TextInput
          id="body-ar"
          label={t('bodies.nameAr')}
          dir="rtl"
          lang="ar"
          maxLength={200}
          value={typed.ar}
          onChange={(event) => set({ ar: event.currentTarget.value })}
          error={errorOf('ar')}
          required
        />
        <TextInput
          id="body-fr"
          label={t('bodies.nameFr')}
          dir="ltr"
          lang="fr"
          maxLength={200}
          value={typed.fr}
          onChange={(event) => set({ fr: event.currentTarget.value })}
          error={errorOf('fr')}
          required
        />
        {isNew && (
          <TextInput
            id="body-id"
            label={t('bodies.id')}
            description={t('bodies.idHelp')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            dir="ltr"
            maxLength={60}
            value={id}
            onChange={(event) => set({ id: event.currentTarget.value })}
            error={errorOf('id')}
          />
        )}
        <MultiSelect
          id="body-territories"
          label={t('bodies.territories')}
          data={places.choices}
          value={typed.territories}
          onChange={(territories) => set({ territories })}
          searchable
          limit={60}
          nothingFoundMessage={t('nothingFound')}
          error={errorOf('territories')}
        />
      </div>
      {(isNew || isChanged) && (
        <Group gap="sm">
          <Button type="submit" loading={busy}>
            {action}
          </Button>
          {!isNew && (
            <Button variant="default" onClick={() => type(first)}>
              {t('common:action.undo')}
            </Button>
          )}
        </Group>
      )}
    </form>
  );
}
