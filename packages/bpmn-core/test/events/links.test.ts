import { expect } from 'chai';
import {
  catching,
  ends,
  exclusive,
  flow,
  inclusive,
  link,
  path,
  throwing,
  users,
} from '../support/diagram.ts';
import { begin } from '../support/instance.ts';

describe('Link events (clauses 10.5.6 and 13.5.2)', () => {
  it('lead on as a sequence flow does, from each throwing end', async () => {
    const body =
      ends +
      users('a b c') +
      exclusive('x', 'x_b') +
      throwing('l1', link('L')) +
      throwing('l2', link('L')) +
      catching('l', link('L')) +
      path('s x') +
      flow('x', 'a', 'v = 1') +
      flow('x', 'b') +
      path('a l1') +
      path('b l2') +
      path('l c e');
    const instance = await begin(body, { variables: { v: 1 } });
    instance.complete('a');
    expect(instance.open).to.equal('c');
    expect(instance.trace).to.equal('s x a l1 l c');
    instance.complete('c');
    expect(instance.status).to.equal('completed');
  });

  it('an inclusive join waits for what comes by a link', async () => {
    const body =
      ends +
      users('a b') +
      inclusive('f') +
      inclusive('j') +
      throwing('t', link('L')) +
      catching('l', link('L')) +
      path('s f') +
      flow('f', 'a', 'true') +
      flow('f', 'b', 'true') +
      path('a j e') +
      path('b t') +
      path('l j');
    const instance = await begin(body);
    instance.complete('a');
    expect(instance.open, 'the join waits').to.equal('b');
    expect(instance.status).to.equal('active');
    instance.complete('b');
    expect(instance.status).to.equal('completed');
    expect(instance.nodes('endEventReached')).to.equal('e');
  });
});
