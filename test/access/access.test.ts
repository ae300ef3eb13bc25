import { expect } from 'chai';
import fc from 'fast-check';
import { type Act, type Acts, type DossierRelation, isAllowed } from '../../src/domain/access.ts';
import { DOSSIER_STATUSES } from '../../src/domain/dossier.ts';
import { type Actor, ROLES, type RoleGrant, territoryCovers } from '../../src/domain/party.ts';

const COMMUNES = ['01.151.01.01', '01.151.05.03', '01.331.01.01', '02.265.01.01'];
const TERRITORIES = ['*', '01', '01.151', '01.331', ...COMMUNES];
const BODIES = ['agency', 'commune-a', 'province-b'];
const ACCOUNTS = ['ann', 'ben', 'cid'];

const grants: fc.Arbitrary<RoleGrant> = fc.record({
  role: fc.constantFrom(...ROLES),
  territory: fc.constantFrom(...TERRITORIES),
  body: fc.option(fc.constantFrom(...BODIES), { nil: null }),
});
const actors: fc.Arbitrary<Actor> = fc.record({
  account: fc.constantFrom(...ACCOUNTS),
  name: fc.constant('x'),
  grants: fc.array(grants, { maxLength: 4 }),
});
const dossiers: fc.Arbitrary<DossierRelation> = fc.record({
  applicant: fc.constantFrom(...ACCOUNTS),
  architect: fc.option(fc.constantFrom(...ACCOUNTS), { nil: null }),
  createdBy: fc.constantFrom(...ACCOUNTS),
  commune: fc.constantFrom(...COMMUNES),
  status: fc.constantFrom(...DOSSIER_STATUSES),
  committee: fc.option(
    fc.record({
      kind: fc.constant('oneStopShop' as const),
      round: fc.constant(1),
      convenedAt: fc.constant(0),
      secretariat: fc.constantFrom(...BODIES),
      members: fc.array(
        fc.record({ body: fc.constantFrom(...BODIES), kind: fc.constant('commune'), binding: fc.boolean() }),
        { maxLength: 3 },
      ),
      silent: fc.constant([]),
      rule: fc.constant(''),
    }),
    { nil: null },
  ),
});
const tasks = fc.record({
  roles: fc.subarray([...ROLES], { minLength: 1, maxLength: 2 }),
  body: fc.option(fc.constantFrom(...BODIES), { nil: null }),
  territory: fc.constantFrom(...COMMUNES),
  assignee: fc.constant(null),
});
const isParty = (actor: Actor, dossier: DossierRelation) =>
  [dossier.applicant, dossier.architect, dossier.createdBy].includes(actor.account);

describe('access', () => {
  it('gives nothing to who holds nothing and is no party', () => {
    fc.assert(
      fc.property(actors, dossiers, tasks, (actor, dossier, task) => {
        fc.pre(!isParty(actor, dossier));
        const nobody = { ...actor, grants: [] };
        const asked: { [A in Act]: Acts[A] } = {
          'dossier.draft': dossier,
          'dossier.edit': dossier,
          'dossier.signPlans': dossier,
          'dossier.submit': dossier,
          'dossier.read': dossier,
          'dossier.readStudy': dossier,
          'document.add': dossier,
          'task.read': { task, dossier },
          'task.do': { task, dossier },
          'account.administer': null,
          'body.administer': null,
          'procedure.publish': null,
          'measures.read': { territory: dossier.commune },
          'incident.operate': { territory: dossier.commune },
          'clock.move': null,
        };
        for (const act of Object.keys(asked) as Act[])
          expect(isAllowed(nobody, act, asked[act]), act).to.equal(false);
      }),
    );
  });

  it('never shows a draft to an official', () => {
    fc.assert(
      fc.property(actors, dossiers, (actor, dossier) => {
        fc.pre(!isParty(actor, dossier));
        expect(isAllowed(actor, 'dossier.read', { ...dossier, status: 'draft' })).to.equal(false);
      }),
    );
  });

  it('shows a dossier only to its parties, or through a grant that covers its commune', () => {
    fc.assert(
      fc.property(actors, dossiers, (actor, dossier) => {
        fc.pre(isAllowed(actor, 'dossier.read', dossier) && !isParty(actor, dossier));
        expect(actor.grants.some((grant) => territoryCovers(grant.territory, dossier.commune))).to.equal(
          true,
        );
      }),
    );
  });

  it('lets an official do a task only by its role, over its territory and for its body', () => {
    fc.assert(
      fc.property(actors, dossiers, tasks, (actor, dossier, task) => {
        const official = {
          ...task,
          roles: task.roles.filter((role) => role !== 'applicant' && role !== 'architect'),
        };
        fc.pre(isAllowed(actor, 'task.do', { task: official, dossier }));
        const fits = actor.grants.some(
          (grant) =>
            (official.roles as string[]).includes(grant.role) &&
            territoryCovers(grant.territory, task.territory) &&
            (task.body === null || grant.body === task.body),
        );
        expect(fits).to.equal(true);
      }),
    );
  });

  it('keeps the applicant from the study of the own dossier, even when also an official', () => {
    fc.assert(
      fc.property(actors, dossiers, (actor, dossier) => {
        const own = { ...dossier, applicant: actor.account };
        expect(isAllowed(actor, 'dossier.readStudy', own)).to.equal(false);
      }),
    );
  });

  it('adds no right when a grant is taken away', () => {
    fc.assert(
      fc.property(actors, dossiers, tasks, (actor, dossier, task) => {
        const less = { ...actor, grants: actor.grants.slice(1) };
        for (const act of ['dossier.read', 'dossier.edit', 'document.add'] as const) {
          if (isAllowed(less, act, dossier)) expect(isAllowed(actor, act, dossier)).to.equal(true);
        }
        if (isAllowed(less, 'task.do', { task, dossier })) {
          expect(isAllowed(actor, 'task.do', { task, dossier })).to.equal(true);
        }
      }),
    );
  });

  it('does not take a code for the beginning of another', () => {
    expect(territoryCovers('01.15', '01.151.01.01')).to.equal(false);
    expect(territoryCovers('01.151', '01.151.01.01')).to.equal(true);
  });
});
