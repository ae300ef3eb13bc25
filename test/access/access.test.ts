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
  channel: fc.constantFrom('online' as const, 'counter' as const),
  procedure: fc.constantFrom('permit', 'declaration'),
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
  [dossier.applicant, dossier.architect, dossier.channel === 'online' ? dossier.createdBy : null].includes(
    actor.account,
  );

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
          'dossier.readRelated': dossier,
          'counter.serve': dossier,
          'counter.handOver': dossier,
          'register.read': dossier,
          'register.correct': dossier,
          'oversight.read': { territory: dossier.commune },
          'remark.answer': dossier,
          'message.post': dossier,
          'task.read': { task, dossier },
          'task.do': { task, dossier },
          'delegate.name': null,
          'office.setUp': null,
          'account.administer': null,
          'body.administer': null,
          'procedure.publish': null,
          'measures.read': { territory: dossier.commune },
          'incident.operate': { territory: dossier.commune },
          'instance.operate': dossier,
          'operation.read': null,
          'clock.move': null,
        };
        for (const act of Object.keys(asked) as Act[])
          expect(isAllowed(nobody, act, asked[act]), act).to.equal(false);
      }),
    );
  });

  it('lets only an operator of the territory intervene in a process, and never in their own affair', () => {
    fc.assert(
      fc.property(actors, dossiers, (actor, dossier) => {
        const operates = actor.grants.some(
          ({ role, territory }) => role === 'operator' && territoryCovers(territory, dossier.commune),
        );
        const may = operates && !isParty(actor, dossier);
        expect(isAllowed(actor, 'instance.operate', dossier)).to.equal(may);
      }),
    );
  });

  it('never shows a draft to an official', () => {
    fc.assert(
      fc.property(actors, dossiers, (actor, dossier) => {
        fc.pre(!isParty(actor, dossier));
        const draft = { ...dossier, status: 'draft', channel: 'online' } as const;
        fc.pre(!isParty(actor, draft));
        expect(isAllowed(actor, 'dossier.read', draft)).to.equal(false);
      }),
    );
  });

  it('lets only the registry office of the commune write at its counter, and never for oneself', () => {
    fc.assert(
      fc.property(actors, dossiers, (actor, dossier) => {
        const typed = { ...dossier, status: 'draft', channel: 'counter' } as const;
        const isOfficer = actor.grants.some(
          ({ role, territory }) => role === 'registryOfficer' && territoryCovers(territory, dossier.commune),
        );
        const isFor = [dossier.applicant, dossier.architect].includes(actor.account);
        for (const act of ['dossier.read', 'dossier.edit', 'dossier.submit', 'document.add'] as const) {
          expect(isAllowed(actor, act, typed), act).to.equal(isFor || isOfficer);
        }
        expect(isAllowed(actor, 'counter.handOver', typed)).to.equal(isOfficer && !isFor);
        expect(isAllowed(actor, 'counter.handOver', { ...typed, channel: 'online' })).to.equal(false);
      }),
    );
  });

  it('takes from the author of a counter file all that the office gave', () => {
    fc.assert(
      fc.property(actors, dossiers, (actor, dossier) => {
        const typed = { ...dossier, channel: 'counter', createdBy: actor.account } as const;
        fc.pre(![dossier.applicant, dossier.architect].includes(actor.account));
        expect(isAllowed({ ...actor, grants: [] }, 'dossier.read', typed)).to.equal(false);
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

  it('lets a delegate do what the principal may as an applicant, and never sign plans or hold office there', () => {
    fc.assert(
      fc.property(actors, dossiers, tasks, (actor, dossier, task) => {
        fc.pre(!isParty(actor, dossier));
        const nobody = { ...actor, grants: [] };
        const delegate = {
          ...nobody,
          actsFor: [{ principal: dossier.applicant, procedure: dossier.procedure }],
        };
        for (const act of ['dossier.read', 'dossier.edit', 'dossier.submit', 'document.add'] as const)
          expect(isAllowed(delegate, act, dossier), act).to.equal(true);
        const answer = { ...task, roles: ['applicant' as const] };
        expect(isAllowed(delegate, 'task.do', { task: answer, dossier })).to.equal(true);
        // Not as the architect, whatever the delegate is; nor as an official over the principal's dossier.
        const all = ROLES.map((role) => ({ role, territory: '*', body: task.body }));
        const official = { ...delegate, grants: all };
        expect(isAllowed(official, 'dossier.signPlans', dossier)).to.equal(false);
        expect(isAllowed(official, 'dossier.readStudy', dossier)).to.equal(false);
        const study = { ...task, roles: ['committeeMember' as const, 'architect' as const] };
        expect(isAllowed(official, 'task.do', { task: study, dossier })).to.equal(false);
      }),
    );
  });

  it('ends a delegation at another procedure and at another principal', () => {
    fc.assert(
      fc.property(actors, dossiers, (actor, dossier) => {
        fc.pre(!isParty(actor, dossier));
        const other = {
          ...actor,
          grants: [],
          actsFor: [{ principal: dossier.applicant, procedure: 'another' }],
        };
        expect(isAllowed(other, 'dossier.read', dossier)).to.equal(false);
        const stranger = { ...other, actsFor: [{ principal: 'somebody-else', procedure: null }] };
        expect(isAllowed(stranger, 'dossier.read', dossier)).to.equal(false);
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
