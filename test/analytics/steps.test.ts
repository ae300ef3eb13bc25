import { expect } from 'chai';
import { type MeasurableStep, stepMeasures } from '../../src/analytics/steps.ts';
import type { WorkingTime } from '../../src/domain/legalTime/workingTime.ts';
import { openCalendar, openCalendarByTerritory } from '../../src/domain/legalTime/workingTime.ts';
import { aCalendar, aClosure, seeded } from '../domain/legalTime/aCalendar.ts';
import { slowWorkingTime } from '../domain/legalTime/slowWorkingTime.ts';

const calendar = aCalendar();
const workingTime = openCalendar(calendar);
const MONDAY = Date.parse('2026-11-23T09:00+01:00');
const HOUR = 3_600_000;

function aStep(changes: Partial<MeasurableStep> = {}): MeasurableStep {
  return {
    procedure: 'permit',
    version: 'v1',
    flowNode: 'CheckCompleteness',
    body: null,
    territory: '01.151.01.01',
    startedAt: MONDAY,
    endedAt: MONDAY + HOUR,
    ...changes,
  };
}

async function* stream<T>(items: Iterable<T>): AsyncGenerator<T> {
  yield* items;
}

describe('step measures', () => {
  it('separates waiting on the wall from office hours', async () => {
    // given: Monday 09:00 to Tuesday 09:00, and an hour of Monday
    const steps = [aStep({ endedAt: MONDAY + 24 * HOUR }), aStep()];
    // when
    const measures = await stepMeasures(stream(steps), workingTime);
    // then
    expect(measures).to.deep.equal([
      {
        flowNode: 'CheckCompleteness',
        finished: 2,
        open: 0,
        elapsed: {
          count: 2,
          min: 3600,
          max: 86_400,
          mean: 45_000,
          p25: 3600,
          median: 3600,
          p75: 86_400,
          p90: 86_400,
        },
        working: {
          count: 2,
          min: 3600,
          max: 28_800,
          mean: 16_200,
          p25: 3600,
          median: 3600,
          p75: 28_800,
          p90: 28_800,
        },
      },
    ]);
  });

  it('counts open steps without giving them a duration', async () => {
    const measures = await stepMeasures(stream([aStep({ endedAt: null })]), workingTime);
    expect(measures).to.deep.equal([
      { flowNode: 'CheckCompleteness', finished: 0, open: 1, elapsed: null, working: null },
    ]);
  });

  it('measures nothing when there is nothing', async () => {
    expect(await stepMeasures(stream([]), workingTime)).to.deep.equal([]);
  });

  it('tells apart by the dimensions asked for, in order', async () => {
    // given
    const steps = [
      aStep({ flowNode: 'SignDecision', territory: '01.151.01.01', body: 'b' }),
      aStep({ territory: '01.511.01.00', body: 'a' }),
      aStep({ territory: '01.151.03.03', body: 'a' }),
      aStep({ territory: '01.151.01.01', body: null, procedure: 'repair' }),
    ];
    const groups = async (by: NonNullable<Parameters<typeof stepMeasures>[2]>['by']) =>
      (await stepMeasures(stream(steps), workingTime, by ? { by } : {})).map(
        ({ elapsed, working, open, ...group }) => group,
      );
    // then
    expect(await groups(['province'])).to.deep.equal([
      { flowNode: 'CheckCompleteness', province: '01.151', finished: 2 },
      { flowNode: 'CheckCompleteness', province: '01.511', finished: 1 },
      { flowNode: 'SignDecision', province: '01.151', finished: 1 },
    ]);
    expect(await groups(['body', 'commune'])).to.deep.equal([
      { flowNode: 'CheckCompleteness', body: null, commune: '01.151.01.01', finished: 1 },
      { flowNode: 'CheckCompleteness', body: 'a', commune: '01.151.03.03', finished: 1 },
      { flowNode: 'CheckCompleteness', body: 'a', commune: '01.511.01.00', finished: 1 },
      { flowNode: 'SignDecision', body: 'b', commune: '01.151.01.01', finished: 1 },
    ]);
    expect(
      (await groups(['procedure'])).map(({ procedure, finished }) => [procedure, finished]),
    ).to.deep.equal([
      ['permit', 2],
      ['repair', 1],
      ['permit', 1],
    ]);
    expect(await groups(undefined)).to.have.length(2);
  });

  it('tells versions and local months apart', async () => {
    // given: one minute before and after midnight in Casablanca, where it is UTC+1
    const steps = [
      aStep({ version: null }),
      aStep({ version: 'v2', startedAt: Date.parse('2026-11-30T22:59Z'), endedAt: null }),
      aStep({ version: 'v2', startedAt: Date.parse('2026-11-30T23:01Z'), endedAt: null }),
    ];
    // when
    const measures = await stepMeasures(stream(steps), workingTime, { by: ['version', 'month'] });
    // then
    expect(
      measures.map(({ version, month, finished, open }) => [version, month, finished, open]),
    ).to.deep.equal([
      [null, '2026-11', 1, 0],
      ['v2', '2026-11', 0, 1],
      ['v2', '2026-12', 0, 1],
    ]);
  });

  it('uses the calendar of each commune when given one', async () => {
    // given
    const byTerritory = openCalendarByTerritory(aCalendar({ closures: [aClosure('01.151', '2026-11-23')] }));
    const steps = [aStep({ territory: '01.151.01.01' }), aStep({ territory: '01.511.01.00' })];
    // when
    const measures = await stepMeasures(stream(steps), byTerritory, { by: ['commune'] });
    // then
    expect(measures.map(({ working }) => working?.max)).to.deep.equal([0, 3600]);
  });

  it('gives exactly the figures of sorting everything and walking every day', async () => {
    // given: 20,000 steps, so that one node has more than are sorted at once
    const random = seeded(3);
    const slow = slowWorkingTime(calendar);
    const steps = Array.from({ length: 20_000 }, () => {
      const startedAt = Math.floor(Date.UTC(2026, 0, 5) + random() * 300 * 24 * HOUR);
      const endedAt = random() < 0.1 ? null : Math.floor(startedAt + random() ** 4 * 20 * 24 * HOUR);
      return aStep({ flowNode: random() < 0.8 ? 'Often' : 'Seldom', startedAt, endedAt });
    });
    // when
    const measures = await stepMeasures(stream(steps), workingTime);
    // then
    for (const { flowNode, open, elapsed, working } of measures) {
      const ended = steps.filter(
        (step) => step.flowNode === flowNode && step.endedAt !== null,
      ) as (MeasurableStep & { endedAt: number })[];
      const wall = ended.map((step) => Math.floor(step.endedAt / 1000) - Math.floor(step.startedAt / 1000));
      const office = ended.map((step) => slow.workingSeconds(step.startedAt, step.endedAt));
      expect(elapsed).to.deep.equal(bySorting(wall));
      expect(working).to.deep.equal(bySorting(office));
      expect(open + ended.length).to.equal(steps.filter((step) => step.flowNode === flowNode).length);
    }
    expect(measures.map(({ flowNode }) => flowNode)).to.deep.equal(['Often', 'Seldom']);
    expect(measures[0]?.finished).to.be.greaterThan(8_192);
  });

  it('gives way to other work at a million steps', async () => {
    // given
    const random = seeded(5);
    const startedAt = Float64Array.from({ length: 1_000_000 }, () =>
      Math.floor(Date.UTC(2026, 0, 5) + random() * 250 * 24 * HOUR),
    );
    const step = aStep();
    async function* million() {
      for (const start of startedAt) {
        step.startedAt = start;
        step.endedAt = start + ((start * 7) % (30 * 24 * HOUR));
        yield step;
      }
    }
    let longest = 0;
    let turns = 0;
    let last = performance.now();
    const pulse = setInterval(() => {
      const now = performance.now();
      longest = Math.max(longest, now - last);
      last = now;
      turns++;
    }, 1);
    // when
    const begin = performance.now();
    const [measure] = await stepMeasures(million(), workingTime);
    const took = performance.now() - begin;
    clearInterval(pulse);
    // then: the bound leaves room for a busy machine; a node held throughout would show one turn as long as the whole
    expect(measure?.finished).to.equal(1_000_000);
    expect(turns).to.be.greaterThan(took / 50);
    expect(longest).to.be.lessThan(took / 3);
  });

  it('refuses a step that ends before it starts, or an unknown dimension', async () => {
    const caught = async (promise: Promise<unknown>): Promise<unknown> =>
      promise.then(
        () => null,
        (error) => error,
      );
    const backwards = await caught(stepMeasures(stream([aStep({ endedAt: MONDAY - 1 })]), workingTime));
    expect(backwards).to.be.instanceOf(RangeError).with.property('message').that.includes('before it begins');
    const by = ['colour'] as unknown as ['body'];
    const unknown = await caught(stepMeasures(stream([aStep()]), {} as WorkingTime, { by }));
    expect(unknown).to.be.instanceOf(RangeError).with.property('message').that.includes('colour');
  });
});

/** The definition itself: the smallest value that at least p of all do not exceed. */
function bySorting(values: number[]) {
  const sorted = [...values].sort((a, b) => a - b);
  const percentile = (percent: number): number | undefined =>
    sorted.find((_, index) => (index + 1) * 100 >= percent * sorted.length);
  return {
    count: values.length,
    min: sorted[0],
    max: sorted.at(-1),
    mean: values.reduce((sum, value) => sum + value, 0) / values.length,
    p25: percentile(25),
    median: percentile(50),
    p75: percentile(75),
    p90: percentile(90),
  };
}
