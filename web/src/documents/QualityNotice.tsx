import { IconEyeExclamation } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Schema } from '../api/client.ts';
import classes from './QualityNotice.module.css';

type Finding = NonNullable<Schema<'Document'>['quality']>['findings'][number];

/** What makes a file hard to study, in plain words; nothing when nothing does. It hinders nobody from filing. */
export function QualityNotice({
  document,
  advice = true,
}: {
  document: Schema<'Document'>;
  advice?: boolean;
}) {
  const { t } = useTranslation('documents');
  const groups = grouped(document.quality?.findings ?? []);
  if (groups.length === 0) return null;
  return (
    <div role="note" className={classes.notice}>
      <p className={classes.title}>
        <IconEyeExclamation size={20} aria-hidden="true" /> {t('quality.title')}
      </p>
      <ul>
        {groups.map(({ rule, pages, measured, wanted }) => (
          <li key={rule}>
            {t(`quality.rule.${rule}`, { measured: isolate(measured), wanted: isolate(wanted) })}
            {pages.length > 0 && (document.pages ?? 1) > 1 && (
              <> {t('quality.pages', { count: pages.length, pages: isolate(pages.join(', ')) })}</>
            )}
          </li>
        ))}
      </ul>
      {advice && <p>{t('quality.advice')}</p>}
    </div>
  );
}

/** Figures keep their order inside Arabic. */
const isolate = (text: string): string => `\u2066${text}\u2069`;

function grouped(findings: Finding[]) {
  const groups = new Map<
    string,
    { rule: Finding['rule']; pages: number[]; measured: string; wanted: string }
  >();
  for (const { rule, page, measured, wanted } of findings) {
    const group = groups.get(rule) ?? { rule, pages: [], measured, wanted };
    if (page !== null) group.pages.push(page);
    groups.set(rule, group);
  }
  return [...groups.values()];
}
