import { problem } from '../problems.ts';
import type { Form, Problem } from '../types.ts';
import { formFields, objectOf } from './formFields.ts';
import type { Rule } from './subject.ts';

/** The ways in which a page can show a field, besides the one that its type calls for. */
const WIDGETS = ['textarea', 'date', 'map', 'radio', 'checkbox', 'checkboxes', 'piece', 'document', 'remark'];

/** A form's layout orders every field of every section, and gives known widgets to fields that exist. */
export const formLayout: Rule = ({ version }) => Object.values(version.forms).flatMap(faultsOf);

function faultsOf(form: Form): Problem[] {
  const order = objectOf(form.ui.order);
  const widgets = objectOf(form.ui.widgets);
  const fields = formFields(form);
  const faults = Object.keys(form.ui).filter((key) => key !== 'order' && key !== 'widgets');
  const sections = fields.filter(
    ({ schema, pointer }) => 'properties' in schema && widgets[pointer] !== 'map',
  );
  for (const { pointer, schema } of sections) {
    const names = Object.keys(objectOf(schema.properties)).toSorted().join();
    const ordered = order[pointer];
    if (!Array.isArray(ordered) || ordered.map(String).toSorted().join() !== names)
      faults.push(`order ${pointer || '/'}`);
  }
  const known = new Set(fields.map(({ pointer }) => pointer));
  const inSections = new Set(sections.map(({ pointer }) => pointer));
  for (const pointer of Object.keys(order)) if (!inSections.has(pointer)) faults.push(`order ${pointer}`);
  for (const [pointer, widget] of Object.entries(widgets)) {
    if (!known.has(pointer) || !WIDGETS.includes(String(widget)))
      faults.push(`widgets ${pointer} ${String(widget)}`);
  }
  return faults.map((fault) =>
    problem(
      'formLayout',
      form.id,
      `Mise en page du formulaire ${form.id} : ${fault} est faux ou manque.`,
      `تنظيم الاستمارة ${form.id}: ${fault} خاطئ أو ناقص.`,
      `Layout of form ${form.id}: ${fault} is wrong or missing.`,
    ),
  );
}
