import type { Collection } from './collection.ts';
import { fromRecord } from './collection.ts';
import type { DeliveryRecord } from './delivery.ts';
import type { IncidentRecord } from './incident.ts';
import type { JobRecord } from './job.ts';
import type { Store } from './store.ts';
import type { TimerRecord } from './timer.ts';

/** Tells operators what waits: work of the engine, and what it could not do. */
export function createBacklog({
  jobs,
  timers,
  deliveries,
  incidents,
}: {
  jobs: Collection<JobRecord>;
  timers: Collection<TimerRecord>;
  deliveries: Collection<DeliveryRecord>;
  incidents: Collection<IncidentRecord>;
}): Store['backlog'] {
  return {
    async count() {
      const [waitingJobs, waitingTimers, undelivered, openIncidents] = await Promise.all([
        jobs.model.countDocuments({}),
        timers.model.countDocuments({}),
        deliveries.model.countDocuments({}),
        incidents.model.countDocuments({ open: true }),
      ]);
      return {
        jobs: waitingJobs,
        timers: waitingTimers,
        deliveries: undelivered,
        incidents: openIncidents,
      };
    },

    async timersUntil(instant, limit) {
      const due = { dueAt: { $lte: instant } };
      const [first, count] = await Promise.all([
        timers.find(due, { sort: { dueAt: 1 }, limit }),
        timers.model.countDocuments(due),
      ]);
      return { first: first.map((record) => fromRecord(record)), count };
    },
  };
}
