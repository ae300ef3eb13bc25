/** The four opinions a body may give; silence is an event, not an opinion. */
export const OPINION_VALUES = [
  'favourable',
  'favourableWithReserves',
  'unfavourable',
  'notConcerned',
] as const;
export type OpinionValue = (typeof OPINION_VALUES)[number];

/** A place on a page, in fractions of its width and height from the top left corner. */
export type Zone =
  | { kind: 'pin'; x: number; y: number }
  | { kind: 'area'; x: number; y: number; width: number; height: number };

/** What a member asks to change or lift, tied to a place and a text. */
export interface Remark {
  document: string;
  page: number;
  article: string;
  text: string;
  /** True when the remark must be lifted before release (a reserve). */
  reserve: boolean;
  /** Where on the page, when it was marked. */
  zone?: Zone;
}

/** A body's signed word on a dossier, once per round. */
export interface Opinion {
  id: string;
  dossier: string;
  task: string;
  round: number;
  body: string;
  bodyKind: string;
  member: string;
  value: OpinionValue;
  remarks: Remark[];
  observations: string | null;
  givenAt: number;
  /** RFC 8785 canonical JSON that was signed. */
  payload: string;
  /** Detached JWS over `payload`. */
  jws: string;
}
