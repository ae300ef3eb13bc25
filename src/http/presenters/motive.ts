import type { JsonObject } from '../../domain/json.ts';
import type { Motive } from '../application.ts';
import { presentText } from './account.ts';

/** A legal ground with the text it rests on. */
export function presentMotive(motive: Motive): JsonObject {
  return {
    id: motive.id,
    article: motive.article,
    for: motive.for,
    text: presentText(motive.text),
    source: motive.source,
    doubt: motive.doubt,
  };
}
