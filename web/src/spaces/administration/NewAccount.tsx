import { Button, Select, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { answer, api, onceKey } from '../../api/client.ts';
import { Refusal } from '../../api/problem.ts';
import { LANGUAGE_NAMES, LANGUAGES, type Language } from '../../app/language.ts';
import { ErrorSummary } from '../../components/ErrorSummary.tsx';
import { PageHead } from '../../components/PageHead.tsx';
import { ProblemNotice } from '../../components/ProblemNotice.tsx';
import classes from './Administration.module.css';
import { GrantList } from './GrantList.tsx';
import { HandOver } from './HandOver.tsx';
import { BODY_ROLES, type Grant, ROLES } from './queries.ts';
import { Rooms } from './Rooms.tsx';

/** Opens an account for an official, and hands the secret over by which its holder takes it. */
export function NewAccount() {
  return (
    <Rooms>
      <Opening />
    </Rooms>
  );
}

interface Typed {
  name: string;
  nameAr: string;
  email: string;
  phone: string;
  titleFr: string;
  titleAr: string;
  language: Language;
}

const EMPTY: Typed = { name: '', nameAr: '', email: '', phone: '', titleFr: '', titleAr: '', language: 'ar' };

function Opening() {
  const { t } = useTranslation('administration');
  const navigate = useNavigate();
  const client = useQueryClient();
  const [params] = useSearchParams();
  const [typed, type] = useState(EMPTY);
  const [grants, setGrants] = useState<Grant[]>(() => wished(params));
  const [errors, setErrors] = useState<{ message: string; target: string }[]>([]);
  // One wish, one key: what is sent again after a lost answer opens no second account.
  const key = useRef({ text: '', value: '' });
  const open = useMutation({
    mutationFn: () => {
      const { titleFr, titleAr, nameAr, phone, ...rest } = typed;
      const body = {
        ...rest,
        kind: 'person' as const,
        name: rest.name.trim(),
        email: rest.email.trim(),
        nameAr: nameAr.trim() || null,
        phone: phone.trim() || null,
        jobTitle: titleFr.trim() === '' ? null : { ar: titleAr.trim(), fr: titleFr.trim() },
        grants,
      };
      const text = JSON.stringify(body);
      if (key.current.text !== text) key.current = { text, value: onceKey() };
      return answer(
        api.POST('/admin/accounts', {
          params: { header: { 'Idempotency-Key': key.current.value } },
          body,
        }),
      );
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['accounts'] }),
  });

  if (open.data !== undefined) {
    const { account, secret } = open.data;
    return (
      <HandOver
        account={account}
        secret={secret}
        onDone={() => void navigate(`/admin/accounts/${account.id}`)}
      />
    );
  }
  const field = (name: Exclude<keyof Typed, 'language'>) => ({
    id: `account-${name}`,
    value: typed[name],
    onChange: (event: React.ChangeEvent<HTMLInputElement>) => {
      const { value } = event.currentTarget;
      type((old) => ({ ...old, [name]: value }));
    },
    error: errors.find(({ target }) => target === `account-${name}`)?.message,
  });
  const check = (): boolean => {
    const found: { message: string; target: string }[] = [];
    const need = (name: keyof Typed, message: string) => found.push({ message, target: `account-${name}` });
    if (typed.name.trim() === '') need('name', t('account.needsName'));
    if (!/^[^\s@]+@[^\s@]+$/.test(typed.email.trim())) need('email', t('account.needsEmail'));
    const oneTitle = (typed.titleFr.trim() === '') !== (typed.titleAr.trim() === '');
    if (oneTitle) need(typed.titleFr.trim() === '' ? 'titleFr' : 'titleAr', t('account.needsBothTitles'));
    if (grants.length === 0) found.push({ message: t('grants.needsOne'), target: 'account-grants' });
    setErrors(found);
    return found.length === 0;
  };
  return (
    <>
      <PageHead
        above={<Link to="/admin/accounts">{t('accounts.title')}</Link>}
        title={t('accounts.open')}
        about={t('accounts.openHelp')}
      />
      <form
        className={classes.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (check()) open.mutate();
        }}
      >
        <ErrorSummary errors={errors} />
        {open.error !== null && <ProblemNotice error={open.error} kept={t('kept')} />}
        <div className={classes.fields}>
          <TextInput label={t('account.name')} maxLength={200} required {...field('name')} />
          <TextInput label={t('account.nameAr')} dir="rtl" lang="ar" maxLength={200} {...field('nameAr')} />
          <TextInput
            label={t('account.email')}
            type="email"
            dir="ltr"
            maxLength={254}
            required
            {...field('email')}
            error={
              field('email').error ??
              (open.error instanceof Refusal && open.error.code === 'EMAIL_TAKEN'
                ? open.error.message
                : undefined)
            }
          />
          <TextInput label={t('account.phone')} type="tel" dir="ltr" maxLength={40} {...field('phone')} />
          <TextInput
            label={t('account.titleAr')}
            description={t('account.titleHelp')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            dir="rtl"
            lang="ar"
            maxLength={200}
            {...field('titleAr')}
          />
          <TextInput
            label={t('account.titleFr')}
            description={t('account.titleHelp')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            dir="ltr"
            lang="fr"
            maxLength={200}
            {...field('titleFr')}
          />
          <Select
            label={t('account.language')}
            data={LANGUAGES.map((one) => ({ value: one, label: LANGUAGE_NAMES[one] }))}
            value={typed.language}
            onChange={(value) => value !== null && type((old) => ({ ...old, language: value as Language }))}
            allowDeselect={false}
          />
        </div>
        <div id="account-grants" tabIndex={-1}>
          <GrantList grants={grants} onChange={setGrants} />
        </div>
        <Button type="submit" loading={open.isPending}>
          {t('accounts.open')}
        </Button>
      </form>
    </>
  );
}

/** A grant that another page asks for in the address, as when a commune lacks an official. */
function wished(params: URLSearchParams): Grant[] {
  const role = ROLES.find((one) => one === params.get('role'));
  const territory = params.get('territory');
  const body = params.get('body');
  if (role === undefined || territory === null || (BODY_ROLES.includes(role) && body === null)) return [];
  return [{ role, territory, body: BODY_ROLES.includes(role) ? body : null }];
}
