import { type Cell, writeCsv } from './csv.ts';
import type { Distribution } from './distribution.ts';
import { STEP_DIMENSIONS, type StepMeasure } from './steps.ts';

const FIGURES = [
  'median',
  'p90',
  'min',
  'max',
  'mean',
  'p25',
  'p75',
] as const satisfies readonly (keyof Distribution)[];

/**
 * Writes measures as a CSV table, durations in seconds (means rounded to the millisecond); columns of dimensions appear when
 * the measures have them. `headings` translates column names, such as `elapsedMedianSeconds`.
 */
export function stepMeasuresCsv(
  measures: readonly StepMeasure[],
  headings: Record<string, string> = {},
): string {
  const dimensions = STEP_DIMENSIONS.filter((dimension) => measures.some((measure) => dimension in measure));
  const names = ['flowNode', ...dimensions, 'finished', 'open'];
  for (const clock of ['elapsed', 'working']) {
    for (const figure of FIGURES) names.push(`${clock}${figure[0]?.toUpperCase()}${figure.slice(1)}Seconds`);
  }
  const rows = measures.map((measure): Cell[] => [
    measure.flowNode,
    ...dimensions.map((dimension) => measure[dimension] ?? null),
    measure.finished,
    measure.open,
    ...figuresOf(measure.elapsed),
    ...figuresOf(measure.working),
  ]);
  return writeCsv([names.map((name) => headings[name] ?? name), ...rows]);
}

function figuresOf(distribution: Distribution | null): Cell[] {
  return FIGURES.map((figure) => (distribution ? Math.round(distribution[figure] * 1000) / 1000 : null));
}
