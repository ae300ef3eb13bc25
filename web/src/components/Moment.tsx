import { useTranslation } from 'react-i18next';
import { useNow } from '../api/queries.ts';
import { dateTime, hijriDate, longDate, relative, shortDate } from '../app/format.ts';
import type { Language } from '../app/language.ts';

type Shown = 'long' | 'short' | 'time';

/**
 * An instant as people read it, in Casablanca's time. `long` adds how far it is and the approximate Hijri date;
 * `short` is for tables; `time` says the minute.
 */
export function Moment({
  at,
  as = 'short',
  far = as === 'long',
}: {
  at: string | number;
  as?: Shown;
  far?: boolean;
}) {
  const { t, i18n } = useTranslation();
  const now = useNow();
  const language = i18n.language as Language;
  const iso = new Date(at).toISOString();
  const hijri = t('date.hijri', { date: hijriDate(at, language) });
  const text =
    as === 'long' ? longDate(at, language) : as === 'time' ? dateTime(at, language) : shortDate(at, language);
  return (
    <time dateTime={iso} title={as === 'long' ? undefined : `${longDate(at, language)} · ${hijri}`}>
      <bdi>{text}</bdi>
      {far && <> ({relative(at, now, language)})</>}
      {as === 'long' && <small> · {hijri}</small>}
    </time>
  );
}
