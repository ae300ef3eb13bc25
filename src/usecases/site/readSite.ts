import type { LocalizedText } from '../../domain/json.ts';
import type { Role } from '../../domain/party.ts';
import type { Core } from '../dependencies.ts';
import { readOffice } from '../setup/office.ts';
import { TRAINEES, TRAINING_PASSWORD } from '../setup/trainees.ts';

/** What pages need to know of this server before anyone signs in. */
export interface Site {
  /** Business time, epoch milliseconds: on a demonstration clock, pages count from it too. */
  now: number;
  clock: 'real' | 'demo';
  /** Whether somebody has said what this office begins with; `opening` while its demonstration is being made. */
  setup: 'needed' | 'opening' | 'done';
  /** How far the demonstration has come while it is being made. */
  progress: { done: number; of: number } | null;
  /** The accounts of a demonstration, told to everyone; null for a real office. */
  demonstration: {
    accounts: { role: Role; name: LocalizedText; email: string; password: string }[];
  } | null;
}

/** Tells anyone what the pages of this server begin from; never anything about a person. */
export async function readSite(deps: Pick<Core, 'clock' | 'store'> & { demoClock: unknown }): Promise<Site> {
  const office = await readOffice(deps);
  const isDemonstration = office?.kind === 'demonstration';
  return {
    now: deps.clock.now(),
    clock: deps.demoClock === null ? 'real' : 'demo',
    setup: office === null ? 'needed' : office.state,
    progress: office?.state === 'opening' ? { done: office.done, of: office.of } : null,
    demonstration: isDemonstration
      ? {
          accounts: TRAINEES.map(({ role, name, email }) => ({
            role,
            name,
            email,
            password: TRAINING_PASSWORD,
          })),
        }
      : null,
  };
}
