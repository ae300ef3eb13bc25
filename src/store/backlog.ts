import type { Collection } from './collection.ts';
import { fromRecord } from './collection.ts';
import type { IncidentRecord } from './incident.ts';
import type { JobRecord } from './job.ts';
import type { Store } from './store.ts';
import type { TimerRecord } from './timer.ts';

/** Tells operators what waits: work of the engine, and what it could not do. */
export function createBacklog(
  jobs: Collection<JobRecord>,
  timers: Collection<TimerRecord>,
  incidents: Collection<IncidentRecord>,
): Store['backlog'] {
  return {
    async count() {
      const [waitingJobs, waitingTimers, openIncidents] = await Promise.all([
        jobs.model.countDocuments({}),
        timers.model.countDocuments({}),
        incidents.model.countDocuments({ open: true }),
      ]);
      return { jobs: waitingJobs, timers: waitingTimers, incidents: openIncidents };
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
