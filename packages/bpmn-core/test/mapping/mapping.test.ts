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
  extensions,
  flow,
  mapping,
  message,
  messages,
  multiple,
  path,
  repeat,
  script,
  service,
  start,
  subProcess,
  users,
} from '../support/diagram.ts';
import { begin, type Instance } from '../support/instance.ts';

const task = (inputs: Record<string, string>, outputs: Record<string, string> = {}, more = '') =>
  ends + users('a', mapping(inputs, outputs) + more) + users('next') + path('s a next e');

/** The variables of the tasks made so far. */
const seen = (instance: Instance) =>
  instance.history.flatMap((each) => (each.type === 'taskCreated' ? [each.variables] : []));

describe('Input and output mapping (BPMN 2.0.2, 10.4.2)', () => {
  describe('inputs', () => {
    it('are variables that only the activity has', async () => {
      // given
      const instance = await begin(task({ size: '=area * 2', label: 'plain text' }), {
        variables: { area: 5 },
      });
      // then
      expect(seen(instance)).to.deep.equal([{ area: 5, size: 10, label: 'plain text' }]);
      expect(instance.variables).to.deep.equal({ area: 5 });
      // when
      instance.complete('a');
      // then
      expect(seen(instance)[1]).to.deep.equal({ area: 5 });
    });

    it('hide variables of the process, and see those given before them', async () => {
      const instance = await begin(task({ v: '=v + 1', w: '=v * 10' }), { variables: { v: 1 } });
      expect(seen(instance)).to.deep.equal([{ v: 2, w: 20 }]);
      expect(instance.variables).to.deep.equal({ v: 1 });
    });

    it('count as they are when the activity begins', async () => {
      const instance = await begin(task({ copy: '=v' }), { variables: { v: 1 } });
      instance.do({ type: 'setVariables', variables: { v: 2 } });
      expect(instance.tokens('a')[0]?.mapped).to.deep.equal({ copy: 1 });
    });

    it('without outputs, results go where they are seen defined, else to the process', async () => {
      const instance = await begin(task({ copy: '=v' }), { variables: { v: 1 } });
      instance.complete('a', { copy: 7, v: 8, w: 9 });
      expect(instance.variables).to.deep.equal({ v: 8, w: 9 });
    });

    it('are written as camunda:inputOutput too', async () => {
      const parameters =
        '<camunda:inputOutput><camunda:inputParameter name="x"> =v + 1 </camunda:inputParameter>' +
        '<camunda:inputParameter name="y"> text </camunda:inputParameter>' +
        '<camunda:outputParameter name="z">=x + 1</camunda:outputParameter></camunda:inputOutput>';
      const instance = await begin(ends + users('a', extensions(parameters)) + path('s a e'), {
        variables: { v: 1 },
      });
      expect(seen(instance)).to.deep.equal([{ v: 1, x: 2, y: 'text' }]);
      instance.complete('a', { lost: true });
      expect(instance.variables).to.deep.equal({ v: 1, z: 3 });
    });

    it('are evaluated again after an incident, with the events of the activity armed', async () => {
      // given
      const body = task({ x: '=union(v)' }) + boundary('t', 'a', after('PT1H')) + path('t next');
      const instance = await begin(body, { variables: { v: 1 } });
      // then
      expect(instance.effects.at(-1)).to.include({ type: 'incidentRaised', code: 'EXPRESSION_FAILED' });
      expect(instance.timer('t').due).to.be.a('number');
      // when
      instance.retry('a', { v: [[1]] });
      // then
      expect(seen(instance)).to.deep.equal([{ v: [[1]], x: [1] }]);
      expect(instance.nodes('timerScheduled')).to.equal('t');
    });

    it('are not evaluated again when a job is retried', async () => {
      const body = ends + service('a', mapping({ x: '=v' })) + path('s a e');
      const instance = await begin(body, { variables: { v: 1 } });
      instance.do({ type: 'failJob', id: instance.work('a'), message: 'x' });
      instance.retry('a', { v: 2 });
      expect(instance.effects.at(-1)).to.deep.include({ variables: { v: 2, x: 1 } });
    });

    it('are evaluated in each round', async () => {
      const body =
        ends +
        users('a', mapping({ x: '=v' })) +
        exclusive('x', 'x_e') +
        path('s a x') +
        flow('x', 'a', 'v < 3') +
        flow('x', 'e');
      const instance = await begin(body, { variables: { v: 1 } });
      instance.complete('a', { v: 2 });
      instance.complete('a', { v: 3 });
      expect(seen(instance)).to.deep.equal([
        { v: 1, x: 1 },
        { v: 2, x: 2 },
      ]);
      expect(instance.status).to.equal('completed');
    });

    it('are not seen by the boundary events of the activity', async () => {
      const body =
        task({ days: '=duration("P1D")' }) +
        boundary(
          't',
          'a',
          '<bpmn:timerEventDefinition><bpmn:timeDuration>=days</bpmn:timeDuration></bpmn:timerEventDefinition>',
        ) +
        path('t next');
      const instance = await begin(body, { variables: { days: 'P2D' } });
      expect(instance.timer('t').due).to.equal(instance.now + 2 * 86_400_000);
    });

    it('give a receive task its key', async () => {
      const declarations = messages('M', 'camunda:correlationKey="number"');
      const receive = element('receiveTask', 'a', mapping({ number: '=v + 1' }), 'messageRef="M"');
      const instance = await begin(ends + receive + path('s a e'), { declarations, variables: { v: 1 } });
      instance.send('M', 2);
      expect(instance.status).to.equal('completed');
    });

    it('are sent by a send task', async () => {
      const send = element('sendTask', 'a', mapping({ x: '=v' }), 'messageRef="M"');
      const instance = await begin(ends + send + path('s a e'), {
        declarations: messages('M'),
        variables: { v: 1 },
      });
      expect(instance.effects).to.deep.include({
        type: 'messageSent',
        flowNode: 'a',
        name: 'M',
        variables: { v: 1, x: 1 },
      });
    });
  });

  describe('outputs', () => {
    it('are all that is left of what a task brings', async () => {
      const instance = await begin(task({}, { fee: '=amount * 2', paid: 'yes' }), { variables: { v: 1 } });
      instance.complete('a', { amount: 3, v: 9 });
      expect(instance.variables).to.deep.equal({ v: 1, fee: 6, paid: 'yes' });
    });

    it('see the inputs, what was brought, and the outputs before them', async () => {
      const instance = await begin(task({ x: '=v' }, { v: '=x + y', w: '=v * 10' }), { variables: { v: 1 } });
      instance.complete('a', { y: 5 });
      expect(instance.variables).to.deep.equal({ v: 6, w: 60 });
    });

    it('of what was not brought are null', async () => {
      const instance = await begin(task({}, { fee: '=amount' }));
      instance.complete('a');
      expect(instance.variables).to.deep.equal({ fee: null });
    });

    it('take what a message brings', async () => {
      const receive = element('receiveTask', 'a', mapping({}, { paid: '=amount > 0' }), 'messageRef="M"');
      const instance = await begin(ends + receive + path('s a e'), { declarations: messages('M') });
      instance.send('M', undefined, { amount: 5 });
      expect(instance.variables).to.deep.equal({ paid: true });
    });

    it('take the result of a script', async () => {
      const computed = script('a', 'v + 1', 'r').replace(
        '<bpmn:script>',
        `${mapping({ v: '=w' }, { x: '=r' })}$&`,
      );
      const instance = await begin(ends + computed + path('s a e'), { variables: { w: 1 } });
      expect(instance.variables).to.deep.equal({ w: 1, x: 2 });
    });

    it('that fail are an incident after the work: it is not done again, and a retry may correct what it brought', async () => {
      // given
      const instance = await begin(task({}, { all: '=union(parts)', done: '=true' }));
      // when
      instance.complete('a', { parts: 1 });
      // then
      expect(instance.incidents).to.equal('a');
      expect(instance.variables).to.deep.equal({});
      // when
      instance.retry('a', { parts: [[1], [2]] });
      // then
      expect(instance.open).to.equal('next');
      expect(instance.variables).to.deep.equal({ all: [1, 2], done: true });
      expect(instance.nodes('taskCreated')).to.equal('a next');
    });

    it('are given once, though the condition behind them fails and is tried again', async () => {
      const body =
        ends +
        users('a', mapping({ x: '=v' }, { n: '=n + x' })) +
        users('b') +
        path('s a b e').replace('id="a_b"', 'id="plain"') +
        flow('a', 'e', 'go');
      const instance = await begin(body, { variables: { v: 1, n: 10 } });
      instance.complete('a');
      expect(instance.incidents).to.equal('a');
      expect(instance.variables.n).to.equal(11);
      instance.retry('a', { go: false });
      expect(instance.variables.n).to.equal(11);
      expect(instance.open).to.equal('b');
    });

    it('are not given when a boundary event interrupts, whose message goes to the process', async () => {
      const body =
        task({ x: '1' }, { fee: '=amount' }) + boundary('m', 'a', message('M')) + end('x') + path('m x');
      const instance = await begin(body, { declarations: messages('M') });
      instance.send('M', undefined, { why: 'late' });
      expect(instance.variables).to.deep.equal({ why: 'late' });
      expect(instance.status).to.equal('completed');
    });

    it('are not given when an error interrupts, which brings its own variables', async () => {
      const body = task({ why: 'x' }, { fee: '=amount' }) + boundary('b', 'a', error('E')) + path('b next');
      const instance = await begin(body, { declarations: errors('E') });
      instance.throwError('a', 'E', { why: 'broken', amount: 2 });
      expect(instance.variables).to.deep.equal({ why: 'broken', amount: 2 });
      expect(instance.open).to.equal('next');
    });

    it('are not given when nothing catches the error; the instance keeps what it brought', async () => {
      const inner = start('s1') + users('b', mapping({}, { y: '=x' })) + path('s1 b');
      const sub = subProcess('a', mapping({}, { fee: '=amount' }) + inner);
      const instance = await begin(ends + sub + path('s a e'), { declarations: errors('E') });
      instance.throwError('b', 'E', { why: 'broken' });
      expect(instance.status).to.equal('failed');
      expect(instance.variables).to.deep.equal({ why: 'broken' });
    });
  });

  describe('of sub-processes', () => {
    const inner = start('s1') + users('b c') + end('e1') + path('s1 b c e1');
    const sub = (inputs: Record<string, string>, outputs: Record<string, string>, more = '') =>
      ends + subProcess('a', mapping(inputs, outputs) + inner + more) + path('s a e');

    it('all that runs inside sees the inputs, and writes to the sub-process', async () => {
      // given
      const instance = await begin(sub({ x: '=v' }, { sum: '=x + y' }), { variables: { v: 1 } });
      expect(seen(instance)).to.deep.equal([{ v: 1, x: 1 }]);
      // when
      instance.complete('b', { x: 2, y: 3, v: 4 });
      // then
      expect(seen(instance)[1]).to.deep.equal({ v: 4, x: 2, y: 3 });
      expect(instance.variables).to.deep.equal({ v: 1 });
      // when
      instance.complete('c');
      // then
      expect(instance.variables).to.deep.equal({ v: 1, sum: 5 });
      expect(instance.status).to.equal('completed');
    });

    it('an activity inside gives its outputs to the sub-process', async () => {
      const within =
        start('s1') + users('b', mapping({}, { y: '=z' })) + users('c') + end('e1') + path('s1 b c e1');
      const body = ends + subProcess('a', mapping({}, { x: '=y' }) + within) + path('s a e');
      const instance = await begin(body);
      instance.complete('b', { z: 1, lost: 2 });
      expect(seen(instance)[1]).to.deep.equal({ y: 1 });
      instance.complete('c');
      expect(instance.variables).to.deep.equal({ x: 1 });
    });

    it('an error caught inside writes inside', async () => {
      const within =
        start('s1') +
        users('b c') +
        boundary('h', 'b', error('E')) +
        end('e1') +
        path('s1 b e1') +
        path('h c e1');
      const body = ends + subProcess('a', mapping({}, { x: '=why' }) + within) + path('s a e');
      const instance = await begin(body, { declarations: errors('E') });
      instance.throwError('b', 'E', { why: 1 });
      expect(instance.variables).to.deep.equal({});
      instance.complete('c');
      expect(instance.variables).to.deep.equal({ x: 1 });
    });

    it('setVariables writes to the process, past them', async () => {
      const instance = await begin(sub({ x: '1' }, { y: '=x' }));
      instance.do({ type: 'setVariables', variables: { x: 2 } });
      expect(instance.variables).to.deep.equal({ x: 2 });
      instance.complete('b');
      expect(seen(instance)[1]).to.deep.equal({ x: '1' });
    });

    it('each instance of many has its own', async () => {
      const loop = multiple({ collection: 'names', as: 'who' });
      const instance = await begin(
        sub({ label: '=who + string(loopCounter)' }, { last: '=label + mark' }, loop),
        {
          variables: { names: ['x', 'y'] },
        },
      );
      expect(seen(instance).map(({ label }) => label)).to.deep.equal(['x1', 'y2']);
      instance.complete('b', { mark: '!' }, 1);
      instance.complete('c');
      expect(instance.variables.last).to.equal('y2!');
      instance.complete('b', { mark: '?' });
      instance.complete('c');
      expect(instance.variables).to.deep.equal({ names: ['x', 'y'], last: 'x1?' });
      expect(instance.status).to.equal('completed');
    });
  });

  describe('of activities that loop', () => {
    it('outputs come before the completion condition', async () => {
      const loop = multiple({ cardinality: '3', until: 'count >= 2' });
      const instance = await begin(task({ n: '=count' }, { count: '=count + step' }, loop), {
        variables: { count: 0 },
      });
      instance.complete('a', { step: 1 });
      instance.complete('a', { step: 1 });
      expect(instance.variables).to.deep.equal({ count: 2 });
      expect(instance.open).to.equal('next');
    });

    it('a completion condition that fails does not give the outputs again', async () => {
      const loop = multiple({ cardinality: '1', until: 'enough' });
      const instance = await begin(task({}, { n: '=n + 1' }, loop), { variables: { n: 0 } });
      instance.complete('a');
      expect(instance.incidents).to.equal('a');
      instance.retry('a', { enough: true });
      expect(instance.variables).to.deep.equal({ n: 1, enough: true });
    });

    it('a standard loop maps in each iteration', async () => {
      const loop = repeat({ condition: 'n < 3' });
      const instance = await begin(task({ before: '=n' }, { n: '=before + 1' }, loop), {
        variables: { n: 1 },
      });
      instance.complete('a');
      instance.complete('a');
      expect(instance.variables).to.deep.equal({ n: 3 });
      expect(seen(instance).map(({ before }) => before)).to.deep.equal([1, 2, undefined]);
    });

    it('no instance, no mapping', async () => {
      const loop = multiple({ collection: '[]' });
      const instance = await begin(task({ x: '=union(v)' }, { y: '1' }, loop), { variables: { v: 1 } });
      expect(instance.variables).to.deep.equal({ v: 1 });
      expect(instance.open).to.equal('next');
    });
  });

  it('variables named like members of objects are just variables', async () => {
    const body = ends + users('a', mapping({ __proto: '1', constructor: '=2' }, { toString: '=2' }));
    const instance = await begin(body + path('s a e'));
    instance.complete('a', JSON.parse('{"__proto__": 4}'));
    expect(JSON.stringify(instance.variables)).to.equal('{"toString":2}');
  });
});
