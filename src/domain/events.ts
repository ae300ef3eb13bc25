import type { JsonObject } from './json.ts';
import type { PartyKind } from './party.ts';

/** Every type of event, in the past participle. History is only ever appended. */
export const EVENT_TYPES = [
  // accounts and setting up
  'AccountRegistered',
  'AccountOpened',
  'AccountActivated',
  'AccountChanged',
  'DelegateNamed',
  'DelegateRemoved',
  'OfficeSetUp',
  'BodyOpened',
  'BodyChanged',
  'ProcedurePublished',
  'ClockMoved',
  // the dossier
  'RegisterEntryCorrected',
  'DraftStarted',
  'DraftChanged',
  'DocumentAdded',
  'DocumentReplaced',
  'ArchitectSigned',
  'ApplicationSubmitted',
  'FilingRejected',
  'DossierOpened',
  'ComplementRequested',
  'ComplementAnswered',
  'CompletenessConfirmed',
  'CommitteeConvened',
  'OpinionGiven',
  'MemberSilent',
  'AgencySilenceEscalated',
  'AgencyPrompted',
  'MinutesDrawnUp',
  'DecisionMade',
  'DossierSentBack',
  'ReservesAnswered',
  'ReservesChecked',
  'ModificationRequested',
  'ModifiedProjectSubmitted',
  'TaxComputed',
  'PaymentRecorded',
  'DocumentSigned',
  'LicenceDelivered',
  'PartiesNotified',
  'DossierClosed',
  'FormRecorded',
  'RemarkAnswered',
  'MessagePosted',
  // the engine
  'InstanceStarted',
  'FlowNodeEntered',
  'TaskCreated',
  'TaskClaimed',
  'TaskReleased',
  'TaskCompleted',
  'TaskCancelled',
  'JobRequested',
  'JobCompleted',
  'JobCancelled',
  'TimerScheduled',
  'TimerFired',
  'TimerCancelled',
  'IncidentRaised',
  'IncidentResolved',
  'OperatorIntervened',
  'VariablesSet',
  'TokenMoved',
  'EscalationThrown',
  'MessageSent',
  'MessageReceived',
  'SignalThrown',
  'SignalReceived',
  'CallRequested',
  'CallCompleted',
  'CallCancelled',
  'CompensationStarted',
  'EndEventReached',
  'InstanceEnded',
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

/** What happened, as the use case or the engine tells it; the event log adds `seq`, `id` and the hash chain. */
export interface NewEvent {
  type: EventType;
  /** UTC epoch milliseconds of business time; all events of one advance share one instant. */
  at: number;
  /** Null for events that belong to no dossier (accounts, bodies, clock). */
  dossier: string | null;
  flowNode: string | null;
  /** The task, job, timer or delivery it is about. */
  subject: string | null;
  party: PartyKind;
  /** The account that acted: a reference, never personal data. */
  actor: string;
  body: string | null;
  territory: string | null;
  clock: 'running' | 'paused';
  cause: string | null;
  article: string | null;
  calendarVersion: string | null;
  /** No personal data here: references and codes only, since this part is hashed for ever. */
  data: JsonObject;
}

/** An appended event. `seq` has no gaps and follows commit order; `hash` chains the canonical form of all before it. */
export interface DomainEvent extends NewEvent {
  seq: number;
  id: string;
  previousHash: string;
  hash: string;
}
