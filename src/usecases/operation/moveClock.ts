import { authorize } from '../../domain/access.ts';
import type { Clock } from '../../domain/clock.ts';
import { DomainError } from '../../domain/errors.ts';
import { LAST_YEAR } from '../../domain/legalTime/calendar.ts';
import type { Dependencies, RequestContext } from '../dependencies.ts';

/** A clock for try-out and training: it stands still until an operator moves it; its instant is kept in the store. */
export interface DemoClock extends Clock {
  set(instant: number): Promise<void>;
}

export interface ClockState {
  now: number;
  kind: 'real' | 'demo';
}

interface ClockDependencies extends Dependencies {
  demoClock: DemoClock | null;
  nextTimerAt(): Promise<number | null>;
}

/** Business time, and whether it is the real one. */
export const readClock = async (deps: ClockDependencies): Promise<ClockState> => ({
  now: deps.clock.now(),
  kind: deps.demoClock === null ? 'real' : 'demo',
});

/**
 * Moves business time on. Every timer on the way fires at its own instant, as it would have in life; moving to an
 * instant again does nothing, so that the request may be repeated.
 * @throws DomainError CLOCK_IS_REAL, CLOCK_BACKWARDS
 */
export async function moveClock(
  deps: ClockDependencies,
  context: RequestContext,
  input: { to: number },
): Promise<ClockState> {
  authorize(context.actor, 'clock.move', null);
  const { demoClock, engine } = deps;
  if (demoClock === null) throw new DomainError('CLOCK_IS_REAL');
  if (input.to < demoClock.now()) {
    throw new DomainError('CLOCK_BACKWARDS', { now: demoClock.now(), given: input.to });
  }
  const last = Date.UTC(LAST_YEAR, 11, 31);
  if (input.to >= last) {
    const params = { limit: new Date(last).toISOString() };
    throw new DomainError('INVALID_INPUT', { errors: [{ field: '/to', rule: 'maximum', params }] });
  }
  await engine.settle();
  for (let due = await deps.nextTimerAt(); due !== null && due <= input.to; due = await deps.nextTimerAt()) {
    if (due > demoClock.now()) await demoClock.set(due);
    // A timer that another step of this node holds is gone, or free again, very soon.
    if ((await engine.settle()) === 0) await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await demoClock.set(input.to);
  await engine.settle();
  return readClock(deps);
}
