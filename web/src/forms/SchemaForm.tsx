import { Button, Group } from '@mantine/core';
import RjsfForm from '@rjsf/core';
import type { RJSFSchema, UiSchema, ValidatorType } from '@rjsf/utils';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schema } from '../api/client.ts';
import type { FieldProblem } from '../api/problem.ts';
import type { Language } from '../app/language.ts';
import { ErrorSummary } from '../components/ErrorSummary.tsx';
import { type Face, FaceContext, type RemarkChoice } from './face.ts';
import classes from './form.module.css';
import { LeafField } from './Leaf.tsx';
import {
  elementOf,
  type Form,
  type FormSchema,
  type JsonObject,
  pathOf,
  propertiesOf,
  textsOf,
  uiSchemaOf,
  valueAt,
} from './layout.ts';
import { messageOf } from './messages.ts';
import { BareField, ItemTemplate, ListTemplate, MapField, ObjectTemplate, PartField } from './parts.tsx';
import { settled, spelledOut } from './settle.ts';
import { type FormRules, NO_RULES, rulesQuery } from './validation.ts';

export interface SchemaFormProps {
  /** The procedure the form is read from, and the version its dossier runs on (the one in force when left out). */
  procedure: string;
  version?: string | null | undefined;
  form: Form;
  /** All that was typed, of the whole form. */
  value: JsonObject;
  onChange: (value: JsonObject) => void;
  /** Called with what was typed once nothing is wrong with what is shown. Without it there is no button. */
  onSubmit?: (value: JsonObject) => void;
  /** Only this section (a property of the form): one thing per page. */
  section?: string;
  /** What the server found wrong, by JSON pointer; each is shown until its field changes. */
  problems?: FieldProblem[] | undefined;
  documents?: Schema<'Document'>[];
  pieces?: Schema<'Procedure'>['pieces'];
  remarks?: RemarkChoice[];
  readOnly?: boolean;
  submitLabel?: string;
  busy?: boolean;
  /** Beside the button. */
  actions?: ReactNode;
  /** Between the fields and the button. */
  children?: ReactNode;
}

const FIELDS = {
  LeafField,
  PartField,
  MapField,
  StringField: LeafField,
  NumberField: LeafField,
  BooleanField: LeafField,
};
const TEMPLATES = {
  FieldTemplate: BareField,
  ObjectFieldTemplate: ObjectTemplate,
  ArrayFieldTemplate: ListTemplate,
  ArrayFieldItemTemplate: ItemTemplate,
};
const DEFAULTS = { emptyObjectFields: 'skipDefaults', arrayMinItems: { populate: 'never' } } as const;
const NOTHING: never[] = [];

/**
 * A form of a procedure, drawn from its schema, layout and texts: names in the reader's language, faults shown at their
 * fields once these were left and summed up at the top once it is sent. The server decides again.
 */
export function SchemaForm(props: SchemaFormProps) {
  const {
    form,
    value,
    section,
    problems = NOTHING,
    procedure,
    version,
    readOnly = false,
    onChange,
    onSubmit,
  } = props;
  const { t, i18n } = useTranslation('forms');
  const texts = textsOf(form, i18n.language as Language);
  const whole = form.schema as FormSchema;
  const { data: rules = NO_RULES } = useQuery(rulesQuery(procedure, form.id, version ?? undefined, whole));
  const base = useMemo(() => (section === undefined ? [] : [section]), [section]);
  const shown = useMemo(() => schemaShown(whole, section), [whole, section]);
  const ui = useMemo((): UiSchema => {
    const { 'ui:field': _part, ...made } = uiSchemaOf(
      form,
      shown,
      section === undefined ? '' : `/${section}`,
    );
    // The button is ours.
    return { ...made, 'ui:submitButtonOptions': { norender: true } };
  }, [form, shown, section]);
  const validator = useMemo(() => validatorOf(rules), [rules]);

  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const [attempts, setAttempts] = useState(0);
  const touch = useCallback(
    (pointer: string) => setTouched((old) => (old.has(pointer) ? old : new Set([...old, pointer]))),
    [],
  );
  // What the server refused is no longer true of a field that has changed since.
  const [answered, setAnswered] = useState({ problems, value });
  // The summary is of the last try: it does not change, nor take the focus, while somebody types.
  const [summary, setSummary] = useState<{ message: string; target: string }[]>([]);
  if (answered.problems !== problems) {
    setAnswered({ problems, value });
    setSummary(problems.map(({ field, message }) => ({ message, target: elementOf(field) })));
    setAttempts((tries) => tries + 1);
  }

  const inSection = useCallback(
    (pointer: string) =>
      section === undefined || pointer === `/${section}` || pointer.startsWith(`/${section}/`),
    [section],
  );
  const complete = useMemo(() => settled(whole, value), [whole, value]);
  const faults = useMemo(
    () => rules.faults(spelledOut(whole, value)).filter(({ pointer }) => inSection(pointer)),
    [rules, whole, value, inSection],
  );
  const messages = new Map<string, string>();
  for (const { field, message } of problems) {
    const path = pathOf(field);
    if (inSection(field) && same(valueAt(value, path), valueAt(answered.value, path)))
      messages.set(field, message);
  }
  for (const fault of faults)
    if (attempts > 0 || touched.has(fault.pointer)) messages.set(fault.pointer, messageOf(t, texts, fault));

  const face: Face = {
    form,
    texts,
    base,
    messages,
    readOnly,
    touch,
    documents: props.documents ?? NOTHING,
    pieces: props.pieces ?? NOTHING,
    remarks: props.remarks ?? NOTHING,
  };
  const data = section === undefined ? value : (value[section] ?? {});

  return (
    <FaceContext.Provider value={face}>
      <form
        noValidate
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          setAttempts((tries) => tries + 1);
          setSummary(
            faults.map((fault) => ({
              message: messageOf(t, texts, fault),
              target: elementOf(fault.pointer),
            })),
          );
          if (faults.length === 0 && props.busy !== true) onSubmit?.(complete);
        }}
      >
        {summary.length > 0 && <ErrorSummary key={attempts} errors={summary} />}
        <RjsfForm
          tagName="div"
          className={classes.body ?? ''}
          idPrefix={elementOf(section === undefined ? '' : `/${section}`)}
          schema={shown as RJSFSchema}
          uiSchema={ui}
          validator={validator}
          formData={data}
          fields={FIELDS}
          templates={TEMPLATES}
          experimental_defaultFormStateBehavior={DEFAULTS}
          noValidate
          noHtml5Validate
          readonly={readOnly}
          showErrorList={false}
          onChange={({ formData }) => {
            const next = section === undefined ? (formData as JsonObject) : { ...value, [section]: formData };
            onChange(settled(whole, next));
          }}
        />
        {props.children}
        {onSubmit !== undefined && !readOnly && (
          <Group gap="sm" mt="lg" data-no-print>
            <Button type="submit" loading={props.busy === true}>
              {props.submitLabel ?? texts.submit}
            </Button>
            {props.actions}
          </Group>
        )}
      </form>
    </FaceContext.Provider>
  );
}

/** What RJSF draws: the form or one section of it, without the names that would make it look for other schemas. */
function schemaShown(whole: FormSchema, section: string | undefined): FormSchema {
  const { $id: _id, $schema: _draft, ...root } = whole;
  if (section === undefined) return root;
  const part = propertiesOf(whole)[section] ?? {};
  return root.$defs === undefined ? part : { ...part, $defs: root.$defs };
}

/** RJSF asks which branch of a schema a value takes; what is wrong is found without it. */
function validatorOf(rules: FormRules): ValidatorType {
  return {
    isValid: (schema, value) =>
      typeof schema === 'boolean' ? schema : rules.fits(schema as FormSchema, value),
    validateFormData: () => ({ errors: [], errorSchema: {} }),
    rawValidation: () => ({}),
  };
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
