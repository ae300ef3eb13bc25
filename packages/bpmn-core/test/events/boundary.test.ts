import { expect } from 'chai';
import {
  after,
  boundary,
  conditional,
  element,
  end,
  ends,
  error,
  errors,
  escalation,
  escalations,
  eventSubProcess,
  mapping,
  message,
  messages,
  multiple,
  parallel,
  path,
  repeat,
  signal,
  signals,
  start,
  subProcess,
  throwing,
  timer,
  users,
} from '../support/diagram.ts';
import { begin } from '../support/instance.ts';

const declarations = messages('M N') + errors('E F') + escalations('X') + signals('S');
const inside = (body: string, more = '') => start('s1') + body + end('e1') + more;
const many = (cardinality = '3', sequential = false) => multiple({ cardinality, sequential });

/** An activity between s and e, an event on it and a task that the event leads to. */
const on = (activity: string, event: string) =>
  ends + activity + event + users('z next') + path('s a next e') + path('b z');

describe('Boundary events (clauses 10.5.4 and 13.5.3)', () => {
  describe('on an activity with several instances', () => {
    it('a non-interrupting one leads on beside all instances, which go on', async () => {
      const body = on(users('a', many()), boundary('b', 'a', message('M'), false));
      const instance = await begin(body, { declarations });
      instance.send('M');
      instance.send('M');
      expect(instance.open).to.equal('a a a z z');
    });

    it('a message goes to the activity once, not once for each instance', async () => {
      const body = on(users('a', many()), boundary('b', 'a', message('M')));
      const instance = await begin(body, { declarations });
      instance.send('M', undefined, { why: 'late' });
      expect(instance.open).to.equal('z');
      expect(instance.variables).to.deep.equal({ why: 'late' });
    });

    it('a timer is scheduled once for a whole sequence', async () => {
      const body = on(users('a', many('3', true)), boundary('b', 'a', after('PT1H')));
      const instance = await begin(body, { declarations });
      instance.complete('a');
      instance.complete('a');
      expect(instance.nodes('timerScheduled')).to.equal('b');
      instance.fire('b');
      expect(instance.open).to.equal('z');
    });

    it('an error in a sequence leaves the instances after it out', async () => {
      const body = on(users('a', many('3', true)), boundary('b', 'a', error('E')));
      const instance = await begin(body, { declarations });
      instance.complete('a');
      instance.throwError('a', 'E');
      expect(instance.open).to.equal('z');
      expect(instance.nodes('taskCreated')).to.equal('a a z');
    });

    const failing = (extra = '') =>
      element(
        'subProcess',
        'a',
        start('s1') + users('w') + end('e1', error('E')) + path('s1 w e1') + extra + many('2'),
      );

    it('an error end event in one instance interrupts all', async () => {
      const instance = await begin(on(failing(), boundary('b', 'a', error('E'))), { declarations });
      instance.complete('w');
      expect(instance.open).to.equal('z');
      expect(instance.nodes('taskCancelled')).to.equal('w');
    });

    it('an error end event in one instance that nothing catches fails the process', async () => {
      const instance = await begin(on(failing(), boundary('b', 'a', error('F'))), { declarations });
      instance.complete('w');
      expect(instance.status).to.equal('failed');
    });

    it('an error that the instance catches itself concerns no other', async () => {
      const own = eventSubProcess('h', error('E'), users('mend') + end('eh') + path('s_h mend eh'));
      const instance = await begin(on(failing(own), boundary('b', 'a', error('E'))), { declarations });
      instance.complete('w');
      expect(instance.open).to.equal('mend w');
      instance.complete('mend');
      instance.complete('w');
      instance.complete('mend');
      expect(instance.open).to.equal('next');
    });

    const asking = element(
      'subProcess',
      'a',
      start('s1') + throwing('t', escalation('X')) + users('w') + end('e1') + path('s1 t w e1') + many('2'),
    );

    it('a non-interrupting escalation is caught from each instance', async () => {
      const instance = await begin(on(asking, boundary('b', 'a', escalation('X'), false)), { declarations });
      expect(instance.open).to.equal('w w z z');
    });

    it('an interrupting escalation cancels the instances that have not begun their flow too', async () => {
      const instance = await begin(on(asking, boundary('b', 'a', escalation('X'))), { declarations });
      expect(instance.open).to.equal('z');
      expect(instance.nodes('escalationThrown')).to.equal('t');
    });

    it('a condition sees the process, and no element of an instance', async () => {
      const activity = users('a', multiple({ collection: 'names', as: 'name' }));
      const body = on(activity, boundary('b', 'a', conditional('name = "x"')));
      const instance = await begin(body, { variables: { names: ['x'] } });
      expect(instance.open).to.equal('a');
      instance.set({ name: 'x' });
      expect(instance.open).to.equal('z');
    });

    it('an error of one called process cancels the calls of the others', async () => {
      const call = element('callActivity', 'a', multiple({ cardinality: '3' }), 'calledElement="visit"');
      const instance = await begin(on(call, boundary('b', 'a', error('E'))), { declarations });
      instance.complete('a');
      instance.throwError('a', 'E', { reason: 'closed' });
      expect(instance.nodes('callCancelled')).to.equal('a a');
      expect(instance.open).to.equal('z');
      expect(instance.variables).to.deep.equal({ reason: 'closed' });
    });

    it('an escalation of one called process leaves it and the others open', async () => {
      const call = element('callActivity', 'a', multiple({ cardinality: '2' }), 'calledElement="visit"');
      const instance = await begin(on(call, boundary('b', 'a', escalation('X'), false)), { declarations });
      instance.escalate('a', 'X');
      expect(instance.open).to.equal('a a z');
      instance.complete('a');
      instance.complete('a');
      expect(instance.open).to.equal('next z');
    });
  });

  describe('what they see', () => {
    it('a condition on a sub-process sees the element of the instance around it', async () => {
      const inner = subProcess('p', start('s2') + users('w') + end('e2') + path('s2 w e2'));
      const body =
        ends +
        element(
          'subProcess',
          'a',
          start('s1') +
            inner +
            boundary('b', 'p', conditional('urgent and name = "x"')) +
            users('z') +
            end('e1') +
            end('e3') +
            path('s1 p e1') +
            path('b z e3') +
            multiple({ collection: 'names', as: 'name' }),
        ) +
        path('s a e');
      const instance = await begin(body, { variables: { names: ['x', 'y'], urgent: false } });
      expect(instance.open).to.equal('w w');
      instance.set({ urgent: true });
      expect(instance.open).to.equal('w z');
    });

    it('a condition on an activity does not see its inputs', async () => {
      const body = on(users('a', mapping({ n: '=5' })), boundary('b', 'a', conditional('n = 5')));
      const instance = await begin(body);
      expect(instance.open).to.equal('a');
      instance.set({ n: 5 });
      expect(instance.open).to.equal('z');
    });

    it('of several that must all occur, what each brings goes around the activity', async () => {
      const all = element(
        'boundaryEvent',
        'b',
        message('M') + message('N'),
        'attachedToRef="a" cancelActivity="true" parallelMultiple="true"',
      );
      const body = on(users('a', mapping({ n: '=5' }, { out: '=n' })), all);
      const instance = await begin(body, { declarations });
      instance.send('M', undefined, { first: 1 });
      instance.send('N', undefined, { n: 2 });
      expect(instance.open).to.equal('z');
      expect(instance.variables).to.deep.equal({ first: 1, n: 2 });
    });

    it('a timer is worked out from what there is when the activity begins', async () => {
      const body = on(users('a'), boundary('b', 'a', timer('timeDuration', '=wait')));
      const instance = await begin(body, { variables: { wait: 'PT1H' } });
      const { due } = instance.timer('b');
      instance.set({ wait: 'PT5H' });
      expect(instance.timer('b').due).to.equal(due);
    });
  });

  describe('how long they are awaited', () => {
    it('on a sub-process until its flow is over, event sub-processes included', async () => {
      const more = eventSubProcess('h', message('N'), users('w') + end('eh') + path('s_h w eh'), false);
      const body = on(
        subProcess('a', inside(users('v') + path('s1 v e1'), more)),
        boundary('b', 'a', message('M')),
      );
      const instance = await begin(body, { declarations });
      instance.send('N');
      instance.complete('v');
      expect(instance.open).to.equal('w');
      instance.send('M');
      expect(instance.open).to.equal('z');
    });

    it('on a standard loop also between iterations, and no longer after the last', async () => {
      const body = on(users('a', repeat({ maximum: 2 })), boundary('b', 'a', message('M'), false));
      const instance = await begin(body, { declarations });
      instance.complete('a');
      instance.send('M');
      instance.complete('a');
      expect(instance.refusal({ type: 'correlateMessage', name: 'M' })).to.equal('NO_SUBSCRIPTION');
      expect(instance.open).to.equal('next z');
    });

    it('an activity that is done at once has had its events for no moment', async () => {
      const body = on(element('task', 'a'), boundary('b', 'a', after('PT1H')));
      const instance = await begin(body);
      expect(instance.nodes('timerCancelled')).to.equal('b');
      expect(instance.open).to.equal('next');
    });

    it('no instance at all: they are awaited for no moment', async () => {
      const body = on(users('a', many('0')), boundary('b', 'a', message('M')));
      const instance = await begin(body, { declarations });
      expect(instance.refusal({ type: 'correlateMessage', name: 'M' })).to.equal('NO_SUBSCRIPTION');
      expect(instance.open).to.equal('next');
    });

    it('an outer one ends what an inner one has led to', async () => {
      const inner = users('w v') + boundary('ib', 'w', message('N'), false) + path('s1 w e1') + path('ib v');
      const body = on(subProcess('a', inside(inner)), boundary('b', 'a', message('M')));
      const instance = await begin(body, { declarations });
      instance.send('N');
      expect(instance.open).to.equal('v w');
      instance.send('M');
      expect(instance.open).to.equal('z');
    });
  });

  it('one that waits for a signal catches what its own activity throws, once it is interrupted no more', async () => {
    const inner =
      parallel('f') +
      throwing('t', signal('S')) +
      throwing('u', signal('S')) +
      users('w') +
      path('s1 f t w e1') +
      path('f u');
    const body = on(
      subProcess('a', inside(inner + end('e3') + path('u e3'))),
      boundary('b', 'a', signal('S')),
    );
    const instance = await begin(body, { declarations });
    expect(instance.open).to.equal('z');
    expect(instance.nodes('signalThrown')).to.equal('t');
  });

  it('leads into the same activity again', async () => {
    const body =
      ends +
      users('a') +
      boundary('b', 'a', message('M')) +
      element('exclusiveGateway', 'm') +
      path('s m a e') +
      path('b m');
    const instance = await begin(body, { declarations });
    instance.send('M');
    instance.send('M');
    expect(instance.open).to.equal('a');
    expect(instance.trace).to.equal('s m a b m a b m a');
  });
});
