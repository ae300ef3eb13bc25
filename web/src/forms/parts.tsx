import { Button, Checkbox } from '@mantine/core';
import type {
  ArrayFieldItemTemplateProps,
  ArrayFieldTemplateProps,
  FieldProps,
  FieldTemplateProps,
  ObjectFieldTemplateProps,
} from '@rjsf/utils';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Loading } from '../components/Loading.tsx';
import { usePlace } from './face.ts';
import classes from './form.module.css';
import { elementOf, type FormSchema, fieldOf, isNullable, labelOf } from './layout.ts';

const SiteMap = lazy(async () => ({ default: (await import('./map/SiteMap.tsx')).SiteMap }));

/** Our fields draw their own names, help and faults. */
export function BareField({ children, hidden }: FieldTemplateProps) {
  return hidden ? null : children;
}

/** A group of fields with its name; the whole form and a section that is a page have none. */
export function ObjectTemplate({ fieldPathId, properties, uiSchema }: ObjectFieldTemplateProps) {
  const { face, path, message } = usePlace(fieldPathId.path);
  const content = <div className={classes.fields}>{properties.map((one) => one.content)}</div>;
  // A part that may be left out has said its name already.
  if (path.length <= face.base.length || uiSchema?.['ui:field'] === 'PartField') return content;
  const last = path.at(-1);
  const field = fieldOf(path);
  return (
    <fieldset className={classes.group}>
      <legend>
        {labelOf(face.texts, field)}
        {typeof last === 'number' && ` ${last + 1}`}
      </legend>
      {face.texts.fields[field]?.help !== undefined && (
        <p className={classes.help}>{face.texts.fields[field].help}</p>
      )}
      {message !== undefined && <p className={classes.fault}>{message}</p>}
      {content}
    </fieldset>
  );
}

/** A group that may be left out: first whether there is one, then its fields. */
export function PartField(props: FieldProps) {
  const { face, path, pointer, message } = usePlace(props.fieldPathId.path);
  const { ObjectField } = props.registry.fields;
  const field = fieldOf(path);
  const there = typeof props.formData === 'object' && props.formData !== null;
  return (
    <div className={classes.part} id={elementOf(pointer)}>
      <Checkbox
        label={labelOf(face.texts, field)}
        description={face.texts.fields[field]?.help}
        checked={there}
        disabled={face.readOnly}
        error={there ? undefined : message}
        onChange={(event) =>
          props.onChange(
            (event.currentTarget.checked
              ? {}
              : isNullable(props.schema as FormSchema)
                ? null
                : undefined) as never,
            props.fieldPathId.path,
          )
        }
      />
      {there && ObjectField !== undefined && (
        <fieldset className={classes.inner} aria-label={labelOf(face.texts, field)}>
          <ObjectField {...props} />
        </fieldset>
      )}
    </div>
  );
}

/** A place on the map; the map itself is fetched when it is wanted. */
export function MapField(props: FieldProps) {
  const { face, path, pointer, message } = usePlace(props.fieldPathId.path);
  const field = fieldOf(path);
  return (
    <Suspense fallback={<Loading rows={6} />}>
      <SiteMap
        id={elementOf(pointer)}
        label={labelOf(face.texts, field)}
        help={face.texts.fields[field]?.help}
        error={message}
        readOnly={face.readOnly}
        value={props.formData}
        onBlur={() => face.touch(pointer)}
        onChange={(value) => props.onChange(value as never, props.fieldPathId.path)}
      />
    </Suspense>
  );
}

/** A list: its items one under the other, each with its own way out, and one button to add. */
export function ListTemplate({ fieldPathId, items, canAdd, onAddClick, required }: ArrayFieldTemplateProps) {
  const { t } = useTranslation('forms');
  const { face, path, pointer, message } = usePlace(fieldPathId.path);
  const field = fieldOf(path);
  return (
    <fieldset className={classes.list} id={elementOf(pointer)} tabIndex={-1}>
      <legend>
        {labelOf(face.texts, field)}{' '}
        {required !== true && <span className={classes.optional}>{t('optional')}</span>}
      </legend>
      {face.texts.fields[field]?.help !== undefined && (
        <p className={classes.help}>{face.texts.fields[field].help}</p>
      )}
      {message !== undefined && <p className={classes.fault}>{message}</p>}
      {items}
      {canAdd && !face.readOnly && (
        <Button
          variant="default"
          leftSection={<IconPlus size="1.1em" aria-hidden="true" />}
          onClick={onAddClick}
        >
          {t('add', { what: labelOf(face.texts, `${field}/*`) })}
        </Button>
      )}
    </fieldset>
  );
}

/** One item of a list. */
export function ItemTemplate({ children, buttonsProps, index, readonly }: ArrayFieldItemTemplateProps) {
  const { t } = useTranslation('forms');
  const { face, path } = usePlace(buttonsProps.fieldPathId.path);
  const name = labelOf(face.texts, fieldOf(path));
  return (
    <div className={classes.item}>
      <div className={classes.itemBody}>{children}</div>
      {readonly !== true && !face.readOnly && buttonsProps.hasRemove && (
        <Button
          variant="subtle"
          color="gray"
          size="compact-md"
          leftSection={<IconTrash size="1.1em" aria-hidden="true" />}
          onClick={buttonsProps.onRemoveItem}
          aria-label={t('remove', { what: `${name} ${index + 1}` })}
        >
          {t('removeShort')}
        </Button>
      )}
    </div>
  );
}
