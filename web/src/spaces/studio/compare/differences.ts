import { diff } from 'bpmn-js-differ';
import type { DraftFile } from '../queries.ts';

/** How one element of the diagram differs. */
export interface DiagramDifference {
  id: string;
  type: string;
  kind: 'added' | 'removed' | 'changed' | 'moved';
  element: { name?: string; get?(property: string): unknown };
  attributes: { name: string; before: string; after: string }[];
}

/** How one value of the other files differs. */
export interface FileDifference {
  path: string;
  kind: 'added' | 'removed' | 'changed';
  /** JSON pointer into the file; empty for the whole of it. */
  pointer: string;
  before: string;
  after: string;
}

/** What is drawn differently: one entry an element, the weightiest way in which it differs. */
export function diagramDifferences(before: unknown, after: unknown): DiagramDifference[] {
  const { _added, _removed, _changed, _layoutChanged } = diff(before, after);
  const found = new Map<string, DiagramDifference>();
  for (const [id, element] of Object.entries(_layoutChanged)) {
    found.set(id, { id, type: short(element.$type), kind: 'moved', element, attributes: [] });
  }
  for (const [id, { model, attrs }] of Object.entries(_changed)) {
    const attributes = Object.entries(attrs).map(([name, { oldValue, newValue }]) => ({
      name: name.replace(/^(permit|camunda):/, ''),
      before: inWords(oldValue),
      after: inWords(newValue),
    }));
    found.set(id, { id, type: short(model.$type), kind: 'changed', element: model, attributes });
  }
  for (const [kind, set] of [
    ['removed', _removed],
    ['added', _added],
  ] as const) {
    for (const [id, element] of Object.entries(set)) {
      found.set(id, { id, type: short(element.$type), kind, element, attributes: [] });
    }
  }
  const order = ['added', 'removed', 'changed', 'moved'];
  return [...found.values()]
    .filter(({ type }) =>
      /Task$|Gateway$|Event$|SequenceFlow$|Lane$|Participant$|Process$|CategoryValue$/.test(type),
    )
    .sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
}

const short = (type: string) => type.replace('bpmn:', '');

function inWords(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return value.map(inWords).join(', ');
  if (typeof value === 'object') {
    const { id, body } = value as { id?: unknown; body?: unknown };
    return typeof body === 'string' ? body : typeof id === 'string' ? id : '…';
  }
  // What one element says of another is told by the other's id.
  return String(value).replace(/^#ref:/, '');
}

const LONGEST = 160;
const MOST = 400;

/** What the settings, forms and tables say differently, value by value. */
export function fileDifferences(before: DraftFile[], after: DraftFile[]): FileDifference[] {
  const paths = [...new Set([...before, ...after].map(({ path }) => path))].sort();
  const found: FileDifference[] = [];
  for (const path of paths.filter((one) => one.endsWith('.json') && !one.includes('/cases/'))) {
    const [old, next] = [before, after].map((files) => files.find((file) => file.path === path)?.content);
    if (old === next) continue;
    if (old === undefined) found.push({ path, kind: 'added', pointer: '', before: '', after: '' });
    else if (next === undefined) found.push({ path, kind: 'removed', pointer: '', before: '', after: '' });
    else found.push(...inside(path, '', parse(old), parse(next)));
  }
  return found.slice(0, MOST);
}

function parse(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return content;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

function inside(path: string, pointer: string, before: unknown, after: unknown): FileDifference[] {
  if (isObject(before) && isObject(after) && Array.isArray(before) === Array.isArray(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return keys.flatMap((key) => inside(path, `${pointer}/${key}`, before[key], after[key]));
  }
  if (before === after) return [];
  const kind = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
  return [{ path, kind, pointer, before: told(before), after: told(after) }];
}

function told(value: unknown): string {
  if (value === undefined) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
