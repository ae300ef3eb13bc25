import { createHash, randomBytes } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Connection } from 'mongoose';
import type { DomainEvent, NewEvent } from '../domain/events.ts';
import { ulid } from '../domain/identifiers.ts';
import {
  anything,
  type Collection,
  defineCollection,
  type Filter,
  fromRecord,
  number,
  type Stored,
  text,
  toRecord,
} from './collection.ts';
import { Mutex } from './mutex.ts';
import type { Store } from './store.ts';
import { type Finish, type OpenTransaction, Overtaken } from './transaction.ts';
import { inserting, type WriteTogether } from './writes.ts';

export type EventRecord = Stored<DomainEvent>;

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
      type: text,
      at: number,
      dossier: text,
      flowNode: text,
      subject: text,
      party: text,
      actor: text,
      body: text,
      territory: text,
      clock: text,
      cause: text,
      article: text,
      calendarVersion: text,
      data: anything,
      previousHash: text,
      hash: text,
    },
    // Each index costs every step something: those two that few events are looked up by hold no others.
    [
      [{ seq: 1 }, { unique: true }],
      [{ dossier: 1, seq: 1 }],
      [{ subject: 1, seq: 1 }, { partialFilterExpression: { dossier: null } }],
      [{ type: 1, seq: 1 }, { partialFilterExpression: { type: 'JobRequested' } }],
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
      const chained = chain(appended, before);
      await writeTogether(tx, [...writes, inserting(events, chained.map(toRecord), overtaken)]);
      await follow(tx, chained);
      await commit();
      const { seq, hash } = chained.at(-1) as DomainEvent;
      known = { seq, hash };
    });
  };
}

/** Reads the log in its order. */
export function createEvents(events: Collection<EventRecord>): Store['events'] {
  return {
    async list({ dossier, subject, types, after }, limit) {
      const filter: Filter = { seq: { $gt: after ?? 0 } };
      if (dossier !== undefined) filter.dossier = dossier;
      if (subject !== undefined) filter.subject = subject;
      if (types !== undefined) filter.type = { $in: types };
      const records = await events.find(filter, { sort: { seq: 1 }, limit });
      return records.map(toEvent);
    },

    last: () => lastEvent(events),
  };
}

/** What is wrong with an event of the log; null when nothing is. */
export type ChainFault = 'missing' | 'brokenLink' | 'altered' | null;

/** Checks the hash chain event by event, from `from` (1 is the first) to the end; `missing` tells of a gap before it. */
export async function* verifyChain(
  events: Collection<EventRecord>,
  from = 1,
): AsyncGenerator<{ seq: number; id: string; fault: ChainFault }> {
  const start = from > 1 ? await events.findOne({ seq: from - 1 }) : null;
  let previous: Head | null = from > 1 ? start : GENESIS;
  for (let after = from - 1; ; ) {
    const batch = await events.find({ seq: { $gt: after } }, { sort: { seq: 1 }, limit: 500 });
    if (batch.length === 0) return;
    for (const event of batch.map(toEvent)) {
      yield { seq: event.seq, id: event.id, fault: faultOf(event, previous, after) };
      previous = event;
      after = event.seq;
    }
  }
}

function faultOf(event: DomainEvent, previous: Head | null, after: number): ChainFault {
  if (event.seq !== after + 1 || previous === null) return 'missing';
  if (event.previousHash !== previous.hash) return 'brokenLink';
  const { hash, ...hashed } = event;
  return hashOf(hashed) === hash ? null : 'altered';
}

function chain(events: NewEvent[], head: Head): DomainEvent[] {
  const chained: DomainEvent[] = [];
  const chance = randomBytes(16 * events.length);
  let { seq, hash } = head;
  for (const [place, event] of events.entries()) {
    seq += 1;
    // Identifiers that grow keep what is written together together.
    const id = ulid(event.at, (bytes) => chance.subarray(16 * place, 16 * place + bytes));
    const unsealed = { ...event, id, seq, previousHash: hash };
    hash = hashOf(unsealed);
    chained.push({ ...unsealed, hash });
  }
  return chained;
}

/** SHA-256 over the RFC 8785 canonical form of everything but the hash itself. */
function hashOf(event: Omit<DomainEvent, 'hash'>): string {
  const text = canonicalize(event);
  if (text === undefined) throw new Error('an event has no canonical form');
  return createHash('sha256').update(text).digest('hex');
}

async function lastEvent(events: Collection<EventRecord>): Promise<Head> {
  const [last] = await events.find({}, { sort: { seq: -1 }, limit: 1 });
  return last === undefined ? GENESIS : { seq: last.seq, hash: last.hash };
}

/** Records of before had a field to be looked up by. */
function toEvent(record: EventRecord): DomainEvent {
  return fromRecord<DomainEvent>(record, ['territoryPath']);
}
