import { expect } from 'chai';
import {
  after,
  boundary,
  catching,
  conditional,
  element,
  end,
  ends,
  error,
  errors,
  escalation,
  escalations,
  eventBased,
  eventSubProcess,
  message,
  messages,
  parallel,
  path,
  service,
  signal,
  signals,
  throwing,
  users,
} from '../support/diagram.ts';
import { begin } from '../support/instance.ts';

const declarations =
  messages('M N').replace('name="N"', 'name="N" camunda:correlationKey="key"') +
  signals('S T') +
  errors('E') +
  escalations('X');
const all = 'parallelMultiple="true"';

describe('Multiple events (clauses 10.5.6 and 13.5.2)', () => {
  it('a catch event of several goes on with the first, and awaits no other', async () => {
    // given
    const body =
      ends + catching('c', message('M') + signal('S') + after('PT1H')) + users('a') + path('s c a e');

    // when, then
    const byMessage = await begin(body, { declarations });
    byMessage.send('M');
    expect(byMessage.open).to.equal('a');
    expect(byMessage.nodes('timerCancelled')).to.equal('c');
    expect(byMessage.refusal({ type: 'broadcastSignal', name: 'S' })).to.equal('NO_SUBSCRIPTION');
    const byTimer = await begin(body, { declarations });
    const timer = byTimer.state.subscriptions.find(({ kind }) => kind === 'timer');
    byTimer.do({ type: 'fireTimer', id: timer?.id ?? '' });
    expect(byTimer.open).to.equal('a');
  });

  it('of a parallel one all must occur, each once, with what each brings', async () => {
    const body =
      ends +
      catching('c', message('M') + signal('S') + conditional('ready = true'), all) +
      users('a') +
      path('s c a e');
    const instance = await begin(body, { declarations });
    instance.broadcast('S', { by: 'signal' });
    expect(instance.refusal({ type: 'broadcastSignal', name: 'S' })).to.equal('NO_SUBSCRIPTION');
    instance.set({ ready: true });
    instance.set({ ready: false });
    expect(instance.open).to.equal('');
    instance.send('M', undefined, { v: 1 });
    expect(instance.open).to.equal('a');
    expect(instance.variables).to.deep.equal({ by: 'signal', ready: false, v: 1 });
  });

  it('a parallel boundary event interrupts when all have occurred', async () => {
    const body =
      ends +
      users('a b') +
      element('boundaryEvent', 'x', message('M') + after('PT1H'), `attachedToRef="a" ${all}`) +
      path('s a e') +
      path('x b');
    const instance = await begin(body, { declarations });
    instance.send('M');
    expect(instance.open).to.equal('a');
    instance.fire('x');
    expect(instance.open).to.equal('b');
    const early = await begin(body, { declarations });
    early.send('M');
    early.complete('a');
    expect(early.status).to.equal('completed');
  });

  it('a parallel one beside a flow that goes on is awaited anew each time', async () => {
    const body =
      ends +
      users('a b') +
      element(
        'boundaryEvent',
        'x',
        message('M') + signal('S'),
        `attachedToRef="a" cancelActivity="false" ${all}`,
      ) +
      path('s a e') +
      path('x b');
    const instance = await begin(body, { declarations });
    for (const times of [1, 2]) {
      instance.send('M');
      instance.broadcast('S');
      expect(instance.tokens('b')).to.have.length(times);
    }
    instance.broadcast('S');
    instance.complete('a');
    expect(instance.state.subscriptions).to.deep.equal([]);
  });

  it('a boundary event of several catches an error, an escalation or a message', async () => {
    const body =
      ends +
      service('a') +
      users('b') +
      boundary('x', 'a', error('E') + escalation('X') + message('M')) +
      path('s a e') +
      path('x b');
    const events = [
      (instance: Awaited<ReturnType<typeof begin>>) => instance.throwError('a', 'E'),
      (instance: Awaited<ReturnType<typeof begin>>) => instance.escalate('a', 'X'),
      (instance: Awaited<ReturnType<typeof begin>>) => instance.send('M'),
    ];
    for (const occur of events) {
      const instance = await begin(body, { declarations });
      occur(instance);
      expect(instance.open).to.equal('b');
    }
  });

  it('a non-interrupting one catches each of them, again and again', async () => {
    const body =
      ends +
      users('a b') +
      boundary('x', 'a', signal('S') + message('M'), false) +
      path('s a e') +
      path('x b');
    const instance = await begin(body, { declarations });
    instance.send('M');
    instance.broadcast('S');
    instance.send('M');
    expect(instance.open).to.equal('a b b b');
  });

  it('an event sub-process starts with any of several, or with all', async () => {
    const task = users('b') + end('eh') + path('s_h b eh');
    const any = await begin(
      ends + users('a') + path('s a e') + eventSubProcess('h', signal('S') + message('M'), task),
      { declarations },
    );
    any.broadcast('S');
    expect(any.open).to.equal('b');
    const both =
      ends +
      users('a') +
      path('s a e') +
      eventSubProcess('h', signal('S') + message('M'), task).replace(
        'isInterrupting="true"',
        `isInterrupting="true" ${all}`,
      );
    const instance = await begin(both, { declarations });
    instance.broadcast('S', { first: 1 });
    expect(instance.open).to.equal('a');
    instance.send('M');
    expect(instance.open).to.equal('b');
    expect(instance.variables).to.deep.equal({ first: 1 });
  });

  it('behind an event-based gateway one of several is enough', async () => {
    const body =
      ends +
      eventBased('g') +
      catching('c', signal('S') + signal('T')) +
      catching('t', after('PT1H')) +
      users('a b') +
      path('s g c a e') +
      path('g t b');
    const instance = await begin(body, { declarations });
    instance.broadcast('T');
    expect(instance.open).to.equal('a');
    expect(instance.state.subscriptions).to.deep.equal([]);
  });

  it('a throw event throws each, an end event too', async () => {
    const caught = parallel('f') + catching('c', signal('S'));
    const body =
      ends +
      caught +
      throwing('t', message('M') + signal('S') + escalation('X')) +
      users('a') +
      path('s f c e') +
      path('f t a');
    const instance = await begin(body, { declarations });
    expect(
      instance.history
        .filter(({ type }) => /^(message|signal|escalation)/.test(type))
        .map(({ type }) => type),
    ).to.deep.equal(['messageSent', 'signalThrown', 'escalationThrown']);
    const ending = await begin(
      ends.replace('<bpmn:endEvent id="e" ></bpmn:endEvent>', '') +
        end('z', message('M') + signal('T')) +
        path('s z'),
      { declarations },
    );
    expect(ending.status).to.equal('completed');
    expect(ending.nodes('signalThrown')).to.equal('z');
  });

  it('nothing is thrown of an event whose message has no key, until it is retried', async () => {
    const body = ends + throwing('t', message('M') + message('N')) + path('s t e');
    const instance = await begin(body, { declarations });
    expect(instance.incidents).to.equal('t');
    expect(instance.nodes('messageSent')).to.equal('');
    instance.retry('t', { key: 'k' });
    expect(instance.nodes('messageSent')).to.equal('t t');
    expect(instance.status).to.equal('completed');
  });
});
