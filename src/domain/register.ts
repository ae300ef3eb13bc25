import type { DomainEvent } from './events.ts';
import type { Json } from './json.ts';

/** The two registers of a registry office (bureau d'ordre, مكتب الضبط). */
export const REGISTER_DIRECTIONS = ['incoming', 'outgoing'] as const;
export type RegisterDirection = (typeof REGISTER_DIRECTIONS)[number];

/** What an entry tells came in or went out; a correction is an entry too. */
export const ENTRY_KINDS = [
  'application',
  'complement',
  'modifiedProject',
  'reservesAnswer',
  'opinion',
  'receipt',
  'filingRejection',
  'complementRequest',
  'convocation',
  'reservesNotice',
  'modificationLetter',
  'refusal',
  'paymentOrder',
  'licence',
  'copy',
  'closure',
  'correction',
] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

/** One line of a register. Once there it never changes: what was wrong is put right by another line. */
export interface RegisterEntry {
  id: string;
  commune: string;
  direction: RegisterDirection;
  /** Year in the commune's own time: numbers begin again with it. */
  year: number;
  /** 1, 2, 3 … without gaps for each commune, direction and year. */
  number: number;
  at: number;
  kind: EntryKind;
  dossier: string | null;
  /** Sequence number of the event it was made from; null for a correction. */
  event: number | null;
  /** The account that acted: a reference, never a name. */
  actor: string;
  /** The body it came from or went to; null where it is the applicant. */
  body: string | null;
  correction: Correction | null;
}

/** What a correcting line says of the line it corrects. */
export interface Correction {
  /** Identifier and number of the corrected entry, in the same register. */
  entry: string;
  number: number;
  /** What should be read instead. */
  text: string;
  reason: string;
}

/** A line that an event makes, before it has its number. */
export type NewEntry = Pick<RegisterEntry, 'direction' | 'kind' | 'body'>;

const incoming = (kind: EntryKind, body: string | null = null): NewEntry => ({
  direction: 'incoming',
  kind,
  body,
});
const outgoing = (kind: EntryKind, body: string | null = null): NewEntry => ({
  direction: 'outgoing',
  kind,
  body,
});

const ACTS: Record<string, EntryKind> = { refusal: 'refusal', modification: 'modificationLetter' };

/** The lines that an event makes in the registers of its commune, in order; most make none. */
export function entriesOf(event: Pick<DomainEvent, 'type' | 'body' | 'data'>): NewEntry[] {
  const { type, data } = event;
  switch (type) {
    case 'ApplicationSubmitted':
      return [incoming('application')];
    case 'ComplementAnswered':
      return [incoming('complement')];
    case 'ModifiedProjectSubmitted':
      return [incoming('modifiedProject')];
    case 'ReservesAnswered':
      return [incoming('reservesAnswer')];
    case 'OpinionGiven':
      return [incoming('opinion', event.body)];
    case 'DossierOpened':
      return [outgoing('receipt')];
    case 'FilingRejected':
      return [outgoing('filingRejection')];
    case 'ComplementRequested':
      return [outgoing('complementRequest')];
    case 'CommitteeConvened':
      return namesIn(data.members).map((body) => outgoing('convocation', body));
    case 'DecisionMade':
      return data.choice === 'liftReserves' ? [outgoing('reservesNotice')] : [];
    case 'DocumentSigned': {
      const kind = ACTS[String(data.kind)];
      return kind === undefined ? [] : [outgoing(kind)];
    }
    case 'TaxComputed':
      return typeof data.amount === 'number' && data.amount > 0 ? [outgoing('paymentOrder')] : [];
    case 'LicenceDelivered':
      return [outgoing('licence'), ...namesIn(data.copies).map((body) => outgoing('copy', body))];
    case 'DossierClosed':
      return [outgoing('closure')];
    default:
      return [];
  }
}

const namesIn = (value: Json | undefined): string[] => (Array.isArray(value) ? value.map(String) : []);

const YEAR = new Intl.DateTimeFormat('en', { timeZone: 'Africa/Casablanca', year: 'numeric' });

/** The year of a register that an instant belongs to, in Morocco's time. */
export function registerYear(at: number): number {
  return Number(YEAR.format(at));
}
