import { expect } from 'chai';
import { type LastingStep, longestOccurrences } from '../../src/analytics/occurrences.ts';
import { occurrencesCsv } from '../../src/analytics/occurrencesCsv.ts';
import { openCalendar } from '../../src/domain/legalTime/workingTime.ts';
import { aCalendar, seeded } from '../domain/legalTime/aCalendar.ts';

const HOUR = 3_600_000;
const MONDAY = Date.parse('2026-11-23T09:00+01:00');
const calendar = openCalendar(aCalendar());
const workingTime = () => calendar;

function aStep(changes: Partial<LastingStep> = {}): LastingStep {
  return { id: 'a', territory: '01.151.01.01', startedAt: MONDAY, endedAt: MONDAY + HOUR, ...changes };
}

async function* stream<T>(items: Iterable<T>): AsyncGenerator<T> {
  yield* items;
}

const first = { state: 'finished', limit: 10, after: null, now: MONDAY + 48 * HOUR } as const;

describe('the occurrences behind a figure', () => {
  it('come longest first by the clock asked for, open ones apart', async () => {
    // given: a long night, a working hour, and one that is still open
    const steps = [
      aStep({ id: 'day' }),
      aStep({ id: 'night', startedAt: MONDAY + 9 * HOUR, endedAt: MONDAY + 20 * HOUR }),
      aStep({ id: 'open', endedAt: null }),
    ];
    const ids = async (options: Partial<Parameters<typeof longestOccurrences>[2]>) =>
      (
        await longestOccurrences(stream(steps), workingTime, { ...first, clock: 'elapsed', ...options })
      ).items.map(({ id, elapsedSeconds }) => [id, elapsedSeconds]);
    // then
    expect(await ids({})).to.deep.equal([
      ['night', 11 * 3600],
      ['day', 3600],
    ]);
    expect(await ids({ clock: 'working' })).to.deep.equal([
      ['day', 3600],
      ['night', 11 * 3600],
    ]);
    expect(await ids({ state: 'open' })).to.deep.equal([['open', 48 * 3600]]);
  });

  it('give, page by page, each one exactly once and in the order of sorting everything', async () => {
    // given: many of the same length
    const random = seeded(11);
    const steps = Array.from({ length: 3000 }, (_, at) =>
      aStep({
        id: `s${at}`,
        startedAt: MONDAY + Math.floor(random() * 30) * 24 * HOUR,
        endedAt: random() < 0.1 ? null : MONDAY + (30 + Math.floor(random() * 5)) * 24 * HOUR,
      }),
    );
    const sorted = steps
      .filter((step): step is LastingStep & { endedAt: number } => step.endedAt !== null)
      .sort((a, b) => b.endedAt - b.startedAt - (a.endedAt - a.startedAt) || (a.id < b.id ? -1 : 1))
      .map(({ id }) => id);
    // when
    const paged: string[] = [];
    let after: { value: number; id: string } | null = null;
    for (let more = true; more; ) {
      const page: Awaited<ReturnType<typeof longestOccurrences>> = await longestOccurrences(
        stream(steps),
        workingTime,
        {
          ...first,
          clock: 'elapsed',
          limit: 97,
          after,
        },
      );
      paged.push(...page.items.map(({ id }) => id));
      const last = page.items.at(-1);
      after = last === undefined ? null : { value: last.elapsedSeconds, id: last.id };
      more = page.hasMore;
    }
    // then
    expect(paged).to.deep.equal(sorted);
  });

  it('gives way to other work', async () => {
    // given
    async function* many() {
      const step = aStep();
      for (let at = 0; at < 300_000; at++) {
        yield { ...step, id: String(at), endedAt: MONDAY + ((at * 7919) % 1_000_000) * 1000 };
      }
    }
    let turns = 0;
    const pulse = setInterval(() => turns++, 1);
    // when
    const begin = performance.now();
    const { items, hasMore } = await longestOccurrences(many(), workingTime, { ...first, clock: 'elapsed' });
    const took = performance.now() - begin;
    clearInterval(pulse);
    // then
    expect(items).to.have.length(10);
    expect(hasMore).to.equal(true);
    expect(turns).to.be.greaterThan(took / 50);
  });

  it('become a table that no spreadsheet runs', () => {
    const csv = occurrencesCsv([
      {
        dossierNumber: '=1+1',
        procedure: 'permit',
        version: null,
        flowNode: 'Decide',
        body: null,
        territory: '01.151.01.01',
        startedAt: MONDAY,
        endedAt: null,
        outcome: 'running',
        elapsedSeconds: 5,
        workingSeconds: 4,
      },
    ]);
    expect(csv.split('\r\n').slice(0, 2)).to.deep.equal([
      '\ufeffdossierNumber,procedure,version,flowNode,body,territory,startedAt,endedAt,outcome,elapsedSeconds,workingSeconds',
      "'=1+1,permit,,Decide,,01.151.01.01,2026-11-23T08:00:00.000Z,,running,5,4",
    ]);
  });
});
