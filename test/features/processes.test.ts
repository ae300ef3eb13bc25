import { expect } from 'chai';
import type { Filing } from '../../scripts/demo/filing.ts';
import { SYSTEM } from '../../src/domain/party.ts';
import { bpmnCore } from '../../src/engine/bpmnCore.ts';
import { createHost } from '../../src/engine/host.ts';
import { evaluate } from '../../src/engine/timerRules.ts';
import type { Tx } from '../../src/store/store.ts';
import { catching, diagram, end, message, start } from '../engine/bpmnServer/diagram.ts';
import { type Office, openOffice } from '../support/office.ts';
import { withSiteVisit } from '../support/studio.ts';

const TETOUAN = '01.571.01.11';
/** Letters and digits of no meaning, as hashes are. */
const [TELLING, WATCHING] = ['a'.repeat(64), 'b'.repeat(64)];

/** The permit's diagram, which tells others that the file was checked. */
function telling(permit: string): string {
  const drawn = withSiteVisit(permit, 'name="Dire"')
    .replace('<bpmn:process', '<bpmn:message id="Checked" name="checked" /><bpmn:process')
    .replace(/<bpmn:userTask (id="VisitSite"[^>]*>)/, '<bpmn:intermediateThrowEvent $1');
  const [before, after = ''] = drawn.split('id="VisitSite" name="Dire">');
  return `${before}id="VisitSite" name="Dire">${after.replace(
    '</bpmn:userTask>',
    '<bpmn:messageEventDefinition id="TellChecked" messageRef="Checked" /></bpmn:intermediateThrowEvent>',
  )}`;
}

describe('two processes of one dossier', function () {
  this.timeout(120_000);
  let office: Office;
  before(async () => {
    office = await openOffice();
    // given a version of the permit that tells, and a process that waits for it
    const { store } = office.node;
    const now = (await office.people.operator.get<{ now: string }>('/clock')).now;
    const shipped = await store.procedures.inForce('building-permit-small', now.slice(0, 10));
    if (shipped === null) throw new Error('the permit is not in force');
    const publishedAt = Date.parse(now);
    const common = { ...shipped, publishedAt, publishedBy: 'admin', note: 'story' };
    const waits = start + catching('Hear', message('Hear', 'checked')) + end('E');
    await store.transaction(async (tx) => {
      await store.procedures.insert(tx, { ...common, hash: TELLING, diagram: telling(shipped.diagram) });
      await store.procedures.insert(tx, {
        ...common,
        hash: WATCHING,
        id: 'watch',
        diagram: diagram(waits, 'Start -> Hear -> E'),
        tasks: {},
        services: {},
        names: { Hear: { ar: 'انتظار', fr: 'Attendre', en: 'Wait' } },
      });
    });
  });
  after(() => office.close());

  /** Begins a process that waits, as a node of the office would. */
  async function watch(filing: Filing, id: string): Promise<void> {
    const { store } = office.node;
    const host = createHost<Tx>({
      interpreter: bpmnCore(),
      store: store.engine,
      async loadDefinition(hash) {
        return (await store.procedures.find(hash)) ?? expect.fail(`no version ${hash}`);
      },
      handlers: new Map(),
      async dossierFacts(dossier, tx) {
        const { commune, round, number, applicant, instance } = await store.dossiers.get(dossier, tx);
        return { territory: commune, round, number, applicant, main: instance };
      },
      clock: { now: () => Date.now() },
      realNow: Date.now,
      dueOf: (_limit, now) => now,
      timerDue: (_timer, now) => now,
      evaluate,
      calendarVersion: null,
      log: () => {},
    });
    const request = { id, definition: WATCHING, dossier: filing.id, procedure: 'watch', territory: '' };
    await host.start({ ...request, variables: {} }, SYSTEM);
  }
  const operator = () => office.people.operator;
  const events = async (filing: Filing) =>
    (
      await office.people
        .registry(TETOUAN)
        .get<{ items: { type: string; data: { name?: string } }[] }>(
          `/dossiers/${filing.id}/events?limit=100`,
        )
    ).items;

  it('speak: what the permit tells reaches the one that waits, and an operator sees both', async () => {
    const filing = await office.file(TETOUAN);
    await watch(filing, 'watch-1');
    // when
    await filing.checkedComplete();
    // then
    expect(await office.node.store.instances.find('watch-1')).to.include({ status: 'completed' });
    const told = (await events(filing)).filter(({ type }) => /^Message(Sent|Received)$/.test(type));
    expect(told.map(({ type, data }) => [type, data.name])).to.have.deep.members([
      ['MessageSent', 'checked'],
      ['MessageReceived', 'checked'],
    ]);
    const address = `/operation/instances?number=${encodeURIComponent(filing.number)}`;
    const { items } = await operator().get<{ items: { procedure: string; status: string }[] }>(address);
    expect(items.map(({ procedure, status }) => [procedure, status])).to.deep.equal([
      ['building-permit-small', 'active'],
      ['watch', 'completed'],
    ]);
  });

  it('wait apart: what nobody receives is counted, and cancelling the second leaves the dossier as it is', async () => {
    // given
    const filing = await office.file(TETOUAN);
    await filing.checkedComplete();
    const { waiting } = await operator().get<{ waiting: { deliveries: number } }>('/operation/state');
    expect(waiting.deliveries).to.equal(1);
    const another = await office.file(TETOUAN);
    await watch(another, 'watch-2');
    // when
    const given = { reason: 'Commencé par erreur.' };
    const cancelled = await operator().post('/operation/instances/watch-2/cancellation', given);
    // then
    expect(cancelled).to.include({ status: 'cancelled' });
    expect((await another.read()).dossier.status).to.not.equal('stopped');
  });
});
