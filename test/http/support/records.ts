import type { Decision } from '../../../src/domain/decision.ts';
import type { Document } from '../../../src/domain/document.ts';
import type { Dossier } from '../../../src/domain/dossier.ts';
import type { DomainEvent } from '../../../src/domain/events.ts';
import type { Notification } from '../../../src/domain/notification.ts';
import type { Opinion } from '../../../src/domain/opinion.ts';
import type { Account } from '../../../src/domain/party.ts';
import type { Incident, Task } from '../../../src/domain/process.ts';
import type { DossierNeeds, DossierRow, Procedure, UploadView } from '../../../src/http/application.ts';

const AT = Date.UTC(2026, 10, 23, 9);
const HASH = 'a'.repeat(64);

/** A dossier as it is just after its receipt, with what the test changes. */
export function aDossier(changes: Partial<Dossier> = {}): Dossier {
  return {
    id: 'dossier-1',
    number: '01.151.01.01-PC-2026-00412',
    procedure: 'building-permit-small',
    definition: HASH,
    instance: 'instance-1',
    commune: '01.151.01.01',
    status: 'underStudy',
    applicant: 'account-1',
    architect: 'account-2',
    createdBy: 'account-1',
    channel: 'online',
    application: { landTitle: '12345/06' },
    round: 1,
    architectSignatures: [{ round: 1, payload: '{}', jws: 'a..b', at: AT, account: 'account-2' }],
    receipt: { number: '01.151.01.01-PC-2026-00412', issuedAt: AT, pieces: ['document-1'] },
    filingRejection: null,
    classification: { size: 'small', rule: 'house', article: 'RGC annex 3' },
    complements: [
      {
        round: 1,
        requestedAt: AT,
        requestedBy: 'account-3',
        items: [{ piece: 'titleDeed', reason: 'illisible', article: 'RGC 33', document: null }],
        answeredAt: null,
      },
    ],
    committee: {
      kind: 'oneStopShop',
      round: 1,
      convenedAt: AT,
      secretariat: 'shop',
      members: [{ body: 'agency', kind: 'urbanAgency', binding: true }],
      silent: [],
      rule: 'always',
    },
    minutes: [
      {
        round: 1,
        drawnUpAt: AT,
        drawnUpBy: 'account-3',
        observations: '',
        proposal: 'deliver',
        opinions: ['opinion-1'],
        silent: [],
      },
    ],
    decision: {
      choice: 'deliver',
      reasons: [{ article: 'RGC 39', text: '' }],
      conditions: [],
      at: AT,
      by: 'account-4',
    },
    reserves: [{ round: 1, requestedAt: AT, answeredAt: null, lifted: null }],
    tax: {
      amount: 3600,
      currency: 'MAD',
      rule: 'house',
      lines: [{ label: 'm2', quantity: 120, rate: 30, amount: 3600 }],
      exemption: null,
      source: 'order',
      computedAt: AT,
      payment: { receipt: 'R-1', paidAt: '2026-11-23', recordedBy: 'account-5', recordedAt: AT },
    },
    records: { SomeTask: { secretly: true } },
    clockStartedAt: AT,
    submittedAt: AT,
    endedAt: null,
    createdAt: AT,
    updatedAt: AT,
    version: 3,
    ...changes,
  };
}

/** What a draft with nothing in it needs. */
export function someNeeds(): DossierNeeds {
  return {
    version: HASH,
    form: 'building-permit-small/application',
    faults: [{ field: '/project', rule: 'required', params: { missingProperty: 'project' } }],
    pieces: [
      {
        piece: {
          code: 'architecturalPlan',
          name: { ar: 'تصميم', fr: 'Plan' },
          kind: 'principal',
          when: null,
          article: 'RGC 33',
          plan: true,
          accept: ['application/pdf'],
        },
        needed: true,
        present: false,
      },
    ],
    served: true,
    signature: { needed: false, done: false, at: null },
    size: null,
    tax: null,
    timeLimit: {
      id: 'joint-order',
      inForceFrom: '2023-07-13',
      inForceTo: null,
      amount: 15,
      unit: 'calendarDays',
      article: 'Arrêté',
      source: 'BO',
      doubt: null,
    },
    silenceIsApproval: true,
    unanswered: ['/project/use'],
  };
}

/** The same in a list. */
export function aDossierRow(changes: Partial<Dossier> = {}): DossierRow {
  return {
    dossier: aDossier(changes),
    procedureName: { ar: 'رخصة', fr: 'Permis' },
    communeName: { ar: 'جماعة', fr: 'Commune' },
    applicantName: 'Person One',
    architectName: null,
    turn: 'administration',
  };
}

/** An open task of that dossier. */
export function aTask(changes: Partial<Task> = {}): Task {
  return {
    id: 'task-1',
    instance: 'instance-1',
    dossier: 'dossier-1',
    dossierNumber: '01.151.01.01-PC-2026-00412',
    applicant: 'account-1',
    procedure: 'building-permit-small',
    definition: HASH,
    flowNode: 'CheckCompleteness',
    token: 'token-1',
    roles: ['registryOfficer'],
    body: null,
    territory: '01.151.01.01',
    form: 'building-permit-small/completeness',
    handler: 'checkCompleteness',
    status: 'open',
    assignee: null,
    claimedAt: null,
    createdAt: AT,
    dueAt: AT + 86_400_000,
    article: 'RGC 33',
    round: 1,
    endedAt: null,
    completedBy: null,
    variables: { internal: true },
    version: 1,
    ...changes,
  };
}

/** A person who signed up. */
export function anAccount(changes: Partial<Account> = {}): Account {
  return {
    id: 'account-1',
    kind: 'person',
    email: 'one@example.org',
    name: 'Person One',
    nameAr: null,
    identityNumber: 'L123456',
    phone: null,
    orderNumber: null,
    language: 'ar',
    jobTitle: null,
    grants: [{ role: 'applicant', territory: '*', body: null }],
    passwordHash: 'scrypt$secret',
    active: true,
    createdAt: AT,
    version: 2,
    ...changes,
  };
}

/** A plan that was filed. */
export function aDocument(changes: Partial<Document> = {}): Document {
  return {
    id: 'document-1',
    dossier: 'dossier-1',
    piece: 'architecturalPlan',
    version: 1,
    round: 1,
    fileName: 'تصميم معماري.pdf',
    mediaType: 'application/pdf',
    size: 9,
    sha256: HASH,
    pages: 1,
    uploadedBy: 'account-1',
    uploadedAt: AT,
    current: true,
    quality: {
      verdict: 'warning',
      findings: [{ rule: 'resolution', page: 1, measured: '72 dpi', wanted: '200 dpi' }],
      rules: '2026-1',
    },
    ...changes,
  };
}

/** A file on its way, half there. */
export function anUpload(changes: Partial<UploadView> = {}): UploadView {
  return {
    id: 'upload-1',
    dossier: 'dossier-1',
    piece: 'architecturalPlan',
    fileName: 'تصميم معماري.pdf',
    size: 9,
    offset: 4,
    fingerprint: HASH,
    owner: 'account-1',
    startedAt: AT,
    document: null,
    ...changes,
  };
}

/** A signed licence. */
export function aDecision(changes: Partial<Decision> = {}): Decision {
  return {
    id: 'decision-1',
    dossier: 'dossier-1',
    round: 1,
    kind: 'licence',
    choice: 'deliver',
    reasons: [],
    conditions: ['Respecter le recul'],
    decidedBy: 'account-4',
    decidedAt: AT,
    signedBy: 'account-4',
    signedAt: AT,
    verificationCode: '7K2MQ9XD4TVB0HRC',
    file: { sha256: HASH, size: 1000 },
    plans: [{ document: 'document-1', piece: 'plan', fileName: 'a.pdf', sha256: HASH, stamped: HASH }],
    status: 'issued',
    signatory: { name: 'Signatory', title: { ar: 'رئيس مجلس الجماعة', fr: 'Président du conseil communal' } },
    ...changes,
  };
}

/** A favourable opinion of the urban agency. */
export function anOpinion(changes: Partial<Opinion> = {}): Opinion {
  return {
    id: 'opinion-1',
    dossier: 'dossier-1',
    task: 'task-2',
    round: 1,
    body: 'agency',
    bodyKind: 'urbanAgency',
    member: 'account-6',
    value: 'favourableWithReserves',
    remarks: [{ document: 'document-1', page: 1, article: 'RGC 38', text: 'recul', reserve: true }],
    observations: null,
    givenAt: AT,
    payload: '{}',
    jws: 'a..b',
    ...changes,
  };
}

/** A message that a licence is there. */
export function aNotification(changes: Partial<Notification> = {}): Notification {
  return {
    id: 'notification-1',
    account: 'account-1',
    dossier: 'dossier-1',
    dossierNumber: '01.151.01.01-PC-2026-00412',
    template: 'notification.licenceDelivered',
    data: {},
    createdAt: AT,
    readAt: null,
    mail: { status: 'pending', attempts: 0, runAfter: 0 },
    ...changes,
  };
}

/** A job that failed for good. */
export function anIncident(changes: Partial<Incident> = {}): Incident {
  return {
    id: 'incident-1',
    instance: 'instance-1',
    dossier: 'dossier-1',
    procedure: 'building-permit-small',
    territory: '01.151.01.01',
    flowNode: 'Deliver',
    token: 'token-9',
    kind: 'job',
    job: { handler: 'deliver', variables: { internal: true } },
    code: 'UNAVAILABLE',
    message: 'no answer',
    attempts: 5,
    createdAt: AT,
    resolvedAt: null,
    resolvedBy: null,
    ...changes,
  };
}

/** The event of a filing. */
export function anEvent(changes: Partial<DomainEvent> = {}): DomainEvent {
  return {
    seq: 7,
    id: 'event-7',
    type: 'ApplicationSubmitted',
    at: AT,
    dossier: 'dossier-1',
    flowNode: null,
    subject: null,
    party: 'applicant',
    actor: 'account-1',
    body: null,
    territory: '01.151.01.01',
    clock: 'running',
    cause: null,
    article: null,
    calendarVersion: null,
    data: {},
    previousHash: HASH,
    hash: HASH,
    ...changes,
  };
}

/** A published procedure of one step. */
export function aProcedure(changes: Partial<Procedure> = {}): Procedure {
  return {
    hash: HASH,
    id: 'building-permit-small',
    settings: {
      name: { ar: 'رخصة البناء', fr: 'Permis de construire' },
      numberType: 'PC',
      silenceIsApproval: true,
      legalBasis: [{ article: '12-90, 40', text: { ar: 'نص', fr: 'texte' } }],
      timeLimits: [
        {
          id: 'order-2023',
          inForceFrom: '2023-07-13',
          inForceTo: null,
          amount: 15,
          unit: 'calendarDays',
          article: 'A30',
          source: 'BO',
          doubt: 'CHECK',
        },
      ],
      pieces: [
        {
          code: 'architecturalPlan',
          name: { ar: 'تصميم', fr: 'Plan' },
          kind: 'principal',
          when: null,
          article: 'RGC 33',
          plan: true,
          accept: ['application/pdf'],
        },
      ],
      forms: { application: 'building-permit-small/application' },
    },
    diagram: '<definitions/>',
    forms: { 'building-permit-small/application': aForm() },
    tasks: { CheckCompleteness: { party: 'administration', article: 'RGC 33' } },
    names: { CheckCompleteness: { ar: 'فحص', fr: 'Contrôler' }, OpenDossier: { ar: 'فتح', fr: 'Ouvrir' } },
    publishedAt: AT,
    note: 'first',
    inForceFrom: '2026-01-01',
    ...changes,
  };
}

/** A form of one field. */
export function aForm() {
  return {
    id: 'building-permit-small/application',
    schema: { type: 'object' },
    ui: {},
    texts: { ar: {}, fr: {}, en: {} },
  };
}
