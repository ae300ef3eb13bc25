import { expect } from 'chai';
import { diagram, end, exclusive, parallel, start, userTask } from '../diagram.ts';
import { at, NOW, onServer } from '../onServer.ts';
import { commandFor } from '../runner.ts';

describe('bpmn-server, guard ending', () => {
  it('ends when the last token has ended, not before', async () => {
    // given
    const instance = await onServer(
      diagram(
        start + parallel('Fork') + userTask('A') + userTask('B') + end('E') + end('F'),
        'Start -> Fork -> A -> E',
        'Fork -> B -> F',
      ),
    );
    await instance.step({ type: 'start', variables: {} }, at(NOW));

    // when
    const first = await instance.step(commandFor(instance.only('A'), {}), at(NOW));
    const last = await instance.step(commandFor(instance.only('B'), {}), at(NOW));

    // then
    expect(first.at(-1)).to.deep.equal({ type: 'flowNodeLeft', flowNode: 'E' });
    expect(last.at(-1)).to.deep.equal({ type: 'instanceEnded', status: 'completed', variables: {} });
  });

  it('makes a join that nothing can reach any more an incident', async () => {
    // given
    const instance = await onServer(
      diagram(
        start + parallel('Fork') + userTask('A') + exclusive('X') + parallel('Join') + end('E') + end('F'),
        'Start -> Fork -> A -> X',
        'X -> Join if k = 1',
        'X -> F if k = 2',
        'Fork -> Join -> E',
      ),
    );
    await instance.step({ type: 'start', variables: {} }, at(NOW));

    // when
    const effects = await instance.step(commandFor(instance.only('A'), { k: 2 }), at(NOW));

    // then
    expect(effects.at(-1)).to.deep.include({ type: 'incidentRaised', flowNode: 'Join', code: 'DEADLOCK' });
  });
});
