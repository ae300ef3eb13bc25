import { useQuery } from '@tanstack/react-query';
import { answer, api, type Schema } from '../../api/client.ts';
import { number } from '../../app/format.ts';
import { currentLanguage, type Language } from '../../app/language.ts';

type Form = Schema<'Form'>;
interface FieldTexts {
  label?: string;
  options?: Record<string, string>;
}

/** The application's form in the dossier's version, whose words name what was declared. */
export function useApplicationForm(procedure: string, version: string | null, formId: string | undefined) {
  return useQuery({
    queryKey: ['procedure', procedure, version, 'form', formId],
    staleTime: Number.POSITIVE_INFINITY,
    enabled: formId !== undefined,
    queryFn: () =>
      answer(
        api.GET('/procedures/{id}/forms/{form}', {
          params: {
            path: { id: procedure, form: (formId ?? '').split('/').at(-1) ?? '' },
            query: version === null ? {} : { version },
          },
        }),
      ),
  });
}

/** What was declared, each with the name its form gives it; what has no name of its own (a drawn outline) is left out. */
export function factsOf(
  form: Form,
  application: Record<string, unknown>,
  words: { yes: string; no: string },
  language: Language = currentLanguage(),
): { section: string; rows: [string, string][] }[] {
  const texts = (form.texts[language] as { fields?: Record<string, FieldTexts> }).fields ?? {};
  const rowsOf = (value: unknown, pointer: string): [string, string][] => {
    if (value === null || value === undefined || value === '') return [];
    const named = texts[pointer];
    if (Array.isArray(value)) {
      if (value.some((one) => typeof one === 'object')) return [];
      const shown = value.map((one) => texts[`${pointer}/*`]?.options?.[String(one)] ?? String(one));
      return named?.label === undefined || shown.length === 0 ? [] : [[named.label, shown.join(' · ')]];
    }
    if (typeof value === 'object') {
      if ('coordinates' in value) return [];
      return Object.entries(value).flatMap(([key, child]) => rowsOf(child, `${pointer}/${key}`));
    }
    if (named?.label === undefined) return [];
    if (typeof value === 'boolean') return [[named.label, value ? words.yes : words.no]];
    if (typeof value === 'number') return [[named.label, number(value)]];
    return [[named.label, named.options?.[String(value)] ?? String(value)]];
  };
  return Object.entries(application)
    .map(([key, value]) => ({
      section: texts[`/${key}`]?.label ?? '',
      rows: rowsOf(value, `/${key}`),
    }))
    .filter(({ rows }) => rows.length > 0);
}
