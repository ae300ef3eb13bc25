import { expect } from 'chai';
import {
  after,
  boundary,
  catching,
  conditional,
  end,
  ends,
  eventBased,
  eventSubProcess,
  parallel,
  path,
  start,
  subProcess,
  users,
} from '../support/diagram.ts';
import { begin } from '../support/instance.ts';

describe('Conditional events (clauses 10.5.6 and 13.5.2)', () => {
  it('a catch event waits until its condition is true', async () => {
    const instance = await begin(ends + catching('c', conditional('v > 2')) + users('a') + path('s c a e'));
    instance.set({ v: 1 });
    expect(instance.open).to.equal('');
    instance.set({ v: 3 });
    expect(instance.open).to.equal('a');
  });

  it('a condition that is true already is not waited for', async () => {
    const instance = await begin(ends + catching('c', conditional('v = 1')) + users('a') + path('s c a e'), {
      variables: { v: 1 },
    });
    expect(instance.open).to.equal('a');
  });

  it('a non-interrupting boundary event occurs each time its condition becomes true', async () => {
    const body =
      ends + users('a b') + boundary('x', 'a', conditional('v > 2'), false) + path('s a e') + path('x b');
    const instance = await begin(body);
    instance.set({ v: 3 });
    instance.set({ v: 4 });
    expect(instance.open, 'true all the time: once').to.equal('a b');
    instance.set({ v: 0 });
    instance.set({ v: 5 });
    expect(instance.open).to.equal('a b b');
  });

  it('what another branch of the process writes triggers it', async () => {
    const body =
      ends +
      parallel('f') +
      users('a b c') +
      boundary('x', 'b', conditional('done = true')) +
      path('s f a e') +
      path('f b') +
      path('x c');
    const instance = await begin(body);
    instance.complete('a', { done: true });
    expect(instance.open).to.equal('c');
  });

  it('what is no boolean is not true', async () => {
    const instance = await begin(ends + catching('c', conditional('v')) + users('a') + path('s c a e'), {
      variables: { v: 'yes' },
    });
    expect(instance.open).to.equal('');
    expect(instance.incidents).to.equal('');
  });

  it('behind an event-based gateway', async () => {
    const body =
      ends +
      eventBased('g') +
      catching('c', conditional('v = 1')) +
      catching('t', after('PT1H')) +
      users('a b') +
      path('s g c a e') +
      path('g t b');
    const instance = await begin(body);
    instance.set({ v: 1 });
    expect(instance.open).to.equal('a');
    expect(instance.nodes('timerCancelled')).to.equal('t');
  });

  it('starts an event sub-process of the scope that sees the data', async () => {
    const inner =
      start('s1') +
      users('a') +
      end('e1') +
      path('s1 a e1') +
      eventSubProcess('h', conditional('stop = true'), users('b') + end('eh') + path('s_h b eh'));
    const instance = await begin(ends + subProcess('x', inner) + path('s x e'));
    instance.set({ stop: true });
    expect(instance.open).to.equal('b');
    instance.complete('b');
    expect(instance.status).to.equal('completed');
  });
});
