import { expect } from 'chai';
import {
  after,
  boundary,
  end,
  ends,
  error,
  errors,
  parallel,
  path,
  start,
  terminate,
  users,
} from '../support/diagram.ts';
import { begin } from '../support/instance.ts';

describe('End events (BPMN 2.0.2, 10.5.3 and 13.5.6)', () => {
  it('a none end event ends its token only', async () => {
    const body = ends + end('e2') + parallel('g') + users('a b') + path('s g a e') + path('g b e2');
    const instance = await begin(body);
    instance.complete('a');
    expect(instance.status).to.equal('active');
    instance.complete('b');
    expect(instance.effects.at(-1)).to.deep.equal({
      type: 'instanceEnded',
      status: 'completed',
      variables: {},
    });
    expect(instance.nodes('endEventReached')).to.equal('e e2');
  });

  it('terminate ends the whole instance and cancels what is open', async () => {
    const body =
      ends +
      end('t', terminate) +
      end('e2') +
      parallel('g') +
      users('a b') +
      boundary('bt', 'b', after('P1D')) +
      path('s g a t') +
      path('g b e') +
      path('bt e2');
    const instance = await begin(body);
    instance.complete('a', { v: 1 });
    expect(instance.status).to.equal('terminated');
    expect(instance.effects.map((effect) => effect.type).slice(-4)).to.deep.equal([
      'flowNodeLeft',
      'taskCancelled',
      'timerCancelled',
      'instanceEnded',
    ]);
    expect(instance.effects.at(-1)).to.deep.equal({
      type: 'instanceEnded',
      status: 'terminated',
      variables: { v: 1 },
    });
  });

  it('terminate stops tokens that would still have moved in the same step', async () => {
    const body =
      start() + end('t', terminate) + parallel('g') + users('a') + end() + path('s g t') + path('g a e');
    const instance = await begin(body);
    expect(instance.status).to.equal('terminated');
    expect(instance.nodes('taskCreated')).to.equal('');
  });

  it('an error end event that nothing catches fails the instance', async () => {
    const body =
      start() + end('x', error('E')) + users('a b') + parallel('g') + end() + path('s g a x') + path('g b e');
    const instance = await begin(body, { declarations: errors('E') });
    instance.complete('a');
    expect(instance.status).to.equal('failed');
    expect(instance.nodes('taskCancelled')).to.equal('b');
    expect(instance.effects.at(-1)).to.include({ type: 'instanceEnded', status: 'failed', error: 'E' });
  });

  it('nothing can be done to an instance that has ended', async () => {
    const instance = await begin(ends + path('s e'));
    for (const command of [
      { type: 'completeTask', id: 'task1' },
      { type: 'setVariables', variables: {} },
      { type: 'cancel' },
      { type: 'correlateMessage', name: 'M' },
    ] as const) {
      expect(instance.refusal(command)).to.equal('ENDED');
    }
  });
});
