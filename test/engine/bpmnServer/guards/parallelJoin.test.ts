import { expect } from 'chai';
import { diagram, end, exclusive, parallel, start, userTask } from '../diagram.ts';
import { at, NOW, nodesOf, onServer } from '../onServer.ts';
import { commandFor } from '../runner.ts';

describe('bpmn-server, guard parallelJoin', () => {
  it('fires in each round of a loop', async () => {
    // given
    const instance = await onServer(
      diagram(
        start +
          exclusive('Again') +
          parallel('Fork') +
          userTask('A') +
          userTask('B') +
          parallel('Join') +
          exclusive('X', 'default="X_Again" ') +
          end('E'),
        'Start -> Again -> Fork -> A -> Join -> X',
        'Fork -> B -> Join',
        'X -> E if stop',
        'X -> Again',
      ),
    );
    await instance.step({ type: 'start', variables: { stop: false } }, at(NOW));

    // when
    for (let round = 0; round < 5; round++) {
      const [first, second] = round % 2 === 0 ? ['A', 'B'] : ['B', 'A'];
      const effects = await instance.step(commandFor(instance.only(first ?? ''), {}), at(NOW));
      expect(nodesOf(effects, 'flowNodeLeft')).to.not.include('Join');
      await instance.step(commandFor(instance.only(second ?? ''), { stop: round === 4 }), at(NOW));
    }

    // then
    expect(instance.ended).to.equal(true);
  });

  it('does not fire when one branch arrives twice', async () => {
    // given
    const instance = await onServer(
      diagram(
        start +
          parallel('Fork') +
          userTask('A') +
          userTask('B') +
          userTask('C') +
          exclusive('M') +
          parallel('J') +
          end('E'),
        'Start -> Fork -> A -> M -> J -> E',
        'Fork -> B -> M',
        'Fork -> C -> J',
      ),
    );
    await instance.step({ type: 'start', variables: {} }, at(NOW));

    // when
    await instance.step(commandFor(instance.only('A'), {}), at(NOW));
    const second = await instance.step(commandFor(instance.only('B'), {}), at(NOW));
    const last = await instance.step(commandFor(instance.only('C'), {}), at(NOW));

    // then
    expect(nodesOf(second, 'flowNodeLeft')).to.not.include('J');
    expect(nodesOf(last, 'endEventReached')).to.deep.equal(['E']);
    expect(last.at(-1)).to.deep.include({ type: 'incidentRaised', code: 'DEADLOCK', flowNode: 'J' });
  });
});
