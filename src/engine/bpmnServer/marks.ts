import type { JsonObject } from '../../domain/json.ts';
import type { Token } from './library.ts';

/** The point from which a token goes on when its incident is retried. */
export type Phase = 'enter' | 'begin' | 'instances' | 'join' | 'leave';

/** What the guards know of a token beyond what bpmn-server does. */
export interface Marks {
  /** Variables of an instance of a multi-instance activity. */
  locals?: JsonObject;
  /** 0-based index of such an instance. */
  instance?: number;
  /** Sequence flow by which the token came to where it is. */
  arrivedBy?: string;
  incident?: { id: string; phase: Phase };
}

const marks = new WeakMap<Token, Marks>();

/** The marks of a token, to be read and changed in place. */
export function marksOf(token: Token): Marks {
  let known = marks.get(token);
  if (known === undefined) {
    known = {};
    marks.set(token, known);
  }
  return known;
}
