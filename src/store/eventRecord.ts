import type { DomainEvent } from '../domain/events.ts';
import { fromRecord, type Stored } from './collection.ts';

/** What the events of one record have in common: they are what one party did to one dossier at one moment. */
const SHARED = [
  'at',
  'dossier',
  'party',
  'actor',
  'territory',
  'clock',
  'calendarVersion',
] as const satisfies (keyof DomainEvent)[];
type Shared = Pick<DomainEvent, (typeof SHARED)[number]>;

/** What an event says for itself; what it says nothing of is left out. */
const OWN = {
  type: null,
  flowNode: null,
  subject: null,
  body: null,
  cause: null,
  article: null,
  data: null,
  hash: null,
} as const;
type Own = { id: string } & Partial<Pick<DomainEvent, keyof typeof OWN>>;

/**
 * Events in a row that one step told, as they are kept: numbered from `seq` on, each chained to the one before it, the first
 * to `previousHash`. A step tells of several things at once; kept one by one, each would cost it a record and its indexes.
 */
export interface EventRecord extends Shared {
  /** The first event's identifier. */
  _id: string;
  seq: number;
  previousHash: string;
  events: Own[];
}

/** An event as it was kept before events had records in common. */
export type SingleEvent = Stored<DomainEvent>;

/** More would make whoever looks for one event read too many. */
const MOST = 20;
/** Characters of canonical form, which keep a record far from the 16 MB that a document may have. */
const LARGEST = 1_000_000;

/** An event with the length of its canonical form, in characters. */
export interface Sealed {
  event: DomainEvent;
  length: number;
}

/** The records of events that follow each other in the log. */
export function toEventRecords(sealed: Sealed[]): EventRecord[] {
  const records: EventRecord[] = [];
  let last: EventRecord | undefined;
  let length = 0;
  for (const { event, length: added } of sealed) {
    const begun = last;
    const fits =
      begun !== undefined &&
      begun.events.length < MOST &&
      length + added <= LARGEST &&
      SHARED.every((name) => begun[name] === event[name]);
    if (begun !== undefined && fits) {
      begun.events.push(ownOf(event));
      length += added;
    } else {
      last = recordOf(event);
      records.push(last);
      length = added;
    }
  }
  return records;
}

function recordOf(event: DomainEvent): EventRecord {
  const { at, dossier, party, actor, territory, clock, calendarVersion, seq, previousHash, id } = event;
  const shared: Shared = { at, dossier, party, actor, territory, clock, calendarVersion };
  return { _id: id, seq, previousHash, ...shared, events: [ownOf(event)] };
}

function ownOf(event: DomainEvent): Own {
  const own: Record<string, unknown> = { id: event.id };
  for (const name of Object.keys(OWN) as (keyof typeof OWN)[])
    if (event[name] !== null) own[name] = event[name];
  return own as Own;
}

/** The events of a record, in their order. */
export function eventsOf(record: EventRecord | SingleEvent): DomainEvent[] {
  if (!('events' in record)) return [toEvent(record)];
  const { _id, events, seq, previousHash, ...shared } = record;
  let previous = previousHash;
  return events.map((own, place) => {
    const event = { ...shared, ...OWN, ...own, seq: seq + place, previousHash: previous } as DomainEvent;
    previous = event.hash;
    return event;
  });
}

/** The record of an event that was kept by itself. */
export function fromSingleEvent(record: SingleEvent): EventRecord {
  return recordOf(toEvent(record));
}

/** Records of before had a field to be looked up by. */
function toEvent(record: SingleEvent): DomainEvent {
  return fromRecord<DomainEvent>(record, ['territoryPath']);
}
