import { Button, NativeSelect, Radio, Select, TextInput } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { answer, api } from '../../api/client.ts';
import { proceduresQuery, territoriesQuery } from '../../api/queries.ts';
import { localText } from '../../app/language.ts';
import { Loading } from '../../components/Loading.tsx';
import { PageHead } from '../../components/PageHead.tsx';
import { ProblemNotice } from '../../components/ProblemNotice.tsx';
import { Answer } from './Answer.tsx';
import classes from './Needs.module.css';

import {
  answersFrom,
  applicationOf,
  type Form,
  nameOf,
  orderOf,
  type Question,
  questionAt,
} from './questions.ts';

/** How many questions are asked at once. */
const AT_ONCE = 3;

/**
 * What do I need? Questions in the words of the procedure's own form, no more of them than its rules need; then what to
 * bring, what it costs and how long it takes. All answers are in the address: nothing is kept.
 */
export function Needs() {
  const { t } = useTranslation(['public', 'common']);
  const [params, setParams] = useSearchParams();
  const procedures = useQuery(proceduresQuery);
  const list = procedures.data ?? [];
  const asked = params.get('procedure');
  const procedure = list.find(({ id }) => id === asked) ?? (list.length === 1 ? list[0] : undefined);
  const set = (name: string, value: string) =>
    setParams(
      (old) => {
        const next = new URLSearchParams(old);
        if (value === '') next.delete(name);
        else next.set(name, value);
        return next;
      },
      { replace: true, preventScrollReset: true },
    );

  return (
    <>
      <PageHead
        title={t('needs.title')}
        about={procedure === undefined ? t('needs.about') : localText(procedure.name)}
      />
      {procedures.isError && (
        <ProblemNotice error={procedures.error} retry={() => void procedures.refetch()} />
      )}
      {procedures.isPending && <Loading />}
      {list.length > 1 && (
        <NativeSelect
          mb="lg"
          label={t('needs.procedure')}
          value={procedure?.id ?? ''}
          onChange={(event) => setParams({ procedure: event.currentTarget.value }, { replace: true })}
          data={[
            { value: '', label: t('needs.choose') },
            ...list.map(({ id, name }) => ({ value: id, label: localText(name) })),
          ]}
        />
      )}
      {procedure !== undefined && <Project key={procedure.id} id={procedure.id} params={params} set={set} />}
    </>
  );
}

function Project({
  id,
  params,
  set,
}: {
  id: string;
  params: URLSearchParams;
  set: (name: string, value: string) => void;
}) {
  const { t } = useTranslation(['public', 'common']);
  const commune = params.get('commune') ?? '';
  const territories = useQuery(territoriesQuery).data;
  const places = useMemo(
    () =>
      (territories ?? [])
        .filter(({ kind }) => kind === 'commune')
        .map(({ code, name }) => ({ value: code, label: localText(name) })),
    [territories],
  );
  const form = useQuery({
    queryKey: ['public', 'form', id],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async () => {
      const { applicationForm } = await answer(api.GET('/procedures/{id}', { params: { path: { id } } }));
      const name = applicationForm.split('/').at(-1) ?? applicationForm;
      return answer(api.GET('/procedures/{id}/forms/{form}', { params: { path: { id, form: name } } }));
    },
  });
  return (
    <>
      <Select
        mb="lg"
        label={t('needs.commune')}
        description={t('needs.communeHelp')}
        placeholder={t('needs.communePlaceholder')}
        data={places}
        value={commune === '' ? null : commune}
        onChange={(value) => set('commune', value ?? '')}
        searchable
        limit={50}
        nothingFoundMessage={t('register.noPlace')}
      />
      {form.isError && <ProblemNotice error={form.error} retry={() => void form.refetch()} />}
      {commune !== '' && form.isPending && <Loading />}
      {commune !== '' && form.data !== undefined && (
        <Asked id={id} commune={commune} form={form.data} params={params} set={set} />
      )}
    </>
  );
}

function Asked({
  id,
  commune,
  form,
  params,
  set,
}: {
  id: string;
  commune: string;
  form: Form;
  params: URLSearchParams;
  set: (name: string, value: string) => void;
}) {
  const { t } = useTranslation(['public', 'common']);
  const answers = answersFrom(params, form);
  const application = applicationOf(answers);
  const assessment = useQuery({
    queryKey: ['public', 'assessment', id, commune, JSON.stringify(application)],
    placeholderData: keepPreviousData,
    queryFn: () =>
      answer(
        api.POST('/procedures/{id}/assessment', {
          params: { path: { id } },
          body: { commune, application },
        }),
      ),
  });
  const place = useMemo(() => orderOf(form), [form]);
  const open = (assessment.data?.unanswered ?? []).filter((pointer) => !answers.has(pointer));
  const now = open.slice(0, AT_ONCE);
  const questions = [...answers.keys(), ...now]
    .sort((a, b) => place(a) - place(b))
    .map((pointer) => questionAt(form, pointer))
    .filter((question): question is Question => question !== null);
  return (
    <>
      {assessment.isError && (
        <ProblemNotice error={assessment.error} retry={() => void assessment.refetch()} />
      )}
      <form className={classes.questions} onSubmit={(event) => event.preventDefault()}>
        {questions.map((question) => (
          <Ask
            key={question.pointer}
            question={question}
            value={params.get(nameOf(question.pointer)) ?? ''}
            set={(value) => set(nameOf(question.pointer), value)}
          />
        ))}
      </form>
      {assessment.isPending && <Loading />}
      {assessment.data !== undefined && (
        <Answer assessment={assessment.data} commune={commune} left={open.length} />
      )}
      {answers.size > 0 && (
        <Button
          variant="subtle"
          mt="md"
          data-no-print
          onClick={() => {
            for (const pointer of answers.keys()) set(nameOf(pointer), '');
          }}
        >
          {t('needs.again')}
        </Button>
      )}
    </>
  );
}

/** More choices than this are a list to open, not buttons. */
const MOST_BUTTONS = 5;

function Ask({ question, value, set }: { question: Question; value: string; set: (value: string) => void }) {
  const { t } = useTranslation(['public', 'common']);
  const { kind, label, help, options, whole } = question;
  if (kind === 'number') {
    return (
      <TextInput
        label={label}
        description={help}
        inputMode={whole ? 'numeric' : 'decimal'}
        defaultValue={value}
        // Asked again when it is left, not at each key.
        onBlur={(event) => set(event.currentTarget.value.trim())}
        onKeyDown={(event) => event.key === 'Enter' && set(event.currentTarget.value.trim())}
        maxLength={12}
        className={classes.figure}
      />
    );
  }
  if (kind === 'choice' && options.length > MOST_BUTTONS) {
    return (
      <NativeSelect
        label={label}
        description={help}
        value={value}
        onChange={(event) => set(event.currentTarget.value)}
        data={[{ value: '', label: t('needs.choose') }, ...options]}
      />
    );
  }
  const choices =
    kind === 'choice'
      ? options
      : [
          { value: 'yes', label: t('needs.yes') },
          { value: 'no', label: t('needs.no') },
        ];
  return (
    <Radio.Group
      label={kind === 'inside' ? t('needs.inside', { what: label }) : label}
      description={help}
      value={value}
      onChange={set}
    >
      <div className={classes.choices}>
        {choices.map((choice) => (
          <Radio key={choice.value} value={choice.value} label={choice.label} />
        ))}
      </div>
    </Radio.Group>
  );
}
