import { DomainError } from '../domain/errors.ts';
import type { Delivery, Incident, Job, ProcessInstance, Task, Timer } from '../domain/process.ts';
import { type Collection, fromRecord, toRecord } from './collection.ts';
import {
  claimDeliveries,
  type DeliveryRecord,
  toDelivery,
  toDeliveryRecord,
  waitingMessages,
} from './delivery.ts';
import { type IncidentRecord, toIncident, toIncidentRecord } from './incident.ts';
import { type InstanceRecord, instanceWrite, toInstance } from './instance.ts';
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
  deliveries: Collection<DeliveryRecord>;
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
  addDeliveries: Delivery[];
  removeDeliveries: string[];
  wakeMessages: string[];
  raiseIncidents: Incident[];
  resolveIncidents: { id: string; resolvedAt: number; resolvedBy: string }[];
}

/** Keeps what a workflow engine must not forget: instances, and what each of them waits for. */
export function createEngineRecords(collections: EngineCollections) {
  const { instances, tasks, timers, jobs, deliveries, incidents } = collections;

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

  /** Deliveries that are received; whoever finds one gone must not have received it. */
  const receipts = (ids: string[]): Write =>
    removing(
      deliveries,
      ids,
      (cause?: unknown) => new DomainError('INSTANCE_BUSY', { deliveries: ids }, { cause }),
    );

  const wakening = ({ wakeMessages, instance }: StepWrites): Write[] =>
    wakeMessages.length === 0
      ? []
      : [
          updating(deliveries, waitingMessages(instance.dossier, wakeMessages), {
            $set: { runAfter: 0, leasedUntil: 0 },
          }),
        ];

  return {
    /** Ends the transaction with INSTANCE_BUSY, TASK_ALREADY_DONE or INCIDENT_ALREADY_RESOLVED when others were faster. */
    write(tx: Tx, step: StepWrites): void {
      openTransaction(tx).last.push(
        instanceWrite(instances, step.instance, step.expectedVersion),
        ...taskEnds(step.endTasks),
        removing(timers, step.removeTimers),
        removing(jobs, step.removeJobs),
        receipts(step.removeDeliveries),
        ...wakening(step),
        ...incidentEnds(step.resolveIncidents),
        inserting(tasks, step.openTasks.map(toTaskRecord)),
        inserting(timers, step.setTimers.map(toRecord)),
        inserting(jobs, step.addJobs.map(toJobRecord)),
        inserting(deliveries, step.addDeliveries.map(toDeliveryRecord)),
        inserting(incidents, step.raiseIncidents.map(toIncidentRecord)),
      );
    },

    async findInstance(id: string, tx?: Tx): Promise<ProcessInstance | null> {
      const record = await instances.byId(id, tx);
      return record && toInstance(record);
    },

    async findTask(id: string, tx?: Tx): Promise<Task | null> {
      const record = await tasks.byId(id, tx);
      return record && toTask(record);
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

    async activeInstancesOf(dossier: string, tx?: Tx): Promise<string[]> {
      const active = await instances.find(
        { dossier, status: 'active' },
        { sort: { startedAt: 1, _id: 1 } },
        tx,
      );
      return active.map(({ _id }) => _id);
    },

    claimDeliveries: (real: number, leaseMs: number, limit: number, instance?: string) =>
      claimDeliveries(deliveries, { realNow: real, leaseMs, limit, instance }),

    async findDelivery(id: string, tx?: Tx): Promise<Delivery | null> {
      const record = await deliveries.byId(id, tx);
      return record && toDelivery(record);
    },

    /** Ends a lease on a delivery that nobody took, unless it was claimed or woken since. */
    async postponeDelivery(
      { id, leasedUntil }: { id: string; leasedUntil: number },
      attempts: number,
      runAfter: number,
    ): Promise<void> {
      await deliveries.updateOne({ _id: id, leasedUntil }, { $set: { attempts, runAfter, leasedUntil: 0 } });
    },

    async removeDeliveries(ids: string[]): Promise<void> {
      await deliveries.removeMany({ _id: { $in: ids } });
    },

    async dropDelivery({ id, leasedUntil }: { id: string; leasedUntil: number }): Promise<void> {
      await deliveries.removeMany({ _id: id, leasedUntil });
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
      await deliveries.updateMany({ leasedUntil: { $gt: 0 } }, { $set: { leasedUntil: 0 } });
    },

    async nextTimerAt(): Promise<number | null> {
      const [earliest] = await timers.find({}, { sort: { dueAt: 1 }, limit: 1 });
      return earliest?.dueAt ?? null;
    },
  };
}
