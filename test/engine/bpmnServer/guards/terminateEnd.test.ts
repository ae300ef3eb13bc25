import { expect } from 'chai';
import { boundary, diagram, end, parallel, start, terminate, timer, userTask } from '../diagram.ts';
import { at, NOW, nodesOf, onServer } from '../onServer.ts';
import { commandFor } from '../runner.ts';

describe('bpmn-server, guard terminateEnd', () => {
  it('cancels the tasks and timers of parallel branches, and ends the instance', async () => {
    // given
    const instance = await onServer(
      diagram(
        start +
          parallel('Fork') +
          userTask('A') +
          userTask('B') +
          boundary('Late', 'B', timer('Late'), false) +
          end('F') +
          end('G') +
          terminate('Stop'),
        'Start -> Fork -> A -> Stop',
        'Fork -> B -> F',
        'Late -> G',
      ),
    );
    await instance.step({ type: 'start', variables: {} }, at(NOW));

    // when
    const effects = await instance.step(commandFor(instance.only('A'), {}), at(NOW));

    // then
    expect(nodesOf(effects, 'endEventReached')).to.deep.equal(['Stop']);
    expect(nodesOf(effects, 'taskCancelled')).to.deep.equal(['B']);
    expect(nodesOf(effects, 'timerCancelled')).to.deep.equal(['Late']);
    expect(effects.at(-1)).to.deep.include({ type: 'instanceEnded', status: 'terminated' });
  });

  it('begins no branch behind it', async () => {
    // given
    const instance = await onServer(
      diagram(
        start + parallel('Fork') + terminate('Stop') + userTask('A') + end('F'),
        'Start -> Fork -> Stop',
        'Fork -> A -> F',
      ),
    );

    // when
    const effects = await instance.step({ type: 'start', variables: {} }, at(NOW));

    // then
    expect(nodesOf(effects, 'taskCreated')).to.deep.equal([]);
    expect(instance.ended).to.equal(true);
  });
});
