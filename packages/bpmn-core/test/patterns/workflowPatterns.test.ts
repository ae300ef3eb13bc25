import { expect } from 'chai';
import {
  after,
  boundary,
  catching,
  conditional,
  element,
  end,
  ends,
  escalation,
  escalations,
  eventBased,
  eventSubProcess,
  exclusive,
  flow,
  inclusive,
  message,
  messages,
  multiple,
  parallel,
  path,
  repeat,
  script,
  signal,
  signals,
  start,
  subProcess,
  terminate,
  throwing,
  users,
} from '../support/diagram.ts';
import { begin, type Instance } from '../support/instance.ts';

/** How often a node was entered. */
const times = (instance: Instance, node: string) =>
  instance.trace.split(' ').filter((entered) => entered === node).length;

/** What a branch does on arrival: it counts itself in `count`. */
const counted = (id: string) => script(id, 'if count = null then 1 else count + 1', 'count');

/** A section that only one of several branches is in at a time: who does not get in waits until it is free again. */
const guarded = (id: string) =>
  exclusive(`m_${id}`) +
  script(`take_${id}`, `if holder = null then "${id}" else holder`, 'holder') +
  exclusive(`x_${id}`, `x_${id}_wait_${id}`) +
  catching(`wait_${id}`, signal('Free')) +
  users(id) +
  script(`give_${id}`, 'null', 'holder') +
  throwing(`free_${id}`, signal('Free')) +
  path(`m_${id} take_${id} x_${id} wait_${id} m_${id}`) +
  flow(`x_${id}`, id, `holder = "${id}"`) +
  path(`${id} give_${id} free_${id}`);

/** The diagrams and their support in docs/workflow-patterns.md. */
describe('The control-flow patterns of workflowpatterns.com', () => {
  it('WCP-1 Sequence: an activity begins when the one before it is completed', async () => {
    const instance = await begin(ends + users('a b') + path('s a b e'));
    expect(instance.open).to.equal('a');
    instance.complete('a');
    expect(instance.open).to.equal('b');
    instance.complete('b');
    expect(instance.trace).to.equal('s a b e');
  });

  it('WCP-2 Parallel Split: all branches run at once', async () => {
    const body =
      ends + users('a b') + parallel('f') + path('s f a e') + path('f b') + end('e2') + path('b e2');
    expect((await begin(body)).open).to.equal('a b');
  });

  it('WCP-3 Synchronization: what follows begins once, when every branch is completed', async () => {
    const body = ends + users('a b c') + parallel('f j') + path('s f a j c e') + path('f b j');
    const instance = await begin(body);
    instance.complete('b');
    expect(instance.open).to.equal('a');
    instance.complete('a');
    expect(instance.open).to.equal('c');
    instance.complete('c');
    expect(times(instance, 'c')).to.equal(1);
  });

  it('WCP-4 Exclusive Choice: one branch runs, chosen by data', async () => {
    const body =
      ends +
      users('a b') +
      exclusive('x', 'x_b') +
      path('s x') +
      flow('x', 'a', 'n > 1') +
      path('x b e') +
      path('a e');
    expect((await begin(body, { variables: { n: 2 } })).open).to.equal('a');
    expect((await begin(body, { variables: { n: 1 } })).open).to.equal('b');
  });

  it('WCP-5 Simple Merge: alternative branches meet without waiting for each other', async () => {
    const body =
      ends +
      users('a b c') +
      exclusive('x', 'x_b') +
      exclusive('m') +
      path('s x') +
      flow('x', 'a', 'n > 1') +
      path('x b m c e') +
      path('a m');
    const instance = await begin(body, { variables: { n: 1 } });
    instance.complete('b');
    expect(instance.open).to.equal('c');
  });

  const choice = (more = '') =>
    ends +
    users('a b c z') +
    inclusive('g', 'g_c') +
    inclusive('j') +
    path('s g c j z e') +
    flow('g', 'a', 'list contains(chosen, "a")') +
    flow('g', 'b', 'list contains(chosen, "b")') +
    path('a j') +
    path('b j') +
    more;

  for (const [chosen, open] of [
    [['a'], 'a'],
    [['a', 'b'], 'a b'],
    [[], 'c'],
  ] as const) {
    it(`WCP-6 Multi-Choice: each branch whose condition is true runs, ${JSON.stringify(chosen)} leads to ${open}`, async () => {
      expect((await begin(choice(), { variables: { chosen: [...chosen] } })).open).to.equal(open);
    });

    it(`WCP-7 Structured Synchronizing Merge: waits for the branches that were chosen and no others, ${open}`, async () => {
      const instance = await begin(choice(), { variables: { chosen: [...chosen] } });
      for (const node of open.split(' ')) {
        expect(times(instance, 'z')).to.equal(0);
        instance.complete(node);
      }
      expect(instance.open).to.equal('z');
      instance.complete('z');
      expect(times(instance, 'z')).to.equal(1);
    });
  }

  it('WCP-8 Multi-Merge: each branch that arrives runs what follows, once for each', async () => {
    const body = ends + users('a b z') + parallel('f') + exclusive('m') + path('s f a m z e') + path('f b m');
    const instance = await begin(body);
    instance.complete('a');
    expect(instance.open).to.equal('b z');
    instance.complete('b');
    expect(instance.open).to.equal('z z');
    instance.complete('z');
    instance.complete('z');
    expect(times(instance, 'z')).to.equal(2);
    expect(instance.status).to.equal('completed');
  });

  /** Three branches; of their arrivals, the nth leads to z, the last sets the count back, the others end. */
  const partial = (nth: number) =>
    ends +
    users('a b c z') +
    parallel('f') +
    exclusive('m') +
    counted('n') +
    exclusive('x', 'x_quiet') +
    path('s f a m n x') +
    path('f b m') +
    path('f c m') +
    flow('x', 'z', `count = ${nth}`) +
    flow('x', 'last', 'count = 3') +
    script('last', '0', 'count') +
    end('quiet') +
    path('x quiet') +
    path('last quiet') +
    path('z e');

  it('WCP-9 Structured Discriminator: the first branch leads on, the others are awaited in silence', async () => {
    const instance = await begin(partial(1));
    instance.complete('b');
    expect(instance.open).to.equal('a c z');
    instance.complete('a');
    instance.complete('c');
    expect(instance.open, 'none of the others leads on').to.equal('z');
    expect(instance.variables.count, 'and it is set back').to.equal(0);
  });

  it('WCP-10 Arbitrary Cycles: loops with several ways in and out', async () => {
    const body =
      ends +
      users('a b c') +
      exclusive('m1') +
      exclusive('m2') +
      exclusive('x1', 'x1_m2') +
      exclusive('x2', 'x2_c') +
      path('s m1 a x1 m2 b x2 c e') +
      flow('x1', 'c2', 'skip') +
      users('c2') +
      path('c2 m2') +
      flow('x2', 'm1', 'again');
    const instance = await begin(body, { variables: { skip: true, again: true } });
    for (const node of ['a', 'c2', 'b', 'a']) instance.complete(node);
    instance.complete('c2', { skip: false, again: true });
    instance.complete('b');
    instance.complete('a');
    instance.complete('b', { again: false });
    expect(instance.open).to.equal('c');
  });

  it('WCP-11 Implicit Termination: the instance is completed when nothing is left to do', async () => {
    const body = ends + users('a b') + parallel('f') + path('s f a') + path('f b e');
    const instance = await begin(body);
    instance.complete('b');
    expect(instance.status).to.equal('active');
    instance.complete('a');
    expect(instance.status).to.equal('completed');
  });

  it('WCP-12 Multiple Instances without Synchronization: each is begun by itself, and nothing waits for them', async () => {
    const body =
      ends +
      users('more work') +
      exclusive('m') +
      parallel('f') +
      exclusive('x', 'x_e') +
      path('s m more f x e') +
      flow('x', 'm', 'again') +
      path('f work') +
      end('e2') +
      path('work e2');
    const instance = await begin(body);
    instance.complete('more', { again: true });
    instance.complete('more', { again: false });
    expect(instance.nodes('endEventReached'), 'the flow has ended').to.equal('e');
    expect(instance.open).to.equal('work work');
  });

  it('WCP-13 Multiple Instances with a Priori Design-Time Knowledge: a number that is drawn', async () => {
    const body = ends + users('a', multiple({ cardinality: '3' })) + users('z') + path('s a z e');
    const instance = await begin(body);
    expect(instance.open).to.equal('a a a');
    for (let done = 0; done < 3; done++) {
      expect(times(instance, 'z')).to.equal(0);
      instance.complete('a');
    }
    expect(instance.open).to.equal('z');
  });

  it('WCP-14 Multiple Instances with a Priori Run-Time Knowledge: a number known when they begin', async () => {
    const body = ends + users('n z') + users('a', multiple({ cardinality: 'wanted' })) + path('s n a z e');
    const instance = await begin(body);
    instance.complete('n', { wanted: 2 });
    expect(instance.open).to.equal('a a');
    instance.complete('a', { wanted: 9 });
    instance.complete('a');
    expect(instance.open).to.equal('z');
  });

  const growing = (inner = '') =>
    ends +
    users('z') +
    subProcess(
      'p',
      start('s1') +
        users('a') +
        end('e1') +
        path('s1 a e1') +
        inner +
        eventSubProcess('more', message('More'), users('b') + end('e2') + path('s_more b e2'), false),
    ) +
    path('s p z e');

  it('WCP-15 Multiple Instances without a Priori Run-Time Knowledge: more are begun while some run', async () => {
    const instance = await begin(growing(), { declarations: messages('More') });
    instance.send('More');
    instance.send('More');
    expect(instance.open).to.equal('a b b');
    instance.complete('a');
    instance.send('More');
    for (let left = 3; left > 0; left--) {
      expect(instance.open).not.to.include('z');
      instance.complete('b');
    }
    expect(instance.open, 'all are waited for').to.equal('z');
  });

  it('WCP-16 Deferred Choice: what comes from outside first decides, and the others are withdrawn', async () => {
    const body =
      ends +
      users('a b') +
      eventBased('g') +
      catching('c', message('M')) +
      catching('t', after('P1D')) +
      path('s g c a e') +
      path('g t b e').replace('id="b_e"', 'id="b_e2"');
    const options = { declarations: messages('M') };
    const first = await begin(body, options);
    first.send('M');
    expect(first.open).to.equal('a');
    expect(first.nodes('timerCancelled')).to.equal('t');
    const second = await begin(body, options);
    second.fire('t');
    expect(second.open).to.equal('b');
    expect(second.refusal({ type: 'correlateMessage', name: 'M' })).to.equal('NO_SUBSCRIPTION');
  });

  /** Branches in parallel of which one is in its section at a time; b2 follows b1. */
  const interleaved = (branches: string[]) =>
    ends +
    users('z') +
    parallel('f j') +
    path('s f') +
    branches
      .map((branch) => {
        const ids = branch.split(' ');
        const chain = ids.map(guarded).join('');
        const links = ids.slice(1).map((id, index) => path(`free_${ids[index]} m_${id}`));
        return `${chain}${links.join('')}${path(`f m_${ids[0]}`)}${path(`free_${ids.at(-1)} j`)}`;
      })
      .join('') +
    path('j z e');

  const oneAfterTheOther = async (branches: string[]) => {
    const instance = await begin(interleaved(branches), { declarations: signals('Free') });
    const order: string[] = [];
    while (instance.open !== 'z') {
      expect(instance.open, 'never two at once').to.match(/^[a-d]\d?$/);
      order.push(instance.open);
      instance.complete(instance.open);
    }
    return order.join(' ');
  };

  it('WCP-17 Interleaved Parallel Routing: one at a time, in an order that the drawing leaves open in part', async () => {
    const order = await oneAfterTheOther(['a', 'b1 b2']);
    expect(order).to.match(/^(a b1 b2|b1 a b2|b1 b2 a)$/);
  });

  it('WCP-18 Milestone: an activity can be done only while the process has come so far and no further', async () => {
    const body =
      ends +
      parallel('f') +
      users('open close withdraw') +
      script('reached', 'true', 'milestone') +
      script('passed', 'false', 'milestone') +
      path('s f open reached close passed e') +
      catching('c', conditional('milestone')) +
      boundary('gone', 'withdraw', conditional('milestone = false')) +
      end('e2') +
      path('f c withdraw e2') +
      path('gone e2');
    const instance = await begin(body);
    expect(instance.open, 'not yet').to.equal('open');
    instance.complete('open');
    expect(instance.open).to.equal('close withdraw');
    instance.complete('close');
    expect(instance.status, 'no more').to.equal('completed');
    expect(instance.nodes('taskCancelled')).to.equal('withdraw');
  });

  it('WCP-19 Cancel Task: an activity is withdrawn and the others go on', async () => {
    const body =
      ends +
      parallel('f') +
      users('a b z') +
      boundary('c', 'a', message('Stop')) +
      path('s f a e') +
      path('c z') +
      path('f b');
    const instance = await begin(body, { declarations: messages('Stop') });
    instance.send('Stop');
    expect(instance.nodes('taskCancelled')).to.equal('a');
    expect(instance.open).to.equal('b z');
  });

  it('WCP-20 Cancel Case: the whole instance is withdrawn, by whoever runs it or by the drawing', async () => {
    const stop = eventSubProcess('h', message('Stop'), end('eh', terminate) + path('s_h eh'));
    const body = ends + parallel('f') + users('a b') + path('s f a e') + path('f b') + stop;
    const options = { declarations: messages('Stop') };
    const drawn = await begin(body, options);
    drawn.send('Stop');
    expect(drawn.nodes('taskCancelled')).to.equal('a b');
    expect(drawn.status).to.equal('completed');
    const by = await begin(body, options);
    by.do({ type: 'cancel', reason: 'withdrawn' });
    expect(by.status).to.equal('cancelled');
  });

  it('WCP-21 Structured Loop: tested before or after each round', async () => {
    for (const [before, rounds] of [
      [true, 2],
      [false, 3],
    ] as const) {
      const loop = repeat({ condition: before ? 'n < 2' : 'n < 3', before });
      const body = ends + users('a', loop) + users('z') + path('s a z e');
      const instance = await begin(body, { variables: { n: 0 } });
      for (let round = 1; round <= rounds; round++) instance.complete('a', { n: round });
      expect(instance.open).to.equal('z');
    }
  });

  it('WCP-22 Recursion: a process calls itself, and goes on when what it called has ended', async () => {
    const body =
      ends +
      exclusive('x', 'x_z') +
      element(
        'callActivity',
        'c',
        '<bpmn:extensionElements><camunda:in sourceExpression="n - 1" target="n"/></bpmn:extensionElements>',
        'calledElement="P"',
      ) +
      users('z') +
      path('s x') +
      flow('x', 'c', 'n > 0') +
      path('x z e') +
      path('c z');
    let depth = 0;
    const run = async (n: number): Promise<void> => {
      const instance = await begin(body, { variables: { n } });
      depth++;
      const called = instance.effects.find(({ type }) => type === 'callRequested');
      if (called?.type === 'callRequested') {
        expect(called.process).to.equal('P');
        await run(called.variables.n as number);
        instance.complete('c');
      }
      instance.complete('z');
      expect(instance.status).to.equal('completed');
    };
    await run(3);
    expect(depth).to.equal(4);
  });

  it('WCP-23 Transient Trigger: a signal that nobody waits for is lost', async () => {
    const body = ends + users('a') + catching('c', signal('Now')) + users('z') + path('s a c z e');
    const instance = await begin(body, { declarations: signals('Now') });
    expect(instance.refusal({ type: 'broadcastSignal', name: 'Now' })).to.equal('NO_SUBSCRIPTION');
    instance.complete('a');
    expect(instance.open, 'it still waits').to.equal('');
    instance.broadcast('Now');
    expect(instance.open).to.equal('z');
  });

  it('WCP-24 Persistent Trigger: a message that comes too early is kept by the host, and delivered once', async () => {
    const body = ends + users('a') + catching('c', message('Paid')) + users('z') + path('s a c z e');
    const instance = await begin(body, { declarations: messages('Paid') });
    expect(instance.refusal({ type: 'correlateMessage', name: 'Paid' }), 'told').to.equal('NO_SUBSCRIPTION');
    instance.complete('a');
    instance.send('Paid');
    expect(instance.open).to.equal('z');
    expect(instance.refusal({ type: 'correlateMessage', name: 'Paid' })).to.equal('NO_SUBSCRIPTION');
  });

  it('WCP-25 Cancel Region: activities that are no block are withdrawn together, the others go on', async () => {
    const body =
      ends +
      parallel('f') +
      users('a b c z') +
      path('s f a e') +
      path('f b') +
      path('f c') +
      boundary('ca', 'a', signal('Off')) +
      boundary('cb', 'b', signal('Off')) +
      end('e2') +
      path('ca e2') +
      path('cb z');
    const instance = await begin(body, { declarations: signals('Off') });
    instance.broadcast('Off');
    expect(instance.nodes('taskCancelled')).to.equal('a b');
    expect(instance.open).to.equal('c z');
  });

  const many = (until?: string, sequential = false) =>
    ends +
    users('a', multiple({ cardinality: '3', sequential, ...(until && { until }) })) +
    users('z other') +
    boundary('c', 'a', message('Enough'));

  it('WCP-26 Cancel Multiple Instance Activity: all instances are withdrawn', async () => {
    const body = many() + path('s a z e') + path('c other');
    const instance = await begin(body, { declarations: messages('Enough') });
    instance.complete('a');
    instance.send('Enough');
    expect(instance.nodes('taskCancelled')).to.equal('a a');
    expect(instance.open).to.equal('other');
  });

  it('WCP-27 Complete Multiple Instance Activity: the rest is withdrawn and the flow goes on as if it were done', async () => {
    const body = many() + path('s a z e') + path('c z other');
    const instance = await begin(body.replace(users('z other'), users('z') + users('other')), {
      declarations: messages('Enough'),
    });
    instance.complete('a');
    instance.send('Enough');
    expect(instance.nodes('taskCancelled')).to.equal('a a');
    expect(instance.open).to.equal('z');
  });

  /** A sub-process of three branches that ends with the nth that is done. */
  const cancelling = (nth: number) =>
    ends +
    users('z') +
    subProcess(
      'p',
      start('s1') +
        parallel('f') +
        users('a b c') +
        exclusive('m') +
        counted('n') +
        exclusive('x', 'x_quiet') +
        end('stop', terminate) +
        end('quiet') +
        path('s1 f a m n x quiet') +
        path('f b m') +
        path('f c m') +
        flow('x', 'stop', `count = ${nth}`),
    ) +
    path('s p z e');

  it('WCP-29 Cancelling Discriminator: the first branch leads on, and the others are withdrawn', async () => {
    const instance = await begin(cancelling(1));
    instance.complete('b');
    expect(instance.nodes('taskCancelled')).to.equal('a c');
    expect(instance.open).to.equal('z');
  });

  it('WCP-30 Structured Partial Join: two of three lead on, and the third is awaited in silence', async () => {
    const instance = await begin(partial(2));
    instance.complete('c');
    expect(instance.open).to.equal('a b');
    instance.complete('a');
    expect(instance.open).to.equal('b z');
    instance.complete('b');
    expect(instance.open).to.equal('z');
    expect(times(instance, 'z')).to.equal(1);
  });

  it('WCP-32 Cancelling Partial Join: two of three lead on, and the third is withdrawn', async () => {
    const instance = await begin(cancelling(2));
    instance.complete('b');
    expect(instance.open).to.equal('a c');
    instance.complete('c');
    expect(instance.nodes('taskCancelled')).to.equal('a');
    expect(instance.open).to.equal('z');
  });

  it('WCP-33 Generalised AND-Join: what arrives twice on one flow is kept for the next round', async () => {
    const body =
      ends +
      users('a b z') +
      parallel('f j') +
      exclusive('m') +
      path('s f m a j z e') +
      flow('f', 'm', undefined, 'again') +
      path('f b j');
    const instance = await begin(body);
    instance.complete('a');
    instance.complete('a');
    expect(instance.open, 'two on one flow are no pair').to.equal('b');
    instance.complete('b');
    expect(instance.open).to.equal('z');
    expect(instance.tokens('j')).to.have.length(1);
  });

  it('WCP-34 Static Partial Join for Multiple Instances: two of three lead on, and the third may finish', async () => {
    const body =
      ends +
      element(
        'subProcess',
        'p',
        start('s1') +
          users('a') +
          end('e1', escalation('Done')) +
          path('s1 a e1') +
          multiple({ cardinality: '3' }),
      ) +
      boundary('b', 'p', escalation('Done'), false) +
      counted('n') +
      exclusive('x', 'x_quiet') +
      end('quiet') +
      end('all') +
      users('z') +
      path('s p all') +
      path('b n x quiet') +
      flow('x', 'z', 'count = 2') +
      path('z e');
    const instance = await begin(body, { declarations: escalations('Done') });
    instance.complete('a');
    expect(instance.open).to.equal('a a');
    instance.complete('a');
    expect(instance.open).to.equal('a z');
    instance.complete('a');
    expect(instance.open).to.equal('z');
  });

  for (const sequential of [false, true]) {
    it(`WCP-35 Cancelling Partial Join for Multiple Instances: two are enough, ${sequential ? 'in turn' : 'at once'}`, async () => {
      const body = many('numberOfCompletedInstances = 2', sequential) + path('s a z e') + path('c other');
      const instance = await begin(body, { declarations: messages('Enough') });
      instance.complete('a');
      expect(instance.open).to.equal(sequential ? 'a' : 'a a');
      instance.complete('a');
      expect(instance.open).to.equal('z');
      expect(instance.nodes('taskCancelled')).to.equal(sequential ? '' : 'a');
    });
  }

  it('WCP-36 Dynamic Partial Join for Multiple Instances: how many there are and how many are enough, decided on the way', async () => {
    const enough = eventSubProcess('enough', conditional('enough'), end('eh') + path('s_enough eh'));
    const instance = await begin(growing(enough), { declarations: messages('More') });
    instance.send('More');
    instance.send('More');
    instance.complete('b', { enough: false });
    expect(instance.open).to.equal('a b');
    instance.complete('a', { enough: true });
    expect(instance.nodes('taskCancelled')).to.equal('b');
    expect(instance.open).to.equal('z');
  });

  it('WCP-37 Acyclic Synchronizing Merge: waits for what can still come, where the drawing is no block', async () => {
    const body =
      ends +
      users('a b c z') +
      inclusive('g') +
      inclusive('j') +
      exclusive('x', 'x_c') +
      path('s g') +
      flow('g', 'a', 'true') +
      flow('g', 'b', 'true') +
      path('a x') +
      flow('x', 'j', 'short') +
      path('x c e') +
      path('b j z e').replace('id="z_e"', 'id="z_e2"');
    for (const short of [true, false]) {
      const instance = await begin(body, { variables: { short } });
      instance.complete('b');
      expect(instance.open, 'a may still come').to.equal('a');
      instance.complete('a');
      expect(instance.open).to.equal(short ? 'z' : 'c z');
    }
  });

  it('WCP-38 General Synchronizing Merge: waits for what can still come, also around a loop', async () => {
    const body =
      ends +
      users('a b z') +
      inclusive('g') +
      inclusive('j') +
      exclusive('m') +
      exclusive('x', 'x_j') +
      path('s g') +
      flow('g', 'm', 'true') +
      flow('g', 'b', 'true') +
      path('m a x j z e') +
      flow('x', 'm', 'again') +
      path('b j');
    const instance = await begin(body, { variables: { again: true } });
    instance.complete('b');
    instance.complete('a');
    expect(instance.open, 'it goes round').to.equal('a');
    instance.complete('a', { again: false });
    expect(instance.open).to.equal('z');
  });

  it('WCP-39 Critical Section: of two branches one is inside at a time', async () => {
    const order = await oneAfterTheOther(['a', 'b']);
    expect(order.split(' ').sort().join(' ')).to.equal('a b');
  });

  it('WCP-40 Interleaved Routing: all of them, one at a time, in any order', async () => {
    const order = await oneAfterTheOther(['a', 'b', 'c', 'd']);
    expect(order.split(' ').sort().join(' ')).to.equal('a b c d');
  });

  it('WCP-41 Thread Merge: two tokens of one branch become one', async () => {
    const body =
      ends +
      users('a z') +
      parallel('f') +
      exclusive('m') +
      counted('n') +
      exclusive('x', 'x_quiet') +
      end('quiet') +
      path('s f m a n x quiet') +
      flow('f', 'm', undefined, 'second') +
      flow('x', 'z', 'count = 2') +
      path('z e');
    const instance = await begin(body);
    expect(instance.open).to.equal('a a');
    instance.complete('a');
    instance.complete('a');
    expect(instance.open).to.equal('z');
  });

  it('WCP-42 Thread Split: one token of a branch becomes several', async () => {
    const body =
      ends +
      users('a') +
      parallel('f') +
      exclusive('m') +
      path('s f m a e') +
      flow('f', 'm', undefined, 'second') +
      flow('f', 'm', undefined, 'third');
    const instance = await begin(body);
    expect(instance.open).to.equal('a a a');
  });

  it('WCP-43 Explicit Termination: an end that ends the instance, whatever is still to do', async () => {
    const body =
      start() +
      users('a b') +
      parallel('f') +
      end('e') +
      end('stop', terminate) +
      path('s f a e') +
      path('f b stop');
    const instance = await begin(body);
    instance.complete('b');
    expect(instance.status).to.equal('terminated');
    expect(instance.nodes('taskCancelled')).to.equal('a');
  });
});
