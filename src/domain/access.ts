import type { Dossier } from './dossier.ts';
import { DomainError } from './errors.ts';
import { type Actor, grantsOf, type Role, territoryCovers } from './party.ts';
import type { Task } from './process.ts';

/** The part of a dossier on which access rests. */
export type DossierRelation = Pick<
  Dossier,
  'applicant' | 'architect' | 'createdBy' | 'commune' | 'status' | 'committee'
>;

/** The part of a task on which access rests, with the dossier it belongs to. */
export interface TaskRelation {
  task: Pick<Task, 'roles' | 'body' | 'territory' | 'assignee'>;
  dossier: DossierRelation;
}

/** Every act that needs a decision of the policy, and what it is done to. */
export interface Acts {
  'dossier.draft': { commune: string };
  'dossier.edit': DossierRelation;
  'dossier.signPlans': DossierRelation;
  'dossier.submit': DossierRelation;
  'dossier.read': DossierRelation;
  /** Others' opinions before the minutes: the administration only. */
  'dossier.readStudy': DossierRelation;
  'document.add': DossierRelation;
  'task.read': TaskRelation;
  'task.do': TaskRelation;
  'account.administer': null;
  'body.administer': null;
  'procedure.publish': null;
  'measures.read': { territory: string | null };
  'incident.operate': { territory: string };
  'clock.move': null;
}

export type Act = keyof Acts;

/** Officials who see every filed dossier of their territory. */
const TERRITORIAL_READERS: readonly Role[] = ['registryOfficer', 'president', 'treasurer', 'governor'];

const related = (actor: Actor, dossier: DossierRelation): boolean =>
  [dossier.applicant, dossier.architect, dossier.createdBy].includes(actor.account);

const studies = (actor: Actor, dossier: DossierRelation): boolean => {
  if (dossier.status === 'draft') return false;
  const officer = TERRITORIAL_READERS.some((role) => grantsOf(actor, role, dossier.commune).length > 0);
  const bodies = dossier.committee
    ? [dossier.committee.secretariat, ...dossier.committee.members.map((member) => member.body)]
    : [];
  const member = (['committeeMember', 'committeeSecretary'] as const).some((role) =>
    grantsOf(actor, role, dossier.commune).some(
      (grant) => grant.body !== null && bodies.includes(grant.body),
    ),
  );
  return officer || member;
};

const mayTake = (actor: Actor, { task, dossier }: TaskRelation): boolean =>
  task.roles.some((role) => {
    // Applicants and architects act on their own dossiers only, whatever the territory.
    if (role === 'applicant') return actor.account === dossier.applicant;
    if (role === 'architect') return actor.account === dossier.architect;
    // Nobody holds office over the own application.
    if (actor.account === dossier.applicant || actor.account === dossier.architect) return false;
    return grantsOf(actor, role, task.territory).some(
      (grant) => task.body === null || grant.body === task.body,
    );
  });

const holds = (actor: Actor, role: Role): boolean => grantsOf(actor, role).length > 0;

/** The rule book: deny by default, one line an act. */
const RULES: { [A in Act]: (actor: Actor, resource: Acts[A]) => boolean } = {
  'dossier.draft': (actor) => holds(actor, 'applicant') || holds(actor, 'architect'),
  'dossier.edit': (actor, dossier) => related(actor, dossier),
  'dossier.signPlans': (actor, dossier) => actor.account === dossier.architect && holds(actor, 'architect'),
  'dossier.submit': (actor, dossier) => related(actor, dossier),
  'dossier.read': (actor, dossier) => related(actor, dossier) || studies(actor, dossier),
  'dossier.readStudy': (actor, dossier) => studies(actor, dossier) && !related(actor, dossier),
  'document.add': (actor, dossier) => related(actor, dossier),
  'task.read': (actor, relation) => mayTake(actor, relation) || relation.task.assignee === actor.account,
  'task.do': (actor, relation) => mayTake(actor, relation),
  'account.administer': (actor) => holds(actor, 'administrator'),
  'body.administer': (actor) => holds(actor, 'administrator'),
  'procedure.publish': (actor) => holds(actor, 'procedureAdministrator'),
  'measures.read': (actor, { territory }) =>
    (['analyst', 'governor', 'president'] as const).some((role) =>
      actor.grants.some(
        (grant) =>
          grant.role === role &&
          (grant.territory === '*' || (territory !== null && territoryCovers(grant.territory, territory))),
      ),
    ),
  'incident.operate': (actor, { territory }) => grantsOf(actor, 'operator', territory).length > 0,
  'clock.move': (actor) => holds(actor, 'operator'),
};

/** Tells whether the policy lets an actor do an act. */
export function isAllowed<A extends Act>(actor: Actor, act: A, resource: Acts[A]): boolean {
  return RULES[act](actor, resource);
}

/** Refuses what the policy does not allow. @throws DomainError FORBIDDEN */
export function authorize<A extends Act>(actor: Actor, act: A, resource: Acts[A]): void {
  if (!isAllowed(actor, act, resource)) throw new DomainError('FORBIDDEN', { act });
}

/** Roles by which an actor sees filed dossiers of whole territories. */
export function readableTerritories(actor: Actor): string[] {
  return [
    ...new Set(TERRITORIAL_READERS.flatMap((role) => grantsOf(actor, role).map((grant) => grant.territory))),
  ];
}

/** Bodies for which an actor sits or keeps the secretariat. */
export function readableBodies(actor: Actor): string[] {
  const grants = [...grantsOf(actor, 'committeeMember'), ...grantsOf(actor, 'committeeSecretary')];
  return [...new Set(grants.flatMap((grant) => (grant.body === null ? [] : [grant.body])))];
}
