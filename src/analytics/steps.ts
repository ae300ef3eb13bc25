import { elapsedSeconds } from '../domain/legalTime/intervals.ts';
import type { WorkingTime } from '../domain/legalTime/workingTime.ts';
import { breatheEvery } from './breathe.ts';
import { type Distribution, distributionOf } from './distribution.ts';
import { Seconds } from './seconds.ts';

/** What measuring needs to know of one occurrence of a step. */
export interface MeasurableStep {
  procedure: string;
  /** Content hash of the procedure's version; null when it is not known. */
  version: string | null;
  flowNode: string;
  body: string | null;
  /** Code of the commune. */
  territory: string;
  startedAt: number;
  /** Null while it is open. */
  endedAt: number | null;
}

/** What steps may be told apart by, beside their flow node. */
export const STEP_DIMENSIONS = ['procedure', 'version', 'body', 'commune', 'province', 'month'] as const;
export type StepDimension = (typeof STEP_DIMENSIONS)[number];

export interface StepMeasureOptions {
  /** Default: none, all occurrences of a flow node together. */
  by?: readonly StepDimension[];
  /** Milliseconds for which measuring may hold the node at a stretch; default 3. */
  holdMs?: number;
}

/** How long one step takes, by the dimensions asked for; those not asked for are absent. */
export interface StepMeasure {
  flowNode: string;
  procedure?: string;
  version?: string | null;
  body?: string | null;
  commune?: string;
  province?: string;
  /** Local month in which it began, `YYYY-MM`. */
  month?: string;
  /** Occurrences that ended. */
  finished: number;
  /** Occurrences that have not; they count in no duration. */
  open: number;
  /** On the wall clock, finished occurrences; null when none is. */
  elapsed: Distribution | null;
  /** In office hours of the calendar; null when none is finished. */
  working: Distribution | null;
}

type Group = Pick<StepMeasure, 'flowNode' | StepDimension>;
interface Tally {
  group: Group;
  open: number;
  elapsed: Seconds;
  working: Seconds;
}

/**
 * Measures steps from a stream, keeping two numbers for each finished one and giving way to other work meanwhile. Sorted by
 * flow node, then by the dimensions in the order asked for.
 * @param workingTime one calendar for all, or the one of each commune where offices close locally
 * @throws RangeError when an occurrence ends before it starts, or lies outside the years of the calendars
 */
export async function stepMeasures(
  occurrences: AsyncIterable<MeasurableStep>,
  workingTime: WorkingTime | ((territory: string) => WorkingTime),
  { by = [], holdMs = 3 }: StepMeasureOptions = {},
): Promise<StepMeasure[]> {
  const unknown = by.find((dimension) => !STEP_DIMENSIONS.includes(dimension));
  if (unknown !== undefined) throw new RangeError(`Steps cannot be told apart by "${unknown}"`);
  const breathe = breatheEvery(holdMs);
  const workingTimeOf = typeof workingTime === 'function' ? workingTime : () => workingTime;
  const tallies = new Map<string, Tally>();
  let seen = 0;
  for await (const step of occurrences) {
    const tally = tallyOf(tallies, step, by, workingTimeOf);
    if (step.endedAt === null) tally.open++;
    else {
      tally.elapsed.push(elapsedSeconds(step.startedAt, step.endedAt));
      tally.working.push(workingTimeOf(step.territory).workingSeconds(step.startedAt, step.endedAt));
    }
    if (++seen % 256 === 0) await breathe();
  }
  const measures: StepMeasure[] = [];
  for (const { group, open, elapsed, working } of [...tallies.values()].sort(inOrderOf(by))) {
    measures.push({
      ...group,
      finished: elapsed.length,
      open,
      elapsed: await distributionOf(elapsed, breathe),
      working: await distributionOf(working, breathe),
    });
  }
  return measures;
}

function tallyOf(
  tallies: Map<string, Tally>,
  step: MeasurableStep,
  by: readonly StepDimension[],
  workingTimeOf: (territory: string) => WorkingTime,
): Tally {
  const values = by.map((dimension) => dimensionOf(step, dimension, workingTimeOf));
  let key = step.flowNode;
  for (const value of values) key += `\u0000${value ?? '\u0001'}`;
  let tally = tallies.get(key);
  if (!tally) {
    const group: Group = { flowNode: step.flowNode };
    for (const [at, dimension] of by.entries()) Object.assign(group, { [dimension]: values[at] });
    tally = { group, open: 0, elapsed: new Seconds(), working: new Seconds() };
    tallies.set(key, tally);
  }
  return tally;
}

function dimensionOf(
  step: MeasurableStep,
  dimension: StepDimension,
  workingTimeOf: (territory: string) => WorkingTime,
): string | null {
  if (dimension === 'month') return workingTimeOf(step.territory).localDateOf(step.startedAt).slice(0, 7);
  if (dimension === 'commune') return step.territory;
  // `RR.PPP.CC.cc`: the first two segments are the province or prefecture.
  if (dimension === 'province') return step.territory.split('.', 2).join('.');
  return step[dimension];
}

function inOrderOf(by: readonly StepDimension[]) {
  const fields = ['flowNode', ...by] as const;
  return ({ group: a }: Tally, { group: b }: Tally): number => {
    for (const field of fields) {
      const left = a[field] ?? '';
      const right = b[field] ?? '';
      if (left !== right) return left < right ? -1 : 1;
    }
    return 0;
  };
}
