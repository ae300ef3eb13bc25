import { problem } from '../problems.ts';
import type { Rule } from './subject.ts';

/** The process begins at exactly one event, whose form is the application form of the settings, and it exists. */
export const startForm: Rule = ({ version, diagram }) => {
  const starts = diagram.nodes.filter(({ type }) => type === 'StartEvent');
  const form = version.settings.forms.application;
  const start = starts[0];
  if (start === undefined || starts.length > 1) {
    const count = starts.length;
    return [
      problem(
        'startForm',
        null,
        `Le diagramme a ${count} événements de début au lieu d’un.`,
        `في الرسم ${count} من أحداث البداية بدل واحد.`,
        `The diagram has ${count} start events, not one.`,
      ),
    ];
  }
  const key = start.attributes['camunda:formKey'] ?? '';
  if (key === form && Object.hasOwn(version.forms, form)) return [];
  return [
    problem(
      'startForm',
      start.id,
      `${start.id} doit porter le formulaire de demande ${form}, qui doit exister (trouvé : « ${key} »).`,
      `يجب أن يحمل ${start.id} استمارة الطلب ${form} الموجودة فعلا (وُجد: «${key}»).`,
      `${start.id} must bear the application form ${form}, which must exist (found: “${key}”).`,
    ),
  ];
};
