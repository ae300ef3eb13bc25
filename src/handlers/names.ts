import words from '../locales/en.json' with { type: 'json' };

/** The service handlers that a diagram may call by `permit:handler` on a service task. */
export const SERVICE_HANDLERS = [
  'openDossier',
  'rejectFiling',
  'conveneCommittee',
  'closeSitting',
  'escalateSilence',
  'computeTax',
  'deliver',
  'closeDossier',
  'notifyParties',
] as const;
export type ServiceHandlerName = (typeof SERVICE_HANDLERS)[number];

/** The task handlers that a diagram may call by `permit:handler` on a user task; without one, the form is recorded. */
export const TASK_HANDLERS = [
  'checkCompleteness',
  'answerComplement',
  'reviewByMember',
  'promptUrbanAgency',
  'drawUpMinutes',
  'decide',
  'answerReserves',
  'checkReserves',
  'submitModifiedProject',
  'recordPayment',
  'signDecision',
] as const;
export type TaskHandlerName = (typeof TASK_HANDLERS)[number];

/** The messages that `notifyParties` may send, as `permit:template` names them. */
export const NOTICES: readonly string[] = Object.keys(words.notification).map(
  (name) => `notification.${name}`,
);
