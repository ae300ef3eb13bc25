import { isAllowed } from '../../domain/access.ts';
import type { Dossier } from '../../domain/dossier.ts';
import type { DomainEvent, EventType } from '../../domain/events.ts';
import type { Actor, PartyKind } from '../../domain/party.ts';
import type { Core } from '../dependencies.ts';

/** What has changed that one follower may see: no content, only where to look again. */
export interface Change {
  /** The last event it tells of. */
  seq: number;
  dossiers: { id: string; by: PartyKind; self: boolean }[];
  /** Somebody's tasks have come, gone or changed hands. */
  tasks: boolean;
  /** Messages may have come to the follower. */
  notifications: boolean;
}

/** Somebody who looks at a page. */
export interface Follower {
  actor: Actor;
  tell(change: Change): void;
  /** The stream ends: the person comes back with a new token, or the node stops. */
  end(): void;
}

/** What a follower holds. */
export interface Following {
  /** Where the log ended when the following began. */
  seq: number;
  /** Tells what happened between an event and that end; nothing when it was too much to say. */
  catchUp(after: number): Promise<void>;
  leave(): void;
}

/** Tells those who look at pages what has changed, whichever node wrote it. */
export interface Live {
  /** Where the log ends now: the last event that whatever is read from here on knows of. */
  position(): Promise<number>;
  /** Follows from now on. */
  follow(follower: Follower): Promise<Following>;
  /** Ends all streams; nobody follows any more. */
  stop(): void;
}

const TASKS: ReadonlySet<EventType> = new Set([
  'TaskCreated',
  'TaskClaimed',
  'TaskReleased',
  'TaskCompleted',
  'TaskCancelled',
]);
const MESSAGES: ReadonlySet<EventType> = new Set([
  'PartiesNotified',
  'MessagePosted',
  'AgencySilenceEscalated',
  'AgencyPrompted',
  'FilingRejected',
]);
/** Who may see what is read anew from these on. */
const RIGHTS: ReadonlySet<EventType> = new Set(['AccountChanged', 'DelegateNamed', 'DelegateRemoved']);

const BATCH = 500;
/** Pages that one person may leave open; the oldest gives way to a new one. */
const STREAMS_A_PERSON = 6;

/**
 * Follows the log of events: its numbers have no gaps and follow commits, so that looking beyond the last one seen misses
 * nothing, whoever wrote it. Nothing is asked while nobody looks.
 */
export function createLive(
  store: Core['store'],
  { everyMs = 1000, most = 2000, failed = (_error: unknown): void => undefined } = {},
): Live {
  const followers = new Set<Follower>();
  let toldUntil = 0;
  let timer: NodeJS.Timeout | null = null;
  let stopped = false;

  function later(): void {
    if (timer !== null || stopped || followers.size === 0) return;
    timer = setTimeout(() => {
      look()
        .catch(failed)
        .finally(() => {
          timer = null;
          later();
        });
    }, everyMs);
    timer.unref();
  }

  async function look(): Promise<void> {
    for (let full = true; full && followers.size > 0; ) {
      const events = await store.events.list({ after: toldUntil }, BATCH);
      full = events.length === BATCH;
      const last = events.at(-1);
      if (last === undefined) return;
      const dossiers = await dossiersOf(events);
      toldUntil = last.seq;
      for (const follower of [...followers]) tell(follower, events, dossiers, last.seq);
    }
  }

  async function dossiersOf(events: DomainEvent[]): Promise<Map<string, Dossier>> {
    const ids = [...new Set(events.flatMap(({ dossier }) => (dossier === null ? [] : [dossier])))];
    return new Map((await store.dossiers.some(ids)).map((one) => [one.id, one]));
  }

  async function catchUp(follower: Follower, after: number, until: number): Promise<void> {
    if (after >= until || until - after > BATCH) return;
    const events = (await store.events.list({ after }, BATCH)).filter(({ seq }) => seq <= until);
    tell(follower, events, await dossiersOf(events), until);
  }

  function tell(
    follower: Follower,
    events: DomainEvent[],
    dossiers: Map<string, Dossier>,
    seq: number,
  ): void {
    if (events.some(({ type, subject }) => RIGHTS.has(type) && subject === follower.actor.account)) {
      follower.end();
      return;
    }
    const seen = events.filter(({ dossier }) => {
      const found = dossier === null ? undefined : dossiers.get(dossier);
      return found !== undefined && isAllowed(follower.actor, 'dossier.read', found);
    });
    if (seen.length === 0) return;
    const by = new Map<string, { by: PartyKind; self: boolean }>();
    for (const { dossier, party, actor } of seen) {
      const known = by.get(dossier ?? '');
      const told = party === 'system' && known !== undefined ? known.by : party;
      by.set(dossier ?? '', { by: told, self: actor === follower.actor.account });
    }
    follower.tell({
      seq,
      dossiers: [...by].map(([id, who]) => ({ id, ...who })),
      tasks: seen.some(({ type }) => TASKS.has(type)),
      notifications: seen.some(({ type }) => MESSAGES.has(type)),
    });
  }

  return {
    position: async () => (await store.events.last()).seq,
    async follow(follower) {
      const { seq } = await store.events.last();
      if (stopped) {
        follower.end();
        return { seq, catchUp: async () => undefined, leave: () => undefined };
      }
      const own = [...followers].filter(({ actor }) => actor.account === follower.actor.account);
      const giving =
        own.length >= STREAMS_A_PERSON ? own[0] : followers.size >= most ? [...followers][0] : null;
      giving?.end();
      if (followers.size === 0) toldUntil = seq;
      followers.add(follower);
      later();
      return {
        seq,
        catchUp: (after) => catchUp(follower, after, seq),
        leave: () => void followers.delete(follower),
      };
    },
    stop() {
      stopped = true;
      if (timer !== null) clearTimeout(timer);
      for (const follower of [...followers]) follower.end();
      followers.clear();
    },
  };
}
