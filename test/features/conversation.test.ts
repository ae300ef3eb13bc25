import { expect } from 'chai';
import type { Filing } from '../../scripts/demo/filing.ts';
import { type Office, openOffice, refusal } from '../support/office.ts';

const TETOUAN = '01.571.01.11';
const AGENCY = 'agency-tetouan';

interface Remark {
  id: string;
  state: string;
  answerable: boolean;
  answer: { text: string } | null;
}

describe('what the two sides of a dossier say to each other', function () {
  this.timeout(240_000);
  let office: Office;
  let filing: Filing;
  before(async () => {
    office = await openOffice();
    filing = await office.file(TETOUAN);
  });
  after(() => office.close());

  const remarks = async (by = filing.owner) =>
    (await by.get<{ items: Remark[] }>(`/dossiers/${filing.id}/remarks`)).items;

  it('tells where the dossier is: one stage at work, two clocks, and who holds it', async () => {
    const view = await filing.owner.get<{
      stages: { id: string; state: string }[];
      holders: { roles: string[]; dueInWorkingDays: number | null }[];
      next: { flowNode: string }[];
      clocks: { running: string | null };
    }>(`/dossiers/${filing.id}`);
    expect(view.stages.map(({ state }) => state)).to.deep.equal([
      'done',
      'current',
      'ahead',
      'ahead',
      'ahead',
    ]);
    expect(view.holders.map(({ roles }) => roles)).to.deep.equal([['registryOfficer']]);
    expect(view.holders[0]?.dueInWorkingDays).to.equal(1);
    expect(view.next.map(({ flowNode }) => flowNode)).to.include('AnswerComplement');
    expect(view.clocks.running).to.equal('administration');
  });

  it('keeps remarks from the applicant until the minutes, and takes one answer each', async () => {
    // given
    const member = office.people.member(AGENCY);
    await filing.checkedComplete();
    const remark = await filing.remark(member, 'architecturalPlan', 'RGC 38', 'Coter la hauteur.', true);
    await filing.opinions({ value: 'favourableWithReserves', remarks: [remark] });
    expect(await remarks()).to.deep.equal([]);
    expect(await remarks(member)).to.have.length(1);

    // when
    await filing.minutes('Une réserve.', 'liftReserves');

    // then
    const [told] = await remarks();
    expect(told).to.include({ state: 'raised', answerable: true });
    const address = `/dossiers/${filing.id}/remarks/${told?.id}/answer`;
    await filing.owner.put(address, { text: 'Fait.' });
    await filing.owner.put(address, { text: 'Fait, coupe A-A.' });
    expect((await remarks())[0]?.answer?.text).to.equal('Fait, coupe A-A.');
    expect((await refusal(member.put(address, { text: 'Non.' }))).code).to.equal('FORBIDDEN');
    const nobody = filing.owner.put(`/dossiers/${filing.id}/remarks/none-0/answer`, { text: 'x' });
    expect((await refusal(nobody)).code).to.equal('REMARK_NOT_FOUND');
  });

  it('carries messages to those who take part, and to nobody else', async () => {
    // given
    const stranger = await office.stranger('stranger@shubbak.invalid');
    const registry = office.people.registry(TETOUAN);
    // when
    await filing.owner.post(`/dossiers/${filing.id}/messages`, { text: 'Bonjour' });
    // then
    const page = await registry.get<{ items: { text: string; mine: boolean; read: boolean }[] }>(
      `/dossiers/${filing.id}/messages`,
    );
    expect(page.items).to.have.length(1);
    expect(page.items[0]).to.include({ text: 'Bonjour', mine: false, read: false });
    expect((await refusal(stranger.get(`/dossiers/${filing.id}/messages`))).code).to.equal(
      'DOSSIER_NOT_FOUND',
    );
    const other = stranger.post(`/dossiers/${filing.id}/messages`, { text: 'x' });
    expect((await refusal(other)).code).to.equal('DOSSIER_NOT_FOUND');
    const events = await registry.get<{ items: { type: string; data: unknown }[] }>(
      `/dossiers/${filing.id}/events?limit=100`,
    );
    const told = events.items.find(({ type }) => type === 'MessagePosted');
    expect(JSON.stringify(told)).not.to.include('Bonjour');
  });

  it('is found only by those who may see it', async () => {
    const number = encodeURIComponent(filing.number.slice(-5));
    const ids = async (by = filing.owner) =>
      (await by.get<{ items: { id: string }[] }>(`/search?q=${number}`)).items.map(({ id }) => id);
    expect(await ids()).to.include(filing.id);
    expect(await ids(office.people.registry(TETOUAN))).to.include(filing.id);
    expect(await ids(office.people.registry('01.151.01.01'))).not.to.include(filing.id);
  });
});
