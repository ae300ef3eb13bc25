import { expect } from 'chai';
import {
  after,
  boundary,
  catching,
  end,
  ends,
  eventBased,
  parallel,
  path,
  signal,
  signals,
  start,
  throwing,
  users,
} from '../support/diagram.ts';
import { begin, prepare } from '../support/instance.ts';

const declarations = signals('S T');

describe('Signals (clauses 10.5.6 and 13.5.2)', () => {
  it('a catch event waits for its signal, from whomever it comes', async () => {
    // given
    const instance = await begin(ends + catching('c', signal('S')) + users('a') + path('s c a e'), {
      declarations,
    });

    // when, then
    expect(instance.refusal({ type: 'broadcastSignal', name: 'T' })).to.equal('NO_SUBSCRIPTION');
    instance.broadcast('S', { told: true });
    expect(instance.open).to.equal('a');
    expect(instance.variables).to.deep.equal({ told: true });
  });

  it('is told from others by its name, or by its id if it has none', async () => {
    const body = ends + catching('c', signal('Signal_1')) + users('a') + path('s c a e');
    const named = await begin(body, { declarations: '<bpmn:signal id="Signal_1" name="Closed"/>' });
    expect(named.refusal({ type: 'broadcastSignal', name: 'Signal_1' })).to.equal('NO_SUBSCRIPTION');
    named.broadcast('Closed');
    expect(named.open).to.equal('a');
    const nameless = await begin(body, { declarations: '<bpmn:signal id="Signal_1"/>' });
    nameless.broadcast('Signal_1');
    expect(nameless.open).to.equal('a');
  });

  it('a signal reaches all that wait for it, not only the first', async () => {
    const body =
      ends +
      parallel('f j') +
      catching('c', signal('S')) +
      catching('d', signal('S')) +
      catching('t', signal('T')) +
      path('s f c j e') +
      path('f d j') +
      path('f t j');
    const instance = await begin(body, { declarations });
    instance.broadcast('S');
    expect(instance.nodes('flowNodeLeft', instance.effects)).to.equal('c d');
    instance.broadcast('T');
    expect(instance.status).to.equal('completed');
  });

  it('what is thrown is caught here before it goes out', async () => {
    // given
    const body =
      ends +
      parallel('f') +
      catching('c', signal('S')) +
      users('a b') +
      throwing('t', signal('S')) +
      path('s f c b') +
      path('f a t e');
    const instance = await begin(body, { declarations });

    // when
    instance.complete('a', { v: 1 });

    // then
    expect(instance.open).to.equal('b');
    expect(instance.effects.find(({ type }) => type === 'signalThrown')).to.deep.equal({
      type: 'signalThrown',
      flowNode: 't',
      name: 'S',
      variables: { v: 1 },
    });
  });

  it('a catch event catches once, even when the signal is thrown twice before it moves on', async () => {
    const body =
      ends +
      parallel('f g') +
      catching('c', signal('S')) +
      users('a b') +
      throwing('t', signal('S')) +
      throwing('u', signal('S')) +
      path('s f c b') +
      path('f a g t') +
      path('g u e') +
      path('t e').replace('id="t_e"', 'id="t_e2"');
    const instance = await begin(body, { declarations });
    instance.complete('a');
    expect(instance.tokens('b')).to.have.length(1);
    instance.complete('b');
    expect(instance.status).to.equal('completed');
  });

  it('an interrupting boundary event cancels, a non-interrupting one catches again and again', async () => {
    const once = ends + users('a b') + boundary('x', 'a', signal('S')) + path('s a e') + path('x b');
    const first = await begin(once, { declarations });
    first.broadcast('S');
    expect(first.open).to.equal('b');

    const often = ends + users('a b') + boundary('x', 'a', signal('S'), false) + path('s a e') + path('x b');
    const second = await begin(often, { declarations });
    second.broadcast('S');
    second.broadcast('S');
    expect(second.open).to.equal('a b b');
    second.complete('a');
    expect(second.refusal({ type: 'broadcastSignal', name: 'S' })).to.equal('NO_SUBSCRIPTION');
  });

  it('a throw event that is interrupted by its own signal leads nowhere', async () => {
    const inner = `${start('s1')}${throwing('t', signal('S'))}${users('never')}${end('e1')}${path('s1 t never e1')}`;
    const body =
      ends +
      `<bpmn:subProcess id="x">${inner}</bpmn:subProcess>` +
      boundary('b', 'x', signal('S')) +
      users('after') +
      path('s x e') +
      path('b after');
    const instance = await begin(body, { declarations });
    expect(instance.open).to.equal('after');
    expect(instance.trace).not.to.include('never');
  });

  it('behind an event-based gateway the first to come decides', async () => {
    const body =
      ends +
      eventBased('g') +
      catching('c', signal('S')) +
      catching('t', after('PT1H')) +
      users('a b') +
      path('s g c a e') +
      path('g t b');
    const instance = await begin(body, { declarations });
    instance.broadcast('S');
    expect(instance.open).to.equal('a');
    expect(instance.nodes('timerCancelled')).to.equal('t');
  });

  it('a signal start event begins a process', async () => {
    const instance = await prepare(start('s', signal('S')) + end() + users('a') + path('s a e'), {
      declarations,
    });
    expect(instance.refusal({ type: 'broadcastSignal', name: 'T' })).to.equal('NO_SUBSCRIPTION');
    expect(instance.refusal({ type: 'start' })).to.equal('UNKNOWN_PROCESS');
    instance.broadcast('S', { v: 1 });
    expect(instance.open).to.equal('a');
    expect(instance.variables).to.deep.equal({ v: 1 });
  });

  it('an end event throws its signal', async () => {
    const body =
      ends +
      parallel('f') +
      users('a') +
      catching('c', signal('S')) +
      end('x', signal('S')) +
      path('s f a x') +
      path('f c e');
    const instance = await begin(body, { declarations });
    instance.complete('a');
    expect(instance.status).to.equal('completed');
    expect(instance.nodes('endEventReached')).to.equal('x e');
  });
});
