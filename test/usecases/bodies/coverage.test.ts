import { expect } from 'chai';
import type { RoleGrant } from '../../../src/domain/party.ts';
import type { ProcedureVersion } from '../../../src/procedures/types.ts';
import { activateAccount } from '../../../src/usecases/accounts/activateAccount.ts';
import { changeAccount } from '../../../src/usecases/accounts/changeAccount.ts';
import { openAccount } from '../../../src/usecases/accounts/openAccount.ts';
import { readAccountEvents } from '../../../src/usecases/accounts/readAccountEvents.ts';
import { openBody } from '../../../src/usecases/bodies/openBody.ts';
import { readCoverage } from '../../../src/usecases/bodies/readCoverage.ts';
import { buildingPermit } from '../../procedures/source.ts';
import { refusal } from '../../support/refusal.ts';
import {
  ADMINISTRATOR,
  by,
  COMMUNE,
  type Desk,
  nobody,
  OFFICIAL,
  openDesk,
  PASSWORD,
} from '../accounts/support/desk.ts';

const administrator = by(ADMINISTRATOR);

describe('who serves which commune', () => {
  let desk: Desk;
  const coverage = async (territory = COMMUNE) => {
    const rules = buildingPermit() as unknown as ProcedureVersion;
    const core = {
      ...desk,
      store: { ...desk.store, procedures: { ...desk.store.procedures, versions: async () => [rules] } },
      catalog: { get: async () => rules, inForce: async () => rules },
    };
    return readCoverage(core, administrator, { territory });
  };
  const hold = async (email: string, ...grants: RoleGrant[]) => {
    const input = { kind: 'person', email, name: email, language: 'fr', grants } as const;
    const { account, secret } = await openAccount(desk, administrator, { ...input, grants });
    await activateAccount(desk, nobody, { secret, password: PASSWORD });
    return account;
  };
  const role = (name: RoleGrant['role'], territory: string, body: string | null = null): RoleGrant => ({
    role: name,
    territory,
    body,
  });
  const body = (
    id: string,
    kind: 'commune' | 'province' | 'urbanAgency' | 'provincialCommittee',
    at: string,
  ) => openBody(desk, administrator, { id, kind, name: { ar: id, fr: id }, territories: [at] });

  beforeEach(async () => {
    desk = await openDesk();
  });

  it('tells of every commune who is missing, and that an invited official is not there yet', async () => {
    // given
    await openAccount(desk, administrator, {
      kind: 'person',
      email: 'p@example.org',
      name: 'P',
      language: 'fr',
      grants: [role('president', COMMUNE)],
    });
    await hold('g@example.org', role('governor', '01.151'));
    await body('agency', 'urbanAgency', '01.151');
    // when
    const rows = await coverage('01.151');
    const [row] = rows.filter(({ territory }) => territory === COMMUNE);
    // then
    expect(rows.length).to.be.greaterThan(20);
    expect(row?.complete).to.equal(false);
    expect(row?.offices).to.deep.equal([
      { office: 'registryOfficer', holders: { ready: 0, invited: 0 } },
      { office: 'president', holders: { ready: 0, invited: 1 } },
      { office: 'treasurer', holders: { ready: 0, invited: 0 } },
      { office: 'governor', holders: { ready: 1, invited: 0 } },
    ]);
    const agency = row?.seats.find(({ kind }) => kind === 'urbanAgency');
    expect(agency).to.deep.include({
      part: 'member',
      body: { id: 'agency', name: { ar: 'agency', fr: 'agency' } },
    });
    expect(row?.seats.find(({ kind }) => kind === 'province')?.body).to.equal(null);
    expect(rows.find(({ territory }) => territory !== COMMUNE)?.offices[1]?.holders.invited).to.equal(0);
  });

  it('is complete once everybody who must act on a first file is there', async () => {
    // given
    await body('town', 'commune', COMMUNE);
    await body('province', 'province', '01.151');
    await body('agency', 'urbanAgency', '01');
    await body('committee', 'provincialCommittee', '01.151');
    const [before] = await coverage();
    await hold('all@example.org', role('registryOfficer', COMMUNE), role('president', COMMUNE));
    await hold('money@example.org', role('treasurer', '01.151'), role('governor', '*'));
    await hold('m1@example.org', role('committeeMember', COMMUNE, 'town'));
    await hold('m2@example.org', role('committeeMember', '01.151', 'province'));
    await hold('m3@example.org', role('committeeMember', '01', 'agency'));
    await hold('s@example.org', role('committeeSecretary', '01.151', 'committee'));
    // the urban agency's member does not sit in the commune's own seat
    const [after] = await coverage();
    // then
    const missing = after?.seats.filter(({ body: sits, ready }) => sits === null || ready === 0);
    const secretariat = after?.seats.find(({ part }) => part === 'secretariat');
    expect(before?.complete).to.equal(false);
    if (secretariat?.kind === 'provincialCommittee') {
      expect(missing).to.deep.equal([]);
      expect(after?.complete).to.equal(true);
    } else expect(missing?.map(({ kind }) => kind)).to.deep.equal(['oneStopShop']);
  });

  it('is for administrators, as is the trail of an account, which names who did it', async () => {
    // given
    const account = await hold('x@example.org', role('president', COMMUNE));
    await changeAccount(desk, administrator, { id: account.id, active: false });
    // when
    const events = await readAccountEvents(desk, administrator, { id: account.id, limit: 50 });
    const later = await readAccountEvents(desk, administrator, {
      id: account.id,
      after: events[0]?.seq,
      limit: 1,
    });
    // then
    expect(events.map(({ type }) => type)).to.deep.equal([
      'AccountOpened',
      'AccountActivated',
      'AccountChanged',
    ]);
    expect(events[1]?.actorName).to.equal('x@example.org');
    expect(events[2]?.data).to.deep.include({ active: false });
    expect(later.map(({ type }) => type)).to.deep.equal(['AccountActivated']);
    await refusal(
      readCoverage({ ...desk, catalog: {} as never }, by(OFFICIAL), { territory: COMMUNE }),
      'FORBIDDEN',
    );
    await refusal(readAccountEvents(desk, by(OFFICIAL), { id: account.id, limit: 1 }), 'FORBIDDEN');
  });
});
