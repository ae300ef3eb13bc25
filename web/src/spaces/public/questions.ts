import type { Schema } from '../../api/client.ts';
import { currentLanguage } from '../../app/language.ts';

export type Form = Schema<'Form'>;
export type Answer = string | number | boolean | null;
/** Answers by JSON pointer into the application. */
export type Answers = ReadonlyMap<string, Answer>;

/** One thing asked, in the words of the procedure's own form. */
export interface Question {
  pointer: string;
  label: string;
  help: string | null;
  kind: 'choice' | 'yesNo' | 'inside' | 'number';
  options: { value: string; label: string }[];
  whole: boolean;
  least: number | null;
  most: number | null;
}

interface Node {
  type?: string | string[];
  enum?: string[];
  minimum?: number;
  maximum?: number;
  properties?: Record<string, Node>;
}
interface FieldTexts {
  label?: string;
  help?: string;
  options?: Record<string, string>;
}

const steps = (pointer: string): string[] => pointer.split('/').slice(1);

function nodeAt(form: Form, pointer: string): Node | null {
  let at: Node | undefined = form.schema as Node;
  for (const step of steps(pointer)) at = at?.properties?.[step];
  return at ?? null;
}

/** What the form says at a pointer, as a question; null when it is nothing that is asked here. */
export function questionAt(form: Form, pointer: string): Question | null {
  const node = nodeAt(form, pointer);
  if (node === null) return null;
  const fields = (form.texts[currentLanguage()] as { fields?: Record<string, FieldTexts> }).fields ?? {};
  const texts = fields[pointer] ?? {};
  const types = [node.type].flat();
  const kind =
    node.enum !== undefined
      ? 'choice'
      : types.includes('boolean')
        ? 'yesNo'
        : types.includes('object')
          ? 'inside'
          : types.includes('number') || types.includes('integer')
            ? 'number'
            : null;
  if (kind === null) return null;
  return {
    pointer,
    label: texts.label ?? pointer,
    help: kind === 'inside' ? null : (texts.help ?? null),
    kind,
    options: (node.enum ?? []).map((value) => ({ value, label: texts.options?.[value] ?? value })),
    whole: types.includes('integer'),
    least: node.minimum ?? null,
    most: node.maximum ?? null,
  };
}

/** The application that the answers make, as far as it goes. */
export function applicationOf(answers: Answers): Record<string, unknown> {
  const application: Record<string, unknown> = {};
  // Outer ones first: "inside a subdivision" before what is asked of it.
  for (const [pointer, answer] of [...answers].sort(([a], [b]) => a.length - b.length)) {
    let at = application;
    const path = steps(pointer);
    const last = path.pop() ?? '';
    for (const step of path) {
      if (typeof at[step] !== 'object' || at[step] === null) at[step] = {};
      at = at[step] as Record<string, unknown>;
    }
    at[last] = answer === 'inside' ? {} : answer;
  }
  return application;
}

/** Answers as an address carries them: `project.use=commerce`. */
export function answersFrom(params: URLSearchParams, form: Form): Map<string, Answer> {
  const answers = new Map<string, Answer>();
  for (const [name, text] of params) {
    if (!name.includes('.')) continue;
    const pointer = `/${name.replaceAll('.', '/')}`;
    const question = questionAt(form, pointer);
    if (question === null || text === '') continue;
    if (question.kind === 'yesNo') answers.set(pointer, text === 'yes');
    else if (question.kind === 'inside') answers.set(pointer, text === 'yes' ? 'inside' : null);
    else if (question.kind === 'choice') {
      if (question.options.some(({ value }) => value === text)) answers.set(pointer, text);
    } else {
      const figure = Number(text.replace(',', '.').replace(/\s/g, ''));
      const fits =
        Number.isFinite(figure) &&
        (question.least === null || figure >= question.least) &&
        (question.most === null || figure <= question.most) &&
        (!question.whole || Number.isInteger(figure));
      if (fits) answers.set(pointer, figure);
    }
  }
  return answers;
}

/** The name under which an address carries the answer to a question. */
export const nameOf = (pointer: string): string => steps(pointer).join('.');

/** Places of the form in its own order, so that questions come as the form has them. */
export function orderOf(form: Form): (pointer: string) => number {
  const order: string[] = [];
  const walk = (node: Node, path: string) => {
    order.push(path);
    const wanted = (form.ui as { order?: Record<string, string[]> }).order?.[path] ?? [];
    const names = Object.keys(node.properties ?? {});
    const sorted = [
      ...wanted.filter((name) => names.includes(name)),
      ...names.filter((name) => !wanted.includes(name)),
    ];
    for (const name of sorted) walk(node.properties?.[name] ?? {}, `${path}/${name}`);
  };
  walk(form.schema as Node, '');
  return (pointer) => {
    const place = order.indexOf(pointer);
    return place < 0 ? order.length : place;
  };
}
