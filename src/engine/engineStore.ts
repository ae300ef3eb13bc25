import type { NewEvent } from '../domain/events.ts';
import type { Delivery, Incident, Job, ProcessInstance, Task, Timer } from '../domain/process.ts';

/** The writes of one advance, besides those of the use case. */
export interface AdvanceWrites {
  instance: ProcessInstance;
  /** Version that must be in the store; null inserts. */
  expectedVersion: number | null;
  openTasks: Task[];
  /** Tasks that end with this step, whoever ends them. */
  endTasks: { id: string; status: 'completed' | 'cancelled'; endedAt: number; completedBy: string | null }[];
  setTimers: Timer[];
  removeTimers: string[];
  addJobs: Job[];
  removeJobs: string[];
  addDeliveries: Delivery[];
  /** Each must be there still: what is gone was received by another step. */
  removeDeliveries: string[];
  /** Names of messages that somebody in the dossier waits for now: those that nobody took are tried again at once. */
  wakeMessages: string[];
  raiseIncidents: Incident[];
  resolveIncidents: { id: string; resolvedAt: number; resolvedBy: string }[];
}

/** What the host needs of the store; kept apart so that it also runs in memory, without effects. */
export interface EngineStore<Tx> {
  /**
   * Runs `work` on an instance as it is now (null: on one to be begun) in one transaction and commits it; run again from the
   * start after a transient conflict. Steps of several instances may share a transaction, and a commit; two of one
   * instance must not come at a time. Events appended through `appendEvents` get their sequence at the end of it.
   */
  step<T>(instance: string | null, work: (tx: Tx, found: ProcessInstance | null) => Promise<T>): Promise<T>;
  /**
   * Writes at the end of the transaction, which meets INSTANCE_BUSY when the version is not the expected one, or a delivery
   * to be removed is gone.
   */
  write(tx: Tx, writes: AdvanceWrites): void;
  appendEvents(tx: Tx, events: NewEvent[]): void;
  findInstance(id: string, tx?: Tx): Promise<ProcessInstance | null>;
  findTask(id: string, tx?: Tx): Promise<Task | null>;
  /** Open tasks of an instance. */
  timersOf(instance: string): Promise<Timer[]>;
  jobsOf(instance: string): Promise<Job[]>;
  findTimer(id: string): Promise<Timer | null>;
  findIncident(id: string): Promise<Incident | null>;
  openIncidentsOf(instance: string): Promise<Incident[]>;
  /** Leases up to `limit` timers due at `now` (business time) until `realNow + leaseMs`. */
  claimTimers(
    now: number,
    realNow: number,
    leaseMs: number,
    limit: number,
    instance?: string,
  ): Promise<Timer[]>;
  /** Leases up to `limit` jobs that may run at `realNow`, and counts the attempt in each. */
  claimJobs(realNow: number, leaseMs: number, limit: number, instance?: string): Promise<Job[]>;
  findJob(id: string, tx?: Tx): Promise<Job | null>;
  /** After a failed attempt: not before `runAfter` again. Nothing when the job was claimed anew since. */
  postponeJob(job: { id: string; leasedUntil: number }, runAfter: number): Promise<void>;
  /** Instances of a dossier that have not ended, the first begun first. */
  activeInstancesOf(dossier: string, tx?: Tx): Promise<string[]>;
  /** Leases up to `limit` deliveries that may be tried at `realNow`, of one sender or of all. */
  claimDeliveries(realNow: number, leaseMs: number, limit: number, instance?: string): Promise<Delivery[]>;
  findDelivery(id: string, tx?: Tx): Promise<Delivery | null>;
  /** Not before `runAfter` again. Nothing when it was claimed or woken since. */
  postponeDelivery(
    delivery: { id: string; leasedUntil: number },
    attempts: number,
    runAfter: number,
  ): Promise<void>;
  /** Takes back what may be on its way, outside any step. */
  removeDeliveries(ids: string[]): Promise<void>;
  /** Lets go of what nobody waits for. Nothing when it was claimed since. */
  dropDelivery(delivery: { id: string; leasedUntil: number }): Promise<void>;
  /** Ends a timer's lease without firing it. */
  releaseTimer(id: string): Promise<void>;
  /** Due instant of the earliest waiting timer. */
  nextTimerAt(): Promise<number | null>;
}
