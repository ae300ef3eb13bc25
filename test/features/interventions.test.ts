import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import type { Filing } from '../../scripts/demo/filing.ts';
import { hostileClient, TETOUAN } from '../support/hostileClient.ts';
import { type Office, openOffice, refusal } from '../support/office.ts';

interface Waiting {
  token: string;
  flowNode: string;
  waitsFor: string;
  mayGoTo: { flowNode: string }[];
}
interface Instance {
  id: string;
  status: string;
  variables: Record<string, unknown>;
  waiting: Waiting[];
  interventions: string[];
  history: { kind: string; reason: string; byName: string; names: string[] }[];
}
interface Incident {
  id: string;
  dossier: string;
  flowNode: string;
  resolvedAt: string | null;
}

const REASON = 'Convenu avec la commune par téléphone.';

for (const engine of ['bpmn-core', 'bpmn-server']) {
  describe(`an operator who intervenes, on ${engine}`, function () {
    this.timeout(240_000);
    let office: Office;
    before(async () => {
      office = await openOffice({ ENGINE: engine });
    });
    after(() => office.close());

    const operator = () => office.people.operator;
    async function instanceOf(filing: Filing): Promise<Instance> {
      const address = `/operation/instances?number=${encodeURIComponent(filing.number)}`;
      const { items } = await operator().get<{ items: { id: string }[] }>(address);
      expect(items).to.have.length(1);
      return operator().get<Instance>(`/operation/instances/${items[0]?.id}`);
    }
    const agency = (active: boolean) =>
      hostileClient(office).as(office.people.administrator, 'PATCH', '/bodies/agency-tetouan', {
        body: { active },
      });
    async function incidentOf(filing: Filing): Promise<Incident> {
      const { items } = await operator().get<{ items: Incident[] }>('/incidents?open=true&limit=100');
      return items.find(({ dossier }) => dossier === filing.id) ?? expect.fail('it was not stopped');
    }
    async function events(filing: Filing): Promise<{ type: string; data: Record<string, unknown> }[]> {
      const registry = office.people.registry(TETOUAN);
      return (await registry.get<{ items: never[] }>(`/dossiers/${filing.id}/events?limit=100`)).items;
    }

    it('skips work that keeps failing, with a reason that the event only refers to', async () => {
      // given
      await agency(false);
      const filing = await office.file(TETOUAN);
      await filing.checkedComplete();
      const incident = await incidentOf(filing);
      const before = await instanceOf(filing);
      // when
      const client = hostileClient(office);
      const body = { reason: REASON, variables: { members: [] } };
      const key = randomUUID();
      const skip = () => client.as(operator(), 'POST', `/incidents/${incident.id}/skip`, { body, key });
      const first = await skip();
      const again = await skip();
      await agency(true);
      // then
      expect(first.status, JSON.stringify(first.body)).to.equal(200);
      expect(again.headers.get('idempotency-replayed')).to.equal('true');
      expect(first.body.resolvedAt).to.be.a('string');
      const now = await instanceOf(filing);
      expect(now.variables).to.deep.include({ members: [] });
      expect(now.waiting.map(({ flowNode }) => flowNode)).to.not.deep.equal(
        before.waiting.map(({ flowNode }) => flowNode),
      );
      expect(now.history).to.have.length(1);
      expect(now.history[0]).to.deep.include({ kind: 'skip', reason: REASON, names: ['members'] });
      const told = await events(filing);
      expect(told.filter(({ type }) => type === 'OperatorIntervened').map(({ data }) => data)).to.deep.equal([
        { kind: 'skip' },
      ]);
      expect(JSON.stringify(told)).to.not.include(REASON);
      const late = await refusal(operator().post(`/incidents/${incident.id}/skip`, { reason: REASON }));
      expect(late.code).to.equal('INCIDENT_ALREADY_RESOLVED');
    });

    it('corrects variables, whose values no event tells', async () => {
      const filing = await office.file(TETOUAN);
      const { id } = await instanceOf(filing);
      const given = { reason: REASON, variables: { complete: false, note: 'secret-value' } };
      const changed = await operator().post<Instance>(`/operation/instances/${id}/variables`, given);
      expect(changed.variables).to.deep.include(given.variables);
      const told = await events(filing);
      expect(told.find(({ type }) => type === 'VariablesSet')?.data).to.deep.equal({
        names: ['complete', 'note'],
      });
      expect(JSON.stringify(told)).to.not.include('secret-value');
      for (const variables of [{ 'two words': 1 }, {}, { a: 'x'.repeat(20_001) }]) {
        const wrong = await refusal(
          operator().post(`/operation/instances/${id}/variables`, { reason: REASON, variables }),
        );
        expect(wrong.code).to.equal('INVALID_INPUT');
      }
    });

    it('cancels a process: its dossier is stopped, and nothing waits any more', async () => {
      const filing = await office.file(TETOUAN);
      const { id } = await instanceOf(filing);
      const short = await refusal(
        operator().post(`/operation/instances/${id}/cancellation`, { reason: 'bref' }),
      );
      expect(short.code).to.equal('INVALID_INPUT');
      const given = { reason: 'Dossier déposé deux fois.' };
      const ended = await operator().post<Instance>(`/operation/instances/${id}/cancellation`, given);
      expect(ended).to.include({ status: 'cancelled' });
      expect(ended.waiting).to.deep.equal([]);
      const { dossier } = await filing.read();
      expect(dossier.status).to.equal('stopped');
      const registry = office.people.registry(TETOUAN);
      const open = await registry.get<{ items: unknown[] }>(
        `/tasks?scope=all&status=open&dossier=${filing.id}`,
      );
      expect(open.items).to.deep.equal([]);
      const late = await refusal(
        operator().post(`/operation/instances/${id}/variables`, { reason: REASON, variables: { a: 1 } }),
      );
      expect(late.code).to.equal('INSTANCE_ENDED');
    });

    it('moves what waits, or is told that this engine does not', async () => {
      // given
      const filing = await office.file(TETOUAN);
      const instance = await instanceOf(filing);
      const [waiting] = instance.waiting;
      const move = (to: string) => ({
        reason: REASON,
        token: waiting?.token,
        from: waiting?.flowNode,
        to,
      });
      const address = `/operation/instances/${instance.id}/moves`;
      if (engine === 'bpmn-server') {
        const lacking = await refusal(operator().post(address, move('ConveneCommittee')));
        expect(lacking.code).to.equal('INTERVENTION_NOT_SUPPORTED');
        expect(lacking.problem.detail).to.include('bpmn-server');
        return;
      }
      expect(waiting).to.include({ flowNode: 'CheckCompleteness', waitsFor: 'task' });
      // then neither offered nor done behind a decision that was not given
      expect(waiting?.mayGoTo.map(({ flowNode }) => flowNode)).to.include('ConveneCommittee');
      for (const to of ['Deliver', 'NotifyDelivery', 'SignLicence', 'ComputeTax', 'NotifyRefusal']) {
        expect(
          waiting?.mayGoTo.map(({ flowNode }) => flowNode),
          to,
        ).to.not.include(to);
        expect((await refusal(operator().post(address, move(to)))).code, to).to.equal('PLACE_NOT_ALLOWED');
      }
      // when
      await operator().post(address, move('ConveneCommittee'));
      // then
      await filing.task(office.people.member('agency-tetouan'), 'ReviewByUrbanAgency');
      expect((await refusal(operator().post(address, move('ConveneCommittee')))).code).to.equal(
        'TOKEN_NOT_WAITING',
      );
      expect((await instanceOf(filing)).history.map(({ kind }) => kind)).to.deep.equal(['move']);
    });

    it('is nobody but the operator of the territory', async () => {
      const filing = await office.file(TETOUAN);
      const { id } = await instanceOf(filing);
      const { people } = office;
      for (const other of [people.applicant, people.registry(TETOUAN), people.president(TETOUAN)]) {
        expect((await refusal(other.get(`/operation/instances/${id}`))).code).to.equal('INSTANCE_NOT_FOUND');
        const ended = refusal(other.post(`/operation/instances/${id}/cancellation`, { reason: REASON }));
        expect((await ended).code).to.equal('INSTANCE_NOT_FOUND');
        const found = refusal(other.get(`/operation/instances?number=${filing.number}`));
        expect((await found).code).to.equal('FORBIDDEN');
      }
    });
  });
}
