import { expect } from 'chai';
import {
  after,
  catching,
  conditional,
  element,
  end,
  message,
  messages,
  path,
  signal,
  signals,
  start,
  users,
} from '../support/diagram.ts';
import { prepare } from '../support/instance.ts';

const declarations = messages('M N');
const gateway = (type: string) =>
  element('eventBasedGateway', 'g', '', `instantiate="true" eventGatewayType="${type}"`);
const body = (type: string) =>
  gateway(type) +
  catching('m', message('M')) +
  catching('n', message('N')) +
  users('a b') +
  end() +
  path('g m a e') +
  path('g n b e');

describe('What begins a process (clauses 10.5.2, 10.6.6, 13.2 and 13.5.1)', () => {
  it('a timer start event, when the host says that it is due', async () => {
    const instance = await prepare(start('s', after('PT1H')) + users('a') + end() + path('s a e'));
    expect(instance.refusal({ type: 'start' })).to.equal('UNKNOWN_PROCESS');
    expect(instance.refusal({ type: 'start', startEvent: 'a' })).to.equal('UNKNOWN_PROCESS');
    instance.do({ type: 'start', startEvent: 's' });
    expect(instance.open).to.equal('a');
  });

  it('a condition, when the host says that it holds', async () => {
    const instance = await prepare(start('s', conditional('v = 1')) + users('a') + end() + path('s a e'));
    instance.do({ type: 'start', startEvent: 's', variables: { v: 1 } });
    expect(instance.open).to.equal('a');
  });

  it('any of several, whichever comes first', async () => {
    const several = start('s', message('M') + signal('S') + after('PT1H'));
    const begun = [
      { type: 'correlateMessage', name: 'M' },
      { type: 'broadcastSignal', name: 'S' },
      { type: 'start', startEvent: 's' },
    ] as const;
    for (const command of begun) {
      const instance = await prepare(several + users('a') + end() + path('s a e'), {
        declarations: declarations + signals('S'),
      });
      instance.do(command);
      expect(instance.open).to.equal('a');
    }
  });

  it('the first of the events behind an event-based gateway', async () => {
    const instance = await prepare(body('Exclusive'), { declarations });
    expect(instance.refusal({ type: 'start' })).to.equal('UNKNOWN_PROCESS');
    instance.send('N', undefined, { v: 1 });
    expect(instance.trace).to.equal('g n b');
    expect(instance.refusal({ type: 'correlateMessage', name: 'M' })).to.equal('NO_SUBSCRIPTION');
  });

  it('one of the events behind a parallel event-based gateway; the others are awaited', async () => {
    const instance = await prepare(body('Parallel'), { declarations });
    instance.send('N');
    expect(instance.open).to.equal('b');
    instance.complete('b');
    expect(instance.status).to.equal('active');
    instance.send('M');
    instance.complete('a');
    expect(instance.status).to.equal('completed');
  });

  it('a receive task that says so', async () => {
    const receive = element('receiveTask', 'r', '', 'messageRef="M" instantiate="true"');
    const instance = await prepare(receive + users('a') + end() + path('r a e'), { declarations });
    instance.send('M', undefined, { v: 1 });
    expect(instance.trace).to.equal('r a');
    expect(instance.variables).to.deep.equal({ v: 1 });
  });
});
