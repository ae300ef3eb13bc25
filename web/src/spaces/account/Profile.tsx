import { Button, NativeSelect, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../api/client.ts';
import { Refusal } from '../../api/problem.ts';
import { type Account, holds, meQuery, useMe } from '../../api/queries.ts';
import { session } from '../../api/session.ts';
import { chooseLanguage, LANGUAGE_NAMES, LANGUAGES, type Language } from '../../app/language.ts';
import { Code, Name } from '../../components/Code.tsx';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { Facts } from '../../components/Facts.tsx';
import { Loading } from '../../components/Loading.tsx';
import { NewPassword } from '../../components/NewPassword.tsx';
import { PageHead } from '../../components/PageHead.tsx';
import { Panel } from '../../components/Panel.tsx';
import { ProblemNotice } from '../../components/ProblemNotice.tsx';
import classes from './account.module.css';
import { Delegates } from './Delegates.tsx';

/** The own account. */
export function Profile() {
  const { t } = useTranslation(['account', 'common']);
  const me = useMe();
  if (me === null) return <Loading />;
  const isCitizen = holds(me, 'applicant', 'architect');
  return (
    <>
      <PageHead title={t('title')} />
      <Panel title={t('identity.title')}>
        <Facts
          rows={[
            [t('common:account.email'), <Code key="email">{me.email}</Code>],
            [
              t('identity.roles'),
              [...new Set(me.grants.map(({ role }) => t(`role.${role}`)))].join(t('identity.and')),
            ],
            [t('identity.number'), me.identityNumber && <Code key="number">{me.identityNumber}</Code>],
            [t('identity.order'), me.orderNumber && <Code key="order">{me.orderNumber}</Code>],
          ]}
        />
        <Identity key={me.version} me={me} />
      </Panel>
      {isCitizen && <Delegates />}
      <Panel title={t('password.title')}>
        <ChangePassword email={me.email ?? ''} />
      </Panel>
      <Panel title={t('sessions.title')}>
        <EndSessions />
      </Panel>
    </>
  );
}

function Identity({ me }: { me: Account }) {
  const { t } = useTranslation(['account', 'common']);
  const client = useQueryClient();
  // The name under which somebody signs in office is the administrator's to change.
  const mayRename = me.grants.every(({ role }) => role === 'applicant' || role === 'architect');
  const save = useMutation({
    mutationFn: (change: {
      name?: string;
      nameAr?: string | null;
      phone: string | null;
      language: Language;
    }) => answer(api.PATCH('/me', { body: change, params: { header: { 'If-Match': `"${me.version}"` } } })),
    async onSuccess(account) {
      client.setQueryData(meQuery.queryKey, account);
      await chooseLanguage(account.language);
    },
  });
  const field = (name: string) =>
    save.error instanceof Refusal
      ? save.error.fields.find((one) => one.field === `/${name}`)?.message
      : undefined;
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        const form = new FormData(event.currentTarget);
        const text = (name: string) => String(form.get(name) ?? '').trim();
        save.mutate({
          ...(mayRename ? { name: text('name'), nameAr: text('nameAr') || null } : {}),
          phone: text('phone') || null,
          language: text('language') as Language,
        });
      }}
    >
      {save.isError && <ProblemNotice error={save.error} kept={t('identity.kept')} />}
      {mayRename ? (
        <>
          <TextInput
            name="name"
            label={t('identity.name')}
            defaultValue={me.name}
            dir="auto"
            maxLength={200}
            required
            error={field('name')}
          />
          <TextInput
            name="nameAr"
            label={t('identity.nameAr')}
            defaultValue={me.nameAr ?? ''}
            dir="rtl"
            lang="ar"
            maxLength={200}
            error={field('nameAr')}
          />
        </>
      ) : (
        <p>
          <Name>{me.name}</Name>
          {me.nameAr !== null && (
            <>
              {' · '}
              <bdi lang="ar">{me.nameAr}</bdi>
            </>
          )}
          <br />
          <small>{t('identity.nameOfOffice')}</small>
        </p>
      )}
      <TextInput
        name="phone"
        type="tel"
        label={t('identity.phone')}
        defaultValue={me.phone ?? ''}
        dir="ltr"
        autoComplete="tel"
        maxLength={20}
        error={field('phone')}
      />
      <NativeSelect
        name="language"
        label={t('identity.language')}
        description={t('identity.languageHelp')}
        defaultValue={me.language}
        data={LANGUAGES.map((one) => ({ value: one, label: LANGUAGE_NAMES[one] }))}
      />
      <div className={classes.row}>
        <Button type="submit" loading={save.isPending}>
          {t('common:action.save')}
        </Button>
        <span role="status">{save.isSuccess && t('identity.saved')}</span>
      </div>
    </form>
  );
}

function ChangePassword({ email }: { email: string }) {
  const { t } = useTranslation(['account', 'common']);
  const [done, setDone] = useState(false);
  const change = useMutation({
    async mutationFn(password: { current: string; next: string }) {
      await answer(api.PATCH('/me', { body: { password } }));
      // Every sign-in has ended, this one too: it begins again at once.
      await session.signIn(email, password.next);
    },
    onSuccess: () => setDone(true),
  });
  const code = change.error instanceof Refusal ? change.error.code : null;
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        const form = event.currentTarget;
        const data = new FormData(form);
        setDone(false);
        change.mutate(
          { current: String(data.get('current')), next: String(data.get('next')) },
          { onSuccess: () => form.reset() },
        );
      }}
    >
      {change.isError && <ProblemNotice error={change.error} />}
      <PasswordInput
        name="current"
        autoComplete="current-password"
        label={t('password.current')}
        visibilityToggleButtonProps={{ 'aria-label': t('common:account.showPassword') }}
        required
        error={code === 'INVALID_CREDENTIALS'}
      />
      <NewPassword
        name="next"
        label={t('password.next')}
        error={code === 'WEAK_PASSWORD' ? change.error?.message : undefined}
      />
      <div className={classes.row}>
        <Button type="submit" loading={change.isPending}>
          {t('password.action')}
        </Button>
        <span role="status">{done && t('password.done')}</span>
      </div>
    </form>
  );
}

function EndSessions() {
  const { t } = useTranslation(['account', 'common']);
  const [asked, setAsked] = useState(false);
  const end = useMutation({
    async mutationFn() {
      await answer(api.DELETE('/me/sessions'));
      await session.signOut();
    },
  });
  return (
    <>
      <p>{t('sessions.help')}</p>
      {end.isError && <ProblemNotice error={end.error} />}
      <Button variant="default" onClick={() => setAsked(true)}>
        {t('sessions.action')}
      </Button>
      <ConfirmDialog
        opened={asked}
        title={t('sessions.title')}
        action={t('sessions.action')}
        busy={end.isPending}
        onConfirm={() => end.mutate()}
        onClose={() => setAsked(false)}
      >
        <p>{t('sessions.confirm')}</p>
      </ConfirmDialog>
    </>
  );
}
