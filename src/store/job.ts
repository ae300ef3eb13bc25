import type { Connection } from 'mongoose';
import type { Job } from '../domain/process.ts';
import {
  type Collection,
  defineCollection,
  fromRecord,
  number,
  type Stored,
  text,
  toRecord,
} from './collection.ts';
import { fromJson, toJson } from './jsonText.ts';

export interface JobRecord extends Omit<Stored<Job>, 'variables'> {
  variables: string;
}

/** Declares where service tasks wait to be done; one that is done is gone. */
export function jobCollection(connection: Connection): Collection<JobRecord> {
  return defineCollection<JobRecord>(
    connection,
    'jobs',
    {
      _id: text,
      instance: text,
      dossier: text,
      flowNode: text,
      token: text,
      handler: text,
      variables: text,
      attempts: number,
      runAfter: number,
      leasedUntil: number,
      createdAt: number,
    },
    [[{ runAfter: 1, leasedUntil: 1 }], [{ instance: 1, runAfter: 1 }]],
  );
}

/** So many attempts without an outcome make a job suspect of ending the process that runs it. */
const SUSPECT = 2;

/**
 * Leases jobs that may run and counts the attempt; those that another node takes meanwhile are left to it. Of jobs that were
 * begun before in vain only one is leased at a time: whichever ends its process takes no others with it again and again.
 */
export async function claimJobs(
  jobs: Collection<JobRecord>,
  ready: { realNow: number; leaseMs: number; limit: number; instance: string | undefined },
): Promise<Job[]> {
  const { realNow, leaseMs, limit, instance } = ready;
  const free = { leasedUntil: { $lte: realNow } };
  const filter = { ...(instance === undefined ? {} : { instance }), runAfter: { $lte: realNow }, ...free };
  const candidates = await jobs.find(filter, { sort: { runAfter: 1 }, limit });
  const suspect = candidates.find(({ attempts }) => attempts >= SUSPECT);
  const chosen = candidates.filter((job) => job.attempts < SUSPECT || job === suspect);
  const lease = { $set: { leasedUntil: realNow + leaseMs }, $inc: { attempts: 1 } };
  const claims = chosen.map(({ _id }) => jobs.take({ _id, ...free }, lease));
  const claimed = await Promise.all(claims);
  return claimed.filter((record) => record !== null).map(toJob);
}

/** The job of a record. */
export function toJob(record: JobRecord): Job {
  const { variables, ...rest } = record;
  return { ...fromRecord<Omit<Job, 'variables'>>(rest), variables: fromJson(variables) };
}

/** The record of a job. */
export function toJobRecord(job: Job): JobRecord {
  return { ...toRecord(job), variables: toJson(job.variables) };
}
