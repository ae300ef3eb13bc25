import type { Calendar } from '../../../src/domain/legalTime/calendar.ts';

/** A small calendar for tests; give what matters to the case. */
export function aCalendar(changes: Partial<Calendar> = {}): Calendar {
  return {
    id: 'test',
    version: '1',
    name: { ar: 'تجربة', fr: 'Essai' },
    zone: 'Africa/Casablanca',
    covers: { from: '2024-01-01', to: '2028-12-31' },
    weeklyRest: [6, 7],
    hours: [{ from: '08:30', to: '16:30' }],
    ramadanHours: [{ from: '09:00', to: '15:00' }],
    ramadan: [aRamadan('2026-02-19', '2026-03-19')],
    holidays: [aHoliday('2026-11-06'), aHoliday('2026-11-18')],
    closures: [],
    grounds: { weeklyRest: { source: 'test' }, hours: { source: 'test' }, ramadanHours: { source: 'test' } },
    ...changes,
  };
}

export function aRamadan(from: string, to: string): Calendar['ramadan'][number] {
  return { from, to, source: 'test', status: 'announced' };
}

export function aHoliday(date: string): Calendar['holidays'][number] {
  return {
    date,
    name: { ar: 'عطلة', fr: 'Jour férié', en: 'Holiday' },
    kind: 'fixed',
    source: 'test',
    status: 'official',
  };
}

export function aClosure(territory: string, date: string): Calendar['closures'][number] {
  return { territory, date, name: { ar: 'إغلاق', fr: 'Fermeture' }, source: 'test' };
}

/** A seeded generator of numbers in [0, 1). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
