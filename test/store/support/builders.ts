import { randomUUID } from 'node:crypto';
import type { Decision } from '../../../src/domain/decision.ts';
import type { Document } from '../../../src/domain/document.ts';
import type { Dossier } from '../../../src/domain/dossier.ts';
import type { NewEvent } from '../../../src/domain/events.ts';
import type { Opinion } from '../../../src/domain/opinion.ts';
import type { Account } from '../../../src/domain/party.ts';
import type { Delivery, Incident, Job, ProcessInstance, Task, Timer } from '../../../src/domain/process.ts';
import type { StepWrites } from '../../../src/store/engineRecords.ts';
import type { MongoStore } from '../../../src/store/mongoStore.ts';

export const COMMUNE = '01.151.01.01';

export function aDossier(changes: Partial<Dossier> = {}): Dossier {
  return {
    id: randomUUID(),
    number: null,
    procedure: 'building-permit',
    definition: null,
    instance: null,
    commune: COMMUNE,
    status: 'filed',
    applicant: 'applicant-1',
    architect: null,
    createdBy: 'applicant-1',
    channel: 'online',
    application: {},
    round: 1,
    architectSignatures: [],
    receipt: null,
    filingRejection: null,
    classification: null,
    complements: [],
    committee: null,
    minutes: [],
    decision: null,
    reserves: [],
    tax: null,
    records: {},
    clockStartedAt: null,
    submittedAt: null,
    endedAt: null,
    createdAt: 1000,
    updatedAt: 1000,
    version: 1,
    ...changes,
  };
}

export function aTask(changes: Partial<Task> = {}): Task {
  return {
    id: randomUUID(),
    instance: 'instance-1',
    dossier: 'dossier-1',
    dossierNumber: null,
    applicant: 'applicant-1',
    procedure: 'building-permit',
    definition: 'hash-1',
    flowNode: 'CheckCompleteness',
    token: 't1',
    roles: ['registryOfficer'],
    body: null,
    territory: COMMUNE,
    form: null,
    handler: null,
    status: 'open',
    assignee: null,
    claimedAt: null,
    createdAt: 1000,
    dueAt: null,
    article: null,
    round: 1,
    endedAt: null,
    completedBy: null,
    variables: {},
    version: 1,
    ...changes,
  };
}

export function anInstance(changes: Partial<ProcessInstance> = {}): ProcessInstance {
  return {
    id: randomUUID(),
    dossier: 'dossier-1',
    procedure: 'building-permit',
    definition: 'hash-1',
    status: 'active',
    state: { tokens: [] },
    version: 1,
    startedAt: 1000,
    endedAt: null,
    endEvent: null,
    openTasks: [],
    parent: null,
    ...changes,
  };
}

export function aTimer(changes: Partial<Timer> = {}): Timer {
  return {
    id: randomUUID(),
    instance: 'instance-1',
    dossier: 'dossier-1',
    flowNode: 'Silence',
    token: 't2',
    dueAt: 2000,
    leasedUntil: 0,
    ...changes,
  };
}

export function aJob(changes: Partial<Job> = {}): Job {
  return {
    id: randomUUID(),
    instance: 'instance-1',
    dossier: 'dossier-1',
    flowNode: 'OpenDossier',
    token: 't3',
    handler: 'openDossier',
    variables: {},
    attempts: 0,
    runAfter: 0,
    leasedUntil: 0,
    createdAt: 1000,
    ...changes,
  };
}

export function aDelivery(changes: Partial<Delivery> = {}): Delivery {
  return {
    id: randomUUID(),
    instance: 'instance-1',
    dossier: 'dossier-1',
    flowNode: 'TellOthers',
    receiver: null,
    says: { kind: 'message', name: 'news', key: null, variables: {} },
    attempts: 0,
    runAfter: 0,
    leasedUntil: 0,
    createdAt: 1000,
    ...changes,
  };
}

export function anIncident(changes: Partial<Incident> = {}): Incident {
  return {
    id: randomUUID(),
    instance: 'instance-1',
    dossier: 'dossier-1',
    procedure: 'building-permit',
    territory: COMMUNE,
    flowNode: 'OpenDossier',
    token: 't3',
    kind: 'job',
    job: { handler: 'openDossier', variables: { 'a.b': 1 } },
    code: 'INTERNAL',
    message: 'it broke',
    attempts: 5,
    createdAt: 1000,
    resolvedAt: null,
    resolvedBy: null,
    ...changes,
  };
}

export function anEvent(changes: Partial<NewEvent> = {}): NewEvent {
  return {
    type: 'DraftStarted',
    at: 1000,
    dossier: 'dossier-1',
    flowNode: null,
    subject: null,
    party: 'applicant',
    actor: 'applicant-1',
    body: null,
    territory: COMMUNE,
    clock: 'running',
    cause: null,
    article: null,
    calendarVersion: null,
    data: {},
    ...changes,
  };
}

export function anAccount(changes: Partial<Account> = {}): Account {
  const id = changes.id ?? randomUUID();
  return {
    id,
    kind: 'person',
    email: `${id}@example.org`,
    name: 'Test Person',
    nameAr: null,
    identityNumber: null,
    phone: null,
    orderNumber: null,
    language: 'fr',
    jobTitle: null,
    grants: [],
    passwordHash: null,
    active: true,
    createdAt: 1000,
    version: 1,
    ...changes,
  };
}

export function aDocument(changes: Partial<Document> = {}): Document {
  return {
    id: randomUUID(),
    dossier: 'dossier-1',
    piece: 'architecturalPlan',
    version: 1,
    round: 1,
    fileName: 'plan.pdf',
    mediaType: 'application/pdf',
    size: 10,
    sha256: 'ab'.repeat(32),
    quality: null,
    pages: 1,
    uploadedBy: 'applicant-1',
    uploadedAt: 1000,
    current: true,
    ...changes,
  };
}

export function anOpinion(changes: Partial<Opinion> = {}): Opinion {
  return {
    id: randomUUID(),
    dossier: 'dossier-1',
    task: randomUUID(),
    round: 1,
    body: 'agency',
    bodyKind: 'urbanAgency',
    member: 'member-1',
    value: 'favourable',
    remarks: [],
    observations: null,
    givenAt: 1000,
    payload: '{}',
    jws: 'a..b',
    ...changes,
  };
}

export function aDecision(changes: Partial<Decision> = {}): Decision {
  return {
    id: randomUUID(),
    dossier: 'dossier-1',
    round: 1,
    kind: 'licence',
    choice: 'deliver',
    reasons: [],
    conditions: [],
    decidedBy: 'president-1',
    decidedAt: 1000,
    signedBy: null,
    signedAt: null,
    verificationCode: null,
    file: null,
    plans: [],
    status: 'draft',
    signatory: null,
    ...changes,
  };
}

/** The writes of a step that only moves the instance on; `expectedVersion` null: it begins. */
export function aStep(instance: ProcessInstance, changes: Partial<StepWrites> = {}): StepWrites {
  return {
    instance,
    expectedVersion: null,
    openTasks: [],
    endTasks: [],
    setTimers: [],
    removeTimers: [],
    addJobs: [],
    removeJobs: [],
    addDeliveries: [],
    removeDeliveries: [],
    wakeMessages: [],
    raiseIncidents: [],
    resolveIncidents: [],
    ...changes,
  };
}

/** Begins an instance with these tasks, timers, jobs, deliveries and incidents. */
export async function begin(
  store: MongoStore,
  changes: Partial<StepWrites> = {},
  instance = anInstance(),
): Promise<ProcessInstance> {
  await store.transaction(async (tx) => store.engine.write(tx, aStep(instance, changes)));
  return instance;
}
