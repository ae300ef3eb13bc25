import { DomainError } from '../domain/errors.ts';
import type { Incident, Job, ProcessInstance, Task, Timer } from '../domain/process.ts';
import { type Collection, fromRecord, toRecord } from './collection.ts';
import { type IncidentRecord, toIncident, toIncidentRecord } from './incident.ts';
import { type InstanceRecord, instanceWrite } from './instance.ts';
import { claimJobs, type JobRecord, toJob, toJobRecord } from './job.ts';
import type { Tx } from './store.ts';
import { type TaskRecord, toTask, toTaskRecord } from './task.ts';
import { claimTimers, type TimerRecord } from './timer.ts';
import { openTransaction } from './transaction.ts';
import type { Write } from './write.ts';
import { inserting, removing, updating } from './writes.ts';

/** Where the engine's own records are kept. */
export interface EngineCollections {
  instances: Collection<InstanceRecord>;
  tasks: Collection<TaskRecord>;
  timers: Collection<TimerRecord>;
  jobs: Collection<JobRecord>;
  incidents: Collection<IncidentRecord>;
}

/** All that one step of an instance changes. */
export interface StepWrites {
  instance: ProcessInstance;
  expectedVersion: number | null;
  openTasks: Task[];
  endTasks: { id: string; status: 'completed' | 'cancelled'; endedAt: number; completedBy: string | null }[];
  setTimers: Timer[];
  removeTimers: string[];
  addJobs: Job[];
  removeJobs: string[];
  raiseIncidents: Incident[];
  resolveIncidents: { id: string; resolvedAt: number; resolvedBy: string }[];
}

/** Keeps what a workflow engine must not forget: instances, and what each of them waits for. */
export function createEngineRecords(collections: EngineCollections) {
  const { instances, tasks, timers, jobs, incidents } = collections;

  /** Tasks that end alike, as most do, end in one write. */
  function taskEnds(ends: StepWrites['endTasks']): Write[] {
    const alike = new Map<string, string[]>();
    for (const { id, ...end } of ends) {
      const key = JSON.stringify(end);
      alike.set(key, [...(alike.get(key) ?? []), id]);
    }
    return [...alike].map(([end, ids]) => {
      const update = { $set: JSON.parse(end) as Partial<TaskRecord>, $inc: { version: 1 } };
      const refusal = (cause?: unknown) => new DomainError('TASK_ALREADY_DONE', { tasks: ids }, { cause });
      return updating(tasks, { _id: { $in: ids }, status: 'open' }, update, ids.length, refusal);
    });
  }

  const incidentEnds = (resolutions: StepWrites['resolveIncidents']) =>
    resolutions.map(({ id, ...resolution }) => {
      const refusal = (cause?: unknown) =>
        new DomainError('INCIDENT_ALREADY_RESOLVED', { incident: id }, { cause });
      const update = { $set: { ...resolution, open: false } };
      return updating(incidents, { _id: id, open: true }, update, 1, refusal);
    });

  return {
    /** Ends the transaction with INSTANCE_BUSY, TASK_ALREADY_DONE or INCIDENT_ALREADY_RESOLVED when others were faster. */
    write(tx: Tx, step: StepWrites): void {
      openTransaction(tx).last.push(
        instanceWrite(instances, step.instance, step.expectedVersion),
        ...taskEnds(step.endTasks),
        removing(timers, step.removeTimers),
        removing(jobs, step.removeJobs),
        ...incidentEnds(step.resolveIncidents),
        inserting(tasks, step.openTasks.map(toTaskRecord)),
        inserting(timers, step.setTimers.map(toRecord)),
        inserting(jobs, step.addJobs.map(toJobRecord)),
        inserting(incidents, step.raiseIncidents.map(toIncidentRecord)),
      );
    },

    async findTask(id: string, tx?: Tx): Promise<Task | null> {
      const record = await tasks.byId(id, tx);
      return record && toTask(record);
    },

    async openTasksOf(instance: string): Promise<Task[]> {
      return (await tasks.find({ instance, status: 'open' })).map(toTask);
    },

    async timersOf(instance: string): Promise<Timer[]> {
      const records = await timers.find({ instance }, { sort: { dueAt: 1 } });
      return records.map((record) => fromRecord<Timer>(record));
    },

    async jobsOf(instance: string): Promise<Job[]> {
      return (await jobs.find({ instance })).map(toJob);
    },

    async findTimer(id: string): Promise<Timer | null> {
      const record = await timers.byId(id);
      return record && fromRecord<Timer>(record);
    },

    async findIncident(id: string): Promise<Incident | null> {
      const record = await incidents.byId(id);
      return record && toIncident(record);
    },

    async openIncidentsOf(instance: string): Promise<Incident[]> {
      return (await incidents.find({ instance, open: true })).map(toIncident);
    },

    claimTimers: (now: number, real: number, leaseMs: number, limit: number, instance?: string) =>
      claimTimers(timers, { now, realNow: real, leaseMs, limit, instance }),

    claimJobs: (real: number, leaseMs: number, limit: number, instance?: string) =>
      claimJobs(jobs, { realNow: real, leaseMs, limit, instance }),

    async findJob(id: string, tx?: Tx): Promise<Job | null> {
      const record = await jobs.byId(id, tx);
      return record && toJob(record);
    },

    /** Ends a lease on a job after a failed attempt, unless another one has begun since. */
    async postponeJob(
      { id, leasedUntil }: { id: string; leasedUntil: number },
      runAfter: number,
    ): Promise<void> {
      await jobs.updateOne({ _id: id, leasedUntil }, { $set: { runAfter, leasedUntil: 0 } });
    },

    async releaseTimer(id: string): Promise<void> {
      await timers.updateOne({ _id: id }, { $set: { leasedUntil: 0 } });
    },

    /**
     * Frees everything that a node which is gone was holding; only where no other node can be at work, as on the
     * embedded store, which one process holds alone.
     */
    async freeAll(): Promise<void> {
      await jobs.updateMany({ leasedUntil: { $gt: 0 } }, { $set: { leasedUntil: 0 } });
      await timers.updateMany({ leasedUntil: { $gt: 0 } }, { $set: { leasedUntil: 0 } });
    },

    async nextTimerAt(): Promise<number | null> {
      const [earliest] = await timers.find({}, { sort: { dueAt: 1 }, limit: 1 });
      return earliest?.dueAt ?? null;
    },
  };
}
