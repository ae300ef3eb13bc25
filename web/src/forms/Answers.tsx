import { lazy, type ReactNode, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { longDate, number } from '../app/format.ts';
import type { Language } from '../app/language.ts';
import { Facts } from '../components/Facts.tsx';
import classes from './answers.module.css';
import {
  type Form,
  type FormSchema,
  fieldOf,
  isArraySchema,
  isObjectSchema,
  isRequired,
  labelOf,
  orderOf,
  type Path,
  propertiesOf,
  textsOf,
  typesOf,
  valueAt,
  widgetOf,
} from './layout.ts';

const PlaceText = lazy(async () => ({ default: (await import('./map/PlaceText.tsx')).PlaceText }));

/** What was filled in, as people read it: names and options in the reader's language, in the form's own order. */
export function Answers({
  form,
  value,
  section,
}: {
  form: Form;
  value: unknown;
  /** Only this section of the form. */
  section?: string | undefined;
}) {
  const whole = form.schema as FormSchema;
  const path: Path = section === undefined ? [] : [section];
  const schema = section === undefined ? whole : (propertiesOf(whole)[section] ?? {});
  return <Group form={form} schema={schema} path={path} value={valueAt(value, path)} />;
}

/** One answer of a form in words, wherever it is shown. */
export function AnswerText({ form, path, value }: { form: Form; path: Path; value: unknown }) {
  let schema = form.schema as FormSchema;
  for (const step of path)
    schema = (typeof step === 'number' ? (schema.items as FormSchema) : propertiesOf(schema)[step]) ?? {};
  return <One form={form} schema={schema} path={path} value={value} />;
}

interface Shown {
  form: Form;
  schema: FormSchema;
  path: Path;
  value: unknown;
}

function Group({ form, schema, path, value }: Shown) {
  const { i18n } = useTranslation('forms');
  const texts = textsOf(form, i18n.language as Language);
  const known = propertiesOf(schema);
  const rows: [string, ReactNode][] = [];
  const groups: ReactNode[] = [];
  for (const name of orderOf(form, fieldOf(path), schema)) {
    const one = known[name] ?? {};
    const at = [...path, name];
    const inner = valueAt(value, [name]);
    const label = labelOf(texts, fieldOf(at));
    const grouped = isObjectSchema(one) && widgetOf(form, fieldOf(at)) !== 'map';
    if (grouped && typeof inner === 'object' && inner !== null) {
      groups.push(
        <section key={name} className={classes.group}>
          <p className={classes.name}>{label}</p>
          <Group form={form} schema={one} path={at} value={inner} />
        </section>,
      );
    } else if (inner !== undefined && inner !== null ? true : isRequired(schema, name)) {
      rows.push([label, <One key={name} form={form} schema={one} path={at} value={inner} />]);
    }
  }
  return (
    <>
      {rows.length > 0 && <Facts rows={rows} />}
      {groups}
    </>
  );
}

function One({ form, schema, path, value }: Shown): ReactNode {
  const { t, i18n } = useTranslation('forms');
  const language = i18n.language as Language;
  const field = fieldOf(path);
  const texts = textsOf(form, language);
  const options = texts.fields[field]?.options;
  if (value === undefined || value === '' || (value === null && !isObjectSchema(schema)))
    return <span className={classes.nothing}>{t('nothing')}</span>;
  if (value === null) return t('no');
  if (widgetOf(form, field) === 'map')
    return (
      <Suspense fallback={null}>
        <PlaceText value={value} />
      </Suspense>
    );
  if (Array.isArray(value)) {
    const items = (schema.items ?? {}) as FormSchema;
    if (value.length === 0) return t('none');
    return (
      <ul className={classes.list}>
        {value.map((one, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: answers have no other name.
          <li key={index}>
            {isObjectSchema(items) ? (
              <Group form={form} schema={items} path={[...path, index]} value={one} />
            ) : (
              <One form={form} schema={items} path={[...path, index]} value={one} />
            )}
          </li>
        ))}
      </ul>
    );
  }
  if (typeof value === 'object' && isObjectSchema(schema) && !isArraySchema(schema))
    return <Group form={form} schema={schema} path={path} value={value} />;
  if (typeof value === 'boolean') return options?.[String(value)] ?? t(value ? 'yes' : 'no');
  if (typeof value === 'number') return <bdi dir="ltr">{number(value)}</bdi>;
  const text = String(value);
  if (options?.[text] !== undefined) return options[text];
  if (schema.format === 'date' && /^\d{4}-\d{2}-\d{2}$/.test(text))
    return longDate(`${text}T12:00:00Z`, language);
  return (
    <bdi
      dir={typesOf(schema).includes('string') && schema.format === 'email' ? 'ltr' : 'auto'}
      className={classes.text}
    >
      {text}
    </bdi>
  );
}
