import type { EventType, NewEvent } from '../domain/events.ts';
import type { JsonObject } from '../domain/json.ts';
import type { Incident, Job, ProcessInstance, Timer } from '../domain/process.ts';
import type { AdvanceWrites } from './engineStore.ts';
import type { EngineEffect } from './interpreter.ts';
import { openedTask } from './openedTask.ts';
import { endOfCall, sentBy } from './outbox.ts';
import { clockAfter, engineEvent, type StepFacts } from './stepFacts.ts';
import { waitingId } from './waitingId.ts';

/** Turns an interpreter's effects into the records and events to write, without touching anything. */
export function planAdvance(
  before: ProcessInstance,
  state: ProcessInstance['state'],
  effects: EngineEffect[],
  facts: StepFacts,
): { writes: AdvanceWrites; events: NewEvent[] } {
  const { now, by, definition } = facts;
  const writes: AdvanceWrites = {
    instance: {
      ...before,
      state,
      version: before.version + 1,
      openTasks: [...before.openTasks],
    },
    expectedVersion: before.version,
    openTasks: [],
    endTasks: [],
    setTimers: [],
    removeTimers: [],
    addJobs: [],
    removeJobs: [],
    addDeliveries: [],
    removeDeliveries: [],
    wakeMessages: [],
    raiseIncidents: [],
    resolveIncidents: [],
  };
  const instance = writes.instance;
  const events: NewEvent[] = [];
  let sent = 0;
  const bodies = new Map(before.openTasks.map((open) => [open.id, open.body]));

  const tell = (type: EventType, flowNode: string | null, subject: string | null, data: JsonObject = {}) => {
    const body = subject === null ? null : (bodies.get(subject) ?? null);
    events.push({ ...engineEvent(type, before, facts, flowNode, subject, data), body });
  };

  const endTask = (token: string, flowNode: string, status: 'completed' | 'cancelled') => {
    const id = waitingId(before.id, token);
    instance.openTasks = instance.openTasks.filter((open) => open.id !== id);
    // A task opened and cancelled within one step never existed for anyone.
    const unborn = writes.openTasks.findIndex((task) => task.id === id);
    if (unborn >= 0) writes.openTasks.splice(unborn, 1);
    else
      writes.endTasks.push({
        id,
        status,
        endedAt: now,
        completedBy: status === 'completed' ? by.account : null,
      });
    tell(status === 'completed' ? 'TaskCompleted' : 'TaskCancelled', flowNode, id);
  };

  for (const [place, effect] of effects.entries()) {
    switch (effect.type) {
      case 'taskCreated': {
        const task = openedTask(before, effect, facts);
        writes.openTasks.push(task);
        instance.openTasks.push({ id: task.id, flowNode: task.flowNode, body: task.body });
        bodies.set(task.id, task.body);
        tell('TaskCreated', effect.flowNode, task.id, { round: facts.round, dueAt: task.dueAt });
        break;
      }
      case 'taskCompleted':
        endTask(effect.id, effect.flowNode, 'completed');
        break;
      case 'taskCancelled':
        endTask(effect.id, effect.flowNode, 'cancelled');
        break;
      case 'jobRequested': {
        const service = definition.services[effect.flowNode];
        if (service === undefined) throw new Error(`no service definition for ${effect.flowNode}`);
        const job: Job = {
          id: waitingId(before.id, effect.id),
          instance: before.id,
          dossier: before.dossier,
          flowNode: effect.flowNode,
          token: effect.id,
          handler: service.handler,
          variables: effect.variables,
          attempts: 0,
          runAfter: 0,
          leasedUntil: 0,
          createdAt: now,
        };
        writes.addJobs.push(job);
        tell('JobRequested', effect.flowNode, job.id, { handler: service.handler });
        break;
      }
      case 'jobCompleted':
      case 'jobCancelled': {
        const id = waitingId(before.id, effect.id);
        const unborn = writes.addJobs.findIndex((job) => job.id === id);
        if (unborn >= 0) writes.addJobs.splice(unborn, 1);
        else writes.removeJobs.push(id);
        tell(effect.type === 'jobCompleted' ? 'JobCompleted' : 'JobCancelled', effect.flowNode, id);
        break;
      }
      case 'timerScheduled': {
        const timer: Timer = {
          id: waitingId(before.id, effect.id),
          instance: before.id,
          dossier: before.dossier,
          flowNode: effect.flowNode,
          token: effect.id,
          dueAt: effect.due,
          leasedUntil: 0,
        };
        writes.setTimers.push(timer);
        tell('TimerScheduled', effect.flowNode, timer.id, { dueAt: effect.due });
        break;
      }
      case 'timerFired':
      case 'timerCancelled': {
        const id = waitingId(before.id, effect.id);
        const unborn = writes.setTimers.findIndex((timer) => timer.id === id);
        if (unborn >= 0) writes.setTimers.splice(unborn, 1);
        else writes.removeTimers.push(id);
        tell(effect.type === 'timerFired' ? 'TimerFired' : 'TimerCancelled', effect.flowNode, id);
        break;
      }
      case 'incidentRaised': {
        const incident: Incident = {
          id: waitingId(before.id, effect.id),
          instance: before.id,
          dossier: before.dossier,
          procedure: before.procedure,
          territory: facts.territory,
          flowNode: effect.flowNode,
          token: effect.id,
          kind: 'model',
          job: null,
          code: effect.code,
          message: effect.message,
          attempts: 1,
          createdAt: now,
          resolvedAt: null,
          resolvedBy: null,
        };
        writes.raiseIncidents.push(incident);
        tell('IncidentRaised', effect.flowNode, incident.id, { code: effect.code });
        break;
      }
      case 'incidentResolved': {
        const id = waitingId(before.id, effect.id);
        writes.resolveIncidents.push({ id, resolvedAt: now, resolvedBy: by.account });
        tell('IncidentResolved', effect.flowNode, id);
        break;
      }
      case 'variablesSet':
        tell('VariablesSet', null, before.id, { names: effect.names });
        break;
      case 'tokenMoved':
        tell('TokenMoved', effect.flowNode, before.id, { from: effect.from, to: effect.flowNode });
        break;
      case 'flowNodeEntered':
        if (!opensWork(effects[place + 1], effect.flowNode)) tell('FlowNodeEntered', effect.flowNode, null);
        break;
      case 'flowNodeLeft':
        // Its instant is that of the next element entered: a second event would say nothing new.
        break;
      case 'endEventReached':
        instance.endEvent = effect.flowNode;
        tell('EndEventReached', effect.flowNode, null);
        break;
      case 'instanceEnded':
        instance.status = effect.status;
        instance.endedAt = now;
        writes.addDeliveries.push(...endOfCall(before, effect, now));
        tell('InstanceEnded', null, before.id, { status: effect.status, endEvent: instance.endEvent });
        break;
      case 'escalationThrown':
        tell('EscalationThrown', effect.flowNode, null, { code: effect.code, caughtBy: effect.caughtBy });
        break;
      case 'compensationStarted':
        tell('CompensationStarted', effect.flowNode, null);
        break;
      case 'messageSent':
      case 'signalThrown':
      case 'callRequested':
      case 'callCompleted':
      case 'callCancelled': {
        const { told, subject, data, deliveries } = sentBy(effect, before, facts.others, sent++, now);
        // A call that is given up in the step that made it never reached anyone.
        const unborn = writes.addDeliveries.findIndex(({ id }) => id === subject);
        if (effect.type === 'callCancelled' && unborn >= 0) writes.addDeliveries.splice(unborn, 1);
        else writes.addDeliveries.push(...deliveries);
        tell(told, effect.flowNode, subject, data);
        break;
      }
    }
  }
  const clock = clockAfter([instance, definition]);
  for (const event of events) event.clock = clock;
  return { writes, events };
}

/** Whether an effect opens a flow node's task or job: that alone tells that the element was reached. */
function opensWork(effect: EngineEffect | undefined, flowNode: string): boolean {
  const isOpening = effect?.type === 'taskCreated' || effect?.type === 'jobRequested';
  return isOpening && effect.flowNode === flowNode;
}
