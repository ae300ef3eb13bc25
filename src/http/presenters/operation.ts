import type { JsonObject, LocalizedText } from '../../domain/json.ts';
import type { DueTimer, IncidentView, InstanceRow, InstanceView, OperationState } from '../application.ts';
import { presentText } from './account.ts';
import { presentInstant, presentMaybeInstant } from './instant.ts';

/** A stop that needs a person, without the engine's own state. */
export function presentIncident(incident: IncidentView): JsonObject {
  return {
    id: incident.id,
    dossier: incident.dossier,
    dossierNumber: incident.dossierNumber,
    procedure: incident.procedure,
    version: incident.version,
    territory: incident.territory,
    flowNode: incident.flowNode,
    name: incident.name === null ? null : presentText(incident.name),
    kind: incident.kind,
    handler: incident.job?.handler ?? null,
    code: incident.code,
    message: incident.message,
    attempts: incident.attempts,
    createdAt: presentInstant(incident.createdAt),
    resolvedAt: presentMaybeInstant(incident.resolvedAt),
    resolvedBy: incident.resolvedBy,
  };
}

/** Business time. */
export function presentClock({ now, kind }: { now: number; kind: 'real' | 'demo' }): JsonObject {
  return { now: presentInstant(now), kind };
}

/** How the office does, with what only the node knows of itself. */
export function presentState(
  { now, clock, nextTimerAt, waiting, mail, disk }: OperationState,
  node: { version: string; uptimeSeconds: number },
  health: { store: 'up' | 'down'; storeKind: string; engine: { name: string; status: 'up' | 'down' } },
): JsonObject {
  return {
    ...node,
    now: presentInstant(now),
    clock,
    nextTimerAt: presentMaybeInstant(nextTimerAt),
    store: { kind: health.storeKind, status: health.store },
    engine: { ...health.engine },
    waiting: { ...waiting },
    mail: { ...mail },
    disk: disk === null ? null : { ...disk },
  };
}

/** A timer and when it fires. */
export function presentDueTimer(timer: DueTimer): JsonObject {
  const { name, dueAt, ...rest } = timer;
  return { ...rest, name: name === null ? null : presentText(name), dueAt: presentInstant(dueAt) };
}

/** A process as a list shows it. */
export function presentInstanceRow({ startedAt, endedAt, ...row }: InstanceRow): JsonObject {
  return { ...row, startedAt: presentInstant(startedAt), endedAt: presentMaybeInstant(endedAt) };
}

/** A process with what waits in it, its variables, and what was done to it by hand. */
export function presentInstance(view: InstanceView): JsonObject {
  const { variables, waiting, interventions, incidents, history, ...row } = view;
  return {
    ...presentInstanceRow(row),
    variables,
    waiting: waiting.map(({ name, mayGoTo, ...one }) => ({
      ...one,
      name: presentName(name),
      mayGoTo: mayGoTo.map((place) => ({ flowNode: place.flowNode, name: presentName(place.name) })),
    })),
    interventions: [...interventions],
    incidents: incidents.map(presentIncident),
    history: history.map(({ id, kind, reason, by, byName, at, flowNode, name, to, toName, names }) => ({
      id,
      kind,
      reason,
      by,
      byName,
      at: presentInstant(at),
      flowNode,
      name: presentName(name),
      to,
      toName: presentName(toName),
      names,
    })),
  };
}

const presentName = (name: LocalizedText | null) => (name === null ? null : presentText(name));
