import { expect } from 'chai';
import { CommandError } from '../../src/index.ts';
import {
  boundary,
  catching,
  end,
  ends,
  message,
  messages,
  parallel,
  path,
  start,
  throwing,
  users,
} from '../support/diagram.ts';
import { begin, prepare } from '../support/instance.ts';

const line = ends + users('a') + path('s a e');
const keyed = messages('M', 'camunda:correlationKey="number"');

describe('Message events (BPMN 2.0.2, 8.4.2, 10.5.5 and 13.5.2)', () => {
  it('a catch event waits for its message and takes its data', async () => {
    const instance = await begin(ends + catching('m', message('M')) + path('s m e'), {
      declarations: messages('M'),
    });
    expect(instance.state.subscriptions).to.deep.equal([
      { id: 'message2', kind: 'message', node: 'm', token: 1, name: 'M' },
    ]);
    instance.send('M', undefined, { amount: 5 });
    expect(instance.status).to.equal('completed');
    expect(instance.variables).to.deep.equal({ amount: 5 });
  });

  it('is told from others by its name, or by its id if it has none', async () => {
    const body = ends + catching('m', message('Message_1')) + users('a') + path('s m a e');
    const named = await begin(body, { declarations: '<bpmn:message id="Message_1" name="Paid"/>' });
    expect(named.refusal({ type: 'correlateMessage', name: 'Message_1' })).to.equal('NO_SUBSCRIPTION');
    named.send('Paid');
    expect(named.open).to.equal('a');
    const nameless = await begin(body, { declarations: '<bpmn:message id="Message_1"/>' });
    nameless.send('Message_1');
    expect(nameless.open).to.equal('a');
  });

  it('what nobody waits for is refused with its name and key', async () => {
    const instance = await begin(line, {});
    const send = (key?: number) => () =>
      instance.do({ type: 'correlateMessage', name: 'M', ...(key && { key }) });
    expect(send()).to.throw(CommandError, /^nothing waits for message M$/);
    expect(send(7)).to.throw(CommandError, /^nothing waits for message M with key 7$/);
  });

  it('a key must match; the second delivery is refused', async () => {
    const body = ends + catching('m', message('M')) + users('a') + path('s m a e');
    const instance = await begin(body, { declarations: keyed, variables: { number: 7 } });
    expect(instance.refusal({ type: 'correlateMessage', name: 'M' })).to.equal('NO_SUBSCRIPTION');
    expect(instance.refusal({ type: 'correlateMessage', name: 'M', key: 8 })).to.equal('NO_SUBSCRIPTION');
    expect(instance.refusal({ type: 'correlateMessage', name: 'M', key: '7' })).to.equal('NO_SUBSCRIPTION');
    instance.send('M', 7);
    expect(instance.open).to.equal('a');
    expect(instance.refusal({ type: 'correlateMessage', name: 'M', key: 7 })).to.equal('NO_SUBSCRIPTION');
  });

  it('a key that has no value is an incident', async () => {
    const instance = await begin(ends + catching('m', message('M')) + path('s m e'), { declarations: keyed });
    expect(instance.effects.at(-1)).to.include({ code: 'CORRELATION_KEY_INVALID', flowNode: 'm' });
    instance.retry('m', { number: 1 });
    instance.send('M', 1);
    expect(instance.status).to.equal('completed');
  });

  it('the key of an event goes before that of its message', async () => {
    const body = ends + catching('m', message('M'), 'camunda:correlationKey="other"') + path('s m e');
    const instance = await begin(body, { declarations: keyed, variables: { number: 1, other: 2 } });
    instance.send('M', 2);
    expect(instance.status).to.equal('completed');
  });

  it('of two that wait, the one that waits longest receives', async () => {
    const body =
      ends +
      parallel('g') +
      catching('m', message('M')) +
      catching('n', message('M')) +
      users('a b') +
      path('s g m a e') +
      path('g n b e');
    const instance = await begin(body, { declarations: messages('M') });
    instance.send('M');
    expect(instance.open).to.equal('a');
    instance.send('M');
    expect(instance.open).to.equal('a b');
  });

  it('a throw event sends its message and leads on', async () => {
    const body = ends + throwing('m', message('M')) + path('s m e');
    const instance = await begin(body, { declarations: messages('M'), variables: { v: 1 } });
    expect(instance.effects).to.deep.include({
      type: 'messageSent',
      flowNode: 'm',
      name: 'M',
      variables: { v: 1 },
    });
    expect(instance.status).to.equal('completed');
  });

  it('a throw event without definition is a milestone', async () => {
    const instance = await begin(ends + throwing('m') + path('s m e'));
    expect(instance.trace).to.equal('s m e');
    expect(instance.status).to.equal('completed');
  });

  it('an end event may send a message', async () => {
    const instance = await begin(start() + end('e', message('M')) + path('s e'), {
      declarations: messages('M'),
    });
    expect(instance.nodes('messageSent')).to.equal('e');
    expect(instance.nodes('endEventReached')).to.equal('e');
  });

  it('an interrupting boundary message cancels its task', async () => {
    const body = ends + users('a b') + boundary('m', 'a', message('M')) + path('s a e') + path('m b e');
    const instance = await begin(body, { declarations: messages('M') });
    instance.send('M', undefined, { why: 'withdrawn' });
    expect(instance.open).to.equal('b');
    expect(instance.variables).to.deep.equal({ why: 'withdrawn' });
    expect(instance.state.subscriptions).to.deep.equal([]);
  });

  it('a non-interrupting boundary message is received again and again', async () => {
    const body =
      ends + users('a b') + boundary('m', 'a', message('M'), false) + path('s a e') + path('m b e');
    const instance = await begin(body, { declarations: messages('M') });
    instance.send('M');
    instance.send('M');
    expect(instance.open).to.equal('a b b');
    instance.complete('a');
    expect(instance.refusal({ type: 'correlateMessage', name: 'M' })).to.equal('NO_SUBSCRIPTION');
  });

  describe('start events', () => {
    const body =
      start('s', message('M')) +
      start('t', message('N')) +
      users('a b') +
      end() +
      path('s a e') +
      path('t b e');
    const options = { declarations: messages('M N') };

    for (const [name, open] of [
      ['M', 'a'],
      ['N', 'b'],
    ] as const) {
      it(`message ${name} begins an instance`, async () => {
        const instance = await prepare(body, options);
        instance.send(name, undefined, { v: 1 });
        expect(instance.open).to.equal(open);
        expect(instance.variables).to.deep.equal({ v: 1 });
      });
    }

    it('a message that starts nothing is refused', async () => {
      const instance = await prepare(body, options);
      expect(instance.refusal({ type: 'correlateMessage', name: 'X' })).to.equal('NO_SUBSCRIPTION');
    });

    it('start does not choose between messages', async () => {
      const instance = await prepare(body, options);
      expect(instance.refusal({ type: 'start' })).to.equal('UNKNOWN_PROCESS');
    });

    it('start begins at the only message start event', async () => {
      const one = start('s', message('M')) + users('a') + end() + path('s a e');
      expect((await begin(one, options)).open).to.equal('a');
    });

    it('start prefers the none start event', async () => {
      const both =
        start('s', message('M')) + start('t') + users('a b') + end() + path('s a e') + path('t b e');
      expect((await begin(both, options)).open).to.equal('b');
    });
  });
});
