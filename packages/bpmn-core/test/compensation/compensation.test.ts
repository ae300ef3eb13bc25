import { expect } from 'chai';
import {
  boundary,
  cancel,
  compensation,
  element,
  end,
  ends,
  error,
  errors,
  escalation,
  escalations,
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
  transaction,
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

describe('Compensation (clauses 10.7.1, 10.7.2 and 13.5.5)', () => {
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

  describe('interrupted before all is undone', () => {
    const two = users('a b') + undoing('a') + undoing('b') + throwing('t', compensation());

    it('an event sub-process still undoes what was not, and not again what had begun to be', async () => {
      const handler = eventSubProcess(
        'h',
        message('M'),
        throwing('u', compensation()) + end('eh') + path('s_h u eh'),
      );
      const instance = await begin(ends + two + path('s a b t e') + handler, { declarations: messages('M') });
      instance.complete('a');
      instance.complete('b');
      expect(instance.open).to.equal('undo_b');
      instance.send('M');
      expect(undoAll(instance)).to.equal('undo_a');
      expect(instance.status).to.equal('completed');
    });

    it('in the order of completion, also of what was not to be undone at first', async () => {
      const handler = eventSubProcess(
        'h',
        message('M'),
        throwing('u', compensation()) + end('eh') + path('s_h u eh'),
      );
      const body =
        ends +
        users('a b') +
        undoing('a') +
        undoing('b') +
        throwing('t', compensation('a')) +
        exclusive('x', 'x_t') +
        exclusive('m') +
        path('s m a b x t e') +
        flow('x', 'm', 'again') +
        handler;
      const instance = await begin(body, { declarations: messages('M'), variables: { again: true } });
      for (const again of [true, false]) {
        instance.complete('a');
        instance.complete('b', { again });
      }
      expect(instance.open).to.equal('undo_a');
      instance.send('M');
      expect(undoAll(instance)).to.equal('undo_b undo_b undo_a');
    });

    it('a transaction that is cancelled undoes the rest', async () => {
      const inner =
        start('s1') +
        two +
        parallel('f') +
        users('c') +
        end('no', cancel) +
        end('e1') +
        path('s1 a b f t e1') +
        path('f c no');
      const body =
        ends +
        users('z') +
        transaction('x', inner) +
        boundary('y', 'x', cancel) +
        path('s x e') +
        path('y z');
      const instance = await begin(body);
      instance.complete('a');
      instance.complete('b');
      expect(instance.open).to.equal('c undo_b');
      instance.complete('c');
      expect(undoAll(instance)).to.equal('undo_a');
      expect(instance.open).to.equal('z');
    });
  });

  describe('of a completed sub-process, which is no longer active', () => {
    const inner = (more = '') => start('s1') + users('b') + undoing('b') + end('e1') + path('s1 b e1') + more;
    const around = (sub: string, events: string) =>
      ends + users('z') + sub + events + throwing('t', compensation()) + path('s x t e');

    it('its boundary events do not catch what its handlers throw', async () => {
      const body = around(subProcess('x', inner()), boundary('y', 'x', error('E')) + path('y z'));
      const instance = await begin(body, { declarations: errors('E') });
      instance.complete('b');
      instance.throwError('undo_b', 'E');
      expect(instance.status).to.equal('failed');
    });

    it('nor do its event sub-processes, but what is around does', async () => {
      const beside = (id: string, task: string) =>
        eventSubProcess(id, error('E'), users(task) + end(`e_${id}`) + path(`s_${id} ${task} e_${id}`));
      const body = around(subProcess('x', inner(beside('h', 'inside'))), beside('g', 'outside'));
      const instance = await begin(body.replace(users('z'), ''), { declarations: errors('E') });
      instance.complete('b');
      instance.throwError('undo_b', 'E');
      expect(instance.open).to.equal('outside');
    });

    it('nor does either catch an escalation', async () => {
      const beside = eventSubProcess('h', escalation('X'), end('eh') + path('s_h eh'), false);
      const body = around(
        subProcess('x', inner(beside)),
        boundary('y', 'x', escalation('X'), false) + path('y z'),
      );
      const instance = await begin(body, { declarations: escalations('X') });
      instance.complete('b');
      instance.escalate('undo_b', 'X');
      expect(instance.effects.find(({ type }) => type === 'escalationThrown')).to.include({ caughtBy: null });
      expect(undoAll(instance)).to.equal('undo_b');
    });

    it('what it completed is kept while it cannot be left, and undone later', async () => {
      const body =
        ends +
        subProcess('x', inner()) +
        throwing('t', compensation()) +
        path('s x') +
        flow('x', 't', 'go') +
        path('t e');
      const instance = await begin(body);
      instance.complete('b');
      expect(instance.incidents).to.equal('x');
      instance.retry('x', { go: true });
      expect(undoAll(instance)).to.equal('undo_b');
      expect(instance.status).to.equal('completed');
    });

    it('the conditions on its flows are not asked again', async () => {
      const body =
        ends +
        subProcess('x', inner()) +
        throwing('t', compensation()) +
        path('s x') +
        flow('x', 't', 'go') +
        path('t e');
      const instance = await begin(body, { variables: { go: true } });
      instance.complete('b');
      instance.complete('undo_b', { go: false });
      expect(instance.status).to.equal('completed');
    });
  });
});
