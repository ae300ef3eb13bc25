import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { DomainError } from '../../../src/domain/errors.ts';
import type { Actor } from '../../../src/domain/party.ts';
import type { RegisterEntry } from '../../../src/domain/register.ts';
import type {
  Application,
  InstanceRow,
  InstanceView,
  MessageView,
  ProcedureDraftView,
  ProjectAssessment,
  ReadEntry,
  RemarkView,
  RequestContext,
  StoredRequest,
  VersionLife,
} from '../../../src/http/application.ts';
import {
  aDecision,
  aDocument,
  aDossier,
  aDossierRow,
  aForm,
  aNotification,
  anAccount,
  anEvent,
  anIncident,
  anOpinion,
  anUpload,
  aProcedure,
  aTask,
  someNeeds,
} from './records.ts';

/** The token that the double takes for a signed-in person. */
export const TOKEN = 'good-token';
export const ACTOR: Actor = {
  account: 'account-1',
  name: 'Person One',
  grants: [{ role: 'applicant', territory: '*', body: null }],
};

const aVersionLife = (): VersionLife => ({
  version: aProcedure() as never,
  publishedBy: { account: 'account-1', name: 'Person One' },
  state: 'inForce',
  running: 3,
});
const aProcedureDraft = (): ProcedureDraftView => ({
  id: 'draft-1',
  procedure: 'building-permit-small',
  base: 'a'.repeat(64),
  author: 'account-1',
  authorName: 'Person One',
  files: [{ path: 'processes/building-permit-small/procedure.json', content: '{}' }],
  createdAt: Date.UTC(2026, 10, 23, 9),
  updatedAt: Date.UTC(2026, 10, 23, 9),
  updatedBy: 'account-1',
  version: 1,
});

type Parts = { [K in keyof Application]?: Partial<Application[K]> };

/** Use cases called so far, by `group.name`, with what they were given. */
export interface Calls {
  name: string;
  context: RequestContext;
  input: unknown;
}

/** An application that answers one plausible record everywhere, remembers what it was asked, and can be told otherwise. */
export function anApplication(
  parts: Parts = {},
): Application & { calls: Calls[]; ledger: Map<string, StoredRequest> } {
  const AT = Date.UTC(2026, 10, 23, 9);
  const ledger = new Map<string, StoredRequest>();
  const calls: Calls[] = [];
  const page = <T>(...items: T[]) => ({ items, next: null });
  const pdf = () => ({
    fileName: 'récépissé وصل.pdf',
    mediaType: 'application/pdf',
    content: Readable.from([Buffer.from('%PDF-1.7 ')]),
  });
  const remember = (context: RequestContext, resource: { kind: string; id: string }) => {
    if (context.idempotency === null) return;
    const { id, fingerprint } = context.idempotency;
    if (ledger.has(id)) throw new DomainError('REQUEST_IN_PROGRESS');
    ledger.set(id, { id, fingerprint, resource, response: null });
  };
  const usual: Omit<Application, 'health' | 'idempotency'> = {
    site: {
      read: async () => ({
        now: AT,
        clock: 'real',
        setup: 'done',
        progress: { done: 1, of: 10 },
        demonstration: {
          accounts: [
            {
              role: 'applicant',
              name: { ar: 'صاحب الطلب', fr: 'Demandeur' },
              email: 'applicant@shubbak.invalid',
              password: 'told-to-everyone',
            },
          ],
        },
      }),
      setUp: async () => {},
    },
    delegates: {
      list: async () => ({ given: [aDelegation()], received: [aDelegation({ email: null })] }),
      name: async (context) => {
        remember(context, { kind: 'delegation', id: 'delegation-1' });
        return aDelegation();
      },
      remove: async () => {},
    },
    register: {
      list: async () =>
        page({
          number: '01.151.01.01-PC-2026-00412',
          procedure: 'building-permit-small',
          procedureName: { ar: 'رخصة البناء', fr: 'Permis de construire' },
          nature: null,
          commune: '01.151.01.01',
          communeName: { ar: 'شفشاون', fr: 'Chefchaouen' },
          deliveredAt: AT,
          status: 'delivered' as const,
        }),
    },
    follow: {
      read: async () => ({
        number: '01.151.01.01-PC-2026-00412',
        status: 'underStudy',
        procedure: { ar: 'رخصة البناء', fr: 'Permis de construire' },
        commune: { ar: 'شفشاون', fr: 'Chefchaouen' },
        stages: [{ name: { ar: 'الإيداع', fr: 'Dépôt' }, state: 'current' as const }],
        stage: [{ name: { ar: 'فحص', fr: 'Contrôler' }, party: 'administration' as const }],
        submittedAt: AT,
        updatedAt: AT,
        endedAt: null,
        timeLimit: {
          amount: 15,
          unit: 'calendarDays',
          article: 'A30',
          doubt: null,
          dueAt: AT,
          running: true,
        },
      }),
    },
    accounts: {
      register: async () => anAccount(),
      activate: async () => ({ email: 'one@example.org' }),
      endSessions: async () => {},
      login: async () => ({ accessToken: 'a.b.c', refreshToken: 'r', expiresIn: 900 }),
      refresh: async () => ({ accessToken: 'a.b.c', refreshToken: 'r2', expiresIn: 900 }),
      logout: async () => {},
      confirm: async () => ({ confirmation: 'c.o.n', expiresIn: 300 }),
      filters: async () => [{ name: 'Late', query: 'due=late' }],
      saveFilters: async (_context, { filters }) => filters,
      authenticate: async (token) => {
        if (token !== TOKEN) throw new DomainError('UNAUTHENTICATED');
        return ACTOR;
      },
      profile: async () => anAccount(),
      changeProfile: async () => anAccount({ version: 3 }),
      open: async (context) => {
        remember(context, { kind: 'account', id: 'account-9' });
        return { account: anAccount({ id: 'account-9', passwordHash: null }), secret: 'one-time' };
      },
      renewSecret: async (context, { id }) => {
        remember(context, { kind: 'account', id });
        return { account: anAccount({ id }), secret: 'one-time' };
      },
      read: async (_context, { id }) =>
        anAccount({ id, jobTitle: { ar: 'رئيس', fr: 'Président', en: 'President' } }),
      change: async (_context, { id }) => anAccount({ id }),
      list: async () => page(anAccount()),
      events: async () => [
        { ...anEvent(), dossier: null, type: 'AccountChanged', data: { active: false }, actorName: null },
      ],
      tasks: async () => {
        const { id, dossierNumber, procedure, flowNode, territory, dueAt } = aTask();
        return page({ id, dossierNumber, procedure, flowNode, territory, dueAt, name: null });
      },
      coverage: async () => [
        {
          territory: '01.151.01.01',
          offices: [{ office: 'president', holders: { ready: 1, invited: 0 } }],
          seats: [{ kind: 'urbanAgency', part: 'member', body: null, ready: 0, invited: 0 }],
          complete: false,
        },
      ],
    },
    bodies: {
      open: async (context, input) => {
        remember(context, { kind: 'body', id: input.id });
        return { ...input, active: true };
      },
      read: async (_context, { id }) => ({ ...aBody(), id }),
      change: async (_context, { id }) => ({ ...aBody(), id, active: false }),
      list: async () => [aBody()],
    },
    procedures: {
      list: async () => [aProcedure()],
      read: async () => aProcedure(),
      form: async () => aForm(),
      assess: async () => anAssessment(),
      validator: async () => ({ code: 'export const parts = {};', digest: 'd'.repeat(64) }),
    },
    studio: {
      versions: async () => [aVersionLife()],
      version: async (_context, { hash }) => {
        const life = aVersionLife();
        return { ...life, version: { ...life.version, hash }, files: aProcedureDraft().files };
      },
      vocabulary: async () => ({
        roles: ['president'],
        bodyKinds: ['commune'],
        taskHandlers: ['decide'],
        serviceHandlers: ['deliver'],
        notices: ['notification.refused'],
      }),
      list: async () => [aProcedureDraft()],
      open: async (context) => {
        remember(context, { kind: 'procedureDraft', id: 'draft-1' });
        return aProcedureDraft();
      },
      read: async (_context, { id }) => ({ ...aProcedureDraft(), id }),
      change: async (_context, { id }) => ({ ...aProcedureDraft(), id, version: 2 }),
      discard: async () => {},
      check: async () => ({
        version: 1,
        problems: [
          {
            rule: 'taskForm',
            element: 'Decide',
            message: { ar: 'بلا استمارة', fr: 'sans formulaire', en: 'no form' },
          },
        ],
      }),
      publish: async (context) => {
        remember(context, { kind: 'procedureVersion', id: 'a'.repeat(64) });
        return { hash: 'a'.repeat(64) };
      },
    },
    territories: {
      list: async () => [aTerritory()],
      read: async (_context, { code }) => ({ ...aTerritory(), code }),
    },
    dossiers: {
      startDraft: async (context) => {
        remember(context, { kind: 'dossier', id: 'dossier-1' });
        return aDraft();
      },
      changeDraft: async () => ({ ...aDraft(), version: 2 }),
      signPlans: async (context) => {
        remember(context, { kind: 'dossier', id: 'dossier-1' });
        return aDraft();
      },
      submit: async (context) => {
        remember(context, { kind: 'dossier', id: 'dossier-1' });
        return aDossier();
      },
      read: async () => ({
        dossier: aDossier(),
        procedureName: { ar: 'رخصة البناء', fr: 'Permis de construire' },
        communeName: { ar: 'شفشاون', fr: 'Chefchaouen', en: 'Chefchaouen' },
        records: {},
        applicantName: 'Person One',
        architectName: null,
        followUpSecret: '7K2MQ-9XD4T',
        tasks: [aTask()],
        stage: [
          { flowNode: 'CheckCompleteness', name: { ar: 'فحص', fr: 'Contrôler' }, party: 'administration' },
        ],
        timeLimit: {
          amount: 15,
          unit: 'calendarDays',
          article: 'A30',
          source: 'S',
          doubt: 'CHECK',
          dueAt: AT,
          dueInWorkingDays: 3,
          pausedDays: 0,
          running: true,
        },
        brings: { round: 1, pieces: ['architecturalPlan'], plansSigned: false },
        stages: [
          {
            id: 'StageChecked',
            name: { ar: 'فحص', fr: 'Vérification' },
            state: 'current',
            parties: [{ body: 'agency', name: { ar: 'و', fr: 'A' }, answered: false }],
          },
        ],
        holders: [
          {
            flowNode: 'CheckCompleteness',
            name: { ar: 'فحص', fr: 'Contrôler' },
            party: 'administration',
            roles: ['registryOfficer'],
            body: null,
            bodyName: null,
            since: AT,
            dueAt: AT,
            dueInWorkingDays: 0,
            article: 'RGC 33',
          },
        ],
        next: [
          { flowNode: 'Decide', name: { ar: 'قرار', fr: 'Décider' }, party: 'administration', kind: 'task' },
        ],
        clocks: {
          administration: { elapsedSeconds: 60, workingSeconds: 60, days: 0, times: 1 },
          applicant: { elapsedSeconds: 0, workingSeconds: 0, days: 0, times: 0 },
          running: 'administration',
        },
      }),
      needs: async () => someNeeds(),
      list: async () => ({ items: [aDossierRow()], next: 'next-page' }),
      timeline: async () => [
        {
          flowNode: 'CheckCompleteness',
          name: { ar: 'فحص', fr: 'Contrôler' },
          kind: 'user',
          party: 'administration',
          body: null,
          round: 1,
          startedAt: AT,
          endedAt: null,
          elapsedSeconds: 60,
          workingSeconds: 60,
          dueAt: null,
          article: null,
        },
      ],
      events: async () => [anEvent()],
      receipt: async () => pdf(),
      filingRejection: async () => ({ ...pdf(), content: Buffer.from('%PDF-1.7 ') }),
      minutes: async () => pdf(),
    },
    documents: {
      add: async (context, { piece, fileName, body }) => {
        const chunks: Buffer[] = [];
        for await (const chunk of body) chunks.push(chunk as Buffer);
        remember(context, { kind: 'document', id: 'document-1' });
        return aDocument({ piece, fileName, size: Buffer.concat(chunks).length });
      },
      list: async () => [aDocument()],
      read: async (_context, { id }) => aDocument({ id }),
      open: async () => ({ document: aDocument(), stream: Readable.from([Buffer.from('%PDF-1.7 ')]) }),
    },
    uploads: {
      start: async (context) => {
        remember(context, { kind: 'upload', id: 'upload-1' });
        return anUpload();
      },
      list: async () => [anUpload()],
      read: async (_context, { id }) => anUpload({ id }),
      continue: async (_context, { body, offset }) => {
        let more = 0;
        for await (const chunk of body) more += (chunk as Buffer).length;
        return anUpload({ offset: offset + more });
      },
      finish: async (context) => {
        remember(context, { kind: 'document', id: 'document-1' });
        return aDocument();
      },
      abandon: async () => {},
    },
    tasks: {
      list: async () =>
        page({
          task: aTask(),
          name: { ar: 'فحص', fr: 'Contrôler' },
          procedureName: { ar: 'رخصة', fr: 'Permis' },
          communeName: { ar: 'شفشاون', fr: 'Chefchaouen' },
          applicantName: 'Person One',
          assigneeName: null,
        }),
      signingQueue: async () =>
        page({
          row: {
            task: aTask(),
            name: { ar: 'قرار', fr: 'Décider' },
            procedureName: { ar: 'رخصة', fr: 'Permis' },
            communeName: { ar: 'شفشاون', fr: 'Chefchaouen' },
            applicantName: 'Person One',
            assigneeName: null,
          },
          act: 'licence',
          choice: 'deliver',
          verdicts: [{ body: 'agency', name: { ar: 'و', fr: 'A' }, binding: true, value: null }],
          tax: { amount: 1250, paid: true },
          limit: { dueAt: AT, amount: 15, unit: 'calendarDays' },
        }),
      preview: async () => pdf(),
      read: async () => ({
        task: aTask(),
        dossier: aDossier(),
        definition: {
          name: { ar: 'فحص', fr: 'Contrôler' },
          party: 'administration',
          article: 'RGC 33',
          limit: { amount: 'P3D', calendar: 'workingDays' },
        },
        form: aForm(),
        assigneeName: null,
      }),
      claim: async (context) => {
        remember(context, { kind: 'task', id: 'task-1' });
        return aTask({ assignee: 'account-1', claimedAt: AT, version: 2 });
      },
      release: async () => aTask({ version: 3 }),
      complete: async (context) => {
        remember(context, { kind: 'task', id: 'task-1' });
        return {
          task: aTask({ status: 'completed', endedAt: AT, completedBy: 'account-1' }),
          dossier: aDossier(),
        };
      },
    },
    decisions: {
      list: async () => [aDecision()],
      file: async () => pdf(),
      plan: async () => pdf(),
    },
    motives: {
      list: async () => [
        {
          id: 'height',
          article: 'loi 12-90, art. 43',
          for: ['remark'],
          text: { ar: 'العلو', fr: 'La hauteur', en: 'The height' },
          source: 'Loi 12-90',
          doubt: null,
        },
      ],
    },
    counter: {
      open: async (context) => {
        remember(context, { kind: 'dossier', id: 'dossier-1' });
        return { dossier: { ...aDraft(), channel: 'counter' as const }, opened: true };
      },
      handOver: async (context, { id }) => {
        remember(context, { kind: 'dossier', id });
        return { secret: 'one-time', hasEmail: false };
      },
    },
    registry: {
      related: async () => [{ dossier: aDossier(), sameLand: true, sameOwner: false, metres: 12 }],
      dispatch: async () => ({
        listed: ['architecturalPlan'],
        dispatch: {
          kind: 'oneStopShop' as const,
          rule: 'always',
          secretariat: { body: 'shop', name: { ar: 'ش', fr: 'Guichet' } },
          seats: [{ kind: 'urbanAgency' as const, body: null, name: null, binding: true, article: 'RGC 35' }],
          occasional: [{ kind: 'railways' as const, body: 'rail', name: { ar: 'س', fr: 'Rail' } }],
        },
      }),
      work: async () => ({ items: [aWorkRow()], next: 'next-page' }),
      delays: async () => ({
        now: AT,
        soon: AT + 1,
        groups: [
          {
            commune: '01.151.01.01',
            roles: ['committeeMember' as const],
            body: 'agency',
            bodyName: { ar: 'و', fr: 'A' },
            overdue: 1,
            dueSoon: 2,
          },
        ],
        late: { count: 3, more: false },
      }),
      payments: async () => ({
        ...page({
          dossier: aDossier(),
          applicantName: 'Person One',
          recordedByName: 'Treasurer',
          amount: 3600,
          receipt: 'R-1',
          paidAt: '2026-11-23',
          recordedAt: AT,
        }),
        totals: [{ commune: '01.151.01.01', count: 1, amount: 3600 }],
      }),
    },
    registers: {
      list: async () => page(anEntry()),
      find: async () => anEntry(),
      correct: async (context, { entry }) => {
        remember(context, { kind: 'registerEntry', id: 'entry-2' });
        return anEntry({
          kind: 'correction',
          event: null,
          correction: { entry, number: 7, text: 'read otherwise', reason: 'a slip' },
        });
      },
    },
    opinions: { list: async () => [anOpinion()] },
    remarks: {
      list: async () => [aRemark()],
      answer: async () => aRemark(),
    },
    messages: {
      list: async () => page(aMessage()),
      read: async () => aMessage(),
      post: async (context) => {
        remember(context, { kind: 'message', id: 'message-1' });
        return aMessage();
      },
      markRead: async () => {},
    },
    search: {
      dossiers: async () => page(aDossierRow()),
    },
    live: {
      position: async () => 2,
      follow: async (_context, { end }) => {
        setImmediate(end);
        return { seq: 3, catchUp: async () => undefined, leave: () => undefined };
      },
    },
    verification: {
      verify: async (_context, { code }) => {
        if (!code.startsWith('7K2M')) throw new DomainError('VERIFICATION_CODE_NOT_FOUND');
        return aVerification();
      },
      verifyFile: async (_context, { pdf }) => ({
        result: 'altered',
        test: true,
        signedAt: null,
        reasons: ['DIGEST_MISMATCH'],
        act: null,
        sha256: createHash('sha256').update(pdf).digest('hex'),
      }),
    },
    notifications: { list: async () => page(aNotification()), markRead: async () => {} },
    analytics: {
      steps: async () => [
        {
          flowNode: 'CheckCompleteness',
          province: '01.151',
          finished: 2,
          open: 1,
          elapsed: { count: 2, min: 1, max: 3, mean: 2, p25: 1, median: 1, p75: 3, p90: 3 },
          working: null,
        },
      ],
      occurrences: async () => page(anOccurrence()),
      exportOccurrences: async () => [anOccurrence()],
    },
    incidents: {
      list: async () => page(anIncidentView()),
      read: async () => anIncidentView(),
      retry: async () => ({ ...anIncidentView(), resolvedAt: AT, resolvedBy: 'account-1' }),
      skip: async () => ({ ...anIncidentView(), resolvedAt: AT, resolvedBy: 'account-1' }),
    },
    instances: {
      find: async () => [anInstanceRow()],
      read: async () => anInstanceView(),
      setVariables: async () => anInstanceView(),
      move: async () => anInstanceView(),
      cancel: async () => ({ ...anInstanceView(), status: 'cancelled', endedAt: AT }),
    },
    operation: {
      state: async () => ({
        now: AT,
        clock: 'demo',
        nextTimerAt: null,
        waiting: { jobs: 0, timers: 3, deliveries: 2, incidents: 1 },
        mail: { enabled: false, waiting: 0, failed: 0 },
        disk: { free: 1, total: 2 },
      }),
      timers: async () => ({
        items: [
          {
            id: 'timer-1',
            dossierNumber: null,
            territory: '01.151.01.01',
            procedure: 'building-permit-small',
            flowNode: 'ComplementExpires',
            name: { ar: 'انقضاء', fr: 'Échéance' },
            dueAt: AT,
          },
        ],
        count: 1,
      }),
    },
    clock: {
      read: async () => ({ now: AT, kind: 'demo' }),
      move: async (_context, { to }) => ({ now: to, kind: 'demo' }),
    },
    trust: { rootCertificate: async () => '-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n' },
  };
  const application = {
    ...Object.fromEntries(
      Object.entries(usual).map(([group, methods]) => [
        group,
        recorded(group, { ...methods, ...parts[group as keyof Parts] }, calls),
      ]),
    ),
    idempotency: {
      find: async (id: string) => ledger.get(id) ?? null,
      keep: async (id: string, response: StoredRequest['response']) => {
        const record = ledger.get(id);
        if (record !== undefined) ledger.set(id, { ...record, response });
      },
      ...parts.idempotency,
    },
    health:
      (parts.health as Application['health'] | undefined) ??
      (async () => ({ store: 'up', storeKind: 'embedded', engine: { name: 'native', status: 'up' } })),
    calls,
    ledger,
  };
  return application as unknown as Application & { calls: Calls[]; ledger: Map<string, StoredRequest> };
}

function aRemark(): RemarkView {
  const opinion = anOpinion();
  return {
    id: `${opinion.id}-0`,
    opinion,
    remark: { document: 'document-1', page: 1, article: 'RGC 34', text: 'Recul', reserve: true },
    bodyName: { ar: 'و', fr: 'A' },
    document: aDocument(),
    answer: {
      id: `${opinion.id}-0`,
      dossier: 'dossier-1',
      text: 'Corrigé',
      document: null,
      by: 'account-1',
      byName: 'Person One',
      at: Date.UTC(2026, 10, 23, 9),
    },
    answerable: true,
  };
}

function aMessage(): MessageView {
  return {
    message: {
      id: 'message-1',
      dossier: 'dossier-1',
      author: 'account-2',
      side: 'administration',
      text: 'Bonjour',
      at: Date.UTC(2026, 10, 23, 9),
    },
    authorName: 'Person Two',
    authorTitle: { ar: 'رئيس', fr: 'Président' },
    mine: false,
    read: false,
  };
}

function aWorkRow() {
  return {
    dossier: aDossier(),
    applicantName: 'Person One',
    waiting: [{ task: aTask(), name: { ar: 'فحص', fr: 'Contrôler' }, party: 'administration' as const }],
    limit: { dueAt: Date.UTC(2026, 11, 8), running: true, article: 'A30' },
  };
}

function anEntry(changes: Partial<RegisterEntry> = {}): ReadEntry {
  return {
    entry: {
      id: 'entry-1',
      commune: '01.151.01.01',
      direction: 'incoming',
      year: 2026,
      number: 7,
      at: Date.UTC(2026, 10, 23, 9),
      kind: 'application',
      dossier: 'dossier-1',
      event: 7,
      actor: 'account-1',
      body: null,
      correction: null,
      ...changes,
    },
    dossierNumber: '01.151.01.01-PC-2026-00412',
    correspondent: 'Person One',
    bodyName: null,
    actorName: 'Person One',
    corrections: [{ id: 'entry-2', number: 8, at: Date.UTC(2026, 10, 23, 9) }],
  };
}

/** What the public learns of a good act. */
export function aVerification() {
  return {
    valid: true,
    status: 'valid',
    kind: 'licence',
    number: '01.151.01.01-PC-2026-00412',
    procedure: { ar: 'رخصة البناء', fr: 'Permis de construire' },
    commune: { ar: 'شفشاون', fr: 'Chefchaouen' },
    issuedAt: Date.UTC(2026, 10, 23, 9),
    signer: 'Signatory',
    test: true,
    reasons: [] as string[],
  };
}

function aDelegation(more: { email?: null } = {}) {
  return {
    id: 'delegation-1',
    principal: 'account-1',
    delegate: 'account-2',
    name: 'Person Two',
    email: 'two@example.org',
    procedure: null,
    from: Date.UTC(2026, 10, 23, 9),
    until: null,
    createdAt: Date.UTC(2026, 10, 23, 9),
    endedAt: null,
    inForce: true,
    ...more,
  };
}

function anAssessment(): ProjectAssessment {
  return {
    procedure: 'building-permit-small',
    version: 'a'.repeat(64),
    served: true,
    serves: true,
    taxed: true,
    size: { size: 'small', rule: 'notLarge', article: 'RGC, annexe 3', doubt: null },
    pieces: [
      {
        piece: {
          code: 'plan',
          name: { ar: 'تصميم', fr: 'Plan' },
          kind: 'principal',
          when: null,
          article: 'RGC 32',
          plan: true,
          accept: ['application/pdf'],
        },
        needed: null,
      },
    ],
    tax: {
      amount: 25,
      lowest: 20,
      highest: 30,
      lines: [{ label: 'coveredM2', quantity: 1, rate: 25, amount: 25 }],
      exemption: null,
      article: 'Loi 47-06, art. 50',
      doubt: 'INF',
    },
    timeLimit: {
      id: 'limit',
      inForceFrom: '2023-07-13',
      inForceTo: null,
      amount: 15,
      unit: 'calendarDays',
      article: 'A30',
      source: 'BO',
      doubt: null,
    },
    silenceIsApproval: true,
    legalBasis: [{ article: 'Loi 12-90', text: { ar: 'قانون', fr: 'Loi' } }],
    unanswered: ['/project/use'],
  };
}

function aDraft() {
  return aDossier({
    status: 'draft',
    number: null,
    definition: null,
    receipt: null,
    classification: null,
    committee: null,
    decision: null,
    tax: null,
    complements: [],
    minutes: [],
    reserves: [],
    submittedAt: null,
    clockStartedAt: null,
    version: 1,
  });
}

function aBody() {
  return {
    id: 'agency',
    kind: 'urbanAgency' as const,
    name: { ar: 'الوكالة الحضرية', fr: 'Agence urbaine' },
    territories: ['01.151'],
    active: true,
  };
}

function anIncidentView() {
  return {
    ...anIncident(),
    dossierNumber: null,
    version: 'a'.repeat(64),
    name: { ar: 'فحص', fr: 'Contrôler' },
  };
}

function anInstanceRow(): InstanceRow {
  return {
    id: 'instance-1',
    dossier: 'dossier-1',
    dossierNumber: '01.151.01.01-PC-2026-00412',
    procedure: 'building-permit-small',
    version: 'a'.repeat(64),
    territory: '01.151.01.01',
    status: 'active',
    startedAt: Date.UTC(2026, 10, 23, 9),
    endedAt: null,
  };
}

function anInstanceView(): InstanceView {
  const name = { ar: 'فحص', fr: 'Contrôler' };
  return {
    ...anInstanceRow(),
    variables: { members: ['agency-1'] },
    waiting: [
      {
        token: '4',
        flowNode: 'CheckCompleteness',
        name,
        waitsFor: 'task',
        tasks: 1,
        incident: null,
        mayGoTo: [{ flowNode: 'ConveneCommittee', name: null }],
      },
    ],
    interventions: ['skip', 'setVariables', 'moveToken'],
    incidents: [anIncidentView()],
    history: [
      {
        id: 'intervention-1',
        instance: 'instance-1',
        dossier: 'dossier-1',
        kind: 'move',
        reason: 'Séance tenue hors ligne.',
        by: 'account-1',
        byName: 'Person One',
        at: Date.UTC(2026, 10, 23, 9),
        flowNode: 'CheckCompleteness',
        name,
        to: 'ConveneCommittee',
        toName: null,
        names: [],
      },
    ],
  };
}

function anOccurrence() {
  return {
    id: 'task-1',
    dossier: null,
    dossierNumber: '01.151.01.01-PC-2026-00412',
    procedure: 'building-permit-small',
    version: 'a'.repeat(64),
    flowNode: 'CheckCompleteness',
    kind: 'user' as const,
    body: null,
    territory: '01.151.01.01',
    startedAt: Date.UTC(2026, 10, 23, 9),
    endedAt: Date.UTC(2026, 10, 23, 10),
    outcome: 'completed' as const,
    elapsedSeconds: 3600,
    workingSeconds: 3600,
  };
}

function aTerritory() {
  return {
    code: '01.151',
    kind: 'province' as const,
    name: { ar: 'شفشاون', fr: 'Chefchaouen', en: 'Chefchaouen' },
    parent: '01',
    setting: null,
    population: 444_000,
  };
}

type Method = (...args: unknown[]) => unknown;

function recorded(group: string, methods: Record<string, unknown>, calls: Calls[]): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(methods).map(([name, method]) => [
      name,
      (...args: unknown[]) => {
        calls.push({ name: `${group}.${name}`, context: args[0] as RequestContext, input: args[1] });
        return (method as Method)(...args);
      },
    ]),
  );
}
