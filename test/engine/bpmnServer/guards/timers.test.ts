import { expect } from 'chai';
import { boundary, catching, diagram, end, start, timer, userTask } from '../diagram.ts';
import { at, NOW, onServer } from '../onServer.ts';
import { commandFor } from '../runner.ts';

const XML = diagram(
  start + userTask('A') + boundary('Late', 'A', timer('Late', 'P30D')) + end('E') + end('F'),
  'Start -> A -> E',
  'Late -> F',
);

describe('bpmn-server, guard timers', () => {
  it('records when a timer is due and sets no timer of the process', async () => {
    // given
    const instance = await onServer(XML);
    const { setTimeout } = globalThis;
    let set = 0;
    Object.assign(globalThis, {
      setTimeout: (...args: Parameters<typeof setTimeout>) => {
        set++;
        return setTimeout(...args);
      },
    });

    // when
    const effects = await instance
      .step({ type: 'start', variables: {} }, at(NOW))
      .finally(() => Object.assign(globalThis, { setTimeout }));

    // then
    expect(set).to.equal(0);
    const due = NOW + 30 * 86_400_000;
    expect(effects).to.deep.include({
      type: 'timerScheduled',
      id: instance.only('Late').id,
      flowNode: 'Late',
      due,
    });
  });

  it('asks the host when a timer is due', async () => {
    // given
    const instance = await onServer(XML);
    const asked: unknown[] = [];

    // when
    await instance.step(
      { type: 'start', variables: {} },
      {
        now: NOW,
        timerDue(spec, now) {
          asked.push([spec, now]);
          return now + 5;
        },
      },
    );

    // then
    expect(asked).to.deep.include([
      { flowNode: 'Late', kind: 'duration', value: 'P30D', attributes: {} },
      NOW,
    ]);
  });

  it('reads the text of a timer anew each time, and makes one that is no duration an incident', async () => {
    // given
    const instance = await onServer(
      diagram(
        start + userTask('A') + catching('Wait', timer('Wait', '=delay')) + end('E'),
        'Start -> A -> Wait -> E',
      ),
    );
    const other = await onServer(
      diagram(
        start + userTask('A') + catching('Wait', timer('Wait', '=delay')) + end('E'),
        'Start -> A -> Wait -> E',
      ),
    );
    await instance.step({ type: 'start', variables: {} }, at(NOW));
    await other.step({ type: 'start', variables: {} }, at(NOW));

    // when
    const effects = await instance.step(commandFor(instance.only('A'), { delay: 'PT1H' }), at(NOW));
    const faulty = await other.step(commandFor(other.only('A'), { delay: 'soon' }), at(NOW));

    // then
    expect(effects.find(({ type }) => type === 'timerScheduled')).to.deep.include({ due: NOW + 3_600_000 });
    expect(faulty.find(({ type }) => type === 'incidentRaised')).to.deep.include({ code: 'TIMER_INVALID' });
  });
});
