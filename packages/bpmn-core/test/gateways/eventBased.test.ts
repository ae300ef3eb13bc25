import { expect } from 'chai';
import {
  after,
  catching,
  element,
  ends,
  eventBased,
  message,
  messages,
  path,
  users,
} from '../support/diagram.ts';
import { begin } from '../support/instance.ts';

const body =
  ends +
  eventBased('g') +
  catching('m', message('M')) +
  catching('n', message('N')) +
  catching('t', after('PT1H')) +
  users('a b c') +
  path('s g m a e') +
  path('g n b e') +
  path('g t c e');
const options = { declarations: messages('M N') };

describe('Event-based gateway (BPMN 2.0.2, 10.6.6 and 13.4.4)', () => {
  it('waits for all its events', async () => {
    const instance = await begin(body, options);
    expect(instance.state.subscriptions.map((each) => each.node)).to.deep.equal(['m', 'n', 't']);
    expect(instance.trace).to.equal('s g');
  });

  for (const [name, open] of [
    ['M', 'a'],
    ['N', 'b'],
  ] as const) {
    it(`the first message decides: ${name}`, async () => {
      const instance = await begin(body, options);
      instance.send(name);
      expect(instance.open).to.equal(open);
      expect(instance.nodes('timerCancelled', instance.effects)).to.equal('t');
      expect(instance.state.subscriptions).to.deep.equal([]);
    });
  }

  it('or the timer', async () => {
    const instance = await begin(body, options);
    instance.fire('t');
    expect(instance.open).to.equal('c');
    expect(instance.trace).to.equal('s g t c');
    expect(instance.refusal({ type: 'correlateMessage', name: 'M' })).to.equal('NO_SUBSCRIPTION');
  });

  it('receive tasks stand behind it as well', async () => {
    const tasks =
      ends +
      eventBased('g') +
      element('receiveTask', 'm', '', 'messageRef="M"') +
      catching('t', after('PT1H')) +
      path('s g m e') +
      path('g t e');
    const instance = await begin(tasks, options);
    instance.send('M');
    expect(instance.status).to.equal('completed');
    expect(instance.trace).to.equal('s g m e');
  });

  it('waits for nothing at all if one event cannot be waited for', async () => {
    const wrong =
      ends +
      eventBased('g') +
      catching('m', message('M')) +
      catching('t', after('=wait')) +
      path('s g m e') +
      path('g t e');
    const instance = await begin(wrong, options);
    expect(instance.incidents).to.equal('g');
    expect(instance.state.subscriptions).to.deep.equal([]);
    instance.retry('g', { wait: 'PT1H' });
    expect(instance.state.subscriptions).to.have.length(2);
  });
});
