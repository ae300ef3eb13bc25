import { expect } from 'chai';
import { addDuration, isoTimerDue, parseCycle, parseDate } from '../../src/time/iso.ts';

const at = (text: string) => Date.parse(text);

describe('ISO 8601 times', () => {
  for (const [from, duration, to] of [
    ['2026-01-31T00:00:00Z', 'P1M', '2026-02-28T00:00:00Z'],
    ['2024-01-31T12:00:00Z', 'P1M', '2024-02-29T12:00:00Z'],
    ['2024-02-29T00:00:00Z', 'P1Y', '2025-02-28T00:00:00Z'],
    ['2026-12-15T00:00:00Z', 'P2M', '2027-02-15T00:00:00Z'],
    ['2026-01-01T00:00:00Z', 'P2W', '2026-01-15T00:00:00Z'],
    ['2026-01-01T00:00:00Z', 'P1DT1H1M1.5S', '2026-01-02T01:01:01.500Z'],
    ['2026-01-01T00:00:00Z', 'PT36H', '2026-01-02T12:00:00Z'],
    ['2026-01-01T00:00:00Z', 'PT0S', '2026-01-01T00:00:00Z'],
  ] as const) {
    it(`${from} and ${duration} is ${to}`, () => {
      expect(addDuration(at(from), duration)).to.equal(at(to));
    });
  }

  for (const text of [
    '',
    'P',
    'PT',
    'P1',
    '1D',
    '-P1D',
    'P-1D',
    'P1H',
    'PT1D',
    'P1.5D',
    'p1d',
    'P1D ',
    'P999999999Y',
  ]) {
    it(`"${text}" is no duration`, () => {
      expect(() => addDuration(0, text))
        .to.throw()
        .with.property('code', 'TIMER_INVALID');
    });
  }

  for (const [text, value] of [
    ['2026-03-01', '2026-03-01T00:00:00Z'],
    ['2026-03-01T08:00', '2026-03-01T08:00:00Z'],
    ['2026-03-01T08:00:00.250Z', '2026-03-01T08:00:00.250Z'],
    ['2026-03-01T08:00:00+01:00', '2026-03-01T07:00:00Z'],
  ] as const) {
    it(`"${text}" is ${value}`, () => {
      expect(parseDate(text)).to.equal(at(value));
    });
  }

  for (const text of [
    '',
    'tomorrow',
    '2026-02-30',
    '2026-13-01',
    '01/02/2026',
    '2026-03-01 08:00',
    '2026-03-01T25:00',
    '2026',
  ]) {
    it(`"${text}" is no date`, () => {
      expect(() => parseDate(text))
        .to.throw()
        .with.property('code', 'TIMER_INVALID');
    });
  }

  for (const [text, cycle] of [
    ['R3/PT1H', { start: null, times: 3, every: 'PT1H' }],
    ['R/P1D', { start: null, times: -1, every: 'P1D' }],
    ['R2/2026-01-01T00:00:00Z/P1M', { start: '2026-01-01T00:00:00Z', times: 2, every: 'P1M' }],
  ] as const) {
    it(`"${text}" repeats`, () => {
      expect(parseCycle(text)).to.deep.equal(cycle);
    });
  }

  for (const text of [
    'PT1H',
    'R0/PT1H',
    'R-1/PT1H',
    'R3',
    'R3/',
    'R/PT0S',
    'R3/x/PT1H',
    '0 0 * * *',
    'R3/2026-01-01/P1D/x',
  ]) {
    it(`"${text}" is no cycle`, () => {
      expect(() => parseCycle(text))
        .to.throw()
        .with.property('code', 'TIMER_INVALID');
    });
  }

  it('a timer is due by its kind', () => {
    const due = (kind: 'date' | 'duration' | 'cycle', value: string) =>
      isoTimerDue({ flowNode: 't', kind, value, attributes: {} }, 1_000);
    expect(due('duration', 'PT1S')).to.equal(2_000);
    expect(due('date', '1970-01-02')).to.equal(86_400_000);
    expect(due('cycle', 'R/PT2S')).to.equal(3_000);
    expect(due('cycle', 'R/1970-01-02/PT2S')).to.equal(86_400_000);
  });
});
