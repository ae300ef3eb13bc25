import type { Clock } from '../../domain/clock.ts';
import type { Store } from '../../store/store.ts';
import type { DemoClock } from './moveClock.ts';

/** Thrown when a store created with one kind of clock is opened with the other. */
export class ClockMismatch extends Error {
  constructor(created: unknown, wanted: string) {
    super(`This store was created with CLOCK=${String(created)} and cannot be opened with CLOCK=${wanted}`);
    this.name = 'ClockMismatch';
  }
}

/**
 * Opens the clock a store was created with. A demonstration clock stands still, so that one advance has one instant,
 * until an operator moves it.
 * @throws ClockMismatch
 */
export async function openClock(
  store: { settings: Pick<Store['settings'], 'once' | 'get' | 'set'> },
  kind: 'real' | 'demo',
  startAt: number,
): Promise<{ clock: Clock; demoClock: DemoClock | null }> {
  const kept = await store.settings.once('clock', { kind, now: kind === 'demo' ? startAt : null });
  if (kept.kind !== kind) throw new ClockMismatch(kept.kind, kind);
  if (kind === 'real') return { clock: { now: () => Date.now() }, demoClock: null };
  let now = Number(kept.now);
  const demoClock: DemoClock = {
    now: () => now,
    async follow() {
      const { now: moved } = (await store.settings.get('clock')) ?? {};
      now = Math.max(now, Number(moved));
    },
    async set(instant) {
      await store.settings.set('clock', { kind, now: instant });
      now = instant;
    },
  };
  return { clock: demoClock, demoClock };
}
