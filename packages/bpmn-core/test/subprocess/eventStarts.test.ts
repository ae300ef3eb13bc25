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
  message,
  messages,
  multiple,
  path,
  repeat,
  script,
  service,
  signal,
  signals,
  start,
  subProcess,
  throwing,
  timer,
  users,
} from '../support/diagram.ts';
import { begin, HOUR, T0 } from '../support/instance.ts';

const declarations = messages('M N') + errors('E') + signals('S') + escalations('X Y');
const task = (id: string, name: string) => users(id) + end(`e_${name}`) + path(`s_${name} ${id} e_${name}`);
const line = ends + users('a') + path('s a e');
const inside = (more: string, loop = '') =>
  element('subProcess', 'p', start('s1') + users('a') + end('e1') + path('s1 a e1') + more + loop);
const around = (sub: string, more = '') => ends + sub + users('next') + path('s p next e') + more;

describe('What starts event sub-processes (clauses 10.3.5, 10.5.2 and 13.5.4)', () => {
  describe('timers', () => {
    it('a cycle starts one each time, at its pace, and no more after the last', async () => {
      const instance = await begin(
        line + eventSubProcess('h', timer('timeCycle', 'R3/PT1H'), task('b', 'h'), false),
      );
      for (let round = 1; round <= 3; round++) {
        expect(instance.timer('s_h').due).to.equal(T0 + round * HOUR);
        instance.fire('s_h');
      }
      expect(instance.open).to.equal('a b b b');
      expect(instance.state.subscriptions).to.deep.equal([]);
    });

    it('a cycle ends with the flow that it is in', async () => {
      const cycle = eventSubProcess('h', timer('timeCycle', 'R/PT1H'), task('b', 'h'), false);
      const instance = await begin(around(inside(cycle)));
      instance.fire('s_h');
      instance.complete('b');
      instance.complete('a');
      expect(instance.nodes('timerCancelled')).to.equal('s_h');
      expect(instance.open).to.equal('next');
    });

    it('what still runs of a cycle keeps its flow open, and the cycle goes on', async () => {
      const cycle = eventSubProcess('h', timer('timeCycle', 'R/PT1H'), task('b', 'h'), false);
      const instance = await begin(around(inside(cycle)));
      instance.fire('s_h');
      instance.complete('a');
      instance.fire('s_h');
      expect(instance.open).to.equal('b b');
    });

    it('an interrupting one starts once, also of a cycle', async () => {
      const instance = await begin(
        line + eventSubProcess('h', timer('timeCycle', 'R3/PT1H'), task('b', 'h')),
      );
      instance.fire('s_h');
      expect(instance.open).to.equal('b');
      expect(instance.state.subscriptions).to.deep.equal([]);
    });

    it('each iteration of a loop has its own, counted from its beginning', async () => {
      const late = eventSubProcess('h', after('PT1H'), task('b', 'h'));
      const instance = await begin(around(inside(late, repeat({ maximum: 2 }))));
      instance.now += HOUR / 2;
      instance.complete('a');
      expect(instance.timer('s_h').due).to.equal(T0 + 1.5 * HOUR);
      expect(instance.nodes('timerCancelled')).to.equal('s_h');
    });
  });

  describe('in an activity with several instances', () => {
    const each = (definition: string, interrupting = true) =>
      around(
        inside(
          eventSubProcess('h', definition, task('b', 'h'), interrupting),
          multiple({ cardinality: '2' }),
        ),
      );

    it('a message starts one of them, a signal all', async () => {
      const one = await begin(each(message('M')), { declarations });
      one.send('M');
      expect(one.open).to.equal('a b');
      const all = await begin(each(signal('S')), { declarations });
      all.broadcast('S');
      expect(all.open).to.equal('b b');
    });

    it('an escalation of an instance starts that of the same instance', async () => {
      const instance = await begin(each(escalation('X'), false), { declarations });
      instance.escalate('a', 'X');
      expect(instance.open).to.equal('a a b');
      const b = instance.tokens('b')[0];
      const [first] = instance.tokens('a');
      const scopeOf = (id?: number) => instance.state.scopes.find((scope) => scope.id === id);
      expect(scopeOf(b?.scope)?.parent).to.equal(first?.scope);
    });

    it('the activity is left when that of the last instance is done', async () => {
      const instance = await begin(each(message('M')), { declarations });
      instance.send('M');
      instance.complete('a');
      expect(instance.open).to.equal('b');
      instance.complete('b');
      expect(instance.open).to.equal('next');
    });

    it('a condition sees the element of its instance', async () => {
      const h = eventSubProcess('h', conditional('go and name = "y"'), task('b', 'h'));
      const loop = multiple({ collection: 'names', as: 'name' });
      const instance = await begin(around(inside(h, loop)), { variables: { names: ['x', 'y'], go: false } });
      instance.set({ go: true });
      expect(instance.open).to.equal('a b');
    });
  });

  describe('what is thrown inside them', () => {
    it('an escalation end event goes to the boundary events of the sub-process around', async () => {
      const h = eventSubProcess(
        'h',
        message('M'),
        users('b') + end('eh', escalation('X')) + path('s_h b eh'),
        false,
      );
      const body = around(inside(h), boundary('y', 'p', escalation('X'), false) + users('z') + path('y z'));
      const instance = await begin(body, { declarations });
      instance.send('M');
      instance.complete('b');
      expect(instance.open).to.equal('a z');
    });

    it('an escalation end event does not start itself or a neighbour again', async () => {
      const h = eventSubProcess(
        'h',
        escalation('X'),
        users('b') + end('eh', escalation('X')) + path('s_h b eh'),
        false,
      );
      const k = eventSubProcess('k', escalation('Y'), task('c', 'k'), false);
      const instance = await begin(line + h + k, { declarations });
      instance.escalate('a', 'X');
      instance.complete('b');
      expect(instance.open).to.equal('a');
      expect(instance.effects.find(({ type }) => type === 'escalationThrown')).to.include({ caughtBy: null });
    });

    it('an error end event goes to the boundary events of the sub-process around', async () => {
      const h = eventSubProcess(
        'h',
        message('M'),
        users('b') + end('eh', error('E')) + path('s_h b eh'),
        false,
      );
      const k = eventSubProcess('k', error('E'), task('c', 'k'));
      const body = around(inside(h + k), boundary('y', 'p', error('E')) + users('z') + path('y z'));
      const instance = await begin(body, { declarations });
      instance.send('M');
      instance.complete('b');
      expect(instance.open).to.equal('z');
    });

    it('an error end event in one of the process fails the instance', async () => {
      const h = eventSubProcess('h', error('E'), end('eh', error('E')) + path('s_h eh'));
      const instance = await begin(ends + service('j') + path('s j e') + h, { declarations });
      instance.throwError('j', 'E');
      expect(instance.status).to.equal('failed');
    });

    it('a signal starts the neighbours, and it itself if it does not interrupt', async () => {
      const body = users('b') + throwing('t', signal('S')) + end('eh') + path('s_h b t eh');
      const h = eventSubProcess('h', signal('S'), body, false);
      const k = eventSubProcess('k', signal('S'), task('c', 'k'), false);
      const instance = await begin(line + h + k, { declarations });
      instance.broadcast('S');
      expect(instance.open).to.equal('a b c');
      instance.complete('b');
      expect(instance.open).to.equal('a b c c');
    });

    it('a signal does not start again what interrupts', async () => {
      const h = eventSubProcess(
        'h',
        signal('S'),
        throwing('t', signal('S')) +
          task('b', 'h')
            .replace('s_h', 't')
            .replace('id="s_h_b"', 'id="t_b"')
            .replace('sourceRef="s_h"', 'sourceRef="t"') +
          path('s_h t'),
      );
      const instance = await begin(line + h, { declarations });
      instance.broadcast('S');
      expect(instance.open).to.equal('b');
      expect(instance.nodes('signalThrown')).to.equal('t');
    });

    it('one that starts itself for ever is stopped by the guard of moves', async () => {
      const h = eventSubProcess(
        'h',
        signal('S'),
        throwing('t', signal('S')) + end('eh') + path('s_h t eh'),
        false,
      );
      const instance = await begin(line + h, { declarations });
      instance.broadcast('S');
      const codes = instance.effects.flatMap((effect) =>
        effect.type === 'incidentRaised' ? [effect.code] : [],
      );
      expect([...new Set(codes)]).to.deep.equal(['TOO_MANY_MOVES']);
      expect(instance.open).to.equal('a');
    }).timeout(60_000);
  });

  describe('when they begin', () => {
    it('a condition that is true from the beginning starts it before anything is done', async () => {
      const h = eventSubProcess('h', conditional('late'), task('b', 'h'));
      const instance = await begin(line + h, { variables: { late: true } });
      expect(instance.nodes('taskCancelled')).to.equal('a');
      expect(instance.open).to.equal('b');
    });

    it('a condition that the last task of the flow makes true is not too late', async () => {
      const h = eventSubProcess('h', conditional('found'), task('b', 'h'), false);
      const instance = await begin(line + h);
      instance.complete('a', { found: true });
      expect(instance.open).to.equal('b');
    });

    it('of two that interrupt, the first ends the waiting for the second', async () => {
      const instance = await begin(
        line +
          eventSubProcess('h', message('M'), task('b', 'h')) +
          eventSubProcess('k', message('N'), task('c', 'k')),
        { declarations },
      );
      instance.send('N');
      expect(instance.open).to.equal('c');
      expect(instance.refusal({ type: 'correlateMessage', name: 'M' })).to.equal('NO_SUBSCRIPTION');
    });

    it('one that interrupts ends those that run beside, of its own flow only', async () => {
      const outer = eventSubProcess('g', message('M'), task('c', 'g'), false);
      const inner =
        eventSubProcess('h', message('N'), task('b', 'h'), false) +
        eventSubProcess('k', signal('S'), task('d', 'k'));
      const instance = await begin(around(inside(inner), outer), { declarations });
      instance.send('M');
      instance.send('N');
      instance.broadcast('S');
      expect(instance.open).to.equal('c d');
      expect(instance.nodes('taskCancelled')).to.equal('a b');
    });

    it('one of a sub-process is awaited only while that runs', async () => {
      const instance = await begin(around(inside(eventSubProcess('h', message('M'), task('b', 'h')))), {
        declarations,
      });
      instance.complete('a');
      expect(instance.refusal({ type: 'correlateMessage', name: 'M' })).to.equal('NO_SUBSCRIPTION');
    });

    it('what the event brings is there before its flow begins', async () => {
      const flow = script('f', 'n + 1', 'm') + end('eh') + path('s_h f eh');
      const instance = await begin(line + eventSubProcess('h', message('M'), flow, false), { declarations });
      instance.send('M', undefined, { n: 1 });
      expect(instance.variables).to.deep.equal({ n: 1, m: 2 });
    });

    it('a sub-process in an event sub-process has its own', async () => {
      const deep = subProcess(
        'q',
        start('s2') +
          users('c') +
          end('e2') +
          path('s2 c e2') +
          eventSubProcess('k', message('N'), task('d', 'k')),
      );
      const h = eventSubProcess('h', message('M'), deep + end('eh') + path('s_h q eh'));
      const instance = await begin(line + h, { declarations });
      instance.send('M');
      instance.send('N');
      expect(instance.open).to.equal('d');
      instance.complete('d');
      expect(instance.status).to.equal('completed');
    });
  });
});
