import { expect } from 'chai';
import {
  after,
  boundary,
  element,
  end,
  ends,
  exclusive,
  flow,
  inclusive,
  parallel,
  path,
  users,
} from '../support/diagram.ts';
import { begin } from '../support/instance.ts';

const split =
  ends +
  users('a b c z') +
  inclusive('g', 'g_c') +
  inclusive('j') +
  path('s g') +
  flow('g', 'a', 'wantA') +
  flow('g', 'b', 'wantB') +
  path('g c j z e') +
  path('a j') +
  path('b j');

describe('Inclusive gateway (BPMN 2.0.2, 10.6.3 and 13.4.3)', () => {
  for (const [wantA, wantB, open] of [
    [true, true, 'a b'],
    [true, false, 'a'],
    [false, true, 'b'],
    [false, false, 'c'],
  ] as const) {
    it(`takes every true flow, else the default: ${wantA} ${wantB} leads to ${open}`, async () => {
      const instance = await begin(split, { variables: { wantA, wantB } });
      expect(instance.open).to.equal(open);
      // when
      const nodes = open.split(' ');
      nodes.forEach((node, index) => {
        expect(instance.open).to.equal(nodes.slice(index).join(' '));
        instance.complete(node);
      });
      // then
      expect(instance.open).to.equal('z');
      instance.complete('z');
      expect(instance.status).to.equal('completed');
    });
  }

  it('with no true condition and no default is an incident', async () => {
    const body =
      ends + inclusive('g') + users('a') + path('s g') + flow('g', 'a', 'false') + flow('g', 'e', 'false');
    expect((await begin(body)).incidents).to.equal('g');
  });

  it('a flow without condition is always taken', async () => {
    const body =
      ends + inclusive('g') + users('a b') + path('s g a e') + flow('g', 'b', 'false') + path('b e');
    expect((await begin(body)).open).to.equal('a');
  });

  it('a flow without condition is reason enough not to take the default', async () => {
    const body =
      ends +
      inclusive('g', 'g_c') +
      users('a b c') +
      path('s g a e') +
      flow('g', 'b', 'false') +
      path('b e') +
      path('g c e');
    expect((await begin(body)).open).to.equal('a');
  });

  it('waits for a token in a loop before it, and only as long as it can come', async () => {
    // given
    const body =
      ends +
      users('a b c') +
      inclusive('g1') +
      inclusive('g2') +
      exclusive('x', 'x_g2') +
      exclusive('m') +
      path('s g1') +
      flow('g1', 'm', 'true') +
      path('m a x') +
      flow('x', 'm', 'again') +
      flow('x', 'g2') +
      flow('g1', 'b', 'wantB') +
      path('b g2 c e');
    const instance = await begin(body, { variables: { wantB: true, again: true } });
    expect(instance.open).to.equal('a b');
    // when
    instance.complete('a');
    expect(instance.open).to.equal('a b');
    instance.complete('b');
    // then the join still waits
    expect(instance.open).to.equal('a');
    instance.complete('a', { again: false });
    expect(instance.open).to.equal('c');
  });

  it('is released when the branch it waits for is interrupted', async () => {
    const body =
      ends +
      users('a b c') +
      boundary('t', 'b', after('P1D')) +
      end('e2') +
      inclusive('g') +
      inclusive('j') +
      path('s g') +
      flow('g', 'a', 'true') +
      flow('g', 'b', 'true') +
      path('a j c e') +
      path('b j') +
      path('t e2');
    const instance = await begin(body);
    instance.complete('a');
    expect(instance.open).to.equal('b');
    instance.fire('t');
    expect(instance.open).to.equal('c');
  });

  it('waits for a token that can come by way of a boundary event', async () => {
    const body =
      ends +
      users('a b c') +
      boundary('t', 'b', after('P1D')) +
      end('e2') +
      inclusive('g') +
      inclusive('j') +
      path('s g') +
      flow('g', 'a', 'true') +
      flow('g', 'b', 'true') +
      path('a j c e') +
      path('b e2') +
      path('t j');
    const instance = await begin(body);
    instance.complete('a');
    expect(instance.open).to.equal('b');
    instance.fire('t');
    expect(instance.open).to.equal('c');
  });

  it('does not wait for a token that can still reach a flow that is full already', async () => {
    const body =
      ends +
      parallel('g') +
      users('a b c') +
      exclusive('x', 'x_b') +
      inclusive('j') +
      path('s g a x') +
      flow('g', 'a', undefined, 'again') +
      flow('x', 'j', 'r = 1') +
      path('x b j c e');
    const instance = await begin(body);
    instance.complete('a', { r: 1 });
    expect(instance.open).to.equal('a c');
  });

  it('joins what a parallel gateway has split', async () => {
    const body = ends + users('a b z') + parallel('g') + inclusive('j') + path('s g a j z e') + path('g b j');
    const instance = await begin(body);
    instance.complete('a');
    expect(instance.open).to.equal('b');
    instance.complete('b');
    expect(instance.open).to.equal('z');
  });

  it('waits for tokens inside a sub-process', async () => {
    const body =
      ends +
      parallel('g') +
      users('a z') +
      inclusive('j') +
      path('s g a j z e') +
      path('g sub j') +
      element('subProcess', 'sub', element('startEvent', 's1') + users('b') + path('s1 b'));
    const instance = await begin(body);
    instance.complete('a');
    expect(instance.open).to.equal('b');
    instance.complete('b');
    expect(instance.open).to.equal('z');
  });

  it('a failed condition can be corrected', async () => {
    const instance = await begin(split, { variables: { wantA: true } });
    expect(instance.incidents).to.equal('g');
    instance.retry('g', { wantB: true });
    expect(instance.open).to.equal('a b');
  });
});

describe('Conditional flows out of an activity (BPMN 2.0.2, 8.4.13 and 13.3.1)', () => {
  const body =
    ends +
    users('a b c') +
    element('task', 't', '', 'default="t_c"') +
    path('s t') +
    flow('t', 'a', 'wantA') +
    flow('t', 'b', 'wantB') +
    path('t c e') +
    path('a e') +
    path('b e');

  for (const [wantA, wantB, open] of [
    [true, true, 'a b'],
    [false, true, 'b'],
    [false, false, 'c'],
  ] as const) {
    it(`every true one is taken, else the default: ${wantA} ${wantB}`, async () => {
      const instance = await begin(body, { variables: { wantA, wantB } });
      expect(instance.open).to.equal(open);
    });
  }

  it('an unconditional flow is taken along', async () => {
    const both =
      ends + users('a b') + element('task', 't') + path('s t a e') + flow('t', 'b', 'v') + path('b e');
    expect((await begin(both, { variables: { v: false } })).open).to.equal('a');
    expect((await begin(both, { variables: { v: true } })).open).to.equal('a b');
  });

  it('but is no reason not to take the default', async () => {
    const task = element('task', 't', '', 'default="t_c"');
    const all =
      ends + users('a b c') + task + path('s t a e') + flow('t', 'b', 'v') + path('b e') + path('t c e');
    expect((await begin(all, { variables: { v: false } })).open).to.equal('a c');
    expect((await begin(all, { variables: { v: true } })).open).to.equal('a b');
  });

  it('no true condition and no default is an incident after the work is done', async () => {
    const one = ends + users('a') + path('s a') + flow('a', 'e', 'ok');
    const instance = await begin(one);
    instance.complete('a', { ok: false });
    expect(instance.incidents).to.equal('a');
    instance.retry('a', { ok: true });
    expect(instance.status).to.equal('completed');
    expect(instance.nodes('taskCreated')).to.equal('a');
  });
});
