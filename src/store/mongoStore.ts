import type { Connection } from 'mongoose';
import { createAccounts } from './account.ts';
import { createAttempts } from './attempt.ts';
import { createBacklog } from './backlog.ts';
import { createBodies } from './body.ts';
import { createCounters, createReceipts } from './counter.ts';
import { createDecisions } from './decision.ts';
import { createDelegations } from './delegation.ts';
import { deliveryCollection } from './delivery.ts';
import { createDocuments } from './document.ts';
import { createDossiers } from './dossier.ts';
import { createEngineRecords } from './engineRecords.ts';
import { createEvents, createFinish, eventCollection, regroupEvents, verifyChain } from './event.ts';
import { createIdempotency } from './idempotency.ts';
import { createIncidents, incidentCollection } from './incident.ts';
import { createInstances, instanceCollection, readInstances } from './instance.ts';
import { createInterventions } from './intervention.ts';
import { jobCollection } from './job.ts';
import { createMessages } from './message.ts';
import { migrateRecords, RECORDS_VERSION, refuseNewer } from './migrations/migrations.ts';
import { createNotifications } from './notification.ts';
import { createOpinions } from './opinion.ts';
import { createProcedures } from './procedure.ts';
import { createProcedureDrafts } from './procedureDraft.ts';
import { createRegisters } from './register.ts';
import { createRemarkAnswers } from './remarkAnswer.ts';
import { createSavedFilters } from './savedFilter.ts';
import { createActivations, createSessions } from './session.ts';
import { createSettings, settingCollection } from './settings.ts';
import { createShared } from './shared.ts';
import { createSteps } from './steps.ts';
import type { Store } from './store.ts';
import { createTasks, nameApplicants, taskCollection } from './task.ts';
import { timerCollection } from './timer.ts';
import { alone, createTransactions, openTransaction } from './transaction.ts';
import { createUploads } from './upload.ts';
import { createWriter } from './writes.ts';

/** Joins the repositories over one connection. */
export function createMongoStore(
  connection: Connection,
  realNow: () => number,
  writeTogether = createWriter(connection),
) {
  const instances = instanceCollection(connection);
  const tasks = taskCollection(connection);
  const timers = timerCollection(connection);
  const jobs = jobCollection(connection);
  const deliveries = deliveryCollection(connection);
  const incidents = incidentCollection(connection);
  const events = eventCollection(connection);
  const settings = settingCollection(connection);
  const { relookup: relookupAccounts, ...accounts } = createAccounts(connection);
  const { relookup: relookupDossiers, ...dossiers } = createDossiers(connection, accounts.find);

  const counters = createCounters(connection);
  const { registers, follow } = createRegisters(connection, counters);

  const transact = createTransactions(connection, createFinish(events, writeTogether, follow));
  const transaction: Store['transaction'] = (work) => alone(transact, work);
  const appendEvents: Store['appendEvents'] = (tx, appended) => {
    const open = openTransaction(tx);
    if (open.state !== 'working') throw new Error('events came after the work of their transaction');
    open.events.push(...appended);
  };

  const store: Store = {
    transaction,
    appendEvents,
    dossiers,
    documents: createDocuments(connection),
    uploads: createUploads(connection),
    opinions: createOpinions(connection),
    remarkAnswers: createRemarkAnswers(connection),
    messages: createMessages(connection),
    decisions: createDecisions(connection),
    tasks: createTasks(tasks),
    instances: createInstances(instances),
    incidents: createIncidents(incidents),
    interventions: createInterventions(connection),
    backlog: createBacklog({ jobs, timers, deliveries, incidents }),
    events: createEvents(events),
    steps: createSteps(tasks, events, dossiers.proceduresOf),
    accounts,
    savedFilters: createSavedFilters(connection),
    sessions: createSessions(connection),
    activations: createActivations(connection),
    delegations: createDelegations(connection),
    attempts: createAttempts(connection),
    bodies: createBodies(connection),
    procedures: createProcedures(connection),
    procedureDrafts: createProcedureDrafts(connection),
    counters,
    registers,
    receipts: createReceipts(connection),
    idempotency: createIdempotency(connection, realNow),
    notifications: createNotifications(connection),
    settings: createSettings(settings),
    ping: () => settings.upsertOne({ _id: 'ping' }, { $set: { value: String(realNow()) } }),
    close: () => connection.close(),
  };
  /** Brings records that an earlier version wrote up to this one; safe to run again. */
  const upgrade = (log: (line: string) => void = () => undefined): Promise<void> =>
    migrateRecords(
      store.settings,
      {
        ...store,
        relookupDossiers,
        relookupAccounts,
        regroupEvents: () => regroupEvents(events),
        nameApplicants: () => nameApplicants(tasks, store.dossiers.applicantsOf),
        follow,
      },
      log,
    );
  /** @throws Error when the records are not of this version; says what to do */
  const assertUpgraded = async (): Promise<void> => {
    const version = await refuseNewer(store.settings);
    if (version < RECORDS_VERSION)
      throw new Error(
        `the database has records of version ${version}: npm run migrate brings them to ${RECORDS_VERSION}`,
      );
  };
  const engine = {
    step: createShared(
      transact,
      (ids, tx) => readInstances(instances, ids, tx),
      ({ dossier, openTasks }, together) => {
        together.want('dossiers', dossier);
        for (const task of openTasks) together.want('tasks', task.id);
      },
    ),
    appendEvents,
    ...createEngineRecords({ instances, tasks, timers, jobs, deliveries, incidents }),
  };
  return {
    ...store,
    engine,
    upgrade,
    assertUpgraded,
    verifyChain: (from?: number) => verifyChain(events, from),
  };
}

/** The store, with what the engine needs of it and the check of the event log's chain. */
export type MongoStore = ReturnType<typeof createMongoStore>;
