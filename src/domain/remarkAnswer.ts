import type { Opinion, Remark } from './opinion.ts';

/** What the applicant's side answers to one remark; the last word counts. */
export interface RemarkAnswer {
  /** The remark's own identifier. */
  id: string;
  dossier: string;
  text: string;
  /** The version of a piece that the remark led to; null when none did. */
  document: string | null;
  by: string;
  at: number;
}

/** A remark by its own name: opinions never change, so its place in one is for ever. */
export interface NamedRemark {
  id: string;
  opinion: Opinion;
  remark: Remark;
}

/** The remarks of opinions, each by its own name. */
export function remarksOf(opinions: readonly Opinion[]): NamedRemark[] {
  return opinions.flatMap((opinion) =>
    opinion.remarks.map((remark, index) => ({ id: `${opinion.id}-${index}`, opinion, remark })),
  );
}
