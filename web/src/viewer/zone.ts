/** A place on a page, in fractions of its width and height as it lies in the file (0..1 from the top left corner). */
export type Zone =
  | { kind: 'pin'; x: number; y: number }
  | { kind: 'area'; x: number; y: number; width: number; height: number };

/** A remark's mark on a plan: its number is what the list of remarks calls it. */
export interface Annotation {
  id: string;
  /** Shown in the mark; its place in the list when left out. */
  number?: number;
  /** From 1. */
  page: number;
  zone: Zone;
  /** What the mark says to those who do not see it, and on pointing. */
  label: string;
  /** `open` when left out: what waits, what was answered, what is settled. */
  tone?: 'open' | 'answered' | 'settled';
}

/** Where a person put a new mark. */
export interface PlacedZone {
  page: number;
  zone: Zone;
}
