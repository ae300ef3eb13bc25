import { expect } from 'chai';
import {
  after,
  boundary,
  element,
  end,
  ends,
  exclusive,
  flow,
  messages,
  multiple,
  path,
  service,
  start,
  subProcess,
  terminate,
  users,
} from '../support/diagram.ts';
import { begin } from '../support/instance.ts';

const names = { names: ['x', 'y', 'z'] };
const asked = (loop: Parameters<typeof multiple>[0]) =>
  ends + users('a', multiple(loop)) + users('next') + path('s a next e');

describe('Multi-instance activities (BPMN 2.0.2, 10.3.8 and 13.3.7)', () => {
  it('parallel: one instance for each element, all at once', async () => {
    // given
    const instance = await begin(asked({ collection: 'names', as: 'who' }), { variables: names });
    // then
    expect(instance.open).to.equal('a a a');
    const created = instance.effects.flatMap((effect) => (effect.type === 'taskCreated' ? [effect] : []));
    expect(created.map((effect) => effect.instance)).to.deep.equal([0, 1, 2]);
    expect(created.map((effect) => effect.variables.who)).to.deep.equal(['x', 'y', 'z']);
    expect(created.map((effect) => effect.variables.loopCounter)).to.deep.equal([1, 2, 3]);
    // when
    instance.complete('a', {}, 1);
    instance.complete('a', {}, 1);
    expect(instance.open).to.equal('a');
    instance.complete('a');
    // then
    expect(instance.open).to.equal('next');
    expect(instance.trace).to.equal('s a next');
  });

  it('sequential: one after the other, in order', async () => {
    const instance = await begin(asked({ collection: 'names', as: 'who', sequential: true }), {
      variables: names,
    });
    const seen = [];
    for (let index = 0; index < 3; index++) {
      expect(instance.open).to.equal('a');
      const created = instance.effects.find((effect) => effect.type === 'taskCreated');
      if (created?.type === 'taskCreated') seen.push([created.variables.who, created.instance]);
      instance.complete('a');
    }
    expect(seen).to.deep.equal([
      ['x', 0],
      ['y', 1],
      ['z', 2],
    ]);
    expect(instance.open).to.equal('next');
  });

  for (const sequential of [false, true]) {
    const kind = sequential ? 'sequential' : 'parallel';

    it(`${kind}: cardinality`, async () => {
      const instance = await begin(asked({ cardinality: 'n + 1', sequential }), { variables: { n: 2 } });
      for (let index = 0; index < 3; index++) instance.complete('a');
      expect(instance.open).to.equal('next');
    });

    it(`${kind}: an empty collection completes at once`, async () => {
      const instance = await begin(asked({ collection: 'names', sequential }), { variables: { names: [] } });
      expect(instance.open).to.equal('next');
      expect(instance.nodes('taskCreated')).to.equal('next');
    });

    it(`${kind}: cardinality zero completes at once`, async () => {
      expect((await begin(asked({ cardinality: '0', sequential }))).open).to.equal('next');
    });

    it(`${kind}: a completion condition cancels the rest`, async () => {
      const loop = { collection: 'names', until: 'nrOfCompletedInstances >= 2', sequential };
      const instance = await begin(asked(loop), { variables: names });
      instance.complete('a');
      expect(instance.open).to.equal(sequential ? 'a' : 'a a');
      instance.complete('a');
      expect(instance.open).to.equal('next');
      expect(instance.nodes('taskCancelled')).to.equal(sequential ? '' : 'a');
    });

    it(`${kind}: the collection counts as it is when the activity begins`, async () => {
      const instance = await begin(asked({ collection: 'names', sequential }), { variables: names });
      instance.complete('a', { names: [] });
      instance.complete('a');
      expect(instance.open).to.equal('a');
    });

    it(`${kind}: plain tasks wait for nothing`, async () => {
      const body = ends + element('task', 'a', multiple({ cardinality: '5', sequential })) + path('s a e');
      expect((await begin(body)).status).to.equal('completed');
    });

    it(`${kind}: jobs`, async () => {
      const body = ends + service('j', multiple({ cardinality: '2', sequential })) + path('s j e');
      const instance = await begin(body);
      instance.complete('j');
      instance.complete('j');
      expect(instance.status).to.equal('completed');
      const requested = instance.history.flatMap((each) =>
        each.type === 'jobRequested' ? [each.instance] : [],
      );
      expect(requested).to.deep.equal([0, 1]);
    });

    it(`${kind}: sub-processes, each with its own flow`, async () => {
      const inner = start('s1') + users('a b') + end('e1') + path('s1 a b e1');
      const loop = multiple({ collection: 'names', as: 'who', sequential });
      const instance = await begin(ends + subProcess('sub', inner + loop) + path('s sub e'), {
        variables: names,
      });
      for (let index = 0; index < 3; index++) {
        instance.complete('a');
        instance.complete('b');
      }
      expect(instance.status).to.equal('completed');
      expect(instance.nodes('endEventReached')).to.equal('e1 e1 e1 e');
    });
  }

  it('the completion condition sees the counters of the standard and of the tools', async () => {
    const until =
      'numberOfInstances = 3 and numberOfCompletedInstances = 1 and numberOfActiveInstances = 2 and ' +
      'numberOfTerminatedInstances = 0 and nrOfInstances = 3 and nrOfActiveInstances = 2 and loopCounter = 2 and who = "y"';
    const instance = await begin(asked({ collection: 'names', as: 'who', until }), { variables: names });
    instance.complete('a', {}, 1);
    expect(instance.open).to.equal('next');
  });

  it('the completion condition sees what the instance brought', async () => {
    const instance = await begin(asked({ cardinality: '3', until: 'opinion = "no"' }));
    instance.complete('a', { opinion: 'yes' });
    instance.complete('a', { opinion: 'no' });
    expect(instance.open).to.equal('next');
  });

  it('a completion condition that is no boolean is an incident at its instance', async () => {
    const instance = await begin(asked({ cardinality: '2', until: 'enough' }));
    instance.complete('a');
    expect(instance.incidents).to.equal('a');
    instance.retry('a', { enough: false });
    instance.complete('a');
    expect(instance.open).to.equal('next');
  });

  it('the element stays with its instance, other variables go to the process', async () => {
    const instance = await begin(asked({ collection: 'names', as: 'who' }), { variables: names });
    instance.complete('a', { who: 'changed', other: 1 });
    expect(instance.variables).to.deep.equal({ ...names, other: 1 });
  });

  it('instances that run side by side do not see each other', async () => {
    const inner = start('s1') + users('a b') + end('e1') + path('s1 a b e1');
    const loop = multiple({ collection: 'names', as: 'who' });
    const instance = await begin(ends + subProcess('sub', inner + loop) + path('s sub e'), {
      variables: names,
    });
    instance.complete('a', { who: 'changed' });
    expect(instance.effects.at(-1)).to.deep.include({
      flowNode: 'b',
      variables: { ...names, loopCounter: 1, who: 'changed' },
    });
    instance.complete('a');
    expect(instance.effects.at(-1)).to.deep.include({
      flowNode: 'b',
      variables: { ...names, loopCounter: 2, who: 'y' },
    });
  });

  it('loops within loops see the elements of both', async () => {
    const inner =
      start('s1') + users('a', multiple({ collection: 'pieces', as: 'piece' })) + end('e1') + path('s1 a e1');
    const loop = multiple({ collection: 'names', as: 'who' });
    const instance = await begin(ends + subProcess('sub', inner + loop) + path('s sub e'), {
      variables: { names: ['x', 'y'], pieces: [1, 2] },
    });
    const created = instance.effects.flatMap((effect) =>
      effect.type === 'taskCreated' ? [effect.variables] : [],
    );
    expect(created.map(({ who, piece }) => `${who}${piece}`)).to.deep.equal(['x1', 'x2', 'y1', 'y2']);
    for (let index = 0; index < 4; index++) instance.complete('a');
    expect(instance.status).to.equal('completed');
  });

  it('an interrupting boundary timer cancels every instance', async () => {
    const body =
      ends +
      users('a', multiple({ cardinality: '3' })) +
      boundary('t', 'a', after('PT1H')) +
      users('late') +
      path('s a e') +
      path('t late e');
    const instance = await begin(body);
    instance.complete('a');
    instance.fire('t');
    expect(instance.open).to.equal('late');
    expect(instance.nodes('taskCancelled')).to.equal('a a');
  });

  it('boundary events belong to the activity, not to each instance', async () => {
    const body =
      ends +
      users('a', multiple({ cardinality: '3' })) +
      boundary('t', 'a', after('PT1H')) +
      path('s a e') +
      path('t e');
    const instance = await begin(body);
    expect(instance.state.subscriptions).to.have.length(1);
    for (let index = 0; index < 3; index++) instance.complete('a');
    expect(instance.status).to.equal('completed');
    expect(instance.nodes('timerCancelled')).to.equal('t');
  });

  it('terminate in a sub-process ends its instance only', async () => {
    const inner =
      start('s1') +
      element('parallelGateway', 'g') +
      users('a b') +
      end('e1', terminate) +
      path('s1 g a e1') +
      path('g b');
    const instance = await begin(
      ends + subProcess('sub', inner + multiple({ cardinality: '2' })) + path('s sub e'),
    );
    instance.complete('a');
    expect(instance.open).to.equal('a b');
    instance.complete('a');
    expect(instance.status).to.equal('completed');
  });

  it('receive tasks take one message each', async () => {
    const body =
      ends + element('receiveTask', 'm', multiple({ cardinality: '2' }), 'messageRef="M"') + path('s m e');
    const instance = await begin(body, { declarations: messages('M') });
    instance.send('M');
    expect(instance.state.subscriptions).to.have.length(1);
    instance.send('M');
    expect(instance.status).to.equal('completed');
  });

  it('a second round starts afresh', async () => {
    const body =
      ends +
      users('a', multiple({ collection: 'names', as: 'who' })) +
      exclusive('x', 'x_e') +
      path('s a x') +
      flow('x', 'a', 'again') +
      flow('x', 'e');
    const instance = await begin(body, { variables: { names: ['x', 'y'], again: true } });
    instance.complete('a');
    instance.complete('a');
    expect(instance.open).to.equal('a a');
    instance.complete('a', { again: false });
    instance.complete('a');
    expect(instance.status).to.equal('completed');
  });

  for (const [loop, value, code] of [
    [{ collection: 'v' }, 'text', 'COLLECTION_NOT_A_LIST'],
    [{ collection: 'v' }, null, 'COLLECTION_NOT_A_LIST'],
    [{ cardinality: 'v' }, -1, 'CARDINALITY_INVALID'],
    [{ cardinality: 'v' }, 1.5, 'CARDINALITY_INVALID'],
    [{ cardinality: 'v' }, null, 'CARDINALITY_INVALID'],
    [{ cardinality: 'v' }, 20_000, 'TOO_MANY_MOVES'],
  ] as const) {
    it(`${JSON.stringify(loop)} with ${JSON.stringify(value)} is an incident, then corrected`, async () => {
      const instance = await begin(asked(loop), { variables: { v: value } });
      expect(instance.incidents).to.equal('a');
      expect(instance.effects.at(-1)).to.include({ code });
      instance.retry('a', { v: 'collection' in loop ? ['x'] : 1 });
      instance.complete('a');
      expect(instance.open).to.equal('next');
    });
  }

  it('keeps a thousand open instances and takes each in its turn', async () => {
    const instance = await begin(asked({ cardinality: '1000' }));
    instance.complete('a', {}, 999);
    instance.complete('a');
    expect(instance.tokens('a')).to.have.length(999);
  });
});
