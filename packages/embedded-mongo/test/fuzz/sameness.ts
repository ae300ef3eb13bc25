import type { Operation } from './operations.ts';
import { normal } from './oracle/pipeline.ts';
import { type Doc, text, type Value } from './oracle/values.ts';

/** A text that is the same for two answers that MongoDB's manual holds for the same. */
export function comparable(operation: Operation, value: unknown): string {
  if (operation.kind === 'distinct') return unordered(value as Value[]);
  const isGrouped = operation.kind === 'aggregate' && operation.pipeline.some((stage) => '$group' in stage);
  return isGrouped ? (value as Doc[]).map(groupText).join('\n') : text(plain(value));
}

/** Counts come as plain numbers. */
const plain = (value: unknown): Value =>
  typeof value === 'number' ? String(value) : Array.isArray(value) ? value.map(plain) : value;

/** Which of several equal numbers stands for all, and the order inside a set, are open. */
const unordered = (values: Value[]): string =>
  values
    .map((one) => text(normal(one)))
    .sort()
    .join();

function groupText(row: Doc): string {
  return Object.entries(row)
    .map(([field, value]) => {
      if (field === '_id') return text(normal(value));
      return `${field}: ${field === 'addToSet' && Array.isArray(value) ? unordered(value) : text(value)}`;
    })
    .join(', ');
}
