import { Button, Radio, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { answer, api } from '../../api/client.ts';
import { Refusal } from '../../api/problem.ts';
import { session } from '../../api/session.ts';
import { currentLanguage } from '../../app/language.ts';
import { NewPassword } from '../../components/NewPassword.tsx';
import { PageHead } from '../../components/PageHead.tsx';
import { ProblemNotice } from '../../components/ProblemNotice.tsx';
import classes from './entry.module.css';

type Kind = 'person' | 'company';
type Role = 'applicant' | 'architect';

/** Opens an account: a person or a company, who applies or draws plans. It may be used at once. */
export function SignUp() {
  const { t } = useTranslation(['entry', 'common']);
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const [kind, setKind] = useState<Kind>('person');
  const [role, setRole] = useState<Role>('applicant');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const to = params.get('to');
  const field = (name: string) =>
    error instanceof Refusal ? error.fields.find((one) => one.field === `/${name}`)?.message : undefined;
  const code = error instanceof Refusal ? error.code : null;
  return (
    <>
      <PageHead title={t('signUp.title')} about={t('signUp.about')} />
      <form
        className={classes.form}
        onSubmit={async (event) => {
          event.preventDefault();
          const form = new FormData(event.currentTarget);
          const text = (name: string) => String(form.get(name) ?? '').trim();
          const maybe = (name: string) => (text(name) === '' ? null : text(name));
          setBusy(true);
          setError(null);
          const email = text('email');
          const password = String(form.get('password') ?? '');
          try {
            await answer(
              api.POST('/accounts', {
                body: {
                  kind,
                  role,
                  email,
                  password,
                  name: text('name'),
                  nameAr: maybe('nameAr'),
                  identityNumber: maybe('identityNumber'),
                  phone: maybe('phone'),
                  ...(role === 'architect' ? { orderNumber: text('orderNumber') } : {}),
                  language: currentLanguage(),
                },
              }),
            );
            await session.signIn(email, password);
            await navigate(to !== null && /^\/(?![/\\])/.test(to) ? to : '/my/dossiers', { replace: true });
          } catch (refused) {
            setError(refused);
            setBusy(false);
          }
        }}
      >
        {error !== null && <ProblemNotice error={error} />}
        <Radio.Group label={t('signUp.kind')} value={kind} onChange={(value) => setKind(value as Kind)}>
          <div className={classes.choices}>
            <Radio value="person" label={t('signUp.person')} />
            <Radio value="company" label={t('signUp.company')} />
          </div>
        </Radio.Group>
        <Radio.Group label={t('signUp.role')} value={role} onChange={(value) => setRole(value as Role)}>
          <div className={classes.choices}>
            <Radio value="applicant" label={t('signUp.applicant')} description={t('signUp.applicantHelp')} />
            <Radio value="architect" label={t('signUp.architect')} description={t('signUp.architectHelp')} />
          </div>
        </Radio.Group>
        <TextInput
          name="name"
          label={t(kind === 'company' ? 'signUp.companyName' : 'signUp.name')}
          autoComplete={kind === 'company' ? 'organization' : 'name'}
          dir="auto"
          maxLength={200}
          required
          error={field('name')}
        />
        <TextInput
          name="nameAr"
          label={t('signUp.nameAr')}
          description={t('signUp.nameArHelp')}
          dir="rtl"
          lang="ar"
          maxLength={200}
          error={field('nameAr')}
        />
        <TextInput
          name="identityNumber"
          label={t(kind === 'company' ? 'signUp.tradeRegister' : 'signUp.identity')}
          dir="ltr"
          maxLength={40}
          error={field('identityNumber')}
        />
        {role === 'architect' && (
          <TextInput
            name="orderNumber"
            label={t('signUp.order')}
            dir="ltr"
            maxLength={40}
            required
            error={field('orderNumber')}
          />
        )}
        <TextInput
          name="phone"
          type="tel"
          label={t('signUp.phone')}
          autoComplete="tel"
          dir="ltr"
          maxLength={20}
          error={field('phone')}
        />
        <TextInput
          name="email"
          type="email"
          label={t('common:account.email')}
          autoComplete="username"
          dir="ltr"
          maxLength={254}
          required
          error={code === 'EMAIL_TAKEN' ? true : field('email')}
        />
        <NewPassword
          name="password"
          label={t('common:account.password')}
          error={code === 'WEAK_PASSWORD' ? (error as Refusal).message : field('password')}
        />
        <Button type="submit" loading={busy}>
          {t('signUp.action')}
        </Button>
      </form>
      <p>
        {t('signUp.already')}{' '}
        <Link to={to === null ? '/sign-in' : `/sign-in?to=${encodeURIComponent(to)}`}>
          {t('common:account.signIn')}
        </Link>
      </p>
    </>
  );
}
