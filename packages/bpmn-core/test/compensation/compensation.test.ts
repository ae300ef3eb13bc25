import { expect } from 'chai';
import {
  boundary,
  compensation,
  element,
  end,
  ends,
  error,
  errors,
  eventSubProcess,
  exclusive,
  flow,
  message,
  messages,
  multiple,
  parallel,
  path,
  service,
  start,
  subProcess,
  throwing,
  undoing,
  users,
} from '../support/diagram.ts';
import { begin, type Instance } from '../support/instance.ts';

/** Completes each task as it comes up; answers the handlers in the order they ran. */
function undoAll(instance: Instance): string {
  const ran: string[] = [];
  for (;;) {
    const next = instance.open.split(' ').find((node) => node.startsWith('undo'));
    if (next === undefined) return ran.join(' ');
    expect(instance.tokens(next), 'one after the other').to.have.length(1);
    ran.push(next);
    instance.complete(next);
  }
}

describe('Compensation (clauses 10.7 and 13.5.5)', () => {
  it('undoes what was completed, the last first, and then goes on', async () => {
    // given
    const body =
      ends +
      users('a b c z') +
      undoing('a') +
      undoing('b') +
      undoing('c') +
      throwing('t', compensation()) +
      path('s a b t z e') +
      '';
    const instance = await begin(body.replace(users('a b c z'), users('a b z')).replace(undoing('c'), ''));
    instance.complete('a');
    instance.complete('b');

    // when
    expect(instance.open).to.equal('undo_b');
    expect(undoAll(instance)).to.equal('undo_b undo_a');

    // then
    expect(instance.open).to.equal('z');
    expect(instance.nodes('compensationStarted')).to.equal('b a');
    instance.complete('z');
    expect(instance.status).to.equal('completed');
  });

  it('only what was completed: not what was never reached, nor what still runs', async () => {
    const body =
      ends +
      users('a b c') +
      parallel('f') +
      undoing('a') +
      undoing('b') +
      undoing('c') +
      exclusive('x', 'x_t') +
      throwing('t', compensation()) +
      path('s f a x') +
      flow('x', 'c', 'false') +
      flow('x', 't') +
      path('t e') +
      path('c e') +
      path('f b');
    const instance = await begin(body);
    instance.complete('a');
    expect(undoAll(instance)).to.equal('undo_a');
    expect(instance.open).to.equal('b');
  });

  it('one activity alone, as often as it was completed, and each only once', async () => {
    const body =
      ends +
      users('a b') +
      undoing('a') +
      undoing('b') +
      exclusive('x', 'x_t') +
      throwing('t', compensation('a')) +
      throwing('u', compensation()) +
      path('s a b x') +
      flow('x', 'a', 'again') +
      flow('x', 't') +
      path('t u e');
    const instance = await begin(body, { variables: { again: true } });
    for (const again of [true, false]) {
      instance.complete('a');
      instance.complete('b', { again });
    }
    expect(undoAll(instance)).to.equal('undo_a undo_a undo_b undo_b');
    expect(instance.status).to.equal('completed');
  });

  it('with nothing to undo it goes on at once', async () => {
    const body =
      ends +
      users('a z') +
      undoing('a') +
      throwing('t', compensation()) +
      exclusive('x', 'x_t') +
      path('s x') +
      flow('x', 'a', 'false') +
      flow('x', 't') +
      path('a e') +
      path('t z e').replace('id="z_e"', 'id="z_e2"');
    const instance = await begin(body);
    expect(instance.open).to.equal('z');
  });

  it('an end event waits for it before it ends', async () => {
    const body = start() + users('a') + undoing('a') + end('e', compensation()) + path('s a e');
    const instance = await begin(body);
    instance.complete('a');
    expect(instance.status).to.equal('active');
    expect(instance.nodes('endEventReached')).to.equal('');
    instance.complete('undo_a');
    expect(instance.status).to.equal('completed');
    expect(instance.nodes('endEventReached')).to.equal('e');
  });

  it('a completed sub-process is undone from the inside, as a whole in its turn', async () => {
    const inner = start('s1') + users('b c') + undoing('b') + undoing('c') + end('e1') + path('s1 b c e1');
    const body =
      ends +
      users('a d') +
      undoing('a') +
      undoing('d') +
      subProcess('x', inner) +
      throwing('t', compensation()) +
      path('s a x d t e');
    const instance = await begin(body);
    for (const node of ['a', 'b', 'c', 'd']) instance.complete(node);
    expect(undoAll(instance)).to.equal('undo_d undo_c undo_b undo_a');
    expect(instance.status).to.equal('completed');
  });

  it('inside a sub-process only that is undone, and not again later', async () => {
    const inner =
      start('s1') +
      users('b') +
      undoing('b') +
      throwing('ti', compensation()) +
      end('e1') +
      path('s1 b ti e1');
    const body =
      ends +
      users('a') +
      undoing('a') +
      subProcess('x', inner) +
      throwing('t', compensation()) +
      path('s a x t e');
    const instance = await begin(body);
    instance.complete('a');
    instance.complete('b');
    expect(undoAll(instance)).to.equal('undo_b undo_a');
    expect(instance.status).to.equal('completed');
  });

  it('a handler of the sub-process goes before what was completed in it', async () => {
    const inner = start('s1') + users('b') + undoing('b') + end('e1') + path('s1 b e1');
    const body =
      ends + subProcess('x', inner) + undoing('x') + throwing('t', compensation('x')) + path('s x t e');
    const instance = await begin(body);
    instance.complete('b');
    expect(undoAll(instance)).to.equal('undo_x');
    expect(instance.status).to.equal('completed');
  });

  it('a compensation event sub-process decides itself what is undone', async () => {
    const own = eventSubProcess(
      'h',
      compensation(),
      users('undo_first') +
        throwing('th', compensation('b')) +
        users('undo_last') +
        end('eh') +
        path('s_h undo_first th undo_last eh'),
    );
    const inner =
      start('s1') + users('b c') + undoing('b') + undoing('c') + own + end('e1') + path('s1 b c e1');
    const body = ends + subProcess('x', inner) + throwing('t', compensation()) + path('s x t e');
    const instance = await begin(body);
    instance.complete('b');
    instance.complete('c');
    expect(undoAll(instance)).to.equal('undo_first undo_b undo_last');
    expect(instance.status).to.equal('completed');
  });

  it('a sub-process that was interrupted was not completed', async () => {
    const inner = start('s1') + users('b') + service('d') + undoing('b') + end('e1') + path('s1 b d e1');
    const body =
      ends +
      subProcess('x', inner) +
      boundary('y', 'x', error('E')) +
      throwing('t', compensation()) +
      path('s x e') +
      path('y t e').replace('id="t_e"', 'id="t_e2"');
    const instance = await begin(body, { declarations: errors('E') });
    instance.complete('b');
    instance.throwError('d', 'E');
    expect(instance.status).to.equal('completed');
    expect(instance.nodes('compensationStarted')).to.equal('');
  });

  it('an error event sub-process undoes what was completed beside it', async () => {
    const handler = eventSubProcess(
      'h',
      error('E'),
      throwing('th', compensation()) + end('eh') + path('s_h th eh'),
    );
    const inner =
      start('s1') + users('b') + service('d') + undoing('b') + handler + end('e1') + path('s1 b d e1');
    const instance = await begin(ends + users('z') + subProcess('x', inner) + path('s x z e'), {
      declarations: errors('E'),
    });
    instance.complete('b');
    instance.throwError('d', 'E');
    expect(undoAll(instance)).to.equal('undo_b');
    expect(instance.open).to.equal('z');
  });

  it('each instance of an activity is undone with its own data', async () => {
    const body =
      ends +
      element('userTask', 'a', multiple({ collection: 'names', as: 'name' })) +
      undoing('a') +
      throwing('t', compensation()) +
      path('s a t e');
    const instance = await begin(body, { variables: { names: ['x', 'y'] } });
    instance.complete('a', {}, 0);
    instance.complete('a', {}, 0);
    const seen = () =>
      instance.effects.flatMap((effect) => (effect.type === 'taskCreated' ? [effect.variables.name] : []));
    expect(seen()).to.deep.equal(['y']);
    instance.complete('undo_a');
    expect(seen()).to.deep.equal(['x']);
    instance.complete('undo_a');
    expect(instance.status).to.equal('completed');
  });

  it('what is interrupted while it undoes leaves nothing behind', async () => {
    const inner =
      start('s1') +
      users('b') +
      undoing('b') +
      throwing('ti', compensation()) +
      end('e1') +
      path('s1 b ti e1');
    const body =
      ends +
      users('z') +
      subProcess('x', inner) +
      boundary('y', 'x', message('M')) +
      path('s x e') +
      path('y z');
    const instance = await begin(body, { declarations: messages('M') });
    instance.complete('b');
    expect(instance.open).to.equal('undo_b');
    instance.send('M');
    expect(instance.open).to.equal('z');
    expect(instance.nodes('taskCancelled')).to.equal('undo_b');
  });

  it('a handler may be a sub-process, or have instances', async () => {
    const flowOf = start('sh') + users('undo_1 undo_2') + end('eh') + path('sh undo_1 undo_2 eh');
    const body =
      ends +
      users('a b') +
      undoing('a', 'h', 'subProcess', flowOf) +
      undoing('b', 'undo_b', 'userTask', multiple({ cardinality: '2', sequential: true })) +
      throwing('t', compensation()) +
      path('s a b t e');
    const instance = await begin(body);
    instance.complete('a');
    instance.complete('b');
    instance.complete('undo_b');
    instance.complete('undo_b');
    expect(undoAll(instance)).to.equal('undo_1 undo_2');
    expect(instance.status).to.equal('completed');
  });
});
