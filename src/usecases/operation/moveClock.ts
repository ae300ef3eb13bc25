import { authorize } from '../../domain/access.ts';
import type { Clock } from '../../domain/clock.ts';
import { DomainError } from '../../domain/errors.ts';
import { LAST_YEAR } from '../../domain/legalTime/calendar.ts';
import type { Dependencies, RequestContext } from '../dependencies.ts';

/** A clock for try-out and training: it stands still until an operator moves it; its instant is kept in the store. */
export interface DemoClock extends Clock {
  set(instant: number): Promise<void>;
  /** Goes to where an operator has moved it on another node of the same store. */
  follow(): Promise<void>;
}

export interface ClockState {
  now: number;
  kind: 'real' | 'demo';
}

interface ClockDependencies extends Dependencies {
  demoClock: DemoClock | null;
  nextTimerAt(): Promise<number | null>;
}

/** Half a minute in all. */
const IDLE_MS = 50;
const MOST_IDLE_TURNS = 600;

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
  await demoClock.follow();
  if (input.to < demoClock.now()) {
    throw new DomainError('CLOCK_BACKWARDS', { now: demoClock.now(), given: input.to });
  }
  const last = Date.UTC(LAST_YEAR, 11, 31);
  if (input.to >= last) {
    const params = { limit: new Date(last).toISOString() };
    throw new DomainError('INVALID_INPUT', { errors: [{ field: '/to', rule: 'maximum', params }] });
  }
  await engine.settle();
  let idle = 0;
  for (let due = await deps.nextTimerAt(); due !== null && due <= input.to; due = await deps.nextTimerAt()) {
    if (due > demoClock.now()) await demoClock.set(due);
    idle = (await engine.settle()) === 0 ? idle + 1 : 0;
    if (idle === 0) continue;
    // A timer that another step of this node holds is gone, or free again, very soon; one that never is, is a fault.
    if (idle > MOST_IDLE_TURNS)
      throw new DomainError('INSTANCE_BUSY', { dueAt: new Date(due).toISOString() });
    await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
  }
  await demoClock.set(input.to);
  await engine.settle();
  return readClock(deps);
}
