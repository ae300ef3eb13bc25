import { Button, Radio, Select, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { answer, api, onceKey, type Schema } from '../../api/client.ts';
import { Refusal } from '../../api/problem.ts';
import { proceduresQuery } from '../../api/queries.ts';
import { currentLanguage, LANGUAGE_NAMES, LANGUAGES, type Language, localText } from '../../app/language.ts';
import { RequireRole } from '../../app/RequireRole.tsx';
import { ErrorSummary } from '../../components/ErrorSummary.tsx';
import { PageHead } from '../../components/PageHead.tsx';
import { Panel } from '../../components/Panel.tsx';
import { ProblemNotice } from '../../components/ProblemNotice.tsx';
import { useCommunes } from './queries.ts';

type Person = Schema<'CounterFiling'>['person'];

/** Begins an application for a person who stands at the counter. */
export function Counter() {
  return (
    <RequireRole roles={['registryOfficer']}>
      <Begin />
    </RequireRole>
  );
}

function Begin() {
  const { t } = useTranslation(['registry', 'common']);
  const navigate = useNavigate();
  const communes = useCommunes('registryOfficer');
  const procedures = useQuery(proceduresQuery).data ?? [];
  const [kind, setKind] = useState<Person['kind']>('person');
  const [procedure, setProcedure] = useState<string | null>(null);
  const [commune, setCommune] = useState<string | null>(null);
  const [text, setText] = useState({
    name: '',
    nameAr: '',
    identityNumber: '',
    phone: '',
    email: '',
    architectEmail: '',
  });
  const [language, setLanguage] = useState<Language>(currentLanguage());
  const [tried, setTried] = useState(false);
  const key = useRef(onceKey());
  const wanted = {
    procedure: procedure ?? (procedures.length === 1 ? procedures[0]?.id : undefined) ?? null,
    commune: commune ?? (communes.length === 1 ? communes[0]?.code : undefined) ?? null,
  };

  const begin = useMutation({
    mutationFn: async () =>
      answer(
        api.POST('/counter/filings', {
          params: { header: { 'Idempotency-Key': key.current } },
          body: {
            procedure: wanted.procedure ?? '',
            commune: wanted.commune ?? '',
            ...(text.architectEmail === '' ? {} : { architectEmail: text.architectEmail.trim() }),
            person: {
              kind,
              name: text.name.trim(),
              nameAr: text.nameAr.trim() === '' ? null : text.nameAr.trim(),
              identityNumber: text.identityNumber.trim(),
              phone: text.phone.trim(),
              email: text.email.trim() === '' ? null : text.email.trim(),
              language,
            },
          },
        }),
      ),
    onSuccess: ({ dossier, accountOpened }) =>
      navigate(`/registry/counter/${dossier.id}${accountOpened ? '?account=opened' : '?account=found'}`),
    // Another try after a correction is another wish.
    onError: () => {
      key.current = onceKey();
    },
  });

  const faults = [
    wanted.procedure === null && { message: t('counter.need.procedure'), target: 'counter-procedure' },
    wanted.commune === null && { message: t('counter.need.commune'), target: 'counter-commune' },
    text.name.trim() === '' && { message: t('counter.need.name'), target: 'counter-name' },
    !/^[A-Za-z0-9/ -]{1,40}$/.test(text.identityNumber.trim()) && {
      message: t('counter.need.identity'),
      target: 'counter-identity',
    },
    !/^\+?[0-9 ().-]{6,30}$/.test(text.phone.trim()) && {
      message: t('counter.need.phone'),
      target: 'counter-phone',
    },
    text.email.trim() !== '' &&
      !/^\S+@\S+\.\S+$/.test(text.email.trim()) && {
        message: t('counter.need.email'),
        target: 'counter-email',
      },
  ].filter((one) => one !== false);
  const shown = tried ? faults : [];
  const wrong = (target: string) => shown.find((one) => one.target === target)?.message;
  const field = (name: keyof typeof text) => ({
    value: text[name],
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      setText((before) => ({ ...before, [name]: value }));
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (faults.length === 0) begin.mutate();
  };
  const refused = begin.error instanceof Refusal ? begin.error.code : '';

  return (
    <>
      <PageHead title={t('counter.title')} about={t('counter.about')} />
      <form onSubmit={submit} noValidate style={{ maxInlineSize: 'var(--citizen-width)' }}>
        <ErrorSummary errors={shown} />
        {begin.error !== null && <ProblemNotice error={begin.error} kept={t('counter.kept')} />}
        <Panel title={t('counter.person')}>
          <Radio.Group
            label={t('counter.kind')}
            value={kind}
            onChange={(value) => setKind(value as Person['kind'])}
            mb="md"
          >
            <Radio value="person" label={t('counter.kindPerson')} mt="xs" />
            <Radio value="company" label={t('counter.kindCompany')} mt="xs" />
          </Radio.Group>
          <TextInput
            id="counter-name"
            label={t(kind === 'person' ? 'counter.name' : 'counter.companyName')}
            dir="auto"
            required
            maxLength={200}
            error={wrong('counter-name')}
            mb="md"
            {...field('name')}
          />
          <TextInput
            label={t('counter.nameAr')}
            dir="rtl"
            lang="ar"
            maxLength={200}
            mb="md"
            {...field('nameAr')}
          />
          <TextInput
            id="counter-identity"
            label={t(kind === 'person' ? 'counter.identity' : 'counter.register')}
            description={t('counter.identityHelp')}
            dir="ltr"
            required
            autoComplete="off"
            error={wrong('counter-identity')}
            mb="md"
            {...field('identityNumber')}
          />
          <TextInput
            id="counter-phone"
            label={t('counter.phone')}
            type="tel"
            dir="ltr"
            required
            autoComplete="off"
            error={wrong('counter-phone')}
            mb="md"
            {...field('phone')}
          />
          <TextInput
            id="counter-email"
            label={t('counter.email')}
            description={t('counter.emailHelp')}
            type="email"
            dir="ltr"
            autoComplete="off"
            error={wrong('counter-email') ?? refused === 'EMAIL_OF_ANOTHER'}
            mb="md"
            {...field('email')}
          />
          <Select
            label={t('counter.language')}
            data={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
            value={language}
            onChange={(value) => setLanguage((value ?? 'ar') as Language)}
            allowDeselect={false}
          />
        </Panel>
        <Panel title={t('counter.what')}>
          <Select
            id="counter-procedure"
            label={t('filter.procedure')}
            data={procedures.map(({ id, name }) => ({ value: id, label: localText(name) }))}
            value={wanted.procedure}
            onChange={setProcedure}
            required
            error={wrong('counter-procedure')}
            mb="md"
          />
          <Select
            id="counter-commune"
            label={t('filter.commune')}
            data={communes.map(({ code, name }) => ({ value: code, label: name }))}
            value={wanted.commune}
            onChange={setCommune}
            required
            searchable
            error={wrong('counter-commune')}
            mb="md"
          />
          <TextInput
            label={t('counter.architect')}
            description={t('counter.architectHelp')}
            type="email"
            dir="ltr"
            autoComplete="off"
            error={refused === 'ARCHITECT_NOT_FOUND'}
            {...field('architectEmail')}
          />
        </Panel>
        <Button type="submit" loading={begin.isPending}>
          {t('counter.begin')}
        </Button>
      </form>
    </>
  );
}
