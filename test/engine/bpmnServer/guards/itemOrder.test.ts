import { expect } from 'chai';
import { diagram, end, exclusive, start, userTask } from '../diagram.ts';
import { at, NOW, onServer } from '../onServer.ts';
import { commandFor } from '../runner.ts';

describe('bpmn-server, guard itemOrder', () => {
  it('goes round a loop past discarded flows 40 times, with a new identifier each time', async () => {
    // given
    const instance = await onServer(
      diagram(
        start + exclusive('Again') + userTask('A') + exclusive('X') + end('E') + end('F') + end('G'),
        'Start -> Again -> A -> X',
        'X -> E if k = 1',
        'X -> F if k = 2',
        'X -> G if k = 3',
        'X -> Again if k = 0',
      ),
    );
    await instance.step({ type: 'start', variables: { k: 0 } }, at(NOW));
    const seen = new Set<string>();

    // when
    for (let round = 0; round < 40; round++) {
      seen.add(instance.only('A').id);
      await instance.step(commandFor(instance.only('A'), { k: 0 }), at(NOW));
    }
    await instance.step(commandFor(instance.only('A'), { k: 2 }), at(NOW));

    // then
    expect(seen.size).to.equal(40);
    expect(instance.ended).to.equal(true);
  });
});
