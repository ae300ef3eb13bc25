import { expect } from 'chai';
import type { TimerSpec } from '../../src/index.ts';
import { after, boundary, catching, end, ends, path, timer, users } from '../support/diagram.ts';
import { begin, DAY, HOUR, T0 } from '../support/instance.ts';

const waiting = (definition: string) => ends + catching('t', definition) + path('s t e');
const watched = (definition: string, interrupting = true) =>
  ends + users('a late') + boundary('t', 'a', definition, interrupting) + path('s a e') + path('t late e');

describe('Timer events (BPMN 2.0.2, 10.5.5 and 13.5.2)', () => {
  for (const [kind, text, due] of [
    ['timeDuration', 'PT1H', T0 + HOUR],
    ['timeDuration', 'P1M', Date.UTC(2026, 1, 1)],
    ['timeDuration', '="P" + string(days) + "D"', T0 + 3 * DAY],
    ['timeDuration', '=duration("P2D")', T0 + 2 * DAY],
    ['timeDate', '2026-03-01T08:00:00Z', Date.UTC(2026, 2, 1, 8)],
    ['timeDate', '2026-03-01T08:00:00+01:00', Date.UTC(2026, 2, 1, 7)],
    ['timeDate', '2026-03-01', Date.UTC(2026, 2, 1)],
    ['timeDate', '=hearing', Date.UTC(2026, 5, 1)],
    ['timeDate', '=date("2026-06-02")', Date.UTC(2026, 5, 2)],
  ] as const) {
    it(`a catch event waits until ${kind} ${text}`, async () => {
      // given
      const instance = await begin(waiting(timer(kind, text)), {
        variables: { days: 3, hearing: '2026-06-01' },
      });
      // then
      expect(instance.effects.at(-1)).to.deep.equal({
        type: 'timerScheduled',
        id: 'timer2',
        flowNode: 't',
        due,
      });
      // when
      instance.fire('t');
      // then
      expect(instance.status).to.equal('completed');
      expect(instance.nodes('timerFired')).to.equal('t');
      expect(instance.nodes('timerCancelled')).to.equal('');
    });
  }

  for (const [text, value] of [
    ['=wait', null],
    ['=wait', 5],
    ['=wait', 'soon'],
    ['=wait', '-P1D'],
    ['=wait', 'P'],
  ] as const) {
    it(`${JSON.stringify(value)} is no time: an incident, then corrected`, async () => {
      const instance = await begin(waiting(after(text)), { variables: { wait: value } });
      expect(instance.incidents).to.equal('t');
      expect(instance.effects.at(-1)).to.include({ code: 'TIMER_INVALID' });
      instance.retry('t', { wait: 'PT1H' });
      expect(instance.timer('t').due).to.equal(T0 + HOUR);
      expect(instance.trace).to.equal('s t');
    });
  }

  it('an interrupting boundary timer cancels its task', async () => {
    const instance = await begin(watched(after('P1D')));
    instance.fire('t');
    expect(instance.open).to.equal('late');
    expect(instance.nodes('taskCancelled')).to.equal('a');
    expect(instance.trace).to.equal('s a t late');
  });

  it('a boundary timer is cancelled when its task is completed', async () => {
    const instance = await begin(watched(after('P1D')));
    const { id } = instance.timer('t');
    instance.complete('a');
    expect(instance.nodes('timerCancelled')).to.equal('t');
    expect(instance.status).to.equal('completed');
    expect(instance.refusal({ type: 'fireTimer', id })).to.equal('ENDED');
  });

  it('a non-interrupting boundary timer leaves its task open', async () => {
    const instance = await begin(watched(after('P1D'), false));
    instance.fire('t');
    expect(instance.open).to.equal('a late');
    instance.complete('a');
    expect(instance.status).to.equal('active');
    instance.complete('late');
    expect(instance.status).to.equal('completed');
  });

  it('a timer fires once', async () => {
    const instance = await begin(watched(after('P1D'), false));
    const { id } = instance.timer('t');
    instance.do({ type: 'fireTimer', id });
    expect(instance.refusal({ type: 'fireTimer', id })).to.equal('NOT_WAITING');
  });

  it('a cycle fires as often as it says, each time under a new id and at its pace', async () => {
    // given
    const instance = await begin(watched(timer('timeCycle', 'R3/PT1H'), false));
    const dues: number[] = [];
    // when
    for (let firing = 0; firing < 3; firing++) {
      dues.push(instance.timer('t').due);
      instance.now = instance.timer('t').due + 7;
      instance.fire('t');
    }
    // then
    expect(dues).to.deep.equal([T0 + HOUR, T0 + 2 * HOUR, T0 + 3 * HOUR]);
    expect(instance.open).to.equal('a late late late');
    expect(instance.state.subscriptions).to.deep.equal([]);
  });

  it('a cycle may begin at a date and go on without end', async () => {
    const instance = await begin(watched(timer('timeCycle', 'R/2026-01-05T00:00:00Z/P1D'), false));
    expect(instance.timer('t').due).to.equal(T0 + 4 * DAY);
    for (let firing = 0; firing < 5; firing++) instance.fire('t');
    expect(instance.timer('t').due).to.equal(T0 + 9 * DAY);
    instance.complete('a');
    expect(instance.state.subscriptions).to.deep.equal([]);
  });

  it('a cycle that interrupts fires once', async () => {
    const instance = await begin(watched(timer('timeCycle', 'R3/PT1H')));
    instance.fire('t');
    expect(instance.state.subscriptions).to.deep.equal([]);
    expect(instance.open).to.equal('late');
  });

  it('the host may reckon in its own time, by the attributes of the timer', async () => {
    // given
    const asked: TimerSpec[] = [];
    const timerDue = (spec: TimerSpec, now: number) => {
      asked.push(spec);
      return now + 100 * DAY;
    };
    // when
    const definition = timer('timeDuration', 'P30D', 'permit:calendar="workingDays"');
    const instance = await begin(waiting(definition), { timerDue });
    // then
    expect(instance.timer('t').due).to.equal(T0 + 100 * DAY);
    expect(asked[0]).to.deep.equal({
      flowNode: 't',
      kind: 'duration',
      value: 'P30D',
      attributes: { 'permit:calendar': 'workingDays' },
    });
  });

  it('the host reckons each firing of a cycle', async () => {
    const kinds: string[] = [];
    const timerDue = (spec: TimerSpec, now: number) => {
      kinds.push(`${spec.kind} ${spec.value}`);
      return now + DAY;
    };
    const instance = await begin(watched(timer('timeCycle', 'R2/PT1H'), false), { timerDue });
    instance.fire('t');
    expect(kinds.slice(0, 1)).to.deep.equal(['cycle R2/PT1H']);
    expect(kinds.at(-1)).to.equal('duration PT1H');
    expect(instance.timer('t').due).to.equal(T0 + 2 * DAY);
  });

  it('a host that reckons no instant is an incident', async () => {
    const instance = await begin(waiting(after('P1D')), { timerDue: () => Number.NaN });
    expect(instance.incidents).to.equal('t');
  });

  it('a task whose boundary timer cannot be worked out does not begin', async () => {
    const instance = await begin(watched(after('=wait')));
    expect(instance.incidents).to.equal('a');
    expect(instance.nodes('taskCreated')).to.equal('');
    instance.retry('a', { wait: 'PT1H' });
    expect(instance.open).to.equal('a');
    expect(instance.timer('t').due).to.equal(T0 + HOUR);
    expect(instance.trace).to.equal('s a');
  });

  it('two timers on one task are independent', async () => {
    const body =
      ends +
      users('a r late') +
      boundary('t1', 'a', after('PT1H'), false) +
      boundary('t2', 'a', after('PT2H')) +
      end('e1') +
      end('e2') +
      path('s a e') +
      path('t1 r e1') +
      path('t2 late e2');
    const instance = await begin(body);
    instance.fire('t1');
    expect(instance.open).to.equal('a r');
    instance.fire('t2');
    expect(instance.open).to.equal('late r');
  });
});
