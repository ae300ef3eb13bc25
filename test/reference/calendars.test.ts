import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { type Calendar, CalendarError } from '../../src/domain/legalTime/calendar.ts';
import { loadCalendar } from '../../src/procedures/calendars.ts';

const SHIPPED = 'reference/calendars';

describe('the calendar of the administrations', () => {
  let calendar: Calendar;
  before(async () => {
    calendar = await loadCalendar(SHIPPED, 'ma-administration');
  });

  const fixed = ['01-01', '01-11', '01-14', '05-01', '07-30', '08-14', '08-20', '08-21', '11-06', '11-18'];
  const moving: Record<number, string[]> = {
    2024: ['04-10', '04-11', '06-17', '06-18', '07-08', '09-16', '09-17'],
    2025: ['03-31', '04-01', '06-07', '06-08', '06-27', '09-05', '09-06'],
    2026: ['03-20', '03-21', '05-27', '05-28', '06-16', '08-25', '08-26'],
    2027: ['03-09', '03-10', '05-16', '05-17', '06-06', '08-14', '08-15'],
    2028: ['02-26', '02-27', '05-05', '05-06', '05-25', '08-03', '08-04'],
  };
  for (const [year, days] of Object.entries(moving)) {
    it(`has the holidays of ${year}`, () => {
      const ofYear = calendar.holidays.filter(({ date }) => date.startsWith(year));
      const datesOf = (kind: string) =>
        ofYear.filter((holiday) => holiday.kind === kind).map(({ date }) => date.slice(5));
      expect(datesOf('moving')).to.deep.equal(days);
      expect(datesOf('fixed')).to.deep.equal(Number(year) < 2026 ? fixed : [...fixed, '10-31'].sort());
    });
  }

  it('marks what is not sure', () => {
    for (const { date, kind, status, doubt } of calendar.holidays) {
      const expected = kind === 'fixed' ? 'official' : date < '2026' ? 'announced' : 'tentative';
      expect(status, date).to.equal(expected);
      if (kind === 'moving' || date.endsWith('10-31')) expect(doubt, date).to.include('CHECK');
    }
    expect(calendar.grounds.ramadanHours.doubt).to.include('INF');
  });

  it('knows the Amazigh new year since 2024 only', () => {
    expect(
      calendar.holidays.filter(({ date }) => date.endsWith('-01-14')).map(({ date }) => date)[0],
    ).to.equal('2024-01-14');
  });

  it('ends every Ramadan on the eve of Aïd al-Fitr', () => {
    const feasts = calendar.holidays
      .filter(({ name }) => name.en === 'Eid al-Fitr (first day)')
      .map(({ date }) => date);
    const dayAfterRamadan = calendar.ramadan.map(({ to }) =>
      new Date(Date.parse(to) + 86_400_000).toISOString().slice(0, 10),
    );
    expect(dayAfterRamadan).to.deep.equal(feasts);
    expect(feasts).to.have.length(5);
  });
});

describe('loadCalendar', () => {
  let dir: string;
  let shipped: Record<string, unknown>;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'calendars-'));
    shipped = JSON.parse(await readFile(join(SHIPPED, 'ma-administration.json'), 'utf8'));
  });
  afterEach(() => rm(dir, { recursive: true }));

  const refusal = async (id = 'ma-administration'): Promise<Error> =>
    loadCalendar(dir, id).then(
      () => new Error('was accepted'),
      (error) => error,
    );
  const write = (changes: object) =>
    writeFile(join(dir, 'ma-administration.json'), JSON.stringify({ ...shipped, ...changes }));
  const holiday = {
    name: { ar: 'عطلة', fr: 'Fête', en: 'Feast' },
    kind: 'fixed',
    source: 'x',
    status: 'official',
  };

  it('spreads a yearly holiday over the years in which it is one', async () => {
    await write({ holidays: [{ ...holiday, day: '03-03', since: 2020, until: 2022 }] });
    const { holidays } = await loadCalendar(dir, 'ma-administration');
    expect(holidays.map(({ date }) => date)).to.deep.equal(['2020-03-03', '2021-03-03', '2022-03-03']);
    expect(holidays[0]).to.deep.equal({ ...holiday, date: '2020-03-03' });
  });

  const faults: [string, object, string][] = [
    ['an unknown field', { colour: 'red' }, 'must NOT have additional properties'],
    ['a holiday without a date', { holidays: [holiday] }, 'must match exactly one schema'],
    [
      'a holiday with a date and a day',
      { holidays: [{ ...holiday, date: '2026-01-01', day: '01-01', since: 2026 }] },
      'exactly one schema',
    ],
    [
      'a day that does not exist',
      { holidays: [{ ...holiday, date: '2026-02-30' }] },
      '"2026-02-30" is not a date',
    ],
    [
      'a yearly 29 February',
      { holidays: [{ ...holiday, day: '02-29', since: 2024 }] },
      '"2025-02-29" is not a date',
    ],
    [
      'an unknown status',
      { holidays: [{ ...holiday, date: '2026-01-01', status: 'maybe' }] },
      'must be equal to one of',
    ],
    ['an unknown zone', { zone: 'Africa/Tangier' }, 'not a known time zone'],
    ['another calendar under the name', { id: 'other' }, 'calls itself "other"'],
  ];
  for (const [what, changes, message] of faults) {
    it(`refuses ${what}`, async () => {
      await write(changes);
      const error = await refusal();
      expect(error).to.be.instanceOf(CalendarError);
      expect(error.message).to.include(message);
    });
  }

  it('refuses a missing or broken file, and a name that is a path', async () => {
    expect((await refusal()).message).to.include('cannot be read');
    await writeFile(join(dir, 'ma-administration.json'), '{');
    expect(await refusal()).to.be.instanceOf(CalendarError);
    expect((await refusal('../ma-administration')).message).to.include('is not the name of a calendar');
  });
});
