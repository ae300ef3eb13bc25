import { expect } from 'chai';
import {
  catching,
  diagram,
  end,
  eventGateway,
  exclusive,
  message,
  start,
  timer,
  userTask,
} from '../diagram.ts';
import { at, NOW, nodesOf, onServer } from '../onServer.ts';
import { commandFor } from '../runner.ts';

describe('bpmn-server, guard eventGateway', () => {
  it('awaits its events each time a loop comes back to it, and the first that occurs ends the others', async () => {
    // given
    const instance = await onServer(
      diagram(
        start +
          exclusive('Again') +
          eventGateway('Race') +
          catching('Called', message('Called')) +
          catching('Late', timer('Late')) +
          userTask('A') +
          end('E'),
        'Start -> Again -> Race -> Called -> A -> Again',
        'Race -> Late -> E',
      ),
    );
    await instance.step({ type: 'start', variables: {} }, at(NOW));

    // when
    const called = { type: 'correlateMessage', name: 'call', variables: { n: 1 } } as const;
    const effects = await instance.step(called, at(NOW));
    const unheard = await instance.attempt(called, at(NOW));
    await instance.step(commandFor(instance.only('A'), {}), at(NOW));
    const late = await instance.step(commandFor(instance.only('Late'), {}), at(NOW));

    // then
    expect(effects.map(({ type }) => type)).to.deep.equal([
      'timerCancelled',
      'flowNodeLeft',
      'flowNodeEntered',
      'flowNodeLeft',
      'flowNodeEntered',
      'taskCreated',
    ]);
    expect(unheard).to.equal('NO_SUBSCRIPTION');
    expect(nodesOf(late, 'endEventReached')).to.deep.equal(['E']);
    expect(instance.ended).to.equal(true);
  });
});
