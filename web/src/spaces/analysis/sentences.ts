import type { TFunction } from 'i18next';
import type { Clock } from './filters.ts';
import { lasting, share } from './lasting.ts';
import type { Measure, Names } from './queries.ts';

/** The isolated name of a step, so that it keeps its own direction inside a sentence of the other script. */
const isolated = (text: string): string => `\u2068${text}\u2069`;

/** How a row is called in a sentence: its step, and what it is told apart by. */
export function rowName(
  names: Names,
  row: Measure,
  dimensions: readonly ('version' | 'province' | 'commune' | 'body' | 'month')[],
): string {
  const more = dimensions.map((one) => names.value(one, row[one] ?? null));
  return [names.step(row.procedure, row.flowNode), ...more].join(' · ');
}

type Telling = { t: TFunction<'analysis'>; clock: Clock; nameOf: (row: Measure) => string };

const measured = (rows: readonly Measure[], clock: Clock) =>
  rows.flatMap((row) => {
    const figures = row[clock];
    return figures === null ? [] : [{ row, figures }];
  });

/** Above the table: which step takes longest, and how many are not over. */
export function tellSlowest(rows: readonly Measure[], { t, clock, nameOf }: Telling): string {
  const open = rows.reduce((sum, row) => sum + row.open, 0);
  const [slowest] = measured(rows, clock).sort((a, b) => b.figures.median - a.figures.median);
  const told: string[] = [];
  if (slowest === undefined) told.push(t('say.nothingFinished'));
  else {
    const { count, median, p90 } = slowest.figures;
    told.push(
      t(`say.slowest.${clock}`, {
        count,
        step: isolated(nameOf(slowest.row)),
        median: lasting(median, clock, 'long'),
        p90: lasting(p90, clock, 'long'),
      }),
    );
  }
  if (open > 0) told.push(t('say.open', { count: open }));
  return told.join(' ');
}

/** Above the box plots: which step is the least regular. */
export function tellSpread(rows: readonly Measure[], { t, clock, nameOf }: Telling): string {
  const [widest] = measured(rows, clock).sort(
    (a, b) => b.figures.p75 - b.figures.p25 - (a.figures.p75 - a.figures.p25),
  );
  if (widest === undefined) return t('say.nothingFinished');
  const { p25, p75 } = widest.figures;
  if (p25 === p75) return t('say.regular');
  return t('say.spread', {
    step: isolated(nameOf(widest.row)),
    from: lasting(p25, clock, 'long'),
    to: lasting(p75, clock, 'long'),
  });
}

/** Above the diagram: which step weighs most in all the time that was measured. */
export function tellWeight(rows: readonly Measure[], { t, clock, nameOf }: Telling): string {
  const weighed = measured(rows, clock).map(({ row, figures }) => ({
    row,
    weight: figures.mean * figures.count,
  }));
  const whole = weighed.reduce((sum, { weight }) => sum + weight, 0);
  const [heaviest] = weighed.sort((a, b) => b.weight - a.weight);
  if (heaviest === undefined || whole === 0) return t('say.nothingFinished');
  return t(`say.weight.${clock}`, {
    step: isolated(nameOf(heaviest.row)),
    share: share(heaviest.weight / whole),
  });
}
