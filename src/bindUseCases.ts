import type { Application, UseCase } from './http/application.ts';
import type { Motives } from './procedures/motives.ts';
import { activateAccount } from './usecases/accounts/activateAccount.ts';
import { authenticate } from './usecases/accounts/authenticate.ts';
import { changeAccount } from './usecases/accounts/changeAccount.ts';
import { changeProfile } from './usecases/accounts/changeProfile.ts';
import { confirmSignature } from './usecases/accounts/confirmSignature.ts';
import type { AccountDependencies } from './usecases/accounts/dependencies.ts';
import { endSessions } from './usecases/accounts/endSessions.ts';
import { login } from './usecases/accounts/login.ts';
import { logout } from './usecases/accounts/logout.ts';
import { openAccount } from './usecases/accounts/openAccount.ts';
import { listAccounts, readAccount } from './usecases/accounts/readAccount.ts';
import { readAccountEvents } from './usecases/accounts/readAccountEvents.ts';
import { readHeldTasks } from './usecases/accounts/readHeldTasks.ts';
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
import { readCoverage } from './usecases/bodies/readCoverage.ts';
import { handOverAccount } from './usecases/counter/handOverAccount.ts';
import { openCounterFiling } from './usecases/counter/openCounterFiling.ts';
import {
  listDecisions,
  listOpinions,
  openApprovedPlan,
  openDecision,
} from './usecases/decisions/readDecisions.ts';
import { listDelegations, nameDelegate, removeDelegate } from './usecases/delegates/delegates.ts';
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
import { readDispatch } from './usecases/dossiers/readDispatch.ts';
import { readDossier } from './usecases/dossiers/readDossier.ts';
import { readEvents } from './usecases/dossiers/readEvents.ts';
import { readFilingRejection, readMinutes, readReceipt } from './usecases/dossiers/readLetters.ts';
import { readNeeds } from './usecases/dossiers/readNeeds.ts';
import { readRelated } from './usecases/dossiers/readRelated.ts';
import { readTimeline } from './usecases/dossiers/readTimeline.ts';
import { signPlans } from './usecases/dossiers/signPlans.ts';
import { startDraft } from './usecases/dossiers/startDraft.ts';
import { submitApplication } from './usecases/dossiers/submitApplication.ts';
import { followDossier } from './usecases/follow/followDossier.ts';
import type { Live } from './usecases/live/live.ts';
import { listMessages, postMessage, readMessage, readMessages } from './usecases/messages/messages.ts';
import { listNotifications, markNotificationRead } from './usecases/notifications/notifications.ts';
import { listIncidents, readIncident, retryIncident } from './usecases/operation/incidents.ts';
import { cancelInstance, moveToken, setVariables } from './usecases/operation/interventions.ts';
import { listTimers } from './usecases/operation/listTimers.ts';
import { type DemoClock, moveClock, readClock } from './usecases/operation/moveClock.ts';
import { findInstances, readInstance } from './usecases/operation/readInstance.ts';
import { readState } from './usecases/operation/readState.ts';
import { skipIncident } from './usecases/operation/skipIncident.ts';
import { readDelays } from './usecases/oversight/readDelays.ts';
import { assessProject } from './usecases/procedures/assessProject.ts';
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
import { listLicences } from './usecases/register/listLicences.ts';
import { correctEntry, findEntry } from './usecases/registers/correctEntry.ts';
import { listRegister } from './usecases/registers/listRegister.ts';
import { answerRemark } from './usecases/remarks/answerRemark.ts';
import { listRemarks } from './usecases/remarks/listRemarks.ts';
import { searchDossiers } from './usecases/search/searchDossiers.ts';
import { setUpOffice } from './usecases/setup/setUpOffice.ts';
import { readSite } from './usecases/site/readSite.ts';
import { claimTask, releaseTask } from './usecases/tasks/claimTask.ts';
import { completeTask } from './usecases/tasks/completeTask.ts';
import { listTasks } from './usecases/tasks/listTasks.ts';
import { previewTask } from './usecases/tasks/previewTask.ts';
import { readTask } from './usecases/tasks/readTask.ts';
import { signingQueue } from './usecases/tasks/signingQueue.ts';
import { listPayments } from './usecases/treasury/listPayments.ts';
import { verifyAct } from './usecases/verification/verifyAct.ts';
import { verifyFile } from './usecases/verification/verifyFile.ts';
import { listWork } from './usecases/worklist/listWork.ts';

/** What the use cases need beside their common dependencies. */
export interface Bound extends Dependencies, AccountDependencies {
  demoClock: DemoClock | null;
  live: Live;
  nextTimerAt(): Promise<number | null>;
  diskSpace(): Promise<{ free: number; total: number } | null>;
  motives: Motives;
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
      endSessions: (context) => endSessions(deps, context),
      profile: (context) => readProfile(deps, context),
      changeProfile: bind(changeProfile),
      open: bind(openAccount),
      renewSecret: bind(renewSecret),
      read: bind(readAccount),
      change: bind(changeAccount),
      list: bind(listAccounts),
      events: bind(readAccountEvents),
      tasks: bind(readHeldTasks),
      coverage: bind(readCoverage),
    },
    delegates: {
      list: (context) => listDelegations(deps, context),
      name: bind(nameDelegate),
      remove: bind(removeDelegate),
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
      assess: bind(assessProject),
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
    register: { list: bind(listLicences) },
    follow: { read: bind(followDossier) },
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
      needs: bind(readNeeds),
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
      signingQueue: bind(signingQueue),
      preview: bind(previewTask),
      claim: bind(claimTask),
      release: bind(releaseTask),
      complete: bind(completeTask),
    },
    decisions: { list: bind(listDecisions), file: bind(openDecision), plan: bind(openApprovedPlan) },
    counter: { open: bind(openCounterFiling), handOver: bind(handOverAccount) },
    registry: {
      related: bind(readRelated),
      dispatch: bind(readDispatch),
      work: bind(listWork),
      delays: bind(readDelays),
      payments: bind(listPayments),
    },
    registers: { list: bind(listRegister), find: bind(findEntry), correct: bind(correctEntry) },
    opinions: { list: bind(listOpinions) },
    motives: { list: async (_context, { procedure }) => deps.motives.of(procedure) },
    remarks: { list: bind(listRemarks), answer: bind(answerRemark) },
    messages: {
      list: bind(listMessages),
      read: bind(readMessage),
      post: bind(postMessage),
      markRead: bind(readMessages),
    },
    search: { dossiers: bind(searchDossiers) },
    live: {
      position: () => deps.live.position(),
      follow: ({ actor }, follower) => deps.live.follow({ ...follower, actor }),
    },
    verification: { verify: bind(verifyAct), verifyFile: bind(verifyFile) },
    notifications: { list: bind(listNotifications), markRead: bind(markNotificationRead) },
    analytics: {
      steps: bind(measureSteps),
      occurrences: bind(listOccurrences),
      exportOccurrences: bind(exportOccurrences),
    },
    incidents: {
      list: bind(listIncidents),
      read: bind(readIncident),
      retry: bind(retryIncident),
      skip: bind(skipIncident),
    },
    instances: {
      find: bind(findInstances),
      read: bind(readInstance),
      setVariables: bind(setVariables),
      move: bind(moveToken),
      cancel: bind(cancelInstance),
    },
    operation: { state: (context) => readState(deps, context), timers: bind(listTimers) },
    clock: { read: () => readClock(deps), move: bind(moveClock) },
    site: { read: () => readSite(deps), setUp: bind(setUpOffice) },
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
