import { Button, MultiSelect, SegmentedControl, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { bodiesQuery, territoriesQuery, useMe } from '../../api/queries.ts';
import { localText } from '../../app/language.ts';
import classes from './Analysis.module.css';
import { type Clock, DIMENSIONS, type Dimension, type Filters, measuredTerritories } from './filters.ts';
import { proceduresQuery } from './queries.ts';

const covers = (own: string, code: string): boolean =>
  own === '*' || code === own || code.startsWith(`${own}.`);

/** Chooses what is measured; everything chosen stands in the address. */
export function FilterBar({
  filters,
  set,
  comparing = true,
}: {
  filters: Filters;
  set: (change: Partial<Filters>) => void;
  /** Also by what rows are told apart. */
  comparing?: boolean;
}) {
  const { t } = useTranslation('analysis');
  const held = measuredTerritories(useMe());
  const { data: territories = [] } = useQuery(territoriesQuery);
  const { data: procedures = [] } = useQuery(proceduresQuery);
  const { data: bodies = [] } = useQuery(bodiesQuery);
  const mine = territories.filter(({ code }) => held.some((own) => covers(own, code)));
  const versions = procedures.filter(({ id }) => id === filters.procedure);
  const known = [...new Map(procedures.map((one) => [one.id, one])).values()];
  const here = bodies.filter(
    ({ id, territories: own }) =>
      id === filters.body ||
      filters.territory === '' ||
      own.some((code) => covers(code, filters.territory) || covers(filters.territory, code)),
  );
  return (
    <search className={classes.filters} data-no-print aria-label={t('filters')}>
      <Select
        label={t('territory')}
        placeholder={held.includes('*') ? t('everywhere') : ''}
        data={mine.map(({ code, name }) => ({ value: code, label: `${localText(name)} · ${code}` }))}
        value={filters.territory || null}
        onChange={(value) => set({ territory: value ?? '' })}
        clearable={held.includes('*')}
        clearButtonProps={{ 'aria-label': t('clear', { name: t('territory') }) }}
        searchable
        limit={60}
        nothingFoundMessage={t('nothingFound')}
      />
      <Select
        label={t('dimension.procedure')}
        placeholder={t('all')}
        data={known.map(({ id, name }) => ({ value: id, label: localText(name) }))}
        value={filters.procedure || null}
        onChange={(value) => set({ procedure: value ?? '' })}
        clearable
        clearButtonProps={{ 'aria-label': t('clear', { name: t('dimension.procedure') }) }}
      />
      {filters.procedure !== '' && (
        <Select
          label={t('dimension.version')}
          placeholder={t('allVersions')}
          data={versions.map(({ version, inForceFrom }) => ({
            value: version,
            label: t('versionName', { date: inForceFrom, hash: version.slice(0, 6) }),
          }))}
          value={filters.version || null}
          onChange={(value) => set({ version: value ?? '' })}
          clearable
          clearButtonProps={{ 'aria-label': t('clear', { name: t('dimension.version') }) }}
        />
      )}
      <Select
        label={t('dimension.body')}
        placeholder={t('allBodies')}
        data={here.map(({ id, name }) => ({ value: id, label: localText(name) }))}
        value={filters.body || null}
        onChange={(value) => set({ body: value ?? '' })}
        clearable
        clearButtonProps={{ 'aria-label': t('clear', { name: t('dimension.body') }) }}
        searchable
        limit={60}
        nothingFoundMessage={t('nothingFound')}
      />
      <TextInput
        type="date"
        label={t('from')}
        value={filters.from}
        max={filters.to || undefined}
        onChange={(event) => set({ from: event.currentTarget.value })}
      />
      <TextInput
        type="date"
        label={t('to')}
        value={filters.to}
        min={filters.from || undefined}
        onChange={(event) => set({ to: event.currentTarget.value })}
      />
      {comparing && (
        <MultiSelect
          label={t('by')}
          placeholder={filters.by.length === 0 ? t('byNothing') : ''}
          data={DIMENSIONS.map((one) => ({ value: one, label: t(`dimension.${one}`) }))}
          value={filters.by}
          onChange={(by) => set({ by: by as Dimension[] })}
        />
      )}
      <div>
        <span className={classes.label} id="analysis-clock">
          {t('clock')}
        </span>
        <SegmentedControl
          aria-labelledby="analysis-clock"
          data={(['elapsed', 'working'] as const).map((one) => ({ value: one, label: t(`clocks.${one}`) }))}
          value={filters.clock}
          onChange={(clock) => set({ clock: clock as Clock })}
        />
      </div>
      {(filters.procedure || filters.body || filters.from || filters.to || filters.by.length > 0) && (
        <Button
          variant="subtle"
          onClick={() => set({ procedure: '', version: '', body: '', from: '', to: '', by: [] })}
        >
          {t('reset')}
        </Button>
      )}
    </search>
  );
}
