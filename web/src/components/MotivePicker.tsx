import { Combobox, TextInput, useCombobox } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, type Schema } from '../api/client.ts';
import { localText } from '../app/language.ts';
import classes from './MotivePicker.module.css';

type Motive = Schema<'MotivePage'>['items'][number];

const motivesQuery = (procedure: string) => ({
  queryKey: ['motives', procedure],
  staleTime: Number.POSITIVE_INFINITY,
  queryFn: async () => (await answer(api.GET('/motives', { params: { query: { procedure } } }))).items,
});

/** Finds a legal ground by any of its words, in any language, and hands it over; free text stays possible beside it. */
export function MotivePicker({
  procedure,
  use,
  onPick,
}: {
  procedure: string;
  use: Motive['for'][number];
  onPick: (motive: { article: string; text: string }) => void;
}) {
  const { t } = useTranslation();
  const { data = [] } = useQuery(motivesQuery(procedure));
  const [words, setWords] = useState('');
  const box = useCombobox({ onDropdownClose: () => box.resetSelectedOption() });
  const sought = plain(words).split(/\s+/);
  const found = data
    .filter((one) => one.for.includes(use))
    .filter((one) => {
      const all = plain(`${one.article} ${one.text.ar} ${one.text.fr} ${one.text.en ?? ''}`);
      return sought.every((word) => all.includes(word));
    });
  if (!data.some((one) => one.for.includes(use))) return null;
  return (
    <Combobox
      store={box}
      onOptionSubmit={(id) => {
        const motive = data.find((one) => one.id === id);
        if (motive !== undefined) onPick({ article: motive.article, text: localText(motive.text) });
        setWords('');
        box.closeDropdown();
      }}
    >
      <Combobox.Target>
        <TextInput
          label={t('motive.pick')}
          placeholder={t('motive.placeholder')}
          value={words}
          onChange={(event) => {
            setWords(event.currentTarget.value);
            box.openDropdown();
            box.updateSelectedOptionIndex();
          }}
          onFocus={() => box.openDropdown()}
          onClick={() => box.openDropdown()}
          onBlur={() => box.closeDropdown()}
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options className={classes.options} aria-label={t('motive.pick')}>
          {found.length === 0 && <Combobox.Empty>{t('motive.none')}</Combobox.Empty>}
          {found.map((one) => (
            <Combobox.Option key={one.id} value={one.id}>
              <span>{localText(one.text)}</span>
              <small>
                <bdi>{one.article}</bdi>
                {one.doubt !== null && <> · {t('motive.check')}</>}
              </small>
            </Combobox.Option>
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}

/** Without case, accents or Arabic vowel signs, so that people find what they half remember. */
function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[\u0300-\u036f\u064b-\u0652]/g, '')
    .toLowerCase()
    .trim();
}
