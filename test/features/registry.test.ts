import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { applicationOf, piecesOf } from '../../scripts/demo/projects.ts';
import { type Office, openOffice, refusal } from '../support/office.ts';

const COMMUNE = '01.151.01.01';
const OTHER = '01.331.01.03';
const person = (changes: object = {}) => ({
  kind: 'person',
  name: 'Person at the counter',
  identityNumber: 'LC 123456',
  phone: '06 11 22 33 44',
  language: 'ar',
  ...changes,
});

interface Entry {
  id: string;
  number: number;
  kind: string;
  dossierNumber: string | null;
  correction: { number: number; text: string } | null;
  corrections: { number: number }[];
}
interface Row {
  dossier: { id: string; status: string };
  waiting: { flowNode: string; roles: string[]; dueAt: string | null }[];
  limit: { dueAt: string } | null;
}
type Page<T> = { items: T[]; next: string | null };

describe('registry office', () => {
  let office: Office;
  const officer = () => office.people.registry(COMMUNE);
  const register = async (direction: string, more = '') =>
    (await officer().get<Page<Entry>>(`/registers/${direction}?commune=${COMMUNE}&limit=100${more}`)).items;

  before(async () => {
    office = await openOffice();
  });
  after(() => office.close());

  describe('at the counter', () => {
    const open = (who: object, more: object = {}) =>
      officer().post<{ dossier: { id: string; applicant: string }; accountOpened: boolean }>(
        '/counter/filings',
        { procedure: 'building-permit-small', commune: COMMUNE, person: person(who), ...more },
      );

    it('types, files and hands over for a person without an address', async () => {
      // given
      const what = { variant: 900, address: '1, rue du Guichet', at: [-5.27, 35.171] as [number, number] };
      const { dossier, accountOpened } = await open(
        {},
        { architectEmail: office.people.architect.email, application: applicationOf(what) },
      );
      expect(accountOpened).to.equal(true);
      const colleague = await refusal(office.people.registry(OTHER).get(`/dossiers/${dossier.id}`));
      expect(colleague.code).to.equal('DOSSIER_NOT_FOUND');

      // when the office brings the pieces, the architect signs, and the office files
      const filing = await office.draft(COMMUNE, {}, { sign: false, without: ALL_PIECES });
      filing.id = dossier.id;
      for (const piece of await piecesOf(await mkdtemp(join(tmpdir(), 'shubbak-counter-')), what)) {
        await filing.upload(piece, officer());
      }
      await office.people.architect.post(`/dossiers/${dossier.id}/architect-signature`);
      await officer().post(`/dossiers/${dossier.id}/submission`);

      // then the log says who typed it, and the person takes the account with an address of their own
      const { items: events } = await officer().get<Page<{ type: string; actor: string; data: object }>>(
        `/dossiers/${dossier.id}/events?limit=100`,
      );
      const submitted = events.find(({ type }) => type === 'ApplicationSubmitted');
      const me = await officer().get<{ id: string }>('/me');
      expect(submitted?.actor).to.equal(me.id);
      const { secret } = await officer().post<{ secret: string }>(`/dossiers/${dossier.id}/hand-over`);
      const take = (body: object) =>
        fetch(`${office.base}/api/v1/accounts/activation`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ secret, password: 'demonstration-shubbak', ...body }),
        });
      const without = await take({});
      expect(((await without.json()) as { code: string }).code).to.equal('EMAIL_REQUIRED');
      const taken = await take({ email: 'counter@shubbak.invalid' });
      expect(taken.status).to.be.oneOf([200, 204]);
      const again = await refusal(officer().post(`/dossiers/${dossier.id}/hand-over`));
      expect(again).to.include({ status: 409, code: 'ACCOUNT_TAKEN_OVER' });
    });

    it('finds a person again by identity number and telephone, not by the number alone', async () => {
      // given
      const first = await open({ identityNumber: 'K77', phone: '+212 600 111 222' });
      const second = await open({ identityNumber: 'k-77', phone: '0600111222' });
      expect(second).to.deep.include({ accountOpened: false });
      expect(second.dossier.applicant).to.equal(first.dossier.applicant);

      // when somebody has signed up on line with a number that may not be theirs
      await office.stranger('impostor@shubbak.invalid');
      const mismatch = await refusal(open({ identityNumber: 'K78', email: 'impostor@shubbak.invalid' }));

      // then
      expect(mismatch.code).to.equal('EMAIL_OF_ANOTHER');
    });

    it('is only for officers, in their commune, and never for themselves', async () => {
      const body = { procedure: 'building-permit-small', commune: OTHER, person: person() };
      expect((await refusal(officer().post('/counter/filings', body))).code).to.equal('FORBIDDEN');
      expect((await refusal(office.people.applicant.post('/counter/filings', body))).code).to.equal(
        'FORBIDDEN',
      );
      const architect = { ...body, commune: COMMUNE, architectEmail: officer().email };
      expect((await refusal(officer().post('/counter/filings', architect))).code).to.equal(
        'ARCHITECT_NOT_FOUND',
      );
    });
  });

  describe('keeps registers', () => {
    it('whose numbers have no gap, whatever happens at once', async () => {
      // when
      await Promise.all([office.file(COMMUNE), office.file(COMMUNE), office.file(COMMUNE)]);
      // a request that is refused leaves no number behind
      await refusal(office.people.applicant.post('/dossiers/unknown/submission'));

      // then
      for (const direction of ['incoming', 'outgoing']) {
        const numbers = (await register(direction)).map(({ number }) => number);
        expect(numbers, direction).to.deep.equal(numbers.map((_, index) => numbers.length - index));
        expect(numbers.length).to.be.greaterThan(2);
      }
    });

    it('where a correction is another entry, and the wrong one stays', async () => {
      // given
      const [wrong] = await register('incoming');
      if (wrong === undefined) throw new Error('nothing came in');

      // when
      const path = `/registers/incoming/${wrong.id}/corrections`;
      const added = await officer().post<Entry>(path, { text: 'Came by the architect.', reason: 'A slip.' });

      // then
      const [last, before] = await register('incoming');
      expect(last).to.deep.equal(added);
      expect(last?.number).to.equal(wrong.number + 1);
      expect(last?.correction).to.deep.include({ number: wrong.number, text: 'Came by the architect.' });
      expect(before).to.deep.equal({
        ...wrong,
        corrections: [{ id: added.id, number: added.number, at: (added as unknown as { at: string }).at }],
      });
      const foreign = await refusal(
        office.people.registry(OTHER).post(path, { text: 'Mine now.', reason: 'Because.' }),
      );
      expect(foreign.code).to.equal('REGISTER_ENTRY_NOT_FOUND');
      const president = await refusal(
        office.people.president(COMMUNE).post(path, { text: 'Not mine.', reason: 'Because.' }),
      );
      expect(president.code).to.equal('FORBIDDEN');
      const filtered = await register('incoming', '&kind=correction');
      expect(filtered.map(({ kind }) => kind)).to.deep.equal(['correction']);
    });
  });

  it('is told of dossiers on the same land, and strangers are not', async () => {
    // given two filings on one title, one far away
    const at: [number, number] = [-5.31, 35.19];
    const first = await office.file(COMMUNE, { project: { variant: 950, at } });
    const second = await office.file(COMMUNE, { project: { variant: 950, at } });
    await office.file(OTHER, { project: { variant: 950, at } });

    // when
    const { items } = await officer().get<
      Page<{ dossier: { id: string }; sameLand: boolean; metres: number }>
    >(`/dossiers/${second.id}/related`);

    // then
    expect(items[0]).to.deep.include({ sameLand: true, metres: 0 });
    expect(items[0]?.dossier.id).to.equal(first.id);
    expect(items.filter(({ sameLand }) => sameLand)).to.have.length(1);
    const own = await refusal(office.people.applicant.get(`/dossiers/${second.id}/related`));
    expect(own.code).to.equal('FORBIDDEN');
  });

  it('sees whom a dossier goes to, and the same bodies are then convened', async () => {
    // given
    const filing = await office.file(COMMUNE);
    const { dispatch } = await officer().get<{ dispatch: { seats: { body: string; binding: boolean }[] } }>(
      `/dossiers/${filing.id}/dispatch`,
    );

    // when
    await filing.checkedComplete();
    await filing.opinions({ value: 'favourable', remarks: [] }, { silent: ['urbanAgency'] });

    // then
    const { dossier } = await filing.read(officer());
    const seats = dispatch.seats.map(({ body, binding }) => ({ body, binding }));
    expect(dossier.committee?.members.map(({ body, binding }) => ({ body, binding }))).to.deep.equal(seats);
  });

  it('finds work by whose turn it is, once each, and what is overdue by the tasks’ own due dates', async () => {
    // given
    const filing = await office.file(COMMUNE);
    await office.move({ days: 4 });
    const now = encodeURIComponent((await office.people.operator.get<{ now: string }>('/clock')).now);

    // when
    const waiting: Row[] = [];
    for (let cursor = ''; ; ) {
      const page = await officer().get<Page<Row>>(
        `/worklist?waiting=registryOfficer&dueBefore=${now}&territory=${COMMUNE}&limit=2${cursor}`,
      );
      waiting.push(...page.items);
      if (page.next === null) break;
      cursor = `&cursor=${encodeURIComponent(page.next)}`;
    }

    // then
    const ids = waiting.map(({ dossier }) => dossier.id);
    expect(ids).to.include(filing.id);
    expect(new Set(ids).size).to.equal(ids.length);
    expect(waiting.every(({ waiting: [first] }) => first?.roles.includes('registryOfficer'))).to.equal(true);
    const governor = office.people.governor('01.151');
    const { groups } = await governor.get<{
      groups: { roles: string[]; commune: string; overdue: number }[];
    }>('/oversight/delays?territory=01.151');
    const group = groups.find(
      ({ roles, commune }) => commune === COMMUNE && roles.includes('registryOfficer'),
    );
    expect(group?.overdue).to.equal(ids.length);
    const elsewhere = await refusal(governor.get('/oversight/delays?territory=01.331'));
    expect(elsewhere.code).to.equal('FORBIDDEN');
    expect((await refusal(office.people.applicant.get('/worklist'))).code).to.equal('FORBIDDEN');
  });

  it('counts dossiers past their statutory delay, and lists exactly those', async () => {
    // given
    const governor = office.people.governor('01.331');
    const late = () =>
      governor.get<{ late: { count: number } }>('/oversight/delays').then((delays) => delays.late.count);
    const filing = await office.file(OTHER);
    const before = await late();

    // when
    await office.move({ days: 40 });

    // then
    const { items } = await governor.get<Page<Row>>('/worklist?late=true&limit=100');
    expect(await late())
      .to.equal(items.length)
      .and.to.be.greaterThan(before);
    expect(items.map(({ dossier }) => dossier.id)).to.include(filing.id);
  });

  it('gives the treasurer what came in, with totals of the period', async () => {
    // given
    const filing = await office.file(COMMUNE);
    await filing.checkedComplete();
    await filing.opinions({ value: 'favourable', remarks: [] });
    await filing.minutes('Avis favorables.', 'deliver');
    await filing.decide('deliver');
    const { now } = await office.people.operator.get<{ now: string }>('/clock');
    await filing.release(`Q-${filing.id}`, now.slice(0, 10));

    // when
    const treasurer = office.people.treasurer(COMMUNE);
    const of = (from: string, to: string) =>
      treasurer.get<
        Page<{ dossier: { id: string }; amount: number }> & { totals: { amount: number; count: number }[] }
      >(`/payments?from=${from}&to=${to}`);
    const inside = await of('2020-01-01T00:00:00Z', '2100-01-01T00:00:00Z');
    const outside = await of('2020-01-01T00:00:00Z', '2020-01-02T00:00:00Z');

    // then
    expect(inside.items[0]?.dossier.id).to.equal(filing.id);
    const sum = inside.items.reduce((total, { amount }) => total + amount, 0);
    expect(inside.totals).to.have.length(1);
    expect(inside.totals[0]).to.deep.include({ count: inside.items.length, amount: sum });
    expect(outside).to.deep.include({ items: [], totals: [] });
    expect(
      (await refusal(officer().get('/payments?from=2020-01-01T00:00:00Z&to=2100-01-01T00:00:00Z'))).code,
    ).to.equal('FORBIDDEN');
  });
});

const ALL_PIECES = [
  'ownershipProof',
  'identityDocument',
  'signedRequest',
  'architectContract',
  'architecturalPlan',
  'boundaryPlan',
  'dimensionedPlan',
  'fireSafetyDocument',
];
