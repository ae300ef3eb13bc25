import { useTranslation } from 'react-i18next';
import { colon } from '../../app/format.ts';
import { localText } from '../../app/language.ts';
import { StatePill } from '../../components/StatePill.tsx';
import { TONES } from '../committee/Opinions.tsx';
import type { SigningRow } from './queries.ts';

/** Each body's word in one line. */
export function Verdicts({ row }: { row: SigningRow }) {
  const { t } = useTranslation(['president', 'committee']);
  return row.verdicts.map(({ body, name, value }) => (
    <StatePill key={body} tone={value === null ? 'plain' : TONES[value]}>
      {localText(name)}
      {colon()}
      {value === null ? t('committee:opinions.silent') : t(`committee:value.${value}`)}
    </StatePill>
  ));
}
