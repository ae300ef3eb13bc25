import { Button, Group, NativeSelect, Radio, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { answer, api, onceKey } from '../../api/client.ts';
import { Refusal } from '../../api/problem.ts';
import {
  type Account,
  holds,
  proceduresQuery,
  queryClient,
  territoriesQuery,
  useMe,
} from '../../api/queries.ts';
import { localText } from '../../app/language.ts';
import { RequireRole } from '../../app/RequireRole.tsx';
import { ErrorSummary } from '../../components/ErrorSummary.tsx';
import { PageHead } from '../../components/PageHead.tsx';
import { ProblemNotice } from '../../components/ProblemNotice.tsx';
import classes from './filing.module.css';
import { prefilled } from './prefill.ts';
import { formQuery } from './queries.ts';

/** Asks for something: what, where, and who does it together. */
export function NewRequest() {
  return (
    <RequireRole roles={['applicant', 'architect']}>
      <Request />
    </RequireRole>
  );
}

/** What Arabic writes in several ways is found however it is typed; accents and case say nothing. */
const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/[\u0300-\u036f\u064b-\u065f\u0640]/g, '')
    .replace(/[أإآٱ]/g, 'ا')
    .replace(/ة/g, 'ه')
    .replace(/ى/g, 'ي')
    .toLowerCase();

interface CommuneOption {
  value: string;
  label: string;
  words: string;
  names: string[];
}

function Request() {
  const { t, i18n } = useTranslation('filing');
  const me = useMe() as Account;
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const isApplicant = holds(me, 'applicant');
  const isArchitect = holds(me, 'architect');
  const { data: procedures = [] } = useQuery(proceduresQuery);
  const { data: territories = [] } = useQuery(territoriesQuery);
  const [chosen, setProcedure] = useState(params.get('procedure') ?? '');
  const procedure = chosen === '' && procedures.length === 1 ? (procedures[0]?.id ?? '') : chosen;
  const [commune, setCommune] = useState<string | null>(params.get('commune'));
  const [search, setSearch] = useState('');
  const [forOther, setForOther] = useState(!isApplicant);
  const [architect, setArchitect] = useState('');
  const [owner, setOwner] = useState('');
  const [key] = useState(onceKey);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const asArchitect = isArchitect && forOther;

  const communes = useMemo(() => {
    const names = new Map(territories.map((one) => [one.code, one]));
    return territories
      .filter(({ kind }) => kind === 'commune')
      .map(({ code, name, parent }): CommuneOption => {
        let above = parent === null ? undefined : names.get(parent);
        while (above !== undefined && above.kind !== 'province' && above.kind !== 'prefecture')
          above = above.parent === null ? undefined : names.get(above.parent);
        return {
          value: code,
          label: above === undefined ? localText(name) : `${localText(name)} (${localText(above.name)})`,
          names: [plain(name.ar), plain(name.fr)],
          words: plain(`${name.ar} ${name.fr} ${code} ${above?.name.ar ?? ''} ${above?.name.fr ?? ''}`),
        };
      })
      .sort((a, b) => a.label.localeCompare(b.label, i18n.language));
  }, [territories, i18n.language]);
  const offered = useMemo(() => {
    const words = plain(search).split(/\s+/).filter(Boolean);
    const found = communes.filter((one) => words.every((word) => one.words.includes(word)));
    const [first] = words;
    // A commune's own name comes before those of its province.
    const named = (one: CommuneOption) =>
      first !== undefined && one.names.some((name) => name.startsWith(first));
    return [...found.filter(named), ...found.filter((one) => !named(one))];
  }, [communes, search]);

  const faults: Record<'procedure' | 'commune' | 'owner' | 'architect', string | undefined> = {
    procedure: procedure === '' ? t('new.procedureMissing') : undefined,
    commune: commune === null ? t('new.communeMissing') : undefined,
    owner: asArchitect && !/^\S+@\S+\.\S+$/.test(owner.trim()) ? t('new.ownerMissing') : undefined,
    architect:
      !asArchitect && architect.trim() !== '' && !/^\S+@\S+\.\S+$/.test(architect.trim())
        ? t('new.emailWrong')
        : undefined,
  };
  const refusedOf = (code: string) =>
    error instanceof Refusal && error.code === code ? error.message : undefined;
  const shown = {
    procedure: tried ? faults.procedure : undefined,
    commune: (tried ? faults.commune : undefined) ?? refusedOf('TERRITORY_NOT_FOUND'),
    owner: (tried ? faults.owner : undefined) ?? refusedOf('APPLICANT_NOT_FOUND'),
    architect: (tried ? faults.architect : undefined) ?? refusedOf('ARCHITECT_NOT_FOUND'),
  };
  const told = Object.entries(shown).flatMap(([name, message]) =>
    message === undefined ? [] : [{ message, target: `new-${name}` }],
  );

  const begin = async () => {
    setTried(true);
    setError(null);
    if (Object.values(faults).some((fault) => fault !== undefined)) return;
    setBusy(true);
    try {
      const { applicationForm, version } = await answer(
        api.GET('/procedures/{id}', { params: { path: { id: procedure } } }),
      );
      const form = await queryClient.fetchQuery(formQuery(procedure, applicationForm, version));
      const dossier = await answer(
        api.POST('/dossiers', {
          params: { header: { 'Idempotency-Key': key } },
          body: {
            procedure,
            commune: commune ?? '',
            application: prefilled(form, me, asArchitect ? { ownerEmail: owner.trim() } : {}),
            ...(asArchitect ? { applicantEmail: owner.trim() } : {}),
            ...(!asArchitect && architect.trim() !== '' ? { architectEmail: architect.trim() } : {}),
          },
        }),
      );
      await queryClient.invalidateQueries({ queryKey: ['dossiers'] });
      await navigate(`/my/dossiers/${dossier.id}/edit`);
    } catch (refused) {
      setError(refused);
    } finally {
      setBusy(false);
    }
  };

  return (
    <>
      <PageHead title={t('new.title')} about={t('new.about')} />
      <form
        noValidate
        className={classes.stack}
        onSubmit={(event) => {
          event.preventDefault();
          void begin();
        }}
      >
        {told.length > 0 ? (
          <ErrorSummary errors={told} />
        ) : (
          error !== null && <ProblemNotice error={error} kept={t('new.kept')} />
        )}
        <NativeSelect
          id="new-procedure"
          label={t('new.procedure')}
          value={procedure}
          error={shown.procedure}
          onChange={(event) => setProcedure(event.currentTarget.value)}
          data={[
            ...(procedures.length === 1 ? [] : [{ value: '', label: t('new.choose') }]),
            ...procedures.map(({ id, name }) => ({ value: id, label: localText(name) })),
          ]}
        />
        <Select
          id="new-commune"
          label={t('new.commune')}
          description={t('new.communeHelp')}
          placeholder={t('new.communePlaceholder')}
          searchable
          clearable={false}
          limit={40}
          filter={({ options }) => options}
          data={
            commune === null || offered.some(({ value }) => value === commune)
              ? offered
              : [...communes.filter(({ value }) => value === commune), ...offered]
          }
          value={commune}
          onChange={setCommune}
          searchValue={search}
          onSearchChange={setSearch}
          nothingFoundMessage={t('new.communeUnknown')}
          error={shown.commune}
        />
        {isApplicant && isArchitect && (
          <Radio.Group
            label={t('new.who')}
            value={forOther ? 'other' : 'self'}
            onChange={(next) => setForOther(next === 'other')}
          >
            <div className={classes.choice}>
              <Radio value="self" label={t('new.forSelf')} />
              <Radio value="other" label={t('new.forOther')} />
            </div>
          </Radio.Group>
        )}
        {asArchitect ? (
          <TextInput
            id="new-owner"
            type="email"
            dir="ltr"
            autoComplete="off"
            label={t('new.owner')}
            description={t('new.ownerHelp')}
            value={owner}
            error={shown.owner}
            onChange={(event) => setOwner(event.currentTarget.value)}
          />
        ) : (
          <TextInput
            id="new-architect"
            type="email"
            dir="ltr"
            autoComplete="off"
            label={t('new.architect')}
            description={t('new.architectHelp')}
            value={architect}
            error={shown.architect}
            onChange={(event) => setArchitect(event.currentTarget.value)}
          />
        )}
        <Group gap="sm">
          <Button type="submit" loading={busy}>
            {t('new.begin')}
          </Button>
          <Button variant="default" component={Link} to="/my/dossiers">
            {t('common:action.cancel')}
          </Button>
        </Group>
      </form>
    </>
  );
}
