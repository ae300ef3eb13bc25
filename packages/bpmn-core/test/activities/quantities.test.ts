import { expect } from 'chai';
import { after, boundary, element, ends, flow, parallel, path, users } from '../support/diagram.ts';
import { begin } from '../support/instance.ts';

const task = (attributes: string) => element('userTask', 'x', '', attributes);

describe('Start and completion quantities (clause 10.3.1)', () => {
  it('an activity begins when as many tokens have come', async () => {
    // given
    const body =
      ends + users('a b') + parallel('f') + task('startQuantity="2"') + path('s f a x e') + path('f b x');
    const instance = await begin(body);

    // when, then
    instance.complete('a');
    expect(instance.open).to.equal('b');
    instance.complete('b');
    expect(instance.open, 'once for both').to.equal('x');
    expect(instance.trace).to.equal('s f a b x x');
    instance.complete('x');
    expect(instance.status).to.equal('completed');
  });

  it('as many tokens leave by each flow', async () => {
    const body =
      ends +
      task('completionQuantity="3"') +
      users('a b') +
      path('s x a e') +
      flow('x', 'b') +
      path('b e').replace('id="b_e"', 'id="b_e2"');
    const instance = await begin(body);
    instance.complete('x');
    expect(instance.open).to.equal('a a a b b b');
    for (const node of ['a', 'a', 'a', 'b', 'b', 'b']) instance.complete(node);
    expect(instance.status).to.equal('completed');
  });

  it('tokens that are too few are an incident, not silence', async () => {
    const body = ends + task('startQuantity="2"') + path('s x e');
    const instance = await begin(body);
    expect(instance.incidents).to.equal('x');
  });

  it('boundary events are armed once it begins, not while tokens gather', async () => {
    const body =
      ends +
      users('a b') +
      parallel('f') +
      task('startQuantity="2"') +
      boundary('t', 'x', after('PT1H')) +
      path('s f a x e') +
      path('f b x') +
      path('t e').replace('id="t_e"', 'id="t_e2"');
    const instance = await begin(body);
    instance.complete('a');
    expect(instance.state.subscriptions).to.deep.equal([]);
    instance.complete('b');
    expect(instance.state.subscriptions).to.have.length(1);
  });
});
