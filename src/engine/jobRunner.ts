import { DomainError } from '../domain/errors.ts';
import type { NewEvent } from '../domain/events.ts';
import { SYSTEM } from '../domain/party.ts';
import type { Incident, Job, ProcessInstance } from '../domain/process.ts';
import type { Advancer, AdvancerOptions } from './advancer.ts';
import { isTooLate, type RejectedCommand } from './interpreter.ts';
import type { Handlers } from './port.ts';
import { engineEvent, type StepFacts } from './stepFacts.ts';
import { Superseded } from './superseded.ts';
import { waitingId } from './waitingId.ts';

export interface JobRunnerOptions<Tx> extends Pick<AdvancerOptions<Tx>, 'store' | 'clock' | 'realNow'> {
  handlers: Handlers<Tx>;
  log(level: 'info' | 'warn' | 'error', message: string, data: Record<string, unknown>): void;
}

/** Pauses between the attempts of a failing job, in ms; after the last comes an incident. */
const BACK_OFF_MS = [500, 2_000, 10_000, 60_000];
/**
 * How often a job is begun at most. More often than it may fail: that its process ended may be somebody else's doing, as when
 * nodes are started again one after the other.
 */
const MOST_ATTEMPTS = 10;

/** Runs a job that was claimed, and makes the step that it leads to. */
export type RunJob = (job: Job) => Promise<void>;

/**
 * Does service tasks. The step that a job leads to also removes it, so that it counts once, however often it is begun; one that
 * fails for good becomes an incident.
 */
export function createJobRunner<Tx>(options: JobRunnerOptions<Tx>, advancer: Advancer<Tx>): RunJob {
  const { store, clock } = options;

  async function runJob(job: Job): Promise<void> {
    // Begun as often as may be, and nobody came back to tell how it went.
    if (job.attempts > MOST_ATTEMPTS) return giveUp(job, 'INTERNAL', 'the process ended in each attempt');
    try {
      const handler = options.handlers.get(job.handler);
      if (handler === undefined) throw new Error(`no service handler ${job.handler}`);
      const { id, instance, dossier, flowNode, variables } = job;
      const outcome = await handler({ id, instance, dossier, flowNode, variables, now: clock.now() });
      await advancer.advance(
        instance,
        { command: { type: 'completeJob', id: job.token, variables: outcome.variables ?? {} } },
        SYSTEM,
        outcome.write === undefined ? {} : { write: outcome.write.bind(outcome) },
        async (tx) => {
          // Also when its token still waits: an incident has taken the place of the job.
          if ((await store.findJob(job.id, tx)) === null) throw new Superseded();
        },
      );
    } catch (error) {
      if (error instanceof Superseded) leave(job);
      else if (isTooLate(error)) await forgetJob(job, error);
      else await jobFailed(job, error);
    }
  }

  /** A run that outlasted its lease, while another one settled the job: what this one did must not count. */
  function leave(job: Job): void {
    options.log('warn', 'a job was settled elsewhere; this run of it is dropped', { job: job.id });
  }

  /** The token moved on without it (its branch was cancelled): doing it now would be wrong. */
  async function forgetJob(job: Job, reason: RejectedCommand): Promise<void> {
    options.log('warn', 'a job that nothing waits for was dropped', { job: job.id, reason: reason.code });
    await advancer.advance(
      job.instance,
      { amend: () => ({ writes: { removeJobs: [job.id] }, events: [] }) },
      SYSTEM,
    );
  }

  async function jobFailed(job: Job, cause: unknown): Promise<void> {
    const { attempts } = job;
    const pause = BACK_OFF_MS[attempts - 1];
    const refused = cause instanceof DomainError && cause.status < 500;
    // A refusal by rule fails the same way each time: a person must change something first.
    const final = pause === undefined || refused;
    const code = cause instanceof DomainError ? cause.code : 'INTERNAL';
    const message = cause instanceof DomainError ? JSON.stringify(cause.details) : String(cause);
    options.log(final ? 'error' : 'warn', 'a job failed', { job: job.id, attempts, final, code, message });
    await (final ? giveUp(job, code, message) : store.postponeJob(job, options.realNow() + pause));
  }

  /** Makes an incident of a job, unless another run of it has begun, or come to an end, meanwhile. */
  async function giveUp(job: Job, code: string, message: string): Promise<void> {
    try {
      await advancer.advance(
        job.instance,
        { amend: (instance, facts) => deadLetter(job, instance, facts, code, message) },
        SYSTEM,
        {},
        async (tx) => {
          const current = await store.findJob(job.id, tx);
          if (current?.leasedUntil !== job.leasedUntil) throw new Superseded();
        },
      );
    } catch (error) {
      if (!(error instanceof Superseded)) throw error;
      leave(job);
    }
  }

  return runJob;
}

/** A job that failed for good becomes an incident which keeps all that a retry needs. */
function deadLetter(job: Job, instance: ProcessInstance, facts: StepFacts, code: string, message: string) {
  const incident: Incident = {
    // A job may fail for good, be retried and fail again: each time is an incident of its own.
    id: `${waitingId(instance.id, job.token)}-${instance.version}`,
    instance: instance.id,
    dossier: instance.dossier,
    procedure: instance.procedure,
    territory: facts.territory,
    flowNode: job.flowNode,
    token: job.token,
    kind: 'job',
    job: { handler: job.handler, variables: job.variables },
    code,
    message: message.slice(0, 2000),
    attempts: Math.min(job.attempts, MOST_ATTEMPTS),
    createdAt: facts.now,
    resolvedAt: null,
    resolvedBy: null,
  };
  const events: NewEvent[] = [
    engineEvent('IncidentRaised', instance, facts, job.flowNode, incident.id, { code }),
  ];
  return { writes: { removeJobs: [job.id], raiseIncidents: [incident] }, events };
}

/** Puts the job of an incident back to work. */
export function resumeJob(incident: Incident, instance: ProcessInstance, facts: StepFacts) {
  if (incident.job === null) throw new Error(`incident ${incident.id} is not of a job`);
  const job: Job = {
    id: waitingId(instance.id, incident.token),
    instance: instance.id,
    dossier: instance.dossier,
    flowNode: incident.flowNode,
    token: incident.token,
    handler: incident.job.handler,
    variables: incident.job.variables,
    attempts: 0,
    runAfter: 0,
    leasedUntil: 0,
    createdAt: facts.now,
  };
  const resolved = { id: incident.id, resolvedAt: facts.now, resolvedBy: facts.by.account };
  const events: NewEvent[] = [
    engineEvent('IncidentResolved', instance, facts, incident.flowNode, incident.id),
  ];
  return { writes: { addJobs: [job], resolveIncidents: [resolved] }, events };
}
