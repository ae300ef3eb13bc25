import { createHash, randomBytes } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Connection } from 'mongoose';
import type { DomainEvent, NewEvent } from '../domain/events.ts';
import { ulid } from '../domain/identifiers.ts';
import { anything, type Collection, defineCollection, type Filter, number, text } from './collection.ts';
import {
  type EventRecord,
  eventsOf,
  fromSingleEvent,
  type Sealed,
  type SingleEvent,
  toEventRecords,
} from './eventRecord.ts';
import { Mutex } from './mutex.ts';
import type { Store } from './store.ts';
import { type Finish, type OpenTransaction, Overtaken } from './transaction.ts';
import { inserting, type WriteTogether } from './writes.ts';

/** The last event of the log, from which the next one is chained. */
interface Head {
  seq: number;
  hash: string;
}

const GENESIS: Head = { seq: 0, hash: '0'.repeat(64) };

/** Declares where the event log is kept. */
export function eventCollection(connection: Connection): Collection<EventRecord> {
  return defineCollection<EventRecord>(
    connection,
    'events',
    {
      _id: text,
      seq: number,
      previousHash: text,
      at: number,
      dossier: text,
      party: text,
      actor: text,
      territory: text,
      clock: text,
      calendarVersion: text,
      events: anything,
    },
    // Each index costs every step something: those two that few events are looked up by hold no others.
    [
      [{ seq: 1 }, { unique: true }],
      [{ dossier: 1, seq: 1 }],
      [{ 'events.subject': 1, seq: 1 }, { partialFilterExpression: { dossier: null } }],
      [{ 'events.type': 1, seq: 1 }, { partialFilterExpression: { 'events.type': 'JobRequested' } }],
    ],
  );
}

/**
 * Ends transactions: sends what was left for their end, and commits. Their events are numbered and chained at that moment,
 * and other commits of this process with events wait until this one is done. The unique index on `seq` does the same
 * between nodes: whoever takes a number that another node has taken does the whole transaction again. So `seq` has no gaps
 * and follows the order of commits, and a reader that has seen `seq` n will never find something new before n. `follow`
 * writes in the same transaction what follows from the events, whoever appended them.
 */
export function createFinish(
  events: Collection<EventRecord>,
  writeTogether: WriteTogether,
  follow: (tx: OpenTransaction, appended: DomainEvent[]) => Promise<void> = async () => undefined,
): Finish {
  const turn = new Mutex();
  let known: Head | null = null;
  const overtaken = (cause?: unknown) => new Overtaken('events', { cause });

  return async (transactions, commit) => {
    const [tx] = transactions;
    if (tx === undefined) return;
    const writes = transactions.flatMap(({ last }) => last);
    const appended = transactions.flatMap((one) => one.events);
    if (appended.length === 0) {
      if (writes.length > 0) await writeTogether(tx, writes);
      return commit();
    }
    await turn.run(async () => {
      const before = known ?? (await lastEvent(events));
      // Whatever goes wrong from here on, what the log ends with must be read again.
      known = null;
      const sealed = chain(appended, before);
      const chained = sealed.map(({ event }) => event);
      await writeTogether(tx, [...writes, inserting(events, toEventRecords(sealed), overtaken)]);
      await follow(tx, chained);
      await commit();
      known = headOf(chained);
    });
  };
}

/** Reads the log in its order. */
export function createEvents(events: Collection<EventRecord>): Store['events'] {
  return {
    async list({ dossier, subject, types, after = 0 }, limit) {
      const where: Filter = {};
      if (dossier !== undefined) where.dossier = dossier;
      if (subject !== undefined) where['events.subject'] = subject;
      if (types !== undefined) where['events.type'] = { $in: types };
      const found: DomainEvent[] = [];
      for await (const records of eventRecords(events, where, after, Math.min(limit, BATCH))) {
        for (const event of records.flatMap(eventsOf)) {
          const isWanted =
            event.seq > after &&
            (subject === undefined || event.subject === subject) &&
            (types === undefined || types.includes(event.type));
          if (isWanted) found.push(event);
        }
        if (found.length >= limit) break;
      }
      return found.slice(0, limit);
    },

    last: () => lastEvent(events),
  };
}

/** Records read at a time. */
const BATCH = 200;

/** The records of events after a number, in the log's order and batch by batch; the first may begin before that number. */
export async function* eventRecords(
  events: Collection<EventRecord>,
  where: Filter,
  after: number,
  batch = BATCH,
): AsyncGenerator<EventRecord[]> {
  const begun =
    after > 0 ? await events.findOne({ ...where, seq: { $lte: after } }, undefined, { seq: -1 }) : null;
  if (begun !== null && (eventsOf(begun).at(-1)?.seq ?? 0) > after) yield [begun];
  for (let last = after; ; ) {
    const found = await events.find({ ...where, seq: { $gt: last } }, { sort: { seq: 1 }, limit: batch });
    if (found.length > 0) yield found;
    if (found.length < batch) return;
    last = found.at(-1)?.seq ?? last;
  }
}

/** Writes events that were kept one by one as they are kept today. */
export async function regroupEvents(events: Collection<EventRecord>): Promise<void> {
  for await (const records of eventRecords(events, {}, 0)) {
    const single = records.filter((record) => !('events' in record)) as unknown as SingleEvent[];
    if (single.length > 0) await events.replaceEach(single.map(fromSingleEvent));
  }
}

/** What is wrong with an event of the log; null when nothing is. */
export type ChainFault = 'missing' | 'brokenLink' | 'altered' | null;

/** Checks the hash chain event by event, from `from` (1 is the first) to the end; `missing` tells of a gap before it. */
export async function* verifyChain(
  events: Collection<EventRecord>,
  from = 1,
): AsyncGenerator<{ seq: number; id: string; fault: ChainFault }> {
  const start = from > 1 ? await eventBefore(events, from) : GENESIS;
  let previous: Head | null = start;
  let after = from - 1;
  for await (const records of eventRecords(events, {}, after)) {
    for (const event of records.flatMap(eventsOf)) {
      if (event.seq < from) continue;
      yield { seq: event.seq, id: event.id, fault: faultOf(event, previous, after) };
      previous = event;
      after = event.seq;
    }
  }
}

async function eventBefore(events: Collection<EventRecord>, seq: number): Promise<Head | null> {
  const record = await events.findOne({ seq: { $lt: seq } }, undefined, { seq: -1 });
  const event = record && eventsOf(record).find((one) => one.seq === seq - 1);
  return event ?? null;
}

function faultOf(event: DomainEvent, previous: Head | null, after: number): ChainFault {
  if (event.seq !== after + 1 || previous === null) return 'missing';
  if (event.previousHash !== previous.hash) return 'brokenLink';
  const { hash, ...hashed } = event;
  return sha256(canonical(hashed)) === hash ? null : 'altered';
}

function chain(events: NewEvent[], head: Head): Sealed[] {
  const sealed: Sealed[] = [];
  const chance = randomBytes(16 * events.length);
  let { seq, hash } = head;
  for (const [place, event] of events.entries()) {
    seq += 1;
    // Identifiers that grow keep what is written together together.
    const id = ulid(event.at, (bytes) => chance.subarray(16 * place, 16 * place + bytes));
    const unsealed = { ...event, id, seq, previousHash: hash };
    const text = canonical(unsealed);
    hash = sha256(text);
    sealed.push({ event: { ...unsealed, hash }, length: text.length });
  }
  return sealed;
}

/** The RFC 8785 canonical form of everything but the hash itself. */
function canonical(event: Omit<DomainEvent, 'hash'>): string {
  const text = canonicalize(event);
  if (text === undefined) throw new Error('an event has no canonical form');
  return text;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

async function lastEvent(events: Collection<EventRecord>): Promise<Head> {
  const [last] = await events.find({}, { sort: { seq: -1 }, limit: 1 });
  return last === undefined ? GENESIS : headOf(eventsOf(last));
}

function headOf(events: DomainEvent[]): Head {
  const { seq, hash } = events.at(-1) as DomainEvent;
  return { seq, hash };
}
