import { expect } from 'chai';
import {
  after,
  boundary,
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
  mapping,
  message,
  messages,
  multiple,
  path,
  repeat,
  start,
  subProcess,
  throwing,
  undoing,
  users,
} from '../support/diagram.ts';
import { begin, type Instance } from '../support/instance.ts';

const declarations = messages('M') + errors('E') + escalations('X');
const last = (instance: Instance, name: string) =>
  instance.effects.flatMap((each) => (each.type === 'taskCreated' ? [each.variables[name]] : []));
const undone = (activity: string, more = '', ref?: string) =>
  ends + activity + more + throwing('t', compensation(ref)) + users('z') + path('s a t z e');
const once = start('s1') + users('b') + undoing('b') + end('e1') + path('s1 b e1');

describe('Compensation of activities that loop (clauses 10.7.1 and 13.5.5)', () => {
  it('each iteration of a standard loop is undone, the last first, with its own counter', async () => {
    const instance = await begin(undone(users('a', repeat({ maximum: 3 })) + undoing('a')));
    for (let round = 0; round < 3; round++) instance.complete('a');
    for (const counter of [3, 2, 1]) {
      expect(last(instance, 'loopCounter')).to.deep.equal([counter]);
      instance.complete('undo_a');
    }
    expect(instance.open).to.equal('z');
  });

  it('each iteration of a sub-process is undone from the inside', async () => {
    const instance = await begin(undone(element('subProcess', 'a', once + repeat({ maximum: 2 }))));
    instance.complete('b');
    instance.complete('b');
    expect(last(instance, 'loopCounter')).to.deep.equal([2]);
    instance.complete('undo_b');
    expect(last(instance, 'loopCounter')).to.deep.equal([1]);
    instance.complete('undo_b');
    expect(instance.open).to.equal('z');
  });

  it('each instance undoes itself, in the order in which they were completed', async () => {
    const own = eventSubProcess('h', compensation(), users('undo') + end('eh') + path('s_h undo eh'));
    const sub = element('subProcess', 'a', once + own + multiple({ collection: 'names', as: 'name' }));
    const instance = await begin(undone(sub), { variables: { names: ['x', 'y'] } });
    instance.complete('b', {}, 1);
    instance.complete('b');
    expect(last(instance, 'name')).to.deep.equal(['x']);
    instance.complete('undo');
    expect(last(instance, 'name')).to.deep.equal(['y']);
    instance.complete('undo');
    expect(instance.open).to.equal('z');
  });

  it('a handler on the whole of a sub-process with instances runs once for each', async () => {
    const sub = element(
      'subProcess',
      'a',
      once + multiple({ collection: 'names', as: 'name', sequential: true }),
    );
    const instance = await begin(undone(sub + undoing('a'), '', 'a'), { variables: { names: ['x', 'y'] } });
    instance.complete('b');
    instance.complete('b');
    expect(last(instance, 'name')).to.deep.equal(['y']);
    instance.complete('undo_a');
    expect(last(instance, 'name')).to.deep.equal(['x']);
    instance.complete('undo_a');
    expect(instance.open).to.equal('z');
  });

  it('instances that a completion condition has cancelled were not completed', async () => {
    const until = multiple({ cardinality: '3', until: 'numberOfCompletedInstances = 1' });
    const instance = await begin(undone(users('a', until) + undoing('a')));
    instance.complete('a', {}, 1);
    expect(last(instance, 'loopCounter')).to.deep.equal([2]);
    instance.complete('undo_a');
    expect(instance.open).to.equal('z');
  });

  it('instances that were completed before the activity was interrupted are undone', async () => {
    const body =
      ends +
      users('a', multiple({ cardinality: '3' })) +
      undoing('a') +
      boundary('b', 'a', message('M')) +
      throwing('t', compensation()) +
      users('z') +
      path('s a e') +
      path('b t z');
    const instance = await begin(body, { declarations });
    instance.complete('a');
    instance.send('M');
    expect(instance.open).to.equal('undo_a');
    instance.complete('undo_a');
    expect(instance.open).to.equal('z');
  });

  it('thrown inside an instance undoes what that instance did', async () => {
    const inner =
      start('s1') +
      users('b c') +
      undoing('b') +
      throwing('ti', compensation()) +
      end('e1') +
      path('s1 b c ti e1');
    const sub = element('subProcess', 'a', inner + multiple({ collection: 'names', as: 'name' }));
    const instance = await begin(ends + sub + path('s a e'), { variables: { names: ['x', 'y'] } });
    instance.complete('b');
    instance.complete('b');
    instance.complete('c', {}, 1);
    expect(last(instance, 'name')).to.deep.equal(['y']);
    expect(instance.open).to.equal('c undo_b');
  });

  it('what loops around a compensation is noted again each time', async () => {
    const body =
      ends +
      users('a') +
      undoing('a') +
      throwing('t', compensation()) +
      exclusive('m') +
      exclusive('x', 'x_e') +
      path('s m a t x e') +
      flow('x', 'm', 'again');
    const instance = await begin(body, { variables: { again: true } });
    instance.complete('a');
    instance.complete('undo_a');
    instance.complete('a', { again: false });
    expect(instance.open).to.equal('undo_a');
    instance.complete('undo_a');
    expect(instance.status).to.equal('completed');
    expect(instance.nodes('compensationStarted')).to.equal('a a');
  });
});

describe('Compensation handlers (clauses 10.7.1 and 13.5.5)', () => {
  const handled = (handler: string) =>
    undone(
      users('a') +
        boundary('c_a', 'a', compensation()) +
        handler +
        element('association', 'c', '', 'sourceRef="c_a" targetRef="h"'),
    );

  it('a call activity calls, and is waited for', async () => {
    const instance = await begin(
      handled(element('callActivity', 'h', '', 'calledElement="refund" isForCompensation="true"')),
    );
    instance.complete('a');
    expect(instance.effects.find(({ type }) => type === 'callRequested')).to.include({ process: 'refund' });
    instance.complete('h');
    expect(instance.open).to.equal('z');
  });

  it('a standard loop repeats before the next is undone', async () => {
    const instance = await begin(
      handled(element('userTask', 'h', repeat({ maximum: 2 }), 'isForCompensation="true"')),
    );
    instance.complete('a');
    instance.complete('h');
    expect(instance.open).to.equal('h');
    instance.complete('h');
    expect(instance.open).to.equal('z');
  });

  it('a job that fails is an incident that can be retried, and the rest waits', async () => {
    const instance = await begin(handled(element('serviceTask', 'h', '', 'isForCompensation="true"')));
    instance.complete('a');
    instance.do({ type: 'failJob', id: instance.work('h'), message: 'no' });
    expect(instance.incidents).to.equal('h');
    instance.retry('h');
    instance.complete('h');
    expect(instance.open).to.equal('z');
  });

  it('a message is received by a handler that waits for one', async () => {
    const instance = await begin(
      handled(element('receiveTask', 'h', '', 'messageRef="M" isForCompensation="true"')),
      { declarations },
    );
    instance.complete('a');
    instance.send('M');
    expect(instance.open).to.equal('z');
  });

  it('mappings give it variables of its own, and take its outputs', async () => {
    const h = element(
      'userTask',
      'h',
      mapping({ amount: '=fee' }, { refunded: '=amount' }),
      'isForCompensation="true"',
    );
    const instance = await begin(handled(h), { variables: { fee: 7 } });
    instance.complete('a');
    instance.complete('h');
    expect(instance.variables).to.deep.equal({ fee: 7, refunded: 7 });
  });

  it('what completes inside a handler is not undone itself', async () => {
    const inner = start('sh') + users('b') + undoing('b') + end('eh') + path('sh b eh');
    const body =
      handled(element('subProcess', 'h', inner, 'isForCompensation="true"')).replace(flow('z', 'e'), '') +
      throwing('u', compensation()) +
      path('z u e');
    const instance = await begin(body);
    for (const node of ['a', 'b', 'z']) instance.complete(node);
    expect(instance.status).to.equal('completed');
  });

  it('nor what completes inside a handler that loops', async () => {
    const inner =
      start('sh') + users('b') + undoing('b') + end('eh') + path('sh b eh') + repeat({ maximum: 2 });
    const body =
      handled(element('subProcess', 'h', inner, 'isForCompensation="true"')).replace(flow('z', 'e'), '') +
      throwing('u', compensation()) +
      path('z u e');
    const instance = await begin(body);
    for (const node of ['a', 'b', 'b', 'z']) instance.complete(node);
    expect(instance.status).to.equal('completed');
  });

  it('an event inside a handler undoes what was completed in the handler', async () => {
    const inner =
      start('sh') +
      users('b') +
      undoing('b') +
      throwing('th', compensation()) +
      end('eh') +
      path('sh b th eh');
    const instance = await begin(handled(element('subProcess', 'h', inner, 'isForCompensation="true"')));
    instance.complete('a');
    instance.complete('b');
    expect(instance.open).to.equal('undo_b');
    instance.complete('undo_b');
    expect(instance.open).to.equal('z');
  });

  it('an error of a handler that nothing catches fails the instance', async () => {
    const instance = await begin(undone(users('a') + undoing('a')), { declarations });
    instance.complete('a');
    instance.throwError('undo_a', 'E');
    expect(instance.status).to.equal('failed');
  });

  it('an error of a handler is caught by an event sub-process beside it', async () => {
    const h = eventSubProcess('h', error('E'), users('mend') + end('eh') + path('s_h mend eh'));
    const instance = await begin(undone(users('a') + undoing('a'), h), { declarations });
    instance.complete('a');
    instance.throwError('undo_a', 'E');
    expect(instance.open).to.equal('mend');
  });

  it('an escalation of a handler is caught beside it, and the handler goes on', async () => {
    const h = eventSubProcess('h', escalation('X'), users('look') + end('eh') + path('s_h look eh'), false);
    const instance = await begin(undone(users('a') + undoing('a'), h), { declarations });
    instance.complete('a');
    instance.escalate('undo_a', 'X');
    expect(instance.open).to.equal('look undo_a');
  });

  it('a timer on the sub-process in which something is undone interrupts that', async () => {
    const inner =
      start('s1') +
      users('b') +
      undoing('b') +
      throwing('ti', compensation()) +
      end('e1') +
      path('s1 b ti e1');
    const body =
      ends +
      subProcess('a', inner) +
      boundary('late', 'a', after('P1D')) +
      users('z') +
      path('s a e') +
      path('late z');
    const instance = await begin(body);
    instance.complete('b');
    instance.fire('late');
    expect(instance.open).to.equal('z');
    expect(instance.nodes('taskCancelled')).to.equal('undo_b');
  });

  it('two events undo side by side, neither what the other does', async () => {
    const body =
      ends +
      users('a b') +
      undoing('a') +
      undoing('b') +
      element('parallelGateway', 'f') +
      throwing('t', compensation('a')) +
      throwing('u', compensation()) +
      path('s a b f t e') +
      path('f u') +
      end('e2') +
      path('u e2');
    const instance = await begin(body);
    instance.complete('a');
    instance.complete('b');
    expect(instance.open).to.equal('undo_a undo_b');
    instance.complete('undo_a');
    instance.complete('undo_b');
    expect(instance.status).to.equal('completed');
  });
});
