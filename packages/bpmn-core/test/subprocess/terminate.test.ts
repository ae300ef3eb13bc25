import { expect } from 'chai';
import {
  after,
  boundary,
  cancel,
  catching,
  compensation,
  element,
  end,
  ends,
  eventSubProcess,
  message,
  messages,
  multiple,
  parallel,
  path,
  repeat,
  service,
  start,
  subProcess,
  terminate,
  throwing,
  transaction,
  undoing,
  users,
} from '../support/diagram.ts';
import { begin } from '../support/instance.ts';

const declarations = messages('M');
/** Two branches: one runs, the other can be ended with it by completing `stop`. */
const stoppable = (branch: string, first: string) =>
  start('s1') +
  parallel('f') +
  users('stop') +
  end('t1', terminate) +
  path('s1 f stop t1') +
  branch +
  path(`f ${first}`);

describe('Terminate end events in nested flows (clauses 10.5.3 and 13.5.6)', () => {
  it('end the sub-process, which completes, and nothing around it', async () => {
    const body =
      ends +
      parallel('g') +
      users('beside next') +
      subProcess('p', stoppable(users('w'), 'w')) +
      path('s g p next e') +
      path('g beside');
    const instance = await begin(body);
    instance.complete('stop');
    expect(instance.open).to.equal('beside next');
    expect(instance.nodes('taskCancelled')).to.equal('w');
    expect(instance.nodes('flowNodeLeft')).to.match(/t1 p$/);
  });

  it('end all that is nested deeper: sub-processes, jobs, calls, timers', async () => {
    const deep = subProcess(
      'q',
      start('s2') +
        parallel('h') +
        service('j') +
        element('callActivity', 'c', '', 'calledElement="visit"') +
        catching('w', after('P1D')) +
        path('s2 h j') +
        path('h c') +
        path('h w') +
        end('e2') +
        path('w e2'),
    );
    const instance = await begin(
      ends + subProcess('p', stoppable(deep, 'q')) + users('next') + path('s p next e'),
    );
    instance.complete('stop');
    expect(instance.open).to.equal('next');
    expect([
      instance.nodes('jobCancelled'),
      instance.nodes('callCancelled'),
      instance.nodes('timerCancelled'),
    ]).to.deep.equal(['j', 'c', 'w']);
  });

  it('in the inner of two sub-processes leave the outer one running', async () => {
    const outer =
      start('s0') +
      parallel('k') +
      users('v') +
      subProcess('p', stoppable(users('w'), 'w')) +
      path('s0 k p') +
      path('k v');
    const instance = await begin(ends + subProcess('o', outer) + path('s o e'));
    instance.complete('stop');
    expect(instance.open).to.equal('v');
  });

  for (const [what, loop] of [
    ['instances in a sequence', multiple({ cardinality: '2', sequential: true })],
    ['iterations', repeat({ maximum: 2 })],
  ] as const) {
    it(`end one of several ${what}: the next begins`, async () => {
      const body =
        ends +
        element('subProcess', 'p', stoppable(users('w'), 'w') + loop) +
        users('next') +
        path('s p next e');
      const instance = await begin(body);
      instance.complete('stop');
      expect(instance.open).to.equal('stop w');
      instance.complete('stop');
      expect(instance.open).to.equal('next');
    });
  }

  it('end what event sub-processes run, and what is awaited for them', async () => {
    const more =
      eventSubProcess('h', message('M'), users('v') + end('eh') + path('s_h v eh'), false) +
      eventSubProcess('k', after('P1D'), users('u') + end('ek') + path('s_k u ek'));
    const body =
      ends + subProcess('p', stoppable(users('w') + more, 'w')) + users('next') + path('s p next e');
    const instance = await begin(body, { declarations });
    instance.send('M');
    instance.complete('stop');
    expect(instance.open).to.equal('next');
    expect(instance.nodes('taskCancelled')).to.equal('w v');
    expect(instance.nodes('timerCancelled')).to.equal('s_k');
  });

  it('end a transaction as completed: nothing is undone, but it can be later', async () => {
    const inner =
      start('s1') +
      users('a stop') +
      undoing('a') +
      end('t1', terminate) +
      end('no', cancel) +
      element('exclusiveGateway', 'x', '', 'default="x_t1"') +
      path('s1 a stop x t1') +
      '<bpmn:sequenceFlow id="x_no" sourceRef="x" targetRef="no"><bpmn:conditionExpression>false</bpmn:conditionExpression></bpmn:sequenceFlow>';
    const body =
      ends +
      transaction('p', inner) +
      boundary('y', 'p', cancel) +
      end('ey') +
      users('next') +
      throwing('t', compensation()) +
      path('s p next t e') +
      path('y ey');
    const instance = await begin(body);
    instance.complete('a');
    instance.complete('stop');
    expect(instance.open).to.equal('next');
    instance.complete('next');
    expect(instance.open).to.equal('undo_a');
  });

  it('end a compensation that is under way', async () => {
    const inner = stoppable(
      users('a') + undoing('a') + throwing('t', compensation()) + path('a t') + end('e1') + path('t e1'),
      'a',
    );
    const instance = await begin(ends + subProcess('p', inner) + users('next') + path('s p next e'));
    instance.complete('a');
    expect(instance.open).to.equal('stop undo_a');
    instance.complete('stop');
    expect(instance.open).to.equal('next');
    expect(instance.nodes('taskCancelled')).to.equal('undo_a');
  });

  it('of the process end a compensation and all that is noted', async () => {
    const body =
      start() +
      parallel('f') +
      users('a stop') +
      undoing('a') +
      throwing('t', compensation()) +
      end('e') +
      end('t1', terminate) +
      path('s f a t e') +
      path('f stop t1');
    const instance = await begin(body);
    instance.complete('a');
    instance.complete('stop');
    expect(instance.status).to.equal('terminated');
    expect(instance.nodes('taskCancelled')).to.equal('undo_a');
  });

  it('cancel an incident in their sub-process', async () => {
    const instance = await begin(ends + subProcess('p', stoppable(service('j'), 'j')) + path('s p e'));
    instance.do({ type: 'failJob', id: instance.work('j'), message: 'no' });
    instance.complete('stop');
    expect(instance.nodes('incidentResolved')).to.equal('j');
    expect(instance.status).to.equal('completed');
  });
});
