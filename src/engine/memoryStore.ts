import { DomainError } from '../domain/errors.ts';
import type { NewEvent } from '../domain/events.ts';
import type { Delivery, Incident, Job, ProcessInstance, Task, Timer } from '../domain/process.ts';
import type { EngineStore } from './engineStore.ts';

/** A transaction of the memory store: there is only one user, so there is nothing to keep apart. */
export type MemoryTx = 'memory';

/** What the memory store holds, open to whoever runs without effects. */
export interface MemoryRecords {
  instances: Map<string, ProcessInstance>;
  tasks: Map<string, Task>;
  timers: Map<string, Timer>;
  jobs: Map<string, Job>;
  deliveries: Map<string, Delivery>;
  incidents: Map<string, Incident>;
  events: NewEvent[];
}

/** Keeps processes in memory, for runs without effects; nothing outlives it. */
export function memoryStore(): EngineStore<MemoryTx> & { records: MemoryRecords } {
  const records: MemoryRecords = {
    instances: new Map(),
    tasks: new Map(),
    timers: new Map(),
    jobs: new Map(),
    deliveries: new Map(),
    incidents: new Map(),
    events: [],
  };
  const of = <T extends { instance: string }>(all: Map<string, T>, instance: string) =>
    [...all.values()].filter((one) => one.instance === instance);

  function wakeMessages(dossier: string, names: string[]): void {
    for (const delivery of records.deliveries.values()) {
      const { says, runAfter } = delivery;
      const isMeant = delivery.dossier === dossier && says.kind === 'message' && names.includes(says.name);
      if (isMeant && runAfter !== null)
        records.deliveries.set(delivery.id, { ...delivery, runAfter: 0, leasedUntil: 0 });
    }
  }

  return {
    records,
    step: async (instance, work) =>
      work('memory', instance === null ? null : (records.instances.get(instance) ?? null)),
    write(_tx, writes) {
      const { instance } = writes;
      const stored = records.instances.get(instance.id)?.version ?? null;
      if (stored !== writes.expectedVersion)
        throw new DomainError('INSTANCE_BUSY', { instance: instance.id });
      const gone = writes.removeDeliveries.find((id) => !records.deliveries.has(id));
      if (gone !== undefined) throw new DomainError('INSTANCE_BUSY', { delivery: gone });
      records.instances.set(instance.id, instance);
      for (const task of writes.openTasks) records.tasks.set(task.id, task);
      for (const { id, ...end } of writes.endTasks) {
        const task = records.tasks.get(id);
        if (task !== undefined) records.tasks.set(id, { ...task, ...end });
      }
      for (const timer of writes.setTimers) records.timers.set(timer.id, timer);
      for (const id of writes.removeTimers) records.timers.delete(id);
      for (const job of writes.addJobs) records.jobs.set(job.id, job);
      for (const id of writes.removeJobs) records.jobs.delete(id);
      for (const id of writes.removeDeliveries) records.deliveries.delete(id);
      for (const delivery of writes.addDeliveries) records.deliveries.set(delivery.id, delivery);
      if (writes.wakeMessages.length > 0) wakeMessages(instance.dossier, writes.wakeMessages);
      for (const incident of writes.raiseIncidents) records.incidents.set(incident.id, incident);
      for (const { id, ...resolution } of writes.resolveIncidents) {
        const incident = records.incidents.get(id);
        if (incident !== undefined) records.incidents.set(id, { ...incident, ...resolution });
      }
    },
    appendEvents(_tx, events) {
      records.events.push(...events);
    },
    findInstance: async (id) => records.instances.get(id) ?? null,
    findTask: async (id) => records.tasks.get(id) ?? null,
    timersOf: async (instance) => of(records.timers, instance),
    jobsOf: async (instance) => of(records.jobs, instance),
    findTimer: async (id) => records.timers.get(id) ?? null,
    findIncident: async (id) => records.incidents.get(id) ?? null,
    openIncidentsOf: async (instance) =>
      of(records.incidents, instance).filter((incident) => incident.resolvedAt === null),
    async claimTimers(now, realNow, leaseMs, limit) {
      const due = [...records.timers.values()]
        .filter((timer) => timer.dueAt <= now && timer.leasedUntil <= realNow)
        .sort((a, b) => a.dueAt - b.dueAt)
        .slice(0, limit);
      for (const timer of due) timer.leasedUntil = realNow + leaseMs;
      return due;
    },
    async claimJobs(realNow, leaseMs, limit) {
      const ready = [...records.jobs.values()]
        .filter((job) => job.runAfter <= realNow && job.leasedUntil <= realNow)
        .slice(0, limit);
      for (const job of ready) {
        job.leasedUntil = realNow + leaseMs;
        job.attempts += 1;
      }
      return ready;
    },
    findJob: async (id) => records.jobs.get(id) ?? null,
    async postponeJob({ id, leasedUntil }, runAfter) {
      const job = records.jobs.get(id);
      if (job?.leasedUntil === leasedUntil) records.jobs.set(id, { ...job, runAfter, leasedUntil: 0 });
    },
    activeInstancesOf: async (dossier) =>
      [...records.instances.values()]
        .filter((instance) => instance.dossier === dossier && instance.status === 'active')
        .map(({ id }) => id),
    async claimDeliveries(realNow, leaseMs, limit, instance) {
      const ready = [...records.deliveries.values()]
        .filter(
          ({ runAfter, leasedUntil }) => runAfter !== null && Math.max(runAfter, leasedUntil) <= realNow,
        )
        .filter((delivery) => instance === undefined || delivery.instance === instance)
        .slice(0, limit)
        .map((delivery) => ({ ...delivery, leasedUntil: realNow + leaseMs }));
      for (const delivery of ready) records.deliveries.set(delivery.id, delivery);
      return ready;
    },
    findDelivery: async (id) => records.deliveries.get(id) ?? null,
    async postponeDelivery({ id, leasedUntil }, attempts, runAfter) {
      const delivery = records.deliveries.get(id);
      if (delivery?.leasedUntil === leasedUntil)
        records.deliveries.set(id, { ...delivery, attempts, runAfter, leasedUntil: 0 });
    },
    async removeDeliveries(ids) {
      for (const id of ids) records.deliveries.delete(id);
    },
    async dropDelivery({ id, leasedUntil }) {
      if (records.deliveries.get(id)?.leasedUntil === leasedUntil) records.deliveries.delete(id);
    },
    async releaseTimer(id) {
      const timer = records.timers.get(id);
      if (timer !== undefined) timer.leasedUntil = 0;
    },
    async nextTimerAt() {
      const due = [...records.timers.values()].map((timer) => timer.dueAt);
      return due.length === 0 ? null : Math.min(...due);
    },
  };
}
