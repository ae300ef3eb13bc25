import type { Calendar } from '../../../src/domain/legalTime/calendar.ts';

/**
 * Working seconds by walking the days one by one, with the zone read from Intl: slow, and sharing no code with what it checks.
 */
export function slowWorkingTime(calendar: Calendar, territory: string | null = null) {
  const clock = new Intl.DateTimeFormat('sv-SE', {
    timeZone: calendar.zone,
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  const wall = (instant: number): string => clock.format(instant);
  const openingsByDate = new Map<string, [number, number][]>();

  /** The instant that shows this wall time: tried with every offset of a quarter of an hour from -12 to +14 h. */
  function instantAt(date: string, time: string): number {
    const utc = Date.parse(`${date}T${time}:00Z`);
    for (const quarters of [4, 0, ...Array.from({ length: 105 }, (_, index) => index - 48)]) {
      const instant = utc - quarters * 900_000;
      if (wall(instant) === `${date} ${time}:00`) return instant;
    }
    throw new Error(`${date} ${time} does not exist in ${calendar.zone}`);
  }

  function openingsOf(date: string): [number, number][] {
    let openings = openingsByDate.get(date);
    if (!openings) {
      const weekday = new Date(`${date}T12:00:00Z`).getUTCDay() || 7;
      const closed =
        calendar.weeklyRest.includes(weekday) ||
        calendar.holidays.some((holiday) => holiday.date === date) ||
        calendar.closures.some(
          (closure) =>
            closure.date === date &&
            (closure.territory === '*' ||
              (territory !== null && `${territory}.`.startsWith(`${closure.territory}.`))),
        );
      const fasting = calendar.ramadan.some(({ from, to }) => from <= date && date <= to);
      const hours = closed ? [] : fasting ? calendar.ramadanHours : calendar.hours;
      openings = hours.map(({ from, to }) => [
        instantAt(date, from),
        to === '24:00' ? instantAt(dayAfter(date), '00:00') : instantAt(date, to),
      ]);
      openingsByDate.set(date, openings);
    }
    return openings;
  }

  return {
    openingsOf,
    workingSeconds(from: number, to: number): number {
      let sum = 0;
      const last = wall(to).slice(0, 10);
      for (let date = wall(from).slice(0, 10); date <= last; date = dayAfter(date)) {
        for (const [opens, closes] of openingsOf(date)) {
          // Whole seconds, so that the two agree to the second on instants between seconds.
          const begin = Math.max(Math.floor(from / 1000), opens / 1000);
          const end = Math.min(Math.floor(to / 1000), closes / 1000);
          sum += Math.max(0, end - begin);
        }
      }
      return sum;
    },
  };
}

export function dayAfter(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}
