import type { Application, UseCase } from './http/application.ts';
import { activateAccount } from './usecases/accounts/activateAccount.ts';
import { authenticate } from './usecases/accounts/authenticate.ts';
import { changeAccount } from './usecases/accounts/changeAccount.ts';
import { changeProfile } from './usecases/accounts/changeProfile.ts';
import { confirmSignature } from './usecases/accounts/confirmSignature.ts';
import type { AccountDependencies } from './usecases/accounts/dependencies.ts';
import { login } from './usecases/accounts/login.ts';
import { logout } from './usecases/accounts/logout.ts';
import { openAccount } from './usecases/accounts/openAccount.ts';
import { listAccounts, readAccount } from './usecases/accounts/readAccount.ts';
import { readProfile } from './usecases/accounts/readProfile.ts';
import { refreshTokens } from './usecases/accounts/refreshTokens.ts';
import { registerAccount } from './usecases/accounts/registerAccount.ts';
import { renewSecret } from './usecases/accounts/renewSecret.ts';
import { readSavedFilters, saveFilters } from './usecases/accounts/savedFilters.ts';
import { exportOccurrences, listOccurrences } from './usecases/analytics/listOccurrences.ts';
import { measureSteps } from './usecases/analytics/measureSteps.ts';
import { changeBody } from './usecases/bodies/changeBody.ts';
import { openBody } from './usecases/bodies/openBody.ts';
import { listBodies, readBody } from './usecases/bodies/readBodies.ts';
import {
  listDecisions,
  listOpinions,
  openApprovedPlan,
  openDecision,
} from './usecases/decisions/readDecisions.ts';
import type { Dependencies, RequestContext } from './usecases/dependencies.ts';
import { abandonUpload } from './usecases/documents/abandonUpload.ts';
import { addDocument } from './usecases/documents/addDocument.ts';
import { continueUpload } from './usecases/documents/continueUpload.ts';
import { finishUpload } from './usecases/documents/finishUpload.ts';
import { listDocuments } from './usecases/documents/listDocuments.ts';
import { openDocument, readDocument } from './usecases/documents/openDocument.ts';
import { listUploads, readUpload } from './usecases/documents/readUploads.ts';
import { startUpload } from './usecases/documents/startUpload.ts';
import { changeDraft } from './usecases/dossiers/changeDraft.ts';
import { listDossiers } from './usecases/dossiers/listDossiers.ts';
import { readDossier } from './usecases/dossiers/readDossier.ts';
import { readEvents } from './usecases/dossiers/readEvents.ts';
import { readFilingRejection, readMinutes, readReceipt } from './usecases/dossiers/readLetters.ts';
import { readTimeline } from './usecases/dossiers/readTimeline.ts';
import { signPlans } from './usecases/dossiers/signPlans.ts';
import { startDraft } from './usecases/dossiers/startDraft.ts';
import { submitApplication } from './usecases/dossiers/submitApplication.ts';
import { listNotifications, markNotificationRead } from './usecases/notifications/notifications.ts';
import { listIncidents, retryIncident } from './usecases/operation/incidents.ts';
import { type DemoClock, moveClock, readClock } from './usecases/operation/moveClock.ts';
import { checkProcedureDraft } from './usecases/procedures/checkProcedureDraft.ts';
import {
  changeProcedureDraft,
  discardProcedureDraft,
  listProcedureDrafts,
  openProcedureDraft,
  readProcedureDraft,
} from './usecases/procedures/procedureDrafts.ts';
import {
  listProcedureVersions,
  readProcedureVersion,
  readVocabulary,
} from './usecases/procedures/procedureVersions.ts';
import { publishProcedureDraft } from './usecases/procedures/publishProcedureDraft.ts';
import { readFormValidator } from './usecases/procedures/readFormValidator.ts';
import { listProcedures, readForm, readProcedure } from './usecases/procedures/readProcedures.ts';
import { readSite } from './usecases/site/readSite.ts';
import { claimTask, releaseTask } from './usecases/tasks/claimTask.ts';
import { completeTask } from './usecases/tasks/completeTask.ts';
import { listTasks } from './usecases/tasks/listTasks.ts';
import { previewTask } from './usecases/tasks/previewTask.ts';
import { readTask } from './usecases/tasks/readTask.ts';
import { verifyAct } from './usecases/verification/verifyAct.ts';

/** What the use cases need beside their common dependencies. */
export interface Bound extends Dependencies, AccountDependencies {
  demoClock: DemoClock | null;
  nextTimerAt(): Promise<number | null>;
  engineName: string;
  isEngineAlive(): boolean;
  storeKind: 'embedded' | 'mongodb';
}

/** Gives each use case what it depends on, so that routes only pass who asks and what. */
export function bindUseCases(deps: Bound): Application {
  const bind =
    <Input, Output>(
      usecase: (deps: Bound, context: RequestContext, input: Input) => Promise<Output>,
    ): UseCase<Input, Output> =>
    (context, input) =>
      usecase(deps, context, input);

  return {
    accounts: {
      register: bind(registerAccount),
      activate: bind(activateAccount),
      login: bind(login),
      refresh: bind(refreshTokens),
      logout: bind(logout),
      confirm: bind(confirmSignature),
      filters: (context) => readSavedFilters(deps, context),
      saveFilters: bind(saveFilters),
      authenticate: (accessToken) => authenticate(deps, accessToken),
      profile: (context) => readProfile(deps, context),
      changeProfile: bind(changeProfile),
      open: bind(openAccount),
      renewSecret: bind(renewSecret),
      read: bind(readAccount),
      change: bind(changeAccount),
      list: bind(listAccounts),
    },
    bodies: {
      open: bind(openBody),
      read: bind(readBody),
      change: bind(changeBody),
      list: (context) => listBodies(deps, context),
    },
    procedures: {
      list: () => listProcedures(deps),
      read: (_context, input) => readProcedure(deps, input),
      form: (_context, input) => readForm(deps, input),
      validator: (_context, input) => readFormValidator(deps, input),
    },
    studio: {
      versions: (context) => listProcedureVersions(deps, context),
      version: bind(readProcedureVersion),
      vocabulary: (context) => readVocabulary(deps, context),
      list: (context) => listProcedureDrafts(deps, context),
      open: bind(openProcedureDraft),
      read: bind(readProcedureDraft),
      change: bind(changeProcedureDraft),
      discard: bind(discardProcedureDraft),
      check: bind(checkProcedureDraft),
      publish: bind(publishProcedureDraft),
    },
    territories: {
      list: async (_context, { parent, kind }) =>
        deps.territories.list({
          ...(parent === undefined ? {} : { parent }),
          ...(kind === undefined ? {} : { kind }),
        }),
      read: async (_context, { code }) => deps.territories.get(code),
    },
    dossiers: {
      startDraft: bind(startDraft),
      changeDraft: bind(changeDraft),
      signPlans: bind(signPlans),
      submit: bind(submitApplication),
      read: bind(readDossier),
      list: bind(listDossiers),
      timeline: bind(readTimeline),
      events: bind(readEvents),
      receipt: bind(readReceipt),
      filingRejection: bind(readFilingRejection),
      minutes: bind(readMinutes),
    },
    documents: {
      add: bind(addDocument),
      list: bind(listDocuments),
      read: bind(readDocument),
      open: bind(openDocument),
    },
    uploads: {
      start: bind(startUpload),
      list: bind(listUploads),
      read: bind(readUpload),
      continue: bind(continueUpload),
      finish: bind(finishUpload),
      abandon: bind(abandonUpload),
    },
    tasks: {
      list: bind(listTasks),
      read: bind(readTask),
      preview: bind(previewTask),
      claim: bind(claimTask),
      release: bind(releaseTask),
      complete: bind(completeTask),
    },
    decisions: { list: bind(listDecisions), file: bind(openDecision), plan: bind(openApprovedPlan) },
    opinions: { list: bind(listOpinions) },
    verification: { verify: bind(verifyAct) },
    notifications: { list: bind(listNotifications), markRead: bind(markNotificationRead) },
    analytics: {
      steps: bind(measureSteps),
      occurrences: bind(listOccurrences),
      exportOccurrences: bind(exportOccurrences),
    },
    incidents: { list: bind(listIncidents), retry: bind(retryIncident) },
    clock: { read: () => readClock(deps), move: bind(moveClock) },
    site: { read: () => readSite(deps) },
    trust: { rootCertificate: () => deps.signer.rootCertificatePem() },
    idempotency: {
      find: (id) => deps.store.idempotency.find(id),
      keep: (id, answer) => deps.store.idempotency.keepResponse(id, answer),
    },
    async health() {
      const up = await deps.store.ping().then(
        () => true,
        () => false,
      );
      return {
        store: up ? 'up' : 'down',
        storeKind: deps.storeKind,
        engine: { name: deps.engineName, status: deps.isEngineAlive() ? 'up' : 'down' },
      };
    },
  };
}
