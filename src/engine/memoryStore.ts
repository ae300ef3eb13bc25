import { DomainError } from '../domain/errors.ts';
import type { NewEvent } from '../domain/events.ts';
import type { Incident, Job, ProcessInstance, Task, Timer } from '../domain/process.ts';
import type { EngineStore } from './engineStore.ts';

/** A transaction of the memory store: there is only one user, so there is nothing to keep apart. */
export type MemoryTx = 'memory';

/** What the memory store holds, open to whoever runs without effects. */
export interface MemoryRecords {
  instances: Map<string, ProcessInstance>;
  tasks: Map<string, Task>;
  timers: Map<string, Timer>;
  jobs: Map<string, Job>;
  incidents: Map<string, Incident>;
  events: NewEvent[];
}

/** Keeps one process's run in memory, for runs without effects; nothing outlives it. */
export function memoryStore(): EngineStore<MemoryTx> & { records: MemoryRecords } {
  const records: MemoryRecords = {
    instances: new Map(),
    tasks: new Map(),
    timers: new Map(),
    jobs: new Map(),
    incidents: new Map(),
    events: [],
  };
  const of = <T extends { instance: string }>(all: Map<string, T>, instance: string) =>
    [...all.values()].filter((one) => one.instance === instance);

  return {
    records,
    step: async (instance, work) =>
      work('memory', instance === null ? null : (records.instances.get(instance) ?? null)),
    write(_tx, writes) {
      const { instance } = writes;
      const stored = records.instances.get(instance.id)?.version ?? null;
      if (stored !== writes.expectedVersion)
        throw new DomainError('INSTANCE_BUSY', { instance: instance.id });
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
      for (const incident of writes.raiseIncidents) records.incidents.set(incident.id, incident);
      for (const { id, ...resolution } of writes.resolveIncidents) {
        const incident = records.incidents.get(id);
        if (incident !== undefined) records.incidents.set(id, { ...incident, ...resolution });
      }
    },
    appendEvents(_tx, events) {
      records.events.push(...events);
    },
    findTask: async (id) => records.tasks.get(id) ?? null,
    openTasksOf: async (instance) => of(records.tasks, instance).filter((task) => task.status === 'open'),
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
