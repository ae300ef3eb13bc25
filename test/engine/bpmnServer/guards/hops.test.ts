import { expect } from 'chai';
import { diagram, end, exclusive, start, userTask } from '../diagram.ts';
import { at, NOW, nodesOf, onServer } from '../onServer.ts';
import { commandFor } from '../runner.ts';

describe('bpmn-server, guard hops', () => {
  it('does not pause at any hop', async () => {
    // given
    const gateways = Array.from({ length: 50 }, (_, n) => `X${n}`);
    const instance = await onServer(
      diagram(
        start + gateways.map((id) => exclusive(id)).join('') + userTask('A') + end('E'),
        `Start -> ${gateways.join(' -> ')} -> A -> E`,
      ),
    );
    const before = performance.now();

    // when
    const effects = await instance.step({ type: 'start', variables: {} }, at(NOW));

    // then: 50 pauses of 10 ms would take 500 ms
    expect(nodesOf(effects, 'taskCreated')).to.deep.equal(['A']);
    expect(performance.now() - before).to.be.below(400);
  });

  it('keeps the state as small after 200 rounds of a loop as after one', async () => {
    // given
    const instance = await onServer(
      diagram(
        start + exclusive('Again') + userTask('A') + exclusive('X', 'default="X_Again" ') + end('E'),
        'Start -> Again -> A -> X',
        'X -> E if stop',
        'X -> Again',
      ),
    );
    await instance.step({ type: 'start', variables: { stop: false } }, at(NOW));
    const before = JSON.stringify(instance.state).length;

    // when
    for (let round = 0; round < 200; round++)
      await instance.step(commandFor(instance.only('A'), {}), at(NOW));

    // then: only the number of the next identifier has grown
    expect(JSON.stringify(instance.state).length - before).to.be.below(10);
  });
});
