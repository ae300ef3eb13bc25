import { expect } from 'chai';
import { elapsedSeconds, workingSecondsOf } from '../../../src/domain/legalTime/intervals.ts';
import { openCalendar } from '../../../src/domain/legalTime/workingTime.ts';
import { aCalendar } from './aCalendar.ts';

describe('intervals', () => {
  const workingTime = openCalendar(aCalendar());
  const at = (time: string): number => Date.parse(`2026-11-23T${time}+01:00`);

  it('sums the stretches in which a clock ran', () => {
    // given: a clock stopped from 10:00 to 14:00
    const running = [
      { from: at('09:00'), to: at('10:00') },
      { from: at('14:00'), to: at('18:00') },
    ];
    // then
    expect(workingSecondsOf(workingTime, running)).to.equal(3.5 * 3600);
    expect(workingSecondsOf(workingTime, [])).to.equal(0);
  });

  it('equals the whole when the stretches adjoin', () => {
    const parts = [
      { from: at('09:00'), to: at('10:00') },
      { from: at('10:00'), to: at('18:00') },
    ];
    expect(workingSecondsOf(workingTime, parts)).to.equal(
      workingTime.workingSeconds(at('09:00'), at('18:00')),
    );
  });

  it('refuses to count time twice', () => {
    const overlapping = [
      { from: at('09:00'), to: at('11:00') },
      { from: at('10:00'), to: at('12:00') },
    ];
    expect(() => workingSecondsOf(workingTime, overlapping)).to.throw(
      RangeError,
      'begins before the one before it ends',
    );
  });

  it('counts elapsed time by whole seconds', () => {
    expect(elapsedSeconds(1999, 3001)).to.equal(2);
    expect(elapsedSeconds(5, 5)).to.equal(0);
    expect(() => elapsedSeconds(2, 1)).to.throw(RangeError);
    expect(() => elapsedSeconds(2, Number.NaN)).to.throw(RangeError);
  });
});
