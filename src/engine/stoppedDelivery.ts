import type { NewEvent } from '../domain/events.ts';
import type { Delivery, Incident, ProcessInstance } from '../domain/process.ts';
import { engineEvent, type StepFacts } from './stepFacts.ts';

/** The instance at which a person finds that a delivery has stopped: for all about a call, the one that called. */
export const incidentAt = ({ says, instance, receiver }: Delivery): string =>
  says.kind === 'callEnd' && receiver !== null ? receiver : instance;

/** A delivery that nobody took stays, untried, until somebody has seen to its incident. */
export function stopped(
  delivery: Delivery,
  instance: ProcessInstance,
  facts: StepFacts,
  code: string,
  message: string,
) {
  const attempts = delivery.attempts + 1;
  const incident: Incident = {
    // It may stop, be retried and stop again: each time is an incident of its own.
    id: `${delivery.id}-${instance.version}`,
    instance: instance.id,
    dossier: instance.dossier,
    procedure: instance.procedure,
    territory: facts.territory,
    flowNode: delivery.flowNode,
    token: delivery.id,
    kind: 'delivery',
    job: null,
    code,
    message: message.slice(0, 2000),
    attempts,
    createdAt: facts.now,
    resolvedAt: null,
    resolvedBy: null,
  };
  const events: NewEvent[] = [
    engineEvent('IncidentRaised', instance, facts, delivery.flowNode, incident.id, { code }),
  ];
  const addDeliveries: Delivery[] = [{ ...delivery, attempts, runAfter: null, leasedUntil: 0 }];
  const writes = { removeDeliveries: [delivery.id], addDeliveries, raiseIncidents: [incident] };
  return { writes, events };
}

/** Tries a stopped delivery again, or lets it go. */
export function settleStopped(
  incident: Incident,
  delivery: Delivery,
  goesOn: boolean,
  instance: ProcessInstance,
  facts: StepFacts,
) {
  const addDeliveries: Delivery[] = goesOn ? [{ ...delivery, attempts: 0, runAfter: 0, leasedUntil: 0 }] : [];
  const resolved = { id: incident.id, resolvedAt: facts.now, resolvedBy: facts.by.account };
  const events: NewEvent[] = [
    engineEvent('IncidentResolved', instance, facts, incident.flowNode, incident.id),
  ];
  const writes = { removeDeliveries: [delivery.id], addDeliveries, resolveIncidents: [resolved] };
  return { writes, events };
}
