import type { Dossier } from './dossier.ts';
import { DomainError } from './errors.ts';
import { type Actor, grantsOf, type Role, territoryCovers } from './party.ts';
import type { Task } from './process.ts';

/** The part of a dossier on which access rests. */
export type DossierRelation = Pick<
  Dossier,
  'applicant' | 'architect' | 'createdBy' | 'channel' | 'procedure' | 'commune' | 'status' | 'committee'
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
  /** Answering what members remarked, for the applicant's side. */
  'remark.answer': DossierRelation;
  'message.post': DossierRelation;
  /** Other dossiers of the same land or owner, and what came of them. */
  'dossier.readRelated': DossierRelation;
  /** Typing an application for a person who stands at the counter. */
  'counter.serve': { commune: string };
  /** Printing the one-time secret by which that person takes the account later. */
  'counter.handOver': DossierRelation;
  'register.read': { commune: string };
  'register.correct': { commune: string };
  /** Delays of a territory; null: of those one holds the office over. */
  'oversight.read': { territory: string | null };
  'task.read': TaskRelation;
  'task.do': TaskRelation;
  /** Naming those who may act for oneself. */
  'delegate.name': null;
  /** Saying, once, what a new office begins with. */
  'office.setUp': null;
  'account.administer': null;
  'body.administer': null;
  'procedure.publish': null;
  'measures.read': { territory: string | null };
  'incident.operate': { territory: string };
  /** Looking into a process and intervening by hand: never in one's own affair. */
  'instance.operate': DossierRelation;
  /** What waits, what is due next, and with what means. */
  'operation.read': null;
  'clock.move': null;
}

export type Act = keyof Acts;

/** Officials who see every filed dossier of their territory. */
const TERRITORIAL_READERS: readonly Role[] = ['registryOfficer', 'president', 'treasurer', 'governor'];

/** What tells whose delegate somebody is on a dossier. */
type Applied = Pick<Dossier, 'applicant' | 'architect' | 'createdBy' | 'channel' | 'procedure'>;

/**
 * For whom an actor who is no party acts on a dossier: the applicant or author who named the actor delegate; null for nobody. A
 * party acts in the own name, and nobody takes an architect's place through a delegation.
 */
export function principalOf(actor: Actor, dossier: Applied): string | null {
  if (isParty(actor, dossier)) return null;
  const named = actor.actsFor?.find(
    ({ principal, procedure }) =>
      [dossier.applicant, authorOf(dossier)].includes(principal) &&
      (procedure === null || procedure === dossier.procedure),
  );
  return named?.principal ?? null;
}

/** An officer who typed a file for a person at the counter did so in office, and is no party to it. */
const authorOf = ({ channel, createdBy }: Applied): string | null =>
  channel === 'online' ? createdBy : null;

const isParty = (actor: Actor, dossier: Applied): boolean =>
  [dossier.applicant, dossier.architect, authorOf(dossier)].includes(actor.account);

/** Tells whether an actor is a party of a dossier, or acts for one. */
export function isRelated(actor: Actor, dossier: Applied): boolean {
  return isParty(actor, dossier) || principalOf(actor, dossier) !== null;
}

/** Acts for the applicant alone, also beside being the architect. */
const representsApplicant = (actor: Actor, dossier: DossierRelation): boolean =>
  actor.actsFor?.some(
    ({ principal, procedure }) =>
      principal === dossier.applicant && (procedure === null || procedure === dossier.procedure),
  ) ?? false;

/** The registry office writes for a person at its counter; nobody so serves the own application. */
const servesAtCounter = (actor: Actor, dossier: DossierRelation): boolean =>
  dossier.channel === 'counter' &&
  grantsOf(actor, 'registryOfficer', dossier.commune).length > 0 &&
  !isRelated(actor, dossier);

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
    if (role === 'applicant') {
      return (
        actor.account === dossier.applicant ||
        representsApplicant(actor, dossier) ||
        servesAtCounter(actor, dossier)
      );
    }
    if (role === 'architect') return actor.account === dossier.architect;
    // Nobody holds office over the own application.
    if (actor.account === dossier.applicant || actor.account === dossier.architect) return false;
    if (representsApplicant(actor, dossier)) return false;
    return grantsOf(actor, role, task.territory).some(
      (grant) => task.body === null || grant.body === task.body,
    );
  });

const holds = (actor: Actor, role: Role): boolean => grantsOf(actor, role).length > 0;

/** The rule book: deny by default, one line an act. */
const RULES: { [A in Act]: (actor: Actor, resource: Acts[A]) => boolean } = {
  'dossier.draft': (actor) => holds(actor, 'applicant') || holds(actor, 'architect'),
  'dossier.edit': (actor, dossier) => isRelated(actor, dossier) || servesAtCounter(actor, dossier),
  'dossier.signPlans': (actor, dossier) => actor.account === dossier.architect && holds(actor, 'architect'),
  'dossier.submit': (actor, dossier) => isRelated(actor, dossier) || servesAtCounter(actor, dossier),
  'dossier.read': (actor, dossier) =>
    isRelated(actor, dossier) || studies(actor, dossier) || servesAtCounter(actor, dossier),
  'dossier.readStudy': (actor, dossier) => studies(actor, dossier) && !isRelated(actor, dossier),
  'document.add': (actor, dossier) => isRelated(actor, dossier) || servesAtCounter(actor, dossier),
  'remark.answer': (actor, dossier) => isRelated(actor, dossier),
  'message.post': (actor, dossier) => isRelated(actor, dossier) || studies(actor, dossier),
  'dossier.readRelated': (actor, dossier) =>
    servesAtCounter(actor, dossier) || (studies(actor, dossier) && !isRelated(actor, dossier)),
  'counter.serve': (actor, { commune }) => grantsOf(actor, 'registryOfficer', commune).length > 0,
  'counter.handOver': (actor, dossier) => servesAtCounter(actor, dossier),
  'register.read': (actor, { commune }) =>
    (['registryOfficer', 'president', 'governor'] as const).some(
      (role) => grantsOf(actor, role, commune).length > 0,
    ),
  'oversight.read': (actor, { territory }) =>
    (['governor', 'president'] as const).some(
      (role) => grantsOf(actor, role, territory ?? undefined).length > 0,
    ),
  'register.correct': (actor, { commune }) => grantsOf(actor, 'registryOfficer', commune).length > 0,
  'task.read': (actor, relation) => mayTake(actor, relation) || relation.task.assignee === actor.account,
  'task.do': (actor, relation) => mayTake(actor, relation),
  'delegate.name': (actor) => holds(actor, 'applicant') || holds(actor, 'architect'),
  'office.setUp': (actor) => holds(actor, 'administrator'),
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
  'instance.operate': (actor, dossier) =>
    grantsOf(actor, 'operator', dossier.commune).length > 0 && !isRelated(actor, dossier),
  'operation.read': (actor) => holds(actor, 'operator'),
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

/** Territories over which an actor holds one of these roles. */
export function territoriesOf(actor: Actor, ...roles: Role[]): string[] {
  return [...new Set(roles.flatMap((role) => grantsOf(actor, role).map((grant) => grant.territory)))];
}
