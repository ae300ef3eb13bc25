import type { Core } from '../dependencies.ts';

/** What pages need to know of this server before anyone signs in. */
export interface Site {
  /** Business time, epoch milliseconds: on a demonstration clock, pages count from it too. */
  now: number;
  clock: 'real' | 'demo';
}

/** Tells anyone what the pages of this server begin from; never anything about a person. */
export async function readSite(deps: Pick<Core, 'clock'> & { demoClock: unknown }): Promise<Site> {
  return { now: deps.clock.now(), clock: deps.demoClock === null ? 'real' : 'demo' };
}
