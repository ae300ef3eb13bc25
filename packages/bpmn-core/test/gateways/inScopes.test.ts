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
  eventBased,
  eventSubProcess,
  exclusive,
  flow,
  inclusive,
  link,
  message,
  messages,
  multiple,
  parallel,
  path,
  service,
  signal,
  signals,
  start,
  subProcess,
  throwing,
  users,
} from '../support/diagram.ts';
import { begin } from '../support/instance.ts';

const declarations = messages('M N') + signals('S') + errors('E');
const forked = (join: (id: string) => string) =>
  start('s1') +
  parallel('f') +
  users('a b c') +
  join('j') +
  end('e1') +
  path('s1 f a j c e1') +
  path('f b j');
const sub = (inner: string) =>
  ends + element('subProcess', 'p', inner + multiple({ cardinality: '2' })) + users('z') + path('s p z e');

describe('Gateways in sub-processes with instances (clauses 10.6 and 13.4)', () => {
  for (const [name, join] of [
    ['parallel', parallel],
    ['inclusive', inclusive],
  ] as const) {
    it(`a join, ${name}, joins the tokens of its own instance only`, async () => {
      const instance = await begin(sub(forked(join)));
      instance.complete('a', {}, 0);
      instance.complete('a', {}, 0);
      expect(instance.open).to.equal('b b');
      instance.complete('b', {}, 1);
      expect(instance.open).to.equal('b c');
      instance.complete('b');
      instance.complete('c');
      instance.complete('c');
      expect(instance.open).to.equal('z');
    });
  }

  it('an event-based gateway waits in each instance by itself', async () => {
    const inner =
      start('s1') +
      eventBased('g') +
      catching('m', message('M')) +
      catching('t', after('PT1H')) +
      users('a b') +
      end('e1') +
      path('s1 g m a e1') +
      path('g t b') +
      end('e2') +
      path('b e2');
    const instance = await begin(sub(inner), { declarations });
    instance.send('M');
    expect(instance.open).to.equal('a');
    expect(instance.nodes('timerCancelled')).to.equal('t');
    instance.fire('t');
    expect(instance.open).to.equal('a b');
  });

  it('a link leads on in its own instance', async () => {
    const inner =
      start('s1') +
      users('a b') +
      throwing('l', link('L')) +
      catching('k', link('L')) +
      end('e1') +
      path('s1 a l') +
      path('k b e1');
    const instance = await begin(sub(inner));
    instance.complete('a');
    expect(instance.open).to.equal('a b');
    expect(instance.tokens('b')[0]?.scope).not.to.equal(instance.tokens('a')[0]?.scope);
  });

  it('a condition decides by the element of its instance', async () => {
    const inner =
      start('s1') +
      exclusive('x', 'x_b') +
      users('a b') +
      end('e1') +
      path('s1 x') +
      flow('x', 'a', 'name = "x"') +
      path('x b e1') +
      path('a e1');
    const body =
      ends +
      element('subProcess', 'p', inner + multiple({ collection: 'names', as: 'name' })) +
      path('s p e');
    expect((await begin(body, { variables: { names: ['x', 'y', 'x'] } })).open).to.equal('a a b');
  });
});

describe('Inclusive joins and what is around them (clause 13.4.3)', () => {
  const join = (branch: string, first: string, last: string, more = '') =>
    ends +
    parallel('f') +
    users('a z') +
    inclusive('j') +
    branch +
    path(`s f a j z e`) +
    path(`f ${first}`) +
    path(`${last} j`) +
    more;

  it('wait for a sub-process as long as anything runs in it', async () => {
    const h = eventSubProcess('h', message('M'), users('v') + end('eh') + path('s_h v eh'), false);
    const p = subProcess('p', start('s1') + users('w') + end('e1') + path('s1 w e1') + h);
    const instance = await begin(join(p, 'p', 'p'), { declarations });
    instance.complete('a');
    instance.send('M');
    instance.complete('w');
    expect(instance.open).to.equal('v');
    instance.complete('v');
    expect(instance.open).to.equal('z');
  });

  it('wait for an activity with instances until the last is done', async () => {
    const instance = await begin(join(users('m', multiple({ cardinality: '2' })), 'm', 'm'));
    instance.complete('a');
    instance.complete('m');
    expect(instance.open).to.equal('m');
    instance.complete('m');
    expect(instance.open).to.equal('z');
  });

  it('wait for a token that an incident has stopped', async () => {
    const instance = await begin(join(service('k'), 'k', 'k'));
    instance.do({ type: 'failJob', id: instance.work('k'), message: 'no' });
    instance.complete('a');
    expect(instance.open).to.equal('');
    instance.retry('k');
    instance.complete('k');
    expect(instance.open).to.equal('z');
  });

  it('do not wait for what an event sub-process beside them does', async () => {
    const h = eventSubProcess('h', message('M'), users('v') + end('eh') + path('s_h v eh'), false);
    const instance = await begin(join(users('b'), 'b', 'b', h), { declarations });
    instance.send('M');
    instance.complete('a');
    instance.complete('b');
    expect(instance.open).to.equal('v z');
  });

  it('wait for an event-based gateway, and no more when it takes another way', async () => {
    const g =
      eventBased('g') +
      catching('m', message('M')) +
      catching('n', message('N')) +
      end('e2') +
      path('g m') +
      path('g n e2');
    const instance = await begin(join(g, 'g', 'm'), { declarations });
    instance.complete('a');
    expect(instance.open).to.equal('');
    instance.send('N');
    expect(instance.open).to.equal('z');
  });

  it('wait for what may come from a boundary event, and no more when its activity is left', async () => {
    const b = users('b') + boundary('t', 'b', after('PT1H'), false) + end('e2') + path('b e2');
    const instance = await begin(join(b, 'b', 't'));
    instance.complete('a');
    expect(instance.open).to.equal('b');
    instance.complete('b');
    expect(instance.open).to.equal('z');
  });

  it('fire when an error ends what they waited for', async () => {
    const b = service('k') + boundary('t', 'k', error('E')) + end('e2') + path('t e2');
    const instance = await begin(join(b, 'k', 'k'), { declarations });
    instance.complete('a');
    instance.throwError('k', 'E');
    expect(instance.open).to.equal('z');
  });

  it('one after the other, when the second waits for the first', async () => {
    const body =
      ends +
      parallel('f g') +
      users('a b c z') +
      inclusive('j') +
      inclusive('k') +
      path('s f a j k z e') +
      path('f g b j') +
      path('g c k');
    const instance = await begin(body);
    for (const node of ['c', 'a']) instance.complete(node);
    expect(instance.open).to.equal('b');
    instance.complete('b');
    expect(instance.open).to.equal('z');
    expect(instance.trace).to.match(/j k z$/);
  });
});

describe('Conditional events and data (clause 10.5.6)', () => {
  it('setVariables lets a catch event occur', async () => {
    const instance = await begin(ends + catching('c', conditional('paid')) + users('z') + path('s c z e'));
    instance.set({ paid: false });
    expect(instance.open).to.equal('');
    instance.set({ paid: true });
    expect(instance.open).to.equal('z');
  });

  it('of two conditions behind a gateway that become true at once, the first drawn decides', async () => {
    const body =
      ends +
      eventBased('g') +
      catching('c', conditional('n > 1')) +
      catching('d', conditional('n > 2')) +
      users('a b') +
      path('s g c a e') +
      path('g d b').concat(end('e2'), path('b e2'));
    const instance = await begin(body);
    instance.set({ n: 3 });
    expect(instance.open).to.equal('a');
    expect(instance.state.subscriptions).to.deep.equal([]);
  });

  it('setVariables triggers all that it makes true: an event, a boundary event, an event sub-process', async () => {
    const h = eventSubProcess('h', conditional('go'), users('v') + end('eh') + path('s_h v eh'), false);
    const body =
      ends +
      parallel('f') +
      users('a y z') +
      catching('c', conditional('go')) +
      boundary('b', 'a', conditional('go')) +
      path('s f a e') +
      path('f c z') +
      path('b y') +
      h;
    const instance = await begin(body);
    instance.set({ go: true });
    expect(instance.open).to.equal('v y z');
  });

  it('a script that makes a condition true and false again within a step has not made it occur', async () => {
    const on = element(
      'scriptTask',
      'on',
      '<bpmn:script>true</bpmn:script>',
      'scriptFormat="FEEL" camunda:resultVariable="go"',
    );
    const off = element(
      'scriptTask',
      'off',
      '<bpmn:script>false</bpmn:script>',
      'scriptFormat="FEEL" camunda:resultVariable="go"',
    );
    const body =
      ends +
      parallel('f') +
      users('a b z') +
      on +
      off +
      catching('c', conditional('go')) +
      path('s f a on off b e') +
      path('f c z');
    const instance = await begin(body);
    instance.complete('a');
    expect(instance.open).to.equal('b');
  });

  it('what a signal brings is looked at too', async () => {
    const body =
      ends +
      parallel('f') +
      users('z y') +
      catching('s2', signal('S')) +
      catching('c', conditional('n = 1')) +
      path('s f s2 y e') +
      path('f c z');
    const instance = await begin(body, { declarations });
    instance.broadcast('S', { n: 1 });
    expect(instance.open).to.equal('y z');
  });
});
