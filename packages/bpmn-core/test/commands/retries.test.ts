import { expect } from 'chai';
import {
  after,
  boundary,
  element,
  end,
  ends,
  eventSubProcess,
  exclusive,
  flow,
  inclusive,
  mapping,
  message,
  messages,
  multiple,
  parallel,
  path,
  repeat,
  service,
  start,
  subProcess,
  throwing,
  timer,
  users,
} from '../support/diagram.ts';
import { begin } from '../support/instance.ts';

const keyed = messages('K', 'permit:correlationKey="key"') + messages('M');
const codes = (instance: Awaited<ReturnType<typeof begin>>) =>
  instance.history.flatMap((effect) => (effect.type === 'incidentRaised' ? [effect.code] : []));

describe('Incidents and retries (clauses 13.3.2 and 13.4.2)', () => {
  it('a boundary event that cannot be worked out: nothing has begun, and no event is armed', async () => {
    const body =
      ends +
      users('a') +
      boundary('b', 'a', message('M'), false) +
      boundary('t', 'a', timer('timeDuration', '=wait')) +
      path('s a e') +
      end('e2') +
      path('b e2') +
      end('e3') +
      path('t e3');
    const instance = await begin(body, { declarations: keyed });
    expect(codes(instance)).to.deep.equal(['TIMER_INVALID']);
    expect(instance.state.subscriptions).to.deep.equal([]);
    instance.retry('a', { wait: 'PT1H' });
    expect(instance.trace, 'it is not entered again').to.equal('s a');
    expect(instance.open).to.equal('a');
    expect(instance.state.subscriptions.map(({ node }) => node)).to.deep.equal(['b', 't']);
  });

  it('work that cannot begin: the events on it are armed once', async () => {
    const body =
      ends +
      element('receiveTask', 'a', '', 'messageRef="K"') +
      boundary('t', 'a', after('PT1H')) +
      path('s a e') +
      end('e2') +
      path('t e2');
    const instance = await begin(body, { declarations: keyed });
    expect(codes(instance)).to.deep.equal(['CORRELATION_KEY_INVALID']);
    instance.retry('a', { key: 'k1' });
    expect(instance.nodes('timerScheduled')).to.equal('t');
    instance.send('K', 'k1');
    expect(instance.status).to.equal('completed');
  });

  it('an event on work that cannot begin may occur', async () => {
    const body =
      ends +
      element('receiveTask', 'a', '', 'messageRef="K"') +
      boundary('t', 'a', after('PT1H')) +
      users('z') +
      path('s a e') +
      path('t z');
    const instance = await begin(body, { declarations: keyed });
    instance.fire('t');
    expect(instance.nodes('incidentResolved')).to.equal('a');
    expect(instance.open).to.equal('z');
  });

  it('an activity that cannot be left: its work is not done again, and its events are over', async () => {
    const body =
      ends +
      users('a b') +
      boundary('t', 'a', after('PT1H')) +
      end('e2') +
      path('t e2') +
      path('s a') +
      flow('a', 'b', 'n = 1') +
      flow('a', 'e', 'n = 2') +
      path('b e').replace('b_e', 'b_e3');
    const instance = await begin(body);
    instance.complete('a');
    expect(codes(instance)).to.deep.equal(['NO_FLOW_TAKEN']);
    expect(instance.nodes('timerCancelled')).to.equal('t');
    instance.retry('a');
    expect(codes(instance)).to.deep.equal(['NO_FLOW_TAKEN', 'NO_FLOW_TAKEN']);
    instance.retry('a', { n: 1 });
    expect(instance.open).to.equal('b');
    expect(instance.nodes('taskCreated')).to.equal('a b');
  });

  it('outputs are given once, though the activity could not be left', async () => {
    const body =
      ends +
      users('a', mapping({}, { n: '=given' })) +
      users('b') +
      path('s a') +
      flow('a', 'b', 'n = 2') +
      path('b e');
    const instance = await begin(body);
    instance.complete('a', { given: 1 });
    expect(instance.incidents).to.equal('a');
    instance.retry('a', { n: 2 });
    expect(instance.open).to.equal('b');
    expect(instance.variables).to.deep.equal({ n: 2 });
  });

  it('a condition at a gateway is asked again, with what the retry corrects', async () => {
    const body =
      ends +
      users('a b') +
      exclusive('x', 'x_b') +
      path('s x') +
      flow('x', 'a', 'n > 1') +
      path('x b e') +
      path('a e');
    const instance = await begin(body);
    expect(codes(instance)).to.deep.equal(['CONDITION_NOT_BOOLEAN']);
    instance.retry('x', { n: 5 });
    expect(instance.open).to.equal('a');
  });

  it('an inclusive gateway takes no flow before all its conditions are known', async () => {
    const body =
      ends +
      users('a b') +
      inclusive('x') +
      path('s x') +
      flow('x', 'a', 'true') +
      flow('x', 'b', 'n > 1') +
      path('a e') +
      end('e2') +
      path('b e2');
    const instance = await begin(body);
    expect(instance.open).to.equal('');
    instance.retry('x', { n: 2 });
    expect(instance.open).to.equal('a b');
  });

  it('a join that cannot be left fires once', async () => {
    const body =
      ends +
      users('a b z') +
      parallel('f') +
      inclusive('j') +
      path('s f a j') +
      path('f b j') +
      flow('j', 'z', 'n = 1') +
      flow('j', 'e', 'n = 2') +
      path('z e').replace('z_e', 'z_e2');
    const instance = await begin(body);
    instance.complete('a');
    instance.complete('b');
    expect(instance.incidents).to.equal('j');
    instance.retry('j', { n: 1 });
    expect(instance.open).to.equal('z');
    expect(instance.tokens('j')).to.have.length(0);
  });

  it('a completion condition is asked again at its instance, and the others stay open', async () => {
    const loop = multiple({ cardinality: '3', until: 'enough' });
    const instance = await begin(ends + users('a', loop) + users('z') + path('s a z e'));
    instance.complete('a');
    expect(instance.incidents).to.equal('a');
    expect(instance.open).to.equal('a a');
    const incident = instance.state.tokens.find(({ waiting }) => waiting === 'incident')?.work ?? '';
    instance.do({ type: 'retry', id: incident, variables: { enough: true } });
    expect(instance.open).to.equal('z');
  });

  it('a collection that is none: events on the activity may occur meanwhile', async () => {
    const body =
      ends +
      users('a', multiple({ collection: 'names' })) +
      boundary('b', 'a', message('M')) +
      users('z') +
      path('s a e') +
      path('b z');
    const instance = await begin(body, { declarations: keyed });
    expect(codes(instance)).to.deep.equal(['COLLECTION_NOT_A_LIST']);
    instance.send('M');
    expect(instance.open).to.equal('z');
  });

  it('an event sub-process of a sub-process that cannot be worked out: its flow has not begun', async () => {
    const h = eventSubProcess('h', timer('timeDuration', '=wait'), users('b') + end('eh') + path('s_h b eh'));
    const body =
      ends + subProcess('p', start('s1') + users('a') + end('e1') + path('s1 a e1') + h) + path('s p e');
    const instance = await begin(body);
    expect(instance.incidents).to.equal('p');
    expect(instance.state.scopes).to.deep.equal([]);
    instance.retry('p', { wait: 'PT1H' });
    instance.fire('s_h');
    expect(instance.open).to.equal('b');
  });

  it('a message without a key is not sent until it has one, and then once', async () => {
    const body = ends + throwing('t', message('K')) + path('s t e');
    const instance = await begin(body, { declarations: keyed });
    expect(instance.nodes('messageSent')).to.equal('');
    instance.retry('t', { key: 1 });
    expect(instance.nodes('messageSent')).to.equal('t');
    expect(instance.status).to.equal('completed');
  });

  it('an end event without a key has not been reached', async () => {
    const instance = await begin(start() + end('e', message('K')) + path('s e'), { declarations: keyed });
    expect(instance.nodes('endEventReached')).to.equal('');
    instance.retry('e', { key: 1 });
    expect(instance.nodes('endEventReached')).to.equal('e');
  });

  it('an incident in one branch lets the others go on', async () => {
    const instance = await begin(
      ends + service('j') + users('a z') + parallel('f k') + path('s f j k z e') + path('f a k'),
    );
    instance.do({ type: 'failJob', id: instance.work('j'), message: 'no' });
    instance.complete('a');
    expect(instance.open).to.equal('');
    instance.retry('j');
    instance.complete('j');
    expect(instance.open).to.equal('z');
  });

  it('an incident is resolved when what is around it is interrupted', async () => {
    const body =
      ends +
      subProcess('p', start('s1') + service('j') + end('e1') + path('s1 j e1')) +
      boundary('t', 'p', after('PT1H')) +
      users('z') +
      path('s p e') +
      path('t z');
    const instance = await begin(body);
    instance.do({ type: 'failJob', id: instance.work('j'), message: 'no' });
    instance.fire('t');
    expect(instance.nodes('incidentResolved')).to.equal('j');
    expect(instance.open).to.equal('z');
  });

  it('a retry that fails again is a new incident', async () => {
    const instance = await begin(ends + service('j') + path('s j e'));
    instance.do({ type: 'failJob', id: instance.work('j'), message: 'no' });
    const first = instance.work('j');
    instance.retry('j');
    instance.do({ type: 'failJob', id: instance.work('j'), message: 'no' });
    expect(instance.work('j')).not.to.equal(first);
    expect(instance.refusal({ type: 'retry', id: first })).to.equal('NOT_WAITING');
  });

  it('a job in a loop is retried in its iteration, with the same index', async () => {
    const instance = await begin(ends + service('j', repeat({ maximum: 2 })) + path('s j e'));
    instance.complete('j');
    instance.do({ type: 'failJob', id: instance.work('j'), message: 'no' });
    instance.retry('j');
    expect(instance.effects.find(({ type }) => type === 'jobRequested')).to.include({ instance: 1 });
    instance.complete('j');
    expect(instance.status).to.equal('completed');
  });

  it('setVariables does not retry by itself', async () => {
    const body =
      ends +
      users('a b') +
      exclusive('x', 'x_b') +
      path('s x') +
      flow('x', 'a', 'n > 1') +
      path('x b e') +
      path('a e');
    const instance = await begin(body);
    instance.set({ n: 5 });
    expect(instance.incidents).to.equal('x');
  });
});
