import { expect } from 'chai';
import {
  after,
  boundary,
  element,
  end,
  ends,
  error,
  errors,
  exclusive,
  flow,
  messages,
  multiple,
  path,
  repeat,
  service,
  start,
  subProcess,
  terminate,
  users,
} from '../support/diagram.ts';
import { begin, type Instance } from '../support/instance.ts';

const asked = (loop: Parameters<typeof repeat>[0]) =>
  ends + users('a', repeat(loop)) + users('next') + path('s a next e');

/** Completes `a` until it is not open any more, at most 20 times; how often it was. */
function rounds(instance: Instance): number {
  let count = 0;
  for (; instance.open === 'a' && count < 20; count++) instance.complete('a');
  return count;
}

describe('Standard loop (BPMN 2.0.2, 10.3.8 and 13.3.6)', () => {
  it('repeats the activity while its condition is true, one iteration after the other', async () => {
    // given
    const instance = await begin(asked({ condition: 'more' }));
    expect(instance.open).to.equal('a');
    // when
    instance.complete('a', { more: true });
    expect(instance.open).to.equal('a');
    instance.complete('a', { more: false });
    // then
    expect(instance.open).to.equal('next');
    expect(instance.trace).to.equal('s a next');
    expect(instance.nodes('flowNodeLeft')).to.equal('s a');
  });

  it('counts iterations from 1, and gives each task its index from 0', async () => {
    const instance = await begin(asked({ condition: 'loopCounter < 3' }));
    rounds(instance);
    const created = instance.history.flatMap((each) =>
      each.type === 'taskCreated' && each.flowNode === 'a' ? [[each.instance, each.variables]] : [],
    );
    expect(created).to.deep.equal([
      [0, { loopCounter: 1 }],
      [1, { loopCounter: 2 }],
      [2, { loopCounter: 3 }],
    ]);
    expect(instance.variables, 'the counter stays inside').to.deep.equal({});
  });

  for (const [loop, count] of [
    [{ condition: 'loopCounter < 3' }, 3],
    [{ condition: 'loopCounter < 3', before: true }, 3],
    [{ condition: 'false' }, 1],
    [{ condition: 'false', before: false }, 1],
    [{ condition: 'false', before: true }, 0],
    [{ condition: 'loopCounter < 9', maximum: 2 }, 2],
    [{ condition: 'true', before: true, maximum: 2 }, 2],
    [{ condition: 'false', maximum: 5 }, 1],
    [{ condition: 'true', maximum: 1 }, 1],
    [{ maximum: 4 }, 4],
    [{ maximum: 4, before: true }, 4],
  ] as const) {
    it(`${JSON.stringify(loop)} makes ${count} iterations`, async () => {
      const instance = await begin(asked(loop));
      expect(rounds(instance)).to.equal(count);
      expect(instance.open).to.equal('next');
    });
  }

  it('the condition is not asked any more once the maximum is reached', async () => {
    const instance = await begin(asked({ condition: 'unknown', maximum: 1 }));
    instance.complete('a');
    expect(instance.open).to.equal('next');
  });

  it('the counter cannot be cheated by what an iteration brings', async () => {
    const instance = await begin(asked({ condition: 'loopCounter < 2' }));
    instance.complete('a', { loopCounter: 99 });
    expect(instance.open).to.equal('a');
    instance.complete('a', { loopCounter: -99 });
    expect(instance.open).to.equal('next');
    expect(instance.variables).to.deep.equal({});
  });

  it('a condition that is no boolean is an incident at the iteration, and is asked again by a retry', async () => {
    // given
    const instance = await begin(asked({ condition: 'more' }));
    // when
    instance.complete('a');
    // then
    expect(instance.effects.at(-1)).to.include({ type: 'incidentRaised', code: 'CONDITION_NOT_BOOLEAN' });
    expect(instance.incidents).to.equal('a');
    // when
    instance.retry('a', { more: true });
    // then
    expect(instance.open).to.equal('a');
    instance.complete('a', { more: false });
    expect(instance.nodes('taskCreated')).to.equal('a a next');
  });

  it('a condition asked before that is no boolean is an incident of the activity, with its events armed', async () => {
    const body =
      asked({ condition: 'more', before: true }) + boundary('t', 'a', after('PT1H')) + path('t next');
    const instance = await begin(body);
    expect(instance.incidents).to.equal('a');
    expect(instance.nodes('taskCreated')).to.equal('');
    expect(instance.timer('t').due).to.equal(instance.now + 3_600_000);
    instance.retry('a', { more: false });
    expect(instance.open).to.equal('next');
    expect(instance.nodes('timerCancelled')).to.equal('t');
  });

  it('boundary events stay armed over all iterations', async () => {
    // given
    const body =
      asked({ condition: 'true' }) +
      boundary('t', 'a', after('P1D')) +
      boundary('n', 'a', after('PT1H'), false) +
      end('late') +
      end('noted') +
      path('t late') +
      path('n noted');
    const instance = await begin(body);
    const { id } = instance.timer('t');
    // when
    instance.complete('a');
    instance.fire('n');
    instance.complete('a');
    // then
    expect(instance.timer('t').id).to.equal(id);
    expect(instance.nodes('timerScheduled')).to.equal('t n');
    // when
    instance.fire('t');
    // then
    expect(instance.status).to.equal('completed');
    expect(instance.nodes('taskCancelled')).to.equal('a');
  });

  it('an error in an iteration interrupts the loop', async () => {
    const body =
      ends + service('a', repeat({ condition: 'true' })) + boundary('b', 'a', error('E')) + path('s a e');
    const instance = await begin(body + end('x') + path('b x'), { declarations: errors('E') });
    instance.complete('a');
    instance.throwError('a', 'E');
    expect(instance.trace).to.equal('s a b x');
    expect(instance.status).to.equal('completed');
  });

  it('a job that fails is retried in its iteration', async () => {
    const instance = await begin(ends + service('a', repeat({ maximum: 2 })) + path('s a e'));
    instance.complete('a');
    instance.do({ type: 'failJob', id: instance.work('a'), message: 'x' });
    instance.retry('a');
    expect(instance.effects.at(-1)).to.deep.include({ type: 'jobRequested', instance: 1 });
    instance.complete('a');
    expect(instance.status).to.equal('completed');
  });

  it('sub-processes run their flow in each iteration', async () => {
    const inner = start('s1') + users('a b') + end('e1') + path('s1 a b e1');
    const loop = repeat({ condition: 'loopCounter < 2' });
    const instance = await begin(ends + subProcess('sub', inner + loop) + path('s sub e'));
    for (const node of ['a', 'b', 'a', 'b']) instance.complete(node);
    expect(instance.status).to.equal('completed');
    expect(instance.trace).to.equal('s sub s1 a b e1 s1 a b e1 e');
  });

  it('a terminate end event ends its iteration only', async () => {
    const inner = start('s1') + users('a') + end('e1', terminate) + path('s1 a e1');
    const instance = await begin(ends + subProcess('sub', inner + repeat({ maximum: 2 })) + path('s sub e'));
    instance.complete('a');
    expect(instance.open).to.equal('a');
    instance.complete('a');
    expect(instance.status).to.equal('completed');
  });

  it('loops within loops each have their own counter', async () => {
    const inner = start('s1') + users('a', repeat({ maximum: 2 })) + end('e1') + path('s1 a e1');
    const each = subProcess('mid', inner + multiple({ cardinality: '2', sequential: true }));
    const outer = start('s2') + each + end('e2') + path('s2 mid e2') + repeat({ maximum: 2 });
    const instance = await begin(ends + subProcess('sub', outer) + path('s sub e'));
    let count = 0;
    for (; instance.open === 'a'; count++) instance.complete('a');
    expect(count).to.equal(8);
    expect(instance.status).to.equal('completed');
  });

  it('receive tasks take one message in each iteration', async () => {
    const body =
      ends +
      element('receiveTask', 'm', repeat({ condition: 'last = false' }), 'messageRef="M"') +
      path('s m e');
    const instance = await begin(body, { declarations: messages('M') });
    instance.send('M', undefined, { last: false });
    instance.send('M', undefined, { last: true });
    expect(instance.status).to.equal('completed');
  });

  it('a second round starts afresh', async () => {
    const body =
      ends +
      users('a', repeat({ maximum: 2 })) +
      exclusive('x', 'x_e') +
      path('s a x') +
      flow('x', 'a', 'again') +
      flow('x', 'e');
    const instance = await begin(body, { variables: { again: true } });
    for (const again of [true, true, false, false]) instance.complete('a', { again });
    expect(instance.status).to.equal('completed');
  });

  it('what waits for nothing runs its iterations in one step', async () => {
    const body = ends + element('task', 'a', repeat({ condition: 'loopCounter < 50' })) + path('s a e');
    expect((await begin(body)).status).to.equal('completed');
  });

  for (const [what, activity] of [
    ['task', element('task', 'a', repeat({ condition: 'go', before: true }))],
    ['sub-process', subProcess('a', start('s1') + path('s1 e1') + end('e1') + repeat({ condition: 'go' }))],
  ] as const) {
    it(`a ${what} that would run for ever is stopped by the guard of moves, and goes on when retried`, async () => {
      const instance = await begin(ends + activity + path('s a e'), { variables: { go: true } });
      expect(instance.status).to.equal('active');
      expect(instance.effects.at(-1)).to.include({ type: 'incidentRaised', code: 'TOO_MANY_MOVES' });
      const [id] = instance.state.tokens.flatMap((token) => token.work ?? []);
      instance.do({ type: 'retry', id: id ?? '', variables: { go: false } });
      expect(instance.status).to.equal('completed');
    });
  }

  it('keeps a state of the same size however often it repeats', async () => {
    const instance = await begin(asked({ condition: 'true' }));
    instance.complete('a');
    const size = JSON.stringify(instance.state).length;
    for (let round = 0; round < 50; round++) instance.complete('a');
    expect(JSON.stringify(instance.state).length).to.be.at.most(size + 16);
  });
});
