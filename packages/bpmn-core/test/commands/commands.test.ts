import { expect } from 'chai';
import { compile, step } from '../../src/index.ts';
import {
  after,
  boundary,
  diagram,
  end,
  ends,
  message,
  messages,
  multiple,
  path,
  service,
  start,
  users,
} from '../support/diagram.ts';
import { begin, prepare } from '../support/instance.ts';

describe('Commands', () => {
  describe('start', () => {
    it('begins an instance with variables', async () => {
      const instance = await begin(ends + users('a') + path('s a e'), { variables: { v: 1 } });
      expect(instance.state).to.include({ schema: 1, status: 'active', process: 'P' });
      expect(instance.variables).to.deep.equal({ v: 1 });
    });

    it('is refused twice', async () => {
      const instance = await begin(ends + users('a') + path('s a e'));
      expect(instance.refusal({ type: 'start' })).to.equal('ALREADY_STARTED');
    });

    it('names the process, if it names any', async () => {
      const instance = await prepare(ends + users('a') + path('s a e'));
      expect(instance.refusal({ type: 'start', process: 'Q' })).to.equal('UNKNOWN_PROCESS');
      instance.do({ type: 'start', process: 'P' });
      expect(instance.open).to.equal('a');
    });

    it('comes first', async () => {
      const instance = await prepare(ends + users('a') + path('s a e'));
      for (const command of [
        { type: 'completeTask', id: 'task1' },
        { type: 'completeJob', id: 'job1' },
        { type: 'failJob', id: 'job1', message: '' },
        { type: 'throwError', id: 'job1', code: '' },
        { type: 'retry', id: 'incident1' },
        { type: 'fireTimer', id: 'timer1' },
        { type: 'setVariables', variables: {} },
        { type: 'cancel' },
        { type: 'moveToken', token: 1, node: 'a' },
        { type: 'addToken', node: 'a' },
        { type: 'cancelToken', token: 1 },
      ] as const) {
        expect(instance.refusal(command)).to.equal('NOT_STARTED');
      }
    });
  });

  it('a state runs on its own definition only', async () => {
    const one = await compile(diagram(ends + users('a') + path('s a e')));
    const other = await compile(diagram(ends + users('b') + path('s b e')));
    const { state } = step(one, null, { type: 'start' }, { now: 0 });
    expect(() => step(other, state, { type: 'cancel' }, { now: 0 }))
      .to.throw()
      .with.property('code', 'DEFINITION_MISMATCH');
  });

  it('what does not wait cannot be moved', async () => {
    const instance = await begin(ends + users('a') + service('j') + path('s a j e'));
    const id = instance.work('a');
    for (const command of [
      { type: 'completeTask', id: 'task99' },
      { type: 'completeJob', id },
      { type: 'failJob', id, message: '' },
      { type: 'retry', id },
      { type: 'throwError', id: 'task99', code: 'E' },
      { type: 'fireTimer', id: 'timer99' },
    ] as const) {
      expect(instance.refusal(command)).to.equal('NOT_WAITING');
    }
  });

  describe('failJob and retry', () => {
    const body =
      ends + service('j') + boundary('t', 'j', after('PT1H')) + end('late') + path('s j e') + path('t late');

    it('a job that fails becomes an incident, and a new job when it is retried', async () => {
      const instance = await begin(body);
      const first = instance.work('j');
      instance.do({ type: 'failJob', id: first, message: 'the printer is down' });
      expect(instance.effects).to.deep.equal([
        {
          type: 'incidentRaised',
          id: 'incident4',
          flowNode: 'j',
          code: 'JOB_FAILED',
          message: 'the printer is down',
        },
      ]);
      expect(instance.state.subscriptions, 'the timer stays armed').to.have.length(1);
      instance.retry('j');
      expect(instance.work('j')).to.match(/^job/).and.not.to.equal(first);
      instance.complete('j');
      expect(instance.status).to.equal('completed');
      expect(instance.nodes('timerScheduled')).to.equal('t');
    });

    it('an interrupting timer resolves the incident', async () => {
      const instance = await begin(body);
      instance.do({ type: 'failJob', id: instance.work('j'), message: 'x' });
      instance.fire('t');
      expect(instance.nodes('incidentResolved')).to.equal('j');
      expect(instance.status).to.equal('completed');
    });

    it('an instance of a multi-instance job fails by itself', async () => {
      const many = ends + service('j', multiple({ cardinality: '2' })) + path('s j e');
      const instance = await begin(many);
      instance.do({ type: 'failJob', id: instance.work('j', 1), message: 'x' });
      instance.complete('j', {}, 0);
      instance.retry('j');
      expect(instance.effects.at(-1)).to.include({ type: 'jobRequested', instance: 1 });
      instance.complete('j');
      expect(instance.status).to.equal('completed');
    });
  });

  it('setVariables writes the variables of the process and moves nothing', async () => {
    const instance = await begin(ends + users('a') + path('s a e'), { variables: { v: 1, w: 1 } });
    expect(instance.do({ type: 'setVariables', variables: { v: 2 } })).to.deep.equal([
      { type: 'variablesSet', names: ['v'] },
    ]);
    expect(instance.variables).to.deep.equal({ v: 2, w: 1 });
  });

  it('cancel ends everything and says why', async () => {
    const body =
      ends +
      users('a') +
      service('j') +
      boundary('m', 'a', message('M')) +
      boundary('t', 'a', after('P1D')) +
      path('s a e') +
      path('s j e') +
      path('m e') +
      path('t e');
    const instance = await begin(body, { declarations: messages('M') });
    instance.do({ type: 'cancel', reason: 'withdrawn' });
    expect(instance.effects.map((effect) => effect.type)).to.deep.equal([
      'taskCancelled',
      'timerCancelled',
      'jobCancelled',
      'instanceEnded',
    ]);
    expect(instance.effects.at(-1)).to.deep.equal({
      type: 'instanceEnded',
      status: 'cancelled',
      variables: {},
      reason: 'withdrawn',
    });
    expect(instance.status).to.equal('cancelled');
  });

  it('variables named like members of objects are just variables', async () => {
    const variables = JSON.parse('{"__proto__": 1, "constructor": 2, "toString": 3}');
    const instance = await begin(start() + users('a') + end() + path('s a e'), { variables });
    instance.complete('a', JSON.parse('{"__proto__": 4}'));
    expect(JSON.stringify(instance.variables)).to.equal('{"__proto__":4,"constructor":2,"toString":3}');
  });

  it('a flow node named like a member of objects is just a flow node', async () => {
    const instance = await begin(ends + users('constructor') + path('s constructor e'));
    instance.complete('constructor');
    expect(instance.status).to.equal('completed');
  });
});
