import type { ServiceHandler } from '../engine/port.ts';
import type { Tx } from '../store/store.ts';
import type { Core } from '../usecases/dependencies.ts';
import { answerComplement } from './answerComplement.ts';
import { answerReserves } from './answerReserves.ts';
import { checkCompleteness } from './checkCompleteness.ts';
import { checkReserves } from './checkReserves.ts';
import { closeDossier } from './closeDossier.ts';
import { closeSitting } from './closeSitting.ts';
import { computeTax } from './computeTax.ts';
import { conveneCommittee } from './conveneCommittee.ts';
import { decide } from './decide.ts';
import { deliver } from './deliver.ts';
import { drawUpMinutes } from './drawUpMinutes.ts';
import { escalateSilence } from './escalateSilence.ts';
import type { ServiceHandlerName, TaskHandlerName } from './names.ts';
import { notifyParties } from './notifyParties.ts';
import { openDossier } from './openDossier.ts';
import { promptUrbanAgency } from './promptUrbanAgency.ts';
import { recordForm } from './recordForm.ts';
import { recordPayment } from './recordPayment.ts';
import { rejectFiling } from './rejectFiling.ts';
import { reviewByMember } from './reviewByMember.ts';
import { signDecision } from './signDecision.ts';
import { submitModifiedProject } from './submitModifiedProject.ts';
import type { TaskHandler } from './taskHandler.ts';

const TASKS: Record<TaskHandlerName, TaskHandler> = {
  checkCompleteness,
  answerComplement,
  reviewByMember,
  promptUrbanAgency,
  drawUpMinutes,
  decide,
  answerReserves,
  checkReserves,
  submitModifiedProject,
  recordPayment,
  signDecision,
};

const SIGNING: ReadonlySet<string> = new Set<TaskHandlerName>(['reviewByMember', 'signDecision']);

const DECIDING: ReadonlySet<string> = new Set<TaskHandlerName>(['decide', 'signDecision']);

const SERVICES: Record<ServiceHandlerName, (core: Core) => ServiceHandler<Tx>> = {
  openDossier,
  rejectFiling,
  conveneCommittee,
  closeSitting,
  escalateSilence,
  computeTax,
  deliver,
  closeDossier,
  notifyParties,
};

/** The handler that a user task names; one that names none has its form recorded as it is. */
export function taskHandler(name: string | null): TaskHandler {
  if (name === null) return recordForm;
  if (!Object.hasOwn(TASKS, name)) throw new Error(`no task handler ${name}`);
  return TASKS[name as TaskHandlerName];
}

/** Tells whether completing a task of this handler puts a person's signature under something. */
export function isSigning(name: string | null): boolean {
  return name !== null && SIGNING.has(name);
}

/** Tells whether a task of this handler is the decision on a dossier, or the signature under it. */
export function isDeciding(name: string | null): boolean {
  return name !== null && DECIDING.has(name);
}

/** All service handlers, given what they need. */
export function serviceHandlers(core: Core): ReadonlyMap<string, ServiceHandler<Tx>> {
  return new Map(Object.entries(SERVICES).map(([name, make]) => [name, make(core)]));
}
