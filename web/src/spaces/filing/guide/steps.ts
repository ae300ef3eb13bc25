import {
  type Form,
  type FormSchema,
  isObjectSchema,
  labelOf,
  orderOf,
  propertiesOf,
  textsOf,
  widgetOf,
} from '../../../forms/layout.ts';

/** One page of the guide. */
export interface Step {
  id: string;
  title: string;
  /** The form's section it fills in; undefined for what is no section. */
  section?: string;
}

/** The pages of a form: its sections, or the whole form where it has none; then the pieces and the check. */
export function stepsOf(form: Form, t: (key: 'step.pieces' | 'step.check' | 'step.form') => string): Step[] {
  const schema = form.schema as FormSchema;
  const texts = textsOf(form);
  const known = propertiesOf(schema);
  const names = orderOf(form, '', schema);
  const sectioned = names.every(
    (name) => isObjectSchema(known[name] ?? {}) && widgetOf(form, `/${name}`) === undefined,
  );
  return [
    ...(sectioned
      ? names.map((name) => ({ id: name, title: labelOf(texts, `/${name}`), section: name }))
      : [{ id: 'form', title: t('step.form') }]),
    { id: 'pieces', title: t('step.pieces') },
    { id: 'check', title: t('step.check') },
  ];
}
