import { Checkbox, NativeSelect, Radio, Textarea, TextInput } from '@mantine/core';
import type { FieldProps } from '@rjsf/utils';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { localText } from '../app/language.ts';
import { usePlace } from './face.ts';
import { figureOf } from './figure.ts';
import classes from './form.module.css';
import { elementOf, type FormSchema, fieldOf, isArraySchema, labelOf, typesOf, widgetOf } from './layout.ts';

interface Option {
  value: string;
  label: string;
}

/** Draws one field of a form: its name, help, control and fault. */
export function LeafField(props: FieldProps) {
  const { t } = useTranslation('forms');
  const { face, path, pointer, message } = usePlace(props.fieldPathId.path);
  const schema = props.schema as FormSchema;
  const field = fieldOf(path);
  const widget = widgetOf(face.form, field);
  const value = props.formData as unknown;
  const last = path.at(-1);
  const inList = typeof last === 'number';
  const name = labelOf(face.texts, field) + (inList ? ` ${last + 1}` : '');
  const label: ReactNode =
    props.required === true || inList ? (
      name
    ) : (
      <>
        {name} <span className={classes.optional}>{t('optional')}</span>
      </>
    );
  const change = (next: unknown) => props.onChange(next as never, props.fieldPathId.path);
  const shared = {
    id: elementOf(pointer),
    label,
    description: face.texts.fields[field]?.help,
    error: message,
    onBlur: () => face.touch(pointer),
  };
  const fixed = {
    ...shared,
    readOnly: face.readOnly,
    required: props.required === true,
    withAsterisk: false,
  };

  if (isArraySchema(schema)) {
    const options = optionsOf((schema.items ?? {}) as FormSchema, face.texts.fields[`${field}/*`]?.options);
    return (
      <Checkbox.Group
        {...shared}
        value={Array.isArray(value) ? value.map(String) : []}
        onChange={(next) => change(options.map((one) => one.value).filter((one) => next.includes(one)))}
        readOnly={face.readOnly}
        className={classes.leaf}
      >
        <div className={classes.choices}>
          {options.map((one) => (
            <Checkbox key={one.value} value={one.value} label={one.label} />
          ))}
        </div>
      </Checkbox.Group>
    );
  }

  const types = typesOf(schema);
  if (
    types.includes('boolean') &&
    (widget === 'checkbox' || schema.const === true || (widget !== 'radio' && props.required !== true))
  ) {
    return (
      <Checkbox
        {...shared}
        label={name}
        className={classes.leaf}
        checked={value === true}
        disabled={face.readOnly}
        onChange={(event) =>
          change(event.currentTarget.checked ? true : schema.const === true ? undefined : false)
        }
      />
    );
  }
  if (types.includes('boolean') || widget === 'radio') {
    const texts = face.texts.fields[field]?.options;
    const options = types.includes('boolean')
      ? [
          { value: 'true', label: texts?.true ?? t('yes') },
          { value: 'false', label: texts?.false ?? t('no') },
        ]
      : optionsOf(schema, texts);
    return (
      <Radio.Group
        {...shared}
        required={props.required === true}
        withAsterisk={false}
        className={classes.leaf}
        value={value === undefined || value === null ? '' : String(value)}
        onChange={(next) => change(types.includes('boolean') ? next === 'true' : next)}
      >
        <div className={types.includes('boolean') ? classes.pair : classes.choices}>
          {options.map((one) => (
            <Radio key={one.value} value={one.value} label={one.label} disabled={face.readOnly} />
          ))}
        </div>
      </Radio.Group>
    );
  }

  const choices =
    widget === 'piece'
      ? face.pieces.map(({ code, name: text }) => ({ value: code, label: localText(text) }))
      : widget === 'document'
        ? face.documents.map((one) => {
            const piece = face.pieces.find(({ code }) => code === one.piece);
            return {
              value: one.id,
              label: `${piece === undefined ? one.piece : localText(piece.name)} · ${t('documentVersion', { version: one.version })} · ${one.fileName}`,
            };
          })
        : widget === 'remark'
          ? face.remarks.map((one) => ({ value: one.id, label: one.label }))
          : schema.enum !== undefined
            ? optionsOf(schema, face.texts.fields[field]?.options)
            : [];
  if (choices.length > 0 || schema.enum !== undefined) {
    const current = typeof value === 'string' ? value : '';
    const known = current === '' || choices.some((one) => one.value === current);
    return (
      <NativeSelect
        {...shared}
        className={classes.leaf}
        required={props.required === true}
        withAsterisk={false}
        disabled={face.readOnly}
        value={current}
        onChange={(event) => change(event.currentTarget.value === '' ? undefined : event.currentTarget.value)}
        data={[
          { value: '', label: t('choose') },
          ...choices,
          ...(known ? [] : [{ value: current, label: current }]),
        ]}
      />
    );
  }
  if (types.includes('number') || types.includes('integer'))
    return <NumberLeaf {...fixed} whole={types.includes('integer')} value={value} onValue={change} />;

  const text = typeof value === 'string' ? value : value === undefined || value === null ? '' : String(value);
  const typed = (event: { currentTarget: { value: string } }) =>
    change(event.currentTarget.value === '' ? undefined : event.currentTarget.value);
  if (widget === 'textarea')
    return <Textarea {...fixed} className={classes.leaf} dir="auto" rows={3} value={text} onChange={typed} />;
  const face_ = {
    date: { type: 'date', dir: 'ltr', size: 'date' },
    email: { type: 'email', dir: 'ltr', size: 'text' },
    text: { type: 'text', dir: 'auto', size: 'text' },
  }[widget === 'date' || schema.format === 'date' ? 'date' : schema.format === 'email' ? 'email' : 'text'];
  return (
    <TextInput
      {...fixed}
      className={classes.leaf}
      wrapperProps={{ 'data-size': face_.size }}
      type={face_.type}
      dir={face_.dir}
      autoComplete="off"
      value={text}
      onChange={typed}
    />
  );
}

function optionsOf(schema: FormSchema, texts: Record<string, string> | undefined): Option[] {
  return ((schema.enum as unknown[] | undefined) ?? [])
    .map(String)
    .map((value) => ({ value, label: texts?.[value] ?? value }));
}

/** A figure: what was typed stays as it is, right or wrong; a comma is as good as a point. */
function NumberLeaf({
  value,
  onValue,
  whole,
  ...input
}: {
  id: string;
  label: ReactNode;
  description: string | undefined;
  error: string | undefined;
  onBlur: () => void;
  readOnly: boolean;
  required: boolean;
  withAsterisk: boolean;
  value: unknown;
  whole: boolean;
  onValue: (value: number | string | undefined) => void;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  const kept = value === undefined || value === null ? '' : String(value);
  const shown = typed !== null && String(figureOf(typed) ?? '') === kept ? typed : kept;
  return (
    <TextInput
      {...input}
      className={classes.leaf}
      wrapperProps={{ 'data-size': 'figure' }}
      dir="ltr"
      inputMode={whole ? 'numeric' : 'decimal'}
      autoComplete="off"
      value={shown}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        onValue(figureOf(event.currentTarget.value));
      }}
    />
  );
}
