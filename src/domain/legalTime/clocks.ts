import type { PartyKind } from '../party.ts';
import type { Interval } from './intervals.ts';

/** A stretch in which somebody was asked for something; `endedAt` null while it still is. */
export interface Asked {
  party: PartyKind;
  startedAt: number;
  endedAt: number | null;
}

/** Whose time a dossier's life was: stretches in order that tile it without gap or overlap. */
export interface Clocks {
  administration: Interval[];
  applicant: Interval[];
}

/**
 * Splits a dossier's life between its two clocks by the rule by which the engine dates its events: the applicant's runs
 * while only the applicant's side is asked for anything, the administration's all the rest of the time.
 */
export function clocksOf(asked: readonly Asked[], from: number, until: number): Clocks {
  const clip = (at: number) => Math.min(Math.max(at, from), until);
  const bounds = new Set([from, until]);
  for (const { startedAt, endedAt } of asked) {
    bounds.add(clip(startedAt));
    bounds.add(clip(endedAt ?? until));
  }
  const instants = [...bounds].sort((a, b) => a - b);
  const clocks: Clocks = { administration: [], applicant: [] };
  for (const [index, start] of instants.entries()) {
    const end = instants[index + 1];
    if (end === undefined) break;
    const open = asked.filter((one) => one.startedAt <= start && (one.endedAt ?? until) >= end);
    const paused = open.length > 0 && open.every(({ party }) => party === 'applicant');
    extend(paused ? clocks.applicant : clocks.administration, start, end);
  }
  return clocks;
}

function extend(intervals: Interval[], from: number, to: number): void {
  const last = intervals.at(-1);
  if (last?.to === from) last.to = to;
  else intervals.push({ from, to });
}
