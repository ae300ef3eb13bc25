import type { Clock, NewId } from '../domain/clock.ts';
import type { Language } from '../domain/json.ts';
import type { Actor } from '../domain/party.ts';
import type { ProcessEngine } from '../engine/port.ts';
import type { Store, Tx } from '../store/store.ts';

/** Who asks, in which language, and under which Idempotency-Key. */
export interface RequestContext {
  actor: Actor;
  language: Language;
  idempotency: { id: string; fingerprint: string } | null;
  requestId: string;
}

/** What every use case may need; `main.ts` gives it once. */
export interface Core {
  store: Store;
  engine: ProcessEngine<Tx>;
  clock: Clock;
  /** Real time, for tokens, leases and secrets. */
  realNow: () => number;
  newId: NewId;
}
